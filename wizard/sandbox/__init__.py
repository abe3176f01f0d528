"""Simulated IBM MQ commands that behave like the real ones, for practice, demo and tests.

An examiner, not an accomplice: written from documented facts, apart from the product. It imports nothing from the rest
of `wizard`, and one place in `wizard` starts it.
"""
