"""One thing to choose, as a value. It loads nothing: the first screen is made of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its id, its label, a sentence about it, and why it cannot be chosen where that is so."""

    id: str
    label: str
    meaning: str = ""
    barred: str = ""
