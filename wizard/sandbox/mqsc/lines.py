"""Joins the lines of an MQSC script into commands (facts 2.3).

Comment lines and blank lines are ignored, also inside a continued command; `+` continues at the first nonblank
character of the next line, `-` at its first column, both also inside a quoted string; `;` ends a command.
"""

from __future__ import annotations

from typing import NamedTuple

LONGEST_LINE = 2048


class Line(NamedTuple):
    """What one line was: whether it began a command, and the command that it completed."""

    begins: bool = False
    command: str | None = None
    too_long: bool = False


class Gatherer:
    """Takes the lines of a script one by one."""

    def __init__(self) -> None:
        self._pending = ""
        self._continues = ""

    @property
    def is_continuing(self) -> bool:
        """Whether the next line belongs to a command already begun."""
        return bool(self._continues)

    def take(self, line: str) -> Line:
        """Take one line without its line end."""
        first = line.lstrip()
        if not first or first[0] == "*":
            return Line()
        begins = not self._continues
        text = self._pending + (first if self._continues == "+" else line)
        if len(line) > LONGEST_LINE:
            self._clear()
            return Line(begins, text, too_long=True)
        # Only blanks are skipped at the end: a line must not end in a control character such as a tab.
        text = text.rstrip(" ")
        last = text[-1]
        if last in "+-":
            self._pending, self._continues = text[:-1], last
            return Line(begins)
        if last == ";" and text.count("'") % 2 == 0:
            text = text[:-1]
        self._clear()
        return Line(begins, text) if text.strip() else Line()

    def rest(self) -> str | None:
        """The command that the end of the input cut off, if one was continued."""
        if not self._continues:
            return None
        text = self._pending
        self._clear()
        return text

    def _clear(self) -> None:
        self._pending = self._continues = ""
