"""One thing to choose, as a value. It loads nothing: the first screen is made of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its id, its label, and a sentence about it."""

    id: str
    label: str
    meaning: str = ""
