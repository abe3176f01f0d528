"""What there is to say about a message of MQ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """What a message means here, and the remedy."""

    what: str
    remedy: str = ""
