"""Reads one MQSC command into its words (facts 2.3, and IBM's rules for using MQSC commands).

Blanks and commas separate; a word may have values in parentheses; unquoted values are folded to upper case and
hold nothing but letters, digits and `. / _ % * +`; `''` inside quotes is one quote. A parameter needs a blank
before it, must have something between its parentheses, and must not be repeated, nor in its NO form.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wizard.sandbox.mqsc.refusals import SyntaxRefusedError

FLAGS = frozenset({"REPLACE", "SHARE", "TRIGGER", "HARDENBO", "PURGE"})
"""The keywords that also have a NO form."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*+")
_GAP = re.compile(r"[\s,]*+")
_QUOTED = re.compile(r"'((?:[^']|'')*+)'")
_PLAIN = re.compile(r"[A-Za-z0-9./_%*+]++|-[0-9]++")
_SIMPLE = re.compile(r"\(\s*+([A-Za-z0-9./_%*+]++|'[^']*+')\s*+\)")


class Value(NamedTuple):
    """One value as the command means it: an unquoted one is already in upper case."""

    text: str
    quoted: bool = False


class Word(NamedTuple):
    """A keyword with its values; `values` is None for a keyword without parentheses. `end` is behind it."""

    keyword: str
    values: tuple[Value, ...] | None
    end: int

    @property
    def value_end(self) -> int:
        """Where a syntax error in the value is reported: before the closing parenthesis."""
        return self.end if self.values is None else self.end - 1


class Command(NamedTuple):
    """The words of one command and the text they were read from."""

    words: tuple[Word, ...]
    text: str


def parse(text: str) -> Command:
    """Read a command; raises SyntaxRefusedError at the first place that is not MQSC."""
    words: list[Word] = []
    seen: set[str] = set()
    gap = _GAP.match(text)
    at = gap.end() if gap else 0
    while at < len(text):
        word = _word(text, at)
        if len(words) > 1:
            keyword = word.keyword
            if keyword.startswith("NO") and keyword[2:] in FLAGS:
                keyword = keyword[2:]
            if keyword in seen:
                raise SyntaxRefusedError(word.end)
            seen.add(keyword)
        words.append(word)
        gap = _GAP.match(text, word.end)
        at = gap.end() if gap else word.end
        if at == word.end < len(text):
            # Each parameter needs a blank before it.
            raise SyntaxRefusedError(at + 1)
    return Command(tuple(words), text)


def _word(text: str, at: int) -> Word:
    found = _WORD.match(text, at)
    if found is None:
        raise SyntaxRefusedError(at + 1)
    keyword, at = found[0].upper(), found.end()
    gap = _GAP.match(text, at)
    opening = gap.end() if gap else at
    if opening >= len(text) or text[opening] != "(":
        return Word(keyword, None, at)
    simple = _SIMPLE.match(text, opening)
    if simple:
        value = simple[1]
        if value[0] == "'":
            return Word(keyword, (Value(value[1:-1], quoted=True),), simple.end())
        return Word(keyword, (Value(value.upper()),), simple.end())
    return _word_with_list(text, keyword, opening)


def _word_with_list(text: str, keyword: str, opening: int) -> Word:
    values: list[Value] = []
    at = opening + 1
    while True:
        gap = _GAP.match(text, at)
        separated = not gap or gap.end() > at or not values
        at = gap.end() if gap else at
        if at >= len(text):
            raise SyntaxRefusedError(len(text))
        if text[at] == ")":
            break
        if not separated:
            raise SyntaxRefusedError(at + 1)
        quoted = text[at] == "'"
        found = (_QUOTED if quoted else _PLAIN).match(text, at)
        if found is None:
            # An unbalanced quote takes all that follows; another stray character ends the segment.
            raise SyntaxRefusedError(len(text) if quoted else at + 1)
        values.append(Value(found[1].replace("''", "'"), quoted=True) if quoted else Value(found[0].upper()))
        at = found.end()
    if not values:
        raise SyntaxRefusedError(at + 1)
    return Word(keyword, tuple(values), at + 1)
