"""The simulated runmqsc, written from the facts and from nothing of the product: it is the examiner.

It has its own MQSC reader, its own attribute tables, its own channel authentication and authority evaluation.
"""
