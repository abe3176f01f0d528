"""All channel authentication records of a queue manager, ordered so that the one which decides is found fast.

Used by whoever asks who gets in. Rules are kept by what a partner can be looked up by: user, name of a queue manager,
the beginning of an attribute of its certificate, the beginning of its address. Only the rest are tried one by one, so
that thousands of rules and partners take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from wizard.access.order import Precedence, Ranked, compare, profile_rank
from wizard.access.rules import MAPPINGS, InvalidRule, Partner, Rule, RuleType
from wizard.mq.dn import Pattern
from wizard.mq.objects import MqObject
from wizard.mq.releases import NEWEST_LONG_TERM, Release

BEGINNING = 4
"""How many first characters of a value rules are kept by; more would help no rule book that people write."""

_LOOKED_UP = ("CN", "UID", "MAIL", "DNQ", "UNSTRUCTUREDNAME", "UNSTRUCTUREDADDRESS", "OU", "DC", "L", "O", "ST", "C")
"""The attributes by which patterns of names are kept, those that tell most partners apart first."""

Key = tuple[object, ...]


@dataclass(frozen=True)
class Rival:
    """Another rule that fits: by what the chosen one comes before it, and whether that is open."""

    rule: Rule
    precedence: Precedence


@dataclass(frozen=True)
class Choice:
    """The mapping rule that decides about a partner, None where no rule fits, and the others that fit too."""

    rule: Rule | None
    others: tuple[Rule, ...] = ()

    @cached_property
    def rivals(self) -> tuple[Rival, ...]:
        """The others, each with what puts it behind the chosen one."""
        return () if self.rule is None else tuple(Rival(one, compare(self.rule, one)) for one in self.others)

    @property
    def unsettled(self) -> tuple[Rival, ...]:
        """The rivals that might come first instead, and would do something else."""
        return tuple(
            one for one in self.rivals if one.precedence.unsettled and self.rule and one.rule.effect != self.rule.effect
        )


class RuleBook:
    """The rules of one queue manager; `invalid` are the records that MQ would not have taken."""

    def __init__(self, records: Iterable[MqObject], release: Release = NEWEST_LONG_TERM) -> None:
        rules, invalid = [], []
        for record in records:
            try:
                rules.append(Rule.of(record, release))
            except InvalidRule as wrong:
                invalid.append(wrong)
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.invalid: tuple[InvalidRule, ...] = tuple(invalid)
        self._exact: dict[str, list[Ranked]] = {}
        self._generic: list[Ranked] = []
        for one in rules:
            if one.type in MAPPINGS:
                kept = self._generic if "*" in one.profile else self._exact.setdefault(one.profile, [])
                kept.append(Ranked(one))
        self._by_channel: dict[str, _Shelf] = {}
        self._address_lists = [one for one in rules if one.type is RuleType.BLOCKADDR]
        self._user_lists = [one for one in rules if one.type is RuleType.BLOCKUSER]

    def covering(self, channel: str) -> tuple[Rule, ...]:
        """The mapping rules whose profile covers a channel, in the order in which they would be used."""
        return tuple(one.rule for one in self._shelf(channel).ordered)

    def choose(self, channel: str, partner: Partner) -> Choice:
        """The rule that decides about a partner on a channel, and its rivals."""
        fitting = [one.rule for one in sorted(self._shelf(channel).fitting(partner), key=_rank)]
        return Choice(fitting[0], tuple(fitting[1:])) if fitting else Choice(None)

    def decide(self, channel: str, partner: Partner) -> Rule | None:
        """The rule alone, where many partners are looked at."""
        best = min(self._shelf(channel).first_fitting(partner), key=_rank, default=None)
        return best.rule if best else None

    def blocking_address(self, address: str) -> Rule | None:
        """The BLOCKADDR rule that stops an address at the listener."""
        lists = self._address_lists
        return next((one for one in lists if any(pattern.matches(address) for pattern in one.addresses)), None)

    def block_lists(self, channel: str) -> tuple[Rule, ...]:
        """The BLOCKUSER rules on a channel, that with the best profile first; only that one counts (facts TLS 4.3)."""
        found = [one for one in self._user_lists if one.covers(channel)]
        return tuple(sorted(found, key=lambda one: (profile_rank(one.profile), one.profile)))

    def _shelf(self, channel: str) -> _Shelf:
        if channel not in self._by_channel:
            generic = [one for one in self._generic if one.rule.covers(channel)]
            self._by_channel[channel] = _Shelf([*self._exact.get(channel, ()), *generic])
        return self._by_channel[channel]


def _rank(one: Ranked) -> tuple[object, ...]:
    return one.rank


class _Shelf:
    """The rules of one channel by what a partner is looked up by."""

    def __init__(self, rules: list[Ranked]) -> None:
        self.ordered = sorted(rules, key=_rank)
        self._kept: dict[Key, list[Ranked]] = {}
        for one in self.ordered:
            self._kept.setdefault(_kept_by(one.rule), []).append(one)

    def fitting(self, partner: Partner) -> Iterator[Ranked]:
        """The rules that fit, each once."""
        for key in dict.fromkeys(_looked_up(partner)):
            for one in self._kept.get(key, ()):
                if one.rule.fits(partner):
                    yield one

    def first_fitting(self, partner: Partner) -> Iterator[Ranked]:
        """Of the rules that are kept together, the first that fits."""
        for key in dict.fromkeys(_looked_up(partner)):
            found = next((one for one in self._kept.get(key, ()) if one.rule.fits(partner)), None)
            if found is not None:
                yield found


def _kept_by(rule: Rule) -> Key:
    """Under what a rule is kept: something that every partner it fits can be looked up by."""
    if rule.type is RuleType.SSLPEERMAP and rule.subject is not None:
        return _name_key(rule.subject)
    if rule.type is RuleType.USERMAP:
        return ("user", rule.record.text("CLNTUSER").casefold())
    if rule.type is RuleType.QMGRMAP:
        head, star, _ = rule.record.text("QMNAME").partition("*")
        return ("queue manager", head[:BEGINNING], bool(star))
    return _place_key(rule)


def _name_key(pattern: Pattern) -> Key:
    parts = dict(reversed(pattern.parts))
    for keyword in _LOOKED_UP:
        value = parts.get(keyword)
        if value is not None and value.text and not (value.open_before and value.open_after):
            text = value.text.casefold()
            if value.open_before:
                return (keyword, "end", text[-BEGINNING:])
            return (keyword, "beginning" if value.open_after else "whole", text if not value.open_after else text[:4])
    return ("any certificate",)


def _place_key(rule: Rule) -> Key:
    pattern = rule.place.pattern if rule.place else None
    if pattern is None or not pattern.version:
        return ("any address",)
    fixed: list[int] = []
    for low, high in pattern.parts[:3]:
        if low != high:
            break
        fixed.append(low)
    return ("address", pattern.version, *fixed)


def _looked_up(partner: Partner) -> Iterator[Key]:
    yield from _address_keys(partner)
    if partner.subject is not None:
        yield ("any certificate",)
        for keyword, written in partner.subject.parts:
            text = written.casefold()
            yield (keyword, "whole", text)
            for length in range(1, BEGINNING + 1):
                yield (keyword, "beginning", text[:length])
                yield (keyword, "end", text[-length:])
    if partner.client_user is not None:
        yield ("user", partner.client_user.casefold())
    if partner.queue_manager is not None:
        for length in range(BEGINNING + 1):
            yield ("queue manager", partner.queue_manager[:length], True)
        yield ("queue manager", partner.queue_manager[:BEGINNING], False)


def _address_keys(partner: Partner) -> Iterator[Key]:
    yield ("any address",)
    for version, numbers in partner.numbers.items():
        for length in range(4):
            yield ("address", version, *numbers[:length])
