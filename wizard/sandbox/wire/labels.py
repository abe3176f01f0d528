"""The certificate label that counts where none is given (facts TLS 2.4)."""

from __future__ import annotations

LONGEST_LABEL = 64


def default_label(owner: str) -> str:
    """The label that counts where none is given: `ibmwebspheremq` and the owner's name, all lower case."""
    return f"ibmwebspheremq{owner}".lower()[:LONGEST_LABEL]
