"""Distinguished names and the patterns for them: SSLPEER and SSLCERTI (facts 3.1, 3.2).

Own implementation of the sandbox. Keywords are upper case; values compare without regard to case; `*` stands at the
beginning or the end of a value only; organizational units and domain components match in order, first against first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wizard.sandbox.mqsc.attributes import words

KEYWORDS = {
    "SERIALNUMBER": "SERIALNUMBER",
    "MAIL": "MAIL",
    "E": "MAIL",
    "UID": "UID",
    "USERID": "UID",
    "CN": "CN",
    "T": "T",
    "OU": "OU",
    "DC": "DC",
    "O": "O",
    "STREET": "STREET",
    "L": "L",
    "ST": "ST",
    "SP": "ST",
    "S": "ST",
    "PC": "PC",
    "C": "C",
    "UNSTRUCTUREDNAME": "UNSTRUCTUREDNAME",
    "UNSTRUCTUREDADDRESS": "UNSTRUCTUREDADDRESS",
    "DNQ": "DNQ",
}
"""What can be named in a pattern, with its synonyms."""

REPEATED = ("OU", "DC")

SPECIFICITY = words("SERIALNUMBER MAIL UID CN T OU DC O STREET L ST PC C UNSTRUCTUREDNAME UNSTRUCTUREDADDRESS DNQ")
"""Most specific first (facts 4.3: recalled)."""

_PART = re.compile(r"""\s*([A-Za-z]+)=\s*("(?:[^"\\]|\\.)*"|(?:[^,;"\\]|\\.)*)\s*(?:[,;]|$)""")


class BadNameError(ValueError):
    """The text is no distinguished name that MQ takes."""


class Part(NamedTuple):
    """One attribute of a pattern: what its value begins with, ends with, and contains, in lower case.

    `text` is the value without quotes and stars.
    """

    keyword: str
    text: str
    has_leading_star: bool
    has_trailing_star: bool

    def matches(self, value: str) -> bool:
        """Whether a certificate's value fits, whatever its case."""
        wanted, found = self.text.casefold(), value.casefold()
        if self.has_leading_star and self.has_trailing_star:
            return wanted in found
        if self.has_leading_star:
            return found.endswith(wanted)
        if self.has_trailing_star:
            return found.startswith(wanted)
        return wanted == found


def pattern(text: str) -> tuple[Part, ...]:
    """Read an SSLPEER or SSLCERTI pattern; BadNameError says that MQ would refuse it (AMQ8243)."""
    parts = tuple(_part(keyword, raw) for keyword, raw in _split(text))
    seen = [part.keyword for part in parts]
    if any(seen.count(keyword) > 1 for keyword in seen if keyword not in REPEATED):
        raise BadNameError(text)
    return parts


def name(text: str) -> list[tuple[str, str]]:
    """Read a name as MQ prints it: keyword and value of each attribute."""
    return [(keyword, _plain(raw)) for keyword, raw in _split(text)]


def _split(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or match[1] not in KEYWORDS:
            raise BadNameError(text)
        found.append((KEYWORDS[match[1]], match[2]))
        at = match.end()
        if at == len(text) and text[at - 1] in ",;":
            raise BadNameError(text)
    if not found:
        raise BadNameError(text)
    return found


def _plain(raw: str) -> str:
    value = raw[1:-1] if raw.startswith('"') else raw.strip(" ")
    return re.sub(r"\\(.)", r"\1", value)


def _part(keyword: str, raw: str) -> Part:
    if raw.startswith('"'):
        text, has_leading, has_trailing = raw[1:-1], False, False
        if "*" in text:
            has_leading, has_trailing, text = _stars(text)
    else:
        has_leading, has_trailing, text = _stars(raw.strip(" "))
    if not text and not (has_leading or has_trailing):
        raise BadNameError(raw)
    return Part(keyword, re.sub(r"\\(.)", r"\1", text), has_leading, has_trailing)


def _stars(text: str) -> tuple[bool, bool, str]:
    """Which ends of a value are open; `\\*` is a star itself, any other star inside is not allowed."""
    has_leading = text.startswith("*")
    text = text[1:] if has_leading else text
    has_trailing = text.endswith("*") and not text.endswith("\\*")
    text = text[:-1] if has_trailing else text
    if re.search(r"(?<!\\)\*", text):
        raise BadNameError(text)
    return has_leading, has_trailing or (has_leading and not text), text


def matches(parts: tuple[Part, ...], subject: str) -> bool:
    """Whether a certificate's name, as MQ prints it, fits a pattern; attributes not named are not compared."""
    try:
        attributes = name(subject)
    except BadNameError:
        return False
    for keyword in {part.keyword for part in parts}:
        wanted = [part for part in parts if part.keyword == keyword]
        found = [value for known, value in attributes if known == keyword]
        if len(found) < len(wanted):
            return False
        if not all(part.matches(value) for part, value in zip(wanted, found, strict=False)):
            return False
    return True


def rank(parts: tuple[Part, ...]) -> tuple[tuple[int, int], ...]:
    """How specific a pattern is: smaller is more specific. An exact value beats an open one, and that beats none."""
    ranks = []
    for keyword in SPECIFICITY:
        wanted = [part for part in parts if part.keyword == keyword]
        is_open = any(part.has_leading_star or part.has_trailing_star for part in wanted)
        ranks.append((2 if not wanted else 1 if is_open else 0, -sum(len(part.text) for part in wanted)))
    return tuple(ranks)
