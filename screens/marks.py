"""The marks that stand before words, in Unicode and in ASCII.

A word always says the same as its mark, and no state is told by colour alone. The app chooses one set at its start;
every screen has it as `self.marks`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """One set of marks; each is one cell wide, so that columns stay where they are in both sets."""

    done: str
    here: str
    wrong: str
    chosen: str
    open: str
    rule: str
    dot: str
    more: str
    added: str = "+"
    changed: str = "~"
    removed: str = "-"


UNICODE = Marks(done="✓", here="▸", wrong="✗", chosen="●", open="○", rule="─", dot="·", more="…")
ASCII = Marks(done="*", here=">", wrong="x", chosen="@", open="o", rule="-", dot=".", more="~")


def marks_for(encoding: str | None, *, ascii_wanted: bool = False) -> Marks:
    """The marks that a terminal of this encoding can show."""
    return UNICODE if not ascii_wanted and (encoding or "").lower().replace("-", "") == "utf8" else ASCII
