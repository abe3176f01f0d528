"""Rules without use: those that never match, those that others always come before, and those that tell too little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.access.containment import within
from wizard.access.flaws import Flaw, Gravity
from wizard.access.guard import Guard
from wizard.access.rules import MAPPINGS, Rule, RuleType
from wizard.access.steps_rules import named
from wizard.mq.channel_types import MESSAGE
from wizard.mq.chlauth import default_records, identity
from wizard.mq.dn import DistinguishedName, DnProblem, Pattern
from wizard.mq.mqsc import set_chlauth
from wizard.mq.objects import MqObject

_DEFAULTS = {identity(one) for one in default_records()}
MOST_COMPARED = 400
"""Rules of one channel that are held against one another; the pairs grow with the square."""


def flaws(guard: Guard) -> Iterator[Flaw]:
    """Every rule that does nothing, or does it for more people than it seems."""
    for wrong in guard.rules.invalid:
        yield Flaw(
            guard.name, Gravity.PROBLEM, "refused-by-mq", wrong.record.name, f"{wrong.what}.", wrong.means, wrong.remedy
        )
    for rule in guard.rules.rules:
        if identity(rule.record) in _DEFAULTS or rule.type is RuleType.BLOCKADDR:
            continue
        why = _never(guard, rule)
        if why:
            remedy = "Take it away, or correct it."
            command = (set_chlauth(rule.record, "REMOVE"),)
            yield Flaw(
                guard.name, Gravity.WARNING, why[0], rule.profile, f"{named(rule)}: {why[1]}.", "", remedy, command
            )
        elif rule.type is RuleType.SSLPEERMAP:
            yield from _loose(guard, rule)
    yield from _overridden(guard)


def _covered(guard: Guard, rule: Rule) -> list[MqObject]:
    return [one for one in guard.inbound if rule.covers(one.name)]


def _never(guard: Guard, rule: Rule) -> tuple[str, str] | None:
    """The check and the reason by which a rule never decides; None where it may."""
    channels = _covered(guard, rule)
    if not channels:
        return "no-such-channel", f"no channel here fits the profile {rule.profile}"
    for_clients = rule.type in {RuleType.USERMAP, RuleType.BLOCKUSER}
    fitting = [one for one in channels if (one.text("CHLTYPE") in MESSAGE) != for_clients]
    if (for_clients or rule.type is RuleType.QMGRMAP) and not fitting:
        who = "clients" if for_clients else "queue managers"
        return "wrong-type", f"it is for {who}, and {_listed(channels)} is not"
    if rule.type is RuleType.SSLPEERMAP and not any(one.text("SSLCIPH").strip() for one in channels):
        return "no-tls", f"{_listed(channels)} has no SSLCIPH, so that nobody shows a certificate"
    if rule.place is not None and rule.place.pattern is None and not guard.reverse_dns:
        return "no-reverse-dns", "it names a host, and REVDNS(DISABLED) keeps MQ from looking names up"
    meets = _meets_nobody(guard, rule, channels)
    return meets or _shadowed(guard, rule, channels)


def _listed(channels: Sequence[MqObject]) -> str:
    names = [one.name for one in channels]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _meets_nobody(guard: Guard, rule: Rule, channels: Sequence[MqObject]) -> tuple[str, str] | None:
    """A certificate rule that no certificate can meet: by its issuer, or as SSLPEER of the channel says otherwise."""
    if rule.type is not RuleType.SSLPEERMAP or rule.subject is None:
        return None
    if rule.issuer is not None and guard.signers is not None and not _issued_by_any(rule.issuer, guard.signers):
        return "no-such-issuer", f"the key repository trusts nobody who matches SSLCERTI({rule.issuer})"
    for channel in channels:
        pattern = _pattern(channel.text("SSLPEER"))
        if pattern is None or _compatible(pattern, rule.subject):
            return None
    return "sslpeer-contradicts", f"SSLPEER of {_listed(channels)} lets no such certificate through"


def _issued_by_any(issuer: Pattern, signers: Sequence[str]) -> bool:
    for one in signers:
        try:
            if issuer.matches(DistinguishedName.parse(one)):
                return True
        except DnProblem:
            continue
    return False


def _pattern(text: str) -> Pattern | None:
    try:
        return Pattern.parse(text) if text.strip() else None
    except DnProblem:
        return None


def _compatible(one: Pattern, other: Pattern) -> bool:
    """Whether a certificate may match both: no attribute is given whole and differently by them."""
    whole = {keyword: value for keyword, value in one.parts if not (value.open_before or value.open_after)}
    return all(
        keyword not in whole or value.open_before or value.open_after or value.key == whole[keyword].key
        for keyword, value in other.parts
        if keyword not in {"OU", "DC"}
    )


def _shadowed(guard: Guard, rule: Rule, channels: Sequence[MqObject]) -> tuple[str, str] | None:
    """Another rule comes first on every channel that the rule covers, and fits everybody whom this one fits."""
    if rule.type is RuleType.BLOCKUSER:
        lists = [guard.rules.block_lists(one.name) for one in channels if one.text("CHLTYPE") not in MESSAGE]
        if lists and all(found[0] is not rule for found in lists):
            return "shadowed", f"{named(lists[0][0])} takes its place"
        return None
    if rule.type not in MAPPINGS:
        return None
    first: Rule | None = None
    for channel in channels:
        ahead = next((one for one in _ahead(guard, rule, channel.name) if within(rule, one)), None)
        if ahead is None:
            return None
        first = first or ahead
    return ("shadowed", f"{named(first)} always comes before it") if first else None


def _ahead(guard: Guard, rule: Rule, channel: str) -> Iterator[Rule]:
    for one in guard.rules.covering(channel)[:MOST_COMPARED]:
        if one is rule:
            return
        yield one


def _loose(guard: Guard, rule: Rule) -> Iterator[Flaw]:
    """Certificate rules that let in more than one would think."""
    if rule.subject is None or rule.refuses:
        return
    signers = set(guard.signers or ())
    if rule.issuer is None and (guard.signers is None or len(signers) > 1):
        what = f"{named(rule)} names no issuer."
        means = "Any CA that the key repository trusts can issue a certificate with this subject."
        yield Flaw(guard.name, Gravity.WARNING, "no-issuer", rule.profile, what, means, "Add SSLCERTI.")
    if rule.subject.pins_serial_number:
        what = f"{named(rule)} names a serial number, which the next certificate does not have."
        yield Flaw(guard.name, Gravity.NOTE, "serial-number", rule.profile, what, "", "Leave SERIALNUMBER out.")
    if all(not value.text for _, value in rule.subject.parts):
        what = f"{named(rule)} fits every certificate that has such an attribute."
        yield Flaw(guard.name, Gravity.WARNING, "any-certificate", rule.profile, what, "", "Name the partner.")


def _overridden(guard: Guard) -> Iterator[Flaw]:
    """A refusal by address that does not stop those who match a rule by certificate or user (facts TLS 4.3)."""
    for rule in guard.rules.rules:
        if rule.type is not RuleType.ADDRESSMAP or not rule.refuses or rule.place is None:
            continue
        if rule.place.pattern is not None and not rule.place.pattern.version:
            continue
        opening = _first_opening(guard, rule)
        if opening is not None:
            what = f"{named(rule)} does not stop whoever matches {named(opening)}."
            means = "Rules by certificate, user or queue manager come before those by address."
            remedy = "Put ADDRESS into that rule."
            yield Flaw(guard.name, Gravity.WARNING, "refusal-overridden", rule.profile, what, means, remedy)


def _first_opening(guard: Guard, rule: Rule) -> Rule | None:
    for channel in _covered(guard, rule):
        for one in _ahead(guard, rule, channel.name):
            if one.place is None and not one.refuses and one.type is not RuleType.ADDRESSMAP:
                return one
    return None
