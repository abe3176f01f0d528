"""Distinguished names as MQ writes them, and the patterns of SSLPEER and SSLCERTI that they are matched
against.

A name may come from a certificate in its encoded order (country first) or from text in MQ's order (common
name first): only the order among the OUs and among the DCs counts, highest level first. Grammar and
keywords: facts TLS 3.1 to 3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wizard.mq.dn_text import DnProblem, Element, elements, written

__all__ = ["DistinguishedName", "DnProblem", "Pattern", "as_gskit", "pattern_for", "same_pattern"]

KEYWORDS = (
    "SERIALNUMBER",
    "MAIL",
    "UID",
    "CN",
    "T",
    "OU",
    "DC",
    "O",
    "STREET",
    "L",
    "ST",
    "PC",
    "C",
    "UNSTRUCTUREDNAME",
    "UNSTRUCTUREDADDRESS",
    "DNQ",
)
"""The attributes that a pattern can name, in the order in which names are written here.

Observed: SERIALNUMBER, CN, OU, O, L, ST, C. The places of the others are recalled, from IBM's list.
"""

SYNONYMS = {"E": "MAIL", "USERID": "UID", "SP": "ST", "S": "ST", "EMAILADDRESS": "MAIL", "EMAIL": "MAIL"}
"""Keywords that are another's second name; the last two are not MQ's but stand in other tools' texts."""

REPEATED = frozenset({"OU", "DC"})
"""The attributes that may stand several times; their order counts."""

LENGTH = 1024
"""The longest SSLPEER or SSLCERTI (facts TLS 3.2)."""

_PATTERN_KEYWORDS = frozenset(KEYWORDS) | {"E", "USERID", "SP", "S"}
_RANK = {keyword: rank for rank, keyword in enumerate(KEYWORDS)}
_LAST = len(KEYWORDS)


def canonical(keyword: str) -> str:
    """The keyword in capitals, and one name where MQ has several."""
    upper = keyword.strip().upper()
    return SYNONYMS.get(upper, upper)


