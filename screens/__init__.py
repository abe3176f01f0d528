"""The full-screen wizard (Textual) and the console script."""
