"""Gives every test here the fakes."""

from run_fakes import fakes, pipe

__all__ = ["fakes", "pipe"]
