"""The simulated network side of IBM MQ: listeners that speak real TLS, and the client programs that
connect to them.
"""
