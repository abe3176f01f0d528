"""Walks through one MQSC command, character by character: words, and values in parentheses.

Blanks and commas separate, in any number; the elements of a list may have blanks alone between them.
What cannot be read is told by its place, never by its text, which may hold a secret.
"""

from __future__ import annotations

import re

from wizard.mq.objects import Value

_GAP = re.compile(r"[ \t,]*")
_PLAIN = re.compile(r"[^ \t,()']*")
_WORD = re.compile(r"[^\s'\"(),;]+")


class UnreadableError(Exception):
    """What is wrong with one command, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class Scanner:
    """Walks through one command."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip_gap(self) -> bool:
        """Go on to what follows the blanks and commas here; whether there were any."""
        before = self.at
        match = _GAP.match(self.text, before)
        self.at = match.end() if match else before
        return self.at > before

    @property
    def ended(self) -> bool:
        self.skip_gap()
        return self.at >= len(self.text)

    @property
    def next(self) -> str:
        return self.text[self.at : self.at + 1]

    def word(self) -> str:
        self.skip_gap()
        match = _WORD.match(self.text, self.at)
        if match is None:
            raise UnreadableError(
                f"A word is expected at character {self.at + 1} of the command.",
                "Check the quotes and parentheses before it.",
            )
        self.at = match.end()
        return match.group().upper()

    def value(self, *, listed: bool = True) -> Value | None:
        """The value in parentheses that follows, or None; one that is no list has no blanks between its parts."""
        before = self.at
        self.skip_gap()
        if self.next != "(":
            self.at = before
            return None
        self.at += 1
        self.skip_gap()
        elements = [self._element(listed=listed)]
        while self.next not in (")", ""):
            elements.append(self._element(listed=listed))
        if self.next != ")":
            raise UnreadableError("A parenthesis is not closed.", "Add the ) after the value.")
        self.at += 1
        return elements[0] if len(elements) == 1 else tuple(elements)

    def _element(self, *, listed: bool) -> str:
        element = self._quoted() if self.next == "'" else self._unquoted()
        behind = self.at
        separated = self.skip_gap()
        comma = "," in self.text[behind : self.at]
        if self.next not in (")", "") and not (comma or (listed and separated)):
            raise UnreadableError(
                f"Something follows a value without a comma, at character {self.at + 1} of the command.",
                "Put single quotes around a value with blanks, and double a quote inside one.",
            )
        return element

    def _quoted(self) -> str:
        taken = []
        self.at += 1
        while True:
            end = self.text.find("'", self.at)
            if end < 0:
                raise UnreadableError("A quote is not closed.", "Close it, and double a quote inside a value.")
            taken.append(self.text[self.at : end])
            self.at = end + 1
            if self.next != "'":
                return "".join(taken)
            taken.append("'")
            self.at += 1

    def _unquoted(self) -> str:
        """An unquoted element, folded to capitals; parentheses inside it are balanced."""
        begin, depth = self.at, 0
        plain = _PLAIN.match(self.text, begin)
        self.at = plain.end() if plain else begin
        while self.at < len(self.text):
            character = self.next
            if depth == 0 and character in " \t,)'":
                break
            depth += (character == "(") - (character == ")")
            self.at += 1
        return self.text[begin : self.at].upper()
