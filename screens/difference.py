"""What changed from one list of commands to the next, line by line: added, changed, removed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MANY = 2_000
"""Lines from which on only their presence is compared: the finer comparison takes time by the square."""


class Change(StrEnum):
    """What happened to a line."""

    SAME = "same"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class MarkedLine:
    """A line and what happened to it."""

    text: str
    change: Change = Change.SAME


def marked(before: Sequence[str], after: Sequence[str]) -> list[MarkedLine]:
    """Every line of `after` in its order, and between them the lines that are gone."""
    if max(len(before), len(after)) > MANY:
        known = set(before)
        return [MarkedLine(line, Change.SAME if line in known else Change.ADDED) for line in after]
    lines: list[MarkedLine] = []
    for word, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if word == "equal":
            lines += [MarkedLine(line) for line in after[begin:stop]]
        elif word == "replace":
            lines += _replaced(before[start:end], after[begin:stop])
        else:
            lines += [MarkedLine(line, Change.REMOVED) for line in before[start:end]]
            lines += [MarkedLine(line, Change.ADDED) for line in after[begin:stop]]
    return lines


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[MarkedLine]:
    """Lines in the place of others: the same command with other values counts as changed."""
    verbs = {_verb(line) for line in old}
    gone = [MarkedLine(line, Change.REMOVED) for line in old if _verb(line) not in {_verb(one) for one in new}]
    there = [MarkedLine(line, Change.CHANGED if _verb(line) in verbs else Change.ADDED) for line in new]
    return gone + there


def _verb(line: str) -> str:
    """What a command begins with: `DEFINE LISTENER`, `crtmqm`."""
    words = line.split("(", maxsplit=1)[0].split()
    return " ".join(words[:2] if line.lstrip()[:1].isupper() else words[:1])
