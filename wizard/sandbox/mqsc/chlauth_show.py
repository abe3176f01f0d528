"""DISPLAY CHLAUTH, and its run-time check MATCH(RUNCHECK) (facts 2.7, 4.5)."""

from __future__ import annotations

from typing import NamedTuple

from wizard.sandbox.mqsc import addresses, dn, rules, selection
from wizard.sandbox.mqsc.attributes import words
from wizard.sandbox.mqsc.chlauth import TYPES, profile_name
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.layout import Pair, block
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import CommandFailedError, failed
from wizard.sandbox.mqsc.rules import Rule
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.wire.settings import ignores_user_case, qm_ini

ORDER = words(
    "DESCR CUSTOM ADDRLIST SSLPEER SSLCERTI ADDRESS CLNTUSER QMNAME USERLIST MCAUSER USERSRC CHCKCLNT "
    "WARN ALTDATE ALTTIME"
)
"""As seen for USERMAP, ADDRESSMAP and BLOCKUSER; where the other keys stand is recalled."""
BRIEF = ("ADDRLIST", "SSLPEER", "SSLCERTI", "ADDRESS", "CLNTUSER", "QMNAME", "USERLIST", "MCAUSER")
"""Shown without ALL, and USERSRC when it is not MAP (seen in run-time checks)."""


class Check(NamedTuple):
    """The partner that a run-time check asks about."""

    address: str | None
    client_user: str | None
    qmname: str | None
    subject: str | None
    issuer: str | None


def show(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY CHLAUTH."""
    profile = profile_name(parameters, "name.wrong")
    kind = parameters.one_of("TYPE", (*TYPES, "ALL")) or "ALL"
    match = parameters.one_of("MATCH", ("GENERIC", "EXACT", "ALL", "RUNCHECK")) or "GENERIC"
    values = {
        keyword: parameters.text(keyword)
        for keyword in ("ADDRESS", "CLNTUSER", "QMNAME", "SSLPEER", "SSLCERTI")
        if _has_value(parameters, keyword)
    }
    condition = selection.condition(parameters, [*ORDER, "TYPE", "CHLAUTH"])
    names = selection.requested(parameters, [*ORDER, "TYPE"], {})
    if match == "RUNCHECK":
        check = Check(*(values.get(key) for key in ("ADDRESS", "CLNTUSER", "QMNAME", "SSLPEER", "SSLCERTI")))
        return _run_check(context, profile, kind, check, names)
    if values:
        raise failed("chlauth.wrong.match")
    if names is not None and not names and "*" not in profile:
        names = None
    found = [
        rule
        for rule in sorted(rules.records(context.state, context.qmgr), key=_place)
        if kind in ("ALL", rule.type) and _matches(match, profile, rule)
    ]
    if condition is not None:
        found = [
            rule for rule in found if condition.holds({**rule.attributes, "TYPE": rule.type, "CHLAUTH": rule.profile})
        ]
    if not found:
        raise failed("chlauth.unknown")
    return [line for rule in found for line in record(rule, names)]


def _has_value(parameters: Parameters, keyword: str) -> bool:
    return any(found == keyword and word.values is not None for found, word in parameters)


def _place(rule: Rule) -> tuple[str, int]:
    """By profile, generic ones after the exact ones that they cover (seen: SYSTEM.* after DEV names, * last)."""
    return rule.profile.replace("*", "\x7f"), TYPES.index(rule.type) if rule.type.startswith("BLOCK") else -1


def _matches(match: str, profile: str, rule: Rule) -> bool:
    if match == "EXACT":
        return rule.profile == profile
    is_named = rules.profile_matches(profile, rule.profile) if "*" in profile else rule.profile == profile
    return is_named or (match == "ALL" and rules.profile_matches(rule.profile, profile))


def record(rule: Rule, names: set[str] | None) -> list[str]:
    """One record as text: everything for None, the keys and the user when no names are given."""
    pairs: list[Pair] = [("CHLAUTH", rule.profile), ("TYPE", rule.type)]
    for keyword in ORDER:
        if keyword not in rule.attributes:
            continue
        value = rule.attributes[keyword]
        if names:
            is_shown = keyword in names
        elif names is None:
            is_shown = True
        else:
            is_shown = (keyword in BRIEF and bool(value)) or (keyword == "USERSRC" and value != "MAP")
        if is_shown:
            pairs.append((keyword, value))
    return block(message("chlauth.shown"), pairs)


def _run_check(context: Context, channel: str, kind: str, check: Check, names: set[str] | None) -> list[str]:
    """What would happen to this partner: the record that blocks or maps it, or the user it would run as."""
    qmgr = context.qmgr_attributes()
    found = context.state.object(context.qmgr, "CHANNEL", channel)
    if kind != "ALL" or "*" in channel or not check.address:
        raise failed("chlauth.runcheck")
    if found is None:
        raise failed("channel.not.found", name=channel)
    if qmgr.get("CHLAUTH") == "DISABLED":
        raise failed("chlauth.disabled")
    definition = found[1]
    is_client = definition["CHLTYPE"] == "SVRCONN"
    _check_partner(check, is_client=is_client, is_tls=bool(definition.get("SSLCIPH")))
    rule = rules.mapping(
        context.state,
        context.qmgr,
        channel,
        check.address,
        client_user=check.client_user,
        qmname=check.qmname,
        subject=check.subject or "",
        issuer=check.issuer or "",
        ignores_case=ignores_user_case(context.state, qm_ini(context.state, context.qmgr)),
    )
    if rule is not None and rule.user_source == "NOACCESS":
        return record(rule, names)
    flowed = check.client_user or "mqm"
    user = rule.mcauser if rule is not None and rule.user_source == "MAP" else definition.get("MCAUSER") or flowed
    blocking = rules.blocked_user(context.state, context.qmgr, channel, user) if is_client else None
    if blocking is not None:
        return record(blocking, names)
    if rule is not None and rule.user_source == "MAP":
        return record(rule, names)
    return [message("chlauth.runs.as", user=user)]


def _check_partner(check: Check, *, is_client: bool, is_tls: bool) -> None:
    """Refuse a check that lacks what the channel needs, or names what it cannot have."""
    problem: CommandFailedError = failed("chlauth.runcheck")
    if not addresses.numeric(check.address or ""):
        raise problem
    if is_client and (not check.client_user or check.qmname is not None):
        raise problem
    if not is_client and (not check.qmname or check.client_user is not None):
        raise problem
    if is_tls and not check.subject:
        raise problem
    for text in (check.subject, check.issuer):
        if text:
            try:
                dn.name(text)
            except dn.BadNameError:
                raise failed("peer.name") from None
