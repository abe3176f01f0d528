"""The text of a distinguished name or of a pattern: elements, separators, quotes and escapes.

Separators are `,` and `;`. A value may stand in double quotes, inside which separators are plain
characters; a backslash takes the next character literally, or as a byte of UTF-8 where two hexadecimal
digits follow. MQ's own reading of backslashes is recalled (facts TLS 3.2, rule 7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wizard.errors import UsageError

_HEX_PAIR = re.compile(r"[0-9A-Fa-f]{2}")


class DnProblem(UsageError):
    """A distinguished name or a pattern of one that MQ would refuse or read otherwise than meant."""


@dataclass(frozen=True)
class Element:
    """One `keyword=value` as written; of each character of the value whether it was escaped."""

    keyword: str
    value: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(character for character, _ in self.value)


def _escaped(text: str, at: int) -> tuple[str, int]:
    """The character that a backslash at this place stands for, and the place after it; a run of hex pairs
    is UTF-8.
    """
    pairs = bytearray()
    place = at
    while text[place : place + 1] == "\\" and _HEX_PAIR.match(text, place + 1):
        pairs.append(int(text[place + 1 : place + 3], 16))
        place += 3
    if pairs:
        return pairs.decode(errors="replace"), place
    if at + 1 >= len(text):
        raise DnProblem(f"{text!r} ends in a backslash", "It escapes the character after it.", "Remove it.")
    return text[at + 1], at + 2


def _value(text: str, at: int) -> tuple[list[tuple[str, bool]], int]:
    """The value that begins here, and the place of the separator or end after it."""
    while text[at : at + 1] == " ":
        at += 1
    quoted = text[at : at + 1] == '"'
    at += quoted
    value: list[tuple[str, bool]] = []
    while at < len(text) and not (text[at] == '"' if quoted else text[at] in ",;"):
        if text[at] == "\\":
            characters, at = _escaped(text, at)
            value += [(character, True) for character in characters]
        else:
            value.append((text[at], False))
            at += 1
    if not quoted:
        while value and value[-1] == (" ", False):
            value.pop()
        return value, at
    if at == len(text):
        raise DnProblem(f"A quote is not closed in {text!r}", "", 'End the value with ".')
    at += 1
    while text[at : at + 1] == " ":
        at += 1
    if at < len(text) and text[at] not in ",;":
        raise DnProblem(f"Something follows a quoted value in {text!r}", "", "Separate attributes with a comma.")
    return value, at


def _first_part(text: str) -> str:
    return re.split("[,;]", text, maxsplit=1)[0].strip()


def elements(text: str) -> list[Element]:
    found = []
    at = 0
    while at < len(text):
        equals = text.find("=", at)
        if equals < 0 or "," in text[at:equals] or ";" in text[at:equals]:
            raise DnProblem(
                f"{_first_part(text[at:])!r} is not an attribute of a distinguished name",
                "Each part is a keyword, =, and a value; a comma in a value needs quotes around the value.",
                "Write it like CN=app1,OU=MQ,O=Example.",
            )
        value, end = _value(text, equals + 1)
        found.append(Element(text[at:equals].lstrip(" "), tuple(value)))
        at = end + 1
    return found


def written(value: str, *, in_pattern: bool) -> str:
    """A value as it stands in a name or in a pattern, so that it is read back as itself; in a pattern stars are
    escaped.
    """
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    if in_pattern:
        escaped = escaped.replace("*", "\\*")
    needs_quotes = any(character in ",;+=<>#" for character in value) or value != value.strip(" ")
    return f'"{escaped}"' if needs_quotes else escaped