@dataclass(frozen=True)
class DistinguishedName:
    """A distinguished name: pairs of keyword and value; several OUs or DCs from the highest level to the
    lowest.
    """

    parts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[str, str]]) -> DistinguishedName:
        """The name with these pairs, in a certificate's encoded order or in MQ's; keywords in any case."""
        return cls(tuple((canonical(keyword), value) for keyword, value in parts))

    @classmethod
    def parse(cls, text: str) -> DistinguishedName:
        """The name in a text such as `CN=app1,OU=MQ,O=Example`; raises DnProblem where it is none.

        Keywords may be in any case. A value in `"` may hold separators; a backslash takes the next
        character literally.
        """
        found = elements(text)
        for element in found:
            if not element.keyword.strip() or not element.value:
                raise DnProblem(
                    f"{text!r} has an attribute without a name or value",
                    "",
                    "Write it like CN=app1,O=Example.",
                )
        return cls.of((element.keyword, element.text) for element in found)

    def values(self, keyword: str) -> tuple[str, ...]:
        """The values of an attribute, in their order."""
        return self._by_keyword.get(canonical(keyword), ())

    @cached_property
    def _by_keyword(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for keyword, value in self.parts:
            found[keyword] = (*found.get(keyword, ()), value)
        return found

    @property
    def common_name(self) -> str:
        """The CN, or an empty text."""
        return next(iter(self.values("CN")), "")

    @property
    def in_order(self) -> tuple[tuple[str, str], ...]:
        """The pairs in the order in which MQ writes them."""
        return tuple(sorted(self.parts, key=lambda part: _RANK.get(part[0], _LAST)))

    def __str__(self) -> str:
        return ",".join(f"{keyword}={written(value, in_pattern=False)}" for keyword, value in self.in_order)


def as_gskit(text: str) -> str:
    """A name between MQ's order and that of runmqakm's -dn and listings, in either direction.

    MQ compares several OUs from the highest level down (facts TLS 3.1); GSKit writes a certificate's attributes from
    the last to the first, so that its lowest OU comes first (recalled). The others stand where they stood; a text with
    nothing repeated, or that is no name, stays as it is.
    """
    try:
        name = DistinguishedName.parse(text)
    except DnProblem:
        return text
    if all(len(name.values(keyword)) < 2 for keyword in REPEATED):
        return text
    left = {keyword: list(name.values(keyword)) for keyword in REPEATED}
    return str(DistinguishedName(tuple((key, left[key].pop() if key in left else value) for key, value in name.parts)))


@dataclass(frozen=True)
class _Wanted:
    """A value of a pattern: its text and whether anything may stand before or after it."""

    text: str
    open_before: bool
    open_after: bool

    def matches(self, value: str) -> bool:
        wanted, given = self.text.casefold(), value.casefold()
        if self.open_before and self.open_after:
            return wanted in given
        if self.open_before:
            return given.endswith(wanted)
        return given.startswith(wanted) if self.open_after else given == wanted

    @property
    def key(self) -> tuple[str, bool, bool]:
        return (self.text.casefold(), self.open_before, self.open_after)


def _wanted(element: Element, pattern: str) -> _Wanted:
    value = list(element.value)
    star = ("*", False)
    before = bool(value) and value[0] == star
    if before:
        value.pop(0)
    after = bool(value) and value[-1] == star
    if after:
        value.pop()
    if star in value:
        raise DnProblem(
            f"{element.keyword}={element.text} has a * in the middle",
            "In SSLPEER and SSLCERTI a * may stand only at the beginning and at the end of a value.",
            "Shorten the value and end it with *, or write the attribute out.",
        )
    if not element.value:
        raise DnProblem(f"{element.keyword} has no value in {pattern!r}", "", "Give a value, or * for any.")
    return _Wanted("".join(character for character, _ in value), before, after or (before and not value))


def _keyword(element: Element, pattern: str) -> str:
    keyword = element.keyword
    if keyword in _PATTERN_KEYWORDS:
        return canonical(keyword)
    if canonical(keyword) in _RANK:
        upper = keyword.strip().upper()
        raise DnProblem(
            f"{keyword!r} in {pattern!r} is not written as MQ reads it",
            "A keyword is in capitals, with no blank before the = sign.",
            f"Write {upper if upper in _PATTERN_KEYWORDS else canonical(keyword)}=.",
        )
    raise DnProblem(
        f"{keyword!r} is not an attribute that MQ can match",
        "A certificate may hold others, but a pattern cannot name them.",
        f"MQ matches {', '.join(KEYWORDS)}.",
    )


def _serial(text: str) -> str:
    return re.sub(r"[:\s]", "", text).lstrip("0").casefold()


@dataclass(frozen=True)
class Pattern:
    """A valid SSLPEER or SSLCERTI."""

    parts: tuple[tuple[str, _Wanted], ...]
    text: str

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern in a text; raises DnProblem where MQ would refuse it, with the remedy."""
        if not text.strip():
            raise DnProblem(
                "The pattern is empty",
                "An empty pattern matches nothing.",
                "Write it like CN=app1,O=Example.",
            )
        if len(text) > LENGTH:
            raise DnProblem(
                f"The pattern has {len(text)} characters",
                f"MQ takes at most {LENGTH}.",
                "Name fewer attributes.",
            )
        parts = tuple((_keyword(element, text), _wanted(element, text)) for element in elements(text))
        seen = set()
        for keyword, _ in parts:
            if keyword in seen and keyword not in REPEATED:
                raise DnProblem(
                    f"{keyword} stands twice in {text!r}",
                    "Only OU and DC may stand several times.",
                    "Keep one of them.",
                )
            seen.add(keyword)
        return cls(parts, text)

    def matches(self, name: DistinguishedName) -> bool:
        """Whether a certificate with this name passes.

        Values compare without case. An attribute that the pattern does not name is not looked at. The first
        OU of the pattern is held against the first OU of the name, and so on; the name may have more of
        them (recalled).
        """
        given_by = name._by_keyword
        for keyword, wanted in self._by_keyword.items():
            given = given_by.get(keyword, ())
            if keyword == "SERIALNUMBER":
                if not self._serial_matches(wanted[0], given):
                    return False
            elif len(given) < len(wanted) or not all(map(_Wanted.matches, wanted, given)):
                return False
        return True

    @cached_property
    def _by_keyword(self) -> Mapping[str, tuple[_Wanted, ...]]:
        found: dict[str, tuple[_Wanted, ...]] = {}
        for keyword, value in self.parts:
            found[keyword] = (*found.get(keyword, ()), value)
        return found

    @staticmethod
    def _serial_matches(wanted: _Wanted, given: tuple[str, ...]) -> bool:
        if wanted.open_before or wanted.open_after:
            return any(wanted.matches(value) for value in given)
        return any(_serial(wanted.text) == _serial(value) for value in given)

    @property
    def exact(self) -> bool:
        """Whether no value has a wildcard."""
        return not any(value.open_before or value.open_after for _, value in self.parts)

    @property
    def pins_serial_number(self) -> bool:
        """Whether the pattern ties a rule to one certificate, which breaks it at the next renewal."""
        return any(keyword == "SERIALNUMBER" for keyword, _ in self.parts)

    @property
    def key(self) -> tuple[tuple[str, tuple[tuple[str, bool, bool], ...]], ...]:
        """Equal for two patterns that match the same names."""
        keywords = sorted({keyword for keyword, _ in self.parts})
        return tuple(
            (keyword, tuple(value.key for named, value in self.parts if named == keyword)) for keyword in keywords
        )

    def __str__(self) -> str:
        return self.text


def pattern_for(name: DistinguishedName) -> str:
    """The pattern that only this name passes, as far as patterns go; raises DnProblem where the name has
    nothing to match.

    The serial number stays out, so that the pattern outlives a renewal.
    """
    parts = tuple(part for part in name.in_order if part[0] in _RANK and part[0] != "SERIALNUMBER")
    if not parts:
        raise DnProblem("The name has no attribute that MQ can match", "", "Ask for a certificate with a CN and an O.")
    return ",".join(f"{keyword}={written(value, in_pattern=True)}" for keyword, value in parts)


def same_pattern(a: str, b: str) -> bool:
    """Whether two patterns match the same names; texts that are no patterns are the same only letter by
    letter.
    """
    if a.strip() == b.strip():
        return True
    try:
        return Pattern.parse(a).key == Pattern.parse(b).key
    except DnProblem:
        return False
