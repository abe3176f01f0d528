"""What to do instead: the nearest known name, or the words that are allowed."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.mq.nearness import meant

_LOOKUPS = 40
_LONGEST = 64


class Remedies:
    """Finds nearest known names, for as many problems as a person reads at once."""

    def __init__(self) -> None:
        self.left = _LOOKUPS

    def nearest(self, word: str, known: Iterable[str], otherwise: str = "") -> str:
        """A sentence that asks for the nearest known name, else the other remedy."""
        self.left -= 1
        if self.left < 0 or len(word) > _LONGEST:
            return otherwise
        return meant(word, known) or otherwise


def one_of(words: Iterable[str]) -> str:
    """The words as a choice: `none, server or mutual`."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} or {last}" if most else last
