"""Whether one mapping rule fits everybody whom another one fits; errs towards no. Pure."""

from __future__ import annotations

from wizard.access.rules import Place, Rule, RuleType
from wizard.mq.chlauth import profile_matches
from wizard.mq.dn import Pattern


def within(inner: Rule, outer: Rule) -> bool:
    """Whether the outer rule fits every partner of the inner one, on a channel that both cover."""
    if not within_place(inner.place, outer.place):
        return False
    if outer.type is RuleType.ADDRESSMAP:
        return True
    if inner.type is not outer.type:
        return False
    if outer.type is RuleType.SSLPEERMAP:
        return within_name(inner.subject, outer.subject) and within_name(inner.issuer, outer.issuer)
    if outer.type is RuleType.USERMAP:
        return inner.record.text("CLNTUSER") == outer.record.text("CLNTUSER")
    name, pattern = inner.record.text("QMNAME"), outer.record.text("QMNAME")
    return name == pattern or ("*" not in name and profile_matches(pattern, name)) or pattern == "*"


def within_place(inner: Place | None, outer: Place | None) -> bool:
    """Whether every address of the inner one is one of the outer; None is every address."""
    if outer is None or (outer.pattern is not None and not outer.pattern.version):
        return True
    if inner is None:
        return False
    if inner.pattern is None or outer.pattern is None:
        return inner.text.casefold() == outer.text.casefold()
    return inner.pattern.within(outer.pattern)


def within_name(inner: Pattern | None, outer: Pattern | None) -> bool:
    """Whether every name that the inner pattern matches is matched by the outer one; None matches every name."""
    if outer is None:
        return True
    if inner is None:
        return False
    for keyword in {keyword for keyword, _ in outer.parts}:
        wanted = [value for named, value in outer.parts if named == keyword]
        given = [value for named, value in inner.parts if named == keyword]
        if len(given) < len(wanted):
            return False
        for more, less in zip(wanted, given, strict=False):
            one, other = more.text.casefold(), less.text.casefold()
            whole = not (less.open_before or less.open_after)
            if more.key == less.key or (whole and more.matches(less.text)):
                continue
            begins = more.open_after and not more.open_before and not less.open_before and other.startswith(one)
            ends = more.open_before and not more.open_after and not less.open_after and other.endswith(one)
            anywhere = more.open_before and more.open_after and one in other
            if not (begins or ends or anywhere):
                return False
    return True
