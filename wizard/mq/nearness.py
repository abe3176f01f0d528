"""The known word nearest to one that is not known, for remedies."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one, or an empty text where none is like it."""
    from difflib import get_close_matches

    folded = {candidate.upper(): candidate for candidate in known}
    matches = get_close_matches(word.upper(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else ""


def meant(word: str, known: Iterable[str]) -> str:
    """A sentence that asks whether the nearest known word was meant, or an empty text."""
    found = nearest(word, known)
    return f"Was {found} meant?" if found else ""
