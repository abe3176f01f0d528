"""Which of two mapping rules that both fit is used (facts TLS 4.3, all of it recalled).

`rank` puts any rules in one order; `compare` says in words what decides between two of them, and whether the facts
leave it open. The steps are lexicographic: channel profile, kind of identity, identity, address.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wizard.access.recalled import Recalled
from wizard.access.rules import Place, Rule, RuleType
from wizard.mq.dn import KEYWORDS, Pattern

_KINDS = {RuleType.SSLPEERMAP: 0, RuleType.USERMAP: 1, RuleType.QMGRMAP: 1, RuleType.ADDRESSMAP: 2}
_EXACT, _OPEN, _ABSENT = 0, 1, 2

Shape = tuple[tuple[int, int], ...]
"""Of each attribute, most specific first: exact, open or absent, and how many characters are given."""


@dataclass(frozen=True)
class Precedence:
    """Which rule comes first and by what; `unsettled` where the facts do not settle it."""

    first: Rule
    why: str
    basis: Recalled
    unsettled: bool = False


@dataclass(frozen=True, order=True)
class _Literal:
    """How exact a name with stars is: exact names first, then by the characters before the first star, then by all."""

    generic: bool
    before_star: int
    characters: int

    @classmethod
    def of(cls, text: str) -> _Literal:
        generic = "*" in text
        return cls(generic, -text.index("*") if generic else 0, -len(text.replace("*", "")) if generic else 0)


def profile_rank(profile: str) -> tuple[bool, int, int]:
    """The place of a profile among others that cover the same channel; smaller comes first."""
    found = _Literal.of(profile)
    return found.generic, found.before_star, found.characters


def shape(pattern: Pattern | None) -> Shape:
    """How specific a pattern of names is, attribute by attribute."""
    if pattern is None:
        return ((_ABSENT, 0),) * len(KEYWORDS)
    found = []
    for keyword in KEYWORDS:
        wanted = [value for named, value in pattern.parts if named == keyword]
        is_open = any(value.open_before or value.open_after for value in wanted)
        given = sum(len(value.text) for value in wanted)
        found.append((_ABSENT if not wanted else _OPEN if is_open else _EXACT, -len(wanted) * 1024 - given))
    return tuple(found)


def place_rank(place: Place | None) -> tuple[int, int, int]:
    """The place of an ADDRESS: addresses by how few they cover, then host names, then any address, then none."""
    if place is None:
        return 3, 0, 0
    if place.pattern is None:
        literal = _Literal.of(place.text)
        return 1, literal.generic, literal.characters
    if not place.pattern.version:
        return 2, 0, 0
    opened = sum(low != high for low, high in place.pattern.parts)
    return 0, opened, place.pattern.size


class Ranked:
    """A rule with its place among all others, worked out once."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @cached_property
    def rank(self) -> tuple[object, ...]:
        """Smaller comes first."""
        rule = self.rule
        name = _Literal.of(rule.record.text("QMNAME")) if rule.type is RuleType.QMGRMAP else _Literal.of("")
        identity = (shape(rule.subject), rule.issuer is None, shape(rule.issuer), name)
        return profile_rank(rule.profile), _KINDS[rule.type], identity, place_rank(rule.place), rule.record.key


def compare(a: Rule, b: Rule) -> Precedence:
    """Which of two fitting mapping rules MQ uses."""
    ahead = a if Ranked(a).rank <= Ranked(b).rank else b
    behind = b if ahead is a else a
    if profile_rank(a.profile) != profile_rank(b.profile):
        return _by_profile(ahead, behind)
    if _KINDS[a.type] != _KINDS[b.type]:
        return Precedence(ahead, f"{ahead.type} comes before {behind.type}", Recalled.KIND)
    if a.type is RuleType.SSLPEERMAP and _names(a) != _names(b):
        return _by_certificate(ahead, behind)
    if a.type is RuleType.QMGRMAP and a.record.text("QMNAME") != b.record.text("QMNAME"):
        same = profile_rank(a.record.text("QMNAME"))[:2] == profile_rank(b.record.text("QMNAME"))[:2]
        why = f"QMNAME({ahead.record.text('QMNAME')}) is more exact than QMNAME({behind.record.text('QMNAME')})"
        return Precedence(ahead, why, Recalled.KIND, unsettled=same)
    return _by_place(ahead, behind)


def _by_profile(ahead: Rule, behind: Rule) -> Precedence:
    left = profile_rank(ahead.profile)[:2] == profile_rank(behind.profile)[:2]
    why = f"its profile {ahead.profile} is more exact than {behind.profile}"
    return Precedence(ahead, why, Recalled.PROFILE, unsettled=left)


def _by_certificate(ahead: Rule, behind: Rule) -> Precedence:
    """By subject, then by issuer; open where subject and issuer, or attribute and wildcard, point in two directions."""
    one, other = shape(ahead.subject), shape(behind.subject)
    if one == other and _names(ahead)[0] != _names(behind)[0]:
        why = f"SSLPEER({ahead.subject}) and SSLPEER({behind.subject}) are as specific as each other"
        return Precedence(ahead, why, Recalled.NAME, unsettled=True)
    if one == other:
        more = "with SSLCERTI it comes before one without" if behind.issuer is None else "its SSLCERTI is more specific"
        return Precedence(ahead, more, Recalled.NAME, unsettled=behind.issuer is not None and _crossing(ahead, behind))
    contrary = ahead.issuer is None and behind.issuer is not None
    differing = next(place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
    keyword = KEYWORDS[differing]
    if one[differing][0] != other[differing][0]:
        word = {_EXACT: "whole", _OPEN: "in part"}[one[differing][0]]
        why = f"SSLPEER({ahead.subject}) gives {keyword} {word}, SSLPEER({behind.subject}) does not"
        generic_first = one[differing][0] == _OPEN and any(kind == _EXACT for kind, _ in other)
        return Precedence(ahead, why, Recalled.NAME, unsettled=contrary or generic_first)
    why = f"SSLPEER({ahead.subject}) gives more of {keyword}"
    return Precedence(ahead, why, Recalled.NAME, unsettled=contrary or one[differing][0] == _OPEN)


def _names(rule: Rule) -> tuple[object, object]:
    """Subject and issuer pattern, equal for patterns that mean the same."""
    return rule.subject and rule.subject.key, rule.issuer and rule.issuer.key


def _crossing(ahead: Rule, behind: Rule) -> bool:
    """Whether neither issuer pattern is more specific in every attribute."""
    pairs = list(zip(shape(ahead.issuer), shape(behind.issuer), strict=True))
    return any(one[0] > other[0] for one, other in pairs)


def _by_place(ahead: Rule, behind: Rule) -> Precedence:
    one, other = ahead.place, behind.place
    if other is None:
        why = "it names an address and the other does not" if one else "both say the same, and MQ keeps one of them"
        wide = one is not None and one.pattern is not None and not one.pattern.version
        return Precedence(ahead, why, Recalled.ADDRESS, unsettled=wide or one is None)
    assert one is not None  # noqa: S101 - a rule without address ranks behind
    why = f"{one.text} is more exact than {other.text}"
    if one.pattern is not None and other.pattern is not None:
        return Precedence(ahead, why, Recalled.ADDRESS, unsettled=not one.pattern.within(other.pattern))
    both_names = one.pattern is None and other.pattern is None
    return Precedence(ahead, why, Recalled.ADDRESS, unsettled=both_names or place_rank(other)[0] == 2)
