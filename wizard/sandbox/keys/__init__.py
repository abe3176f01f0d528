"""Key stores of the sandbox: what the simulated runmqakm writes and the simulated TLS listener reads."""
