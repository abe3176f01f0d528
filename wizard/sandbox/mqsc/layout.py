"""The layout of DISPLAY output (facts 2.7): two attributes a line, the second at column 44, nothing wrapped."""

from __future__ import annotations

from collections.abc import Iterable

FIRST_WIDTH = 37
SECOND_WIDTH = 36
LINE_WIDTH = 40

LISTED = frozenset({"NAMES", "USERLIST", "ADDRLIST", "AUTHLIST"})
"""The lists with one element a line; others stand between their parentheses with commas."""

Pair = tuple[str, str | list[str] | None]
"""A keyword and its value; None for a bare keyword."""


def block(heading: str, pairs: Iterable[Pair]) -> list[str]:
    """The lines of one object: its message, then its attributes."""
    lines = [heading]
    first = ""
    for keyword, value in pairs:
        if keyword in LISTED and isinstance(value, list):
            first = _close(lines, first)
            if len(value) > 1:
                _list(lines, keyword, value)
                continue
        text = shown(keyword, value)
        if first and len(text) <= SECOND_WIDTH:
            lines.append(f"   {first:<{FIRST_WIDTH}}   {text}")
            first = ""
            continue
        _close(lines, first)
        first = text
        if len(text) > FIRST_WIDTH:
            lines.append(f"   {text}")
            first = ""
    if first:
        lines.append(f"   {first}")
    return lines


def shown(keyword: str, value: str | list[str] | None) -> str:
    """One attribute as text; an empty value is one blank."""
    if value is None:
        return keyword
    text = ",".join(value) if isinstance(value, list) else value
    return f"{keyword}({text or ' '})"


def _close(lines: list[str], first: str) -> str:
    if first:
        lines.append(f"   {first}".ljust(LINE_WIDTH))
    return ""


def _list(lines: list[str], keyword: str, values: list[str]) -> None:
    lines.append(f"   {keyword}({values[0]}".ljust(LINE_WIDTH))
    indent = " " * (3 + len(keyword))
    for value in values[1:-1]:
        lines.append(f"{indent},{value}".ljust(LINE_WIDTH))
    lines.append(f"{indent},{values[-1]})".ljust(LINE_WIDTH))
