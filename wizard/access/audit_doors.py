"""Doors left open: who gets in that no rule means, who gets in as an administrator, and protection switched off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wizard.access.admission import end_of
from wizard.access.flaws import Flaw, Gravity
from wizard.access.guard import ADMINISTRATORS, Guard, Standing
from wizard.access.rules import MAPPINGS, Rule, RuleType
from wizard.access.steps_rules import named
from wizard.access.table import ANY_ADDRESS, STRANGER
from wizard.access.values import Connection, Shown
from wizard.mq.channel_types import MESSAGE
from wizard.mq.chlauth import PRIVILEGED, back_stop
from wizard.mq.mqsc import set_chlauth
from wizard.mq.objects import MqObject


def flaws(guard: Guard) -> Iterator[Flaw]:
    """Every open door of a queue manager."""
    yield from _switched_off(guard)
    for channel in guard.inbound:
        yield from _channel(guard, channel)
    for rule in guard.rules.rules:
        yield from _rule(guard, rule)


def _switched_off(guard: Guard) -> Iterator[Flaw]:
    if not guard.chlauth:
        what = "CHLAUTH is DISABLED: no channel rule counts."
        means = "Whoever reaches the listener gets in by every channel that TLS and passwords leave open."
        remedy = "Set the rules first, and try them with WARN(YES); then enable it."
        enable = ("ALTER QMGR CHLAUTH(ENABLED)",)
        yield Flaw(guard.name, Gravity.PROBLEM, "chlauth-off", "queue manager", what, means, remedy, enable)
    if guard.login.check == "NONE":
        why = f"{guard.login.name} has CHCKCLNT(NONE)" if guard.login.name else "CONNAUTH names no AUTHINFO object"
        what = f"No password is ever checked: {why}."
        means = "A client's user is whatever it says, unless a certificate or an address tells otherwise."
        remedy = "Check passwords at least of privileged users."
        name = guard.login.name or "SYSTEM.DEFAULT.AUTHINFO.IDPWOS"
        commands = (
            f"ALTER AUTHINFO({name}) AUTHTYPE(IDPWOS) CHCKCLNT(REQDADM)",
            f"ALTER QMGR CONNAUTH({name})",
            "REFRESH SECURITY TYPE(CONNAUTH)",
        )
        yield Flaw(guard.name, Gravity.WARNING, "no-password-check", "queue manager", what, means, remedy, commands)


def strangers(channel: MqObject) -> tuple[Connection, ...]:
    """Those whom nobody knows, by one channel: with a stranger's certificate where it has TLS, else without."""
    if channel.text("CHLTYPE") in MESSAGE:
        plain = Connection(channel.name, ANY_ADDRESS, queue_manager="STRANGER")
    else:
        plain = Connection(channel.name, ANY_ADDRESS, user="somebody")
    certified = replace(plain, certificate=Shown(STRANGER, None, trusted=True))
    return (plain, certified) if channel.text("SSLCIPH").strip() else (plain,)


def _channel(guard: Guard, channel: MqObject) -> Iterator[Flaw]:
    # The user of a stranger is one that exists, or it would fail for that reason alone.
    existing = replace(guard, users=replace(guard.users, groups={**guard.users.groups, "somebody": frozenset()}))
    existing = replace(existing, authorities=None)
    ends = [end_of(existing, one) for one in strangers(channel)]
    inside = next((end for end in ends if end.inside), None)
    if inside is not None:
        yield _open_to_strangers(guard, channel, inside.user)
        return
    if channel.text("CHLTYPE") not in MESSAGE:
        yield from _administrators(guard, channel)


def _open_to_strangers(guard: Guard, channel: MqObject, user: str) -> Flaw:
    claims = channel.text("CHLTYPE") not in MESSAGE and user == "somebody"
    as_whom = "as whatever user they claim" if claims else f"as {user}"
    certified = bool(channel.text("SSLCIPH").strip()) and channel.text("SSLCAUTH") != "OPTIONAL"
    who = "Everybody with a certificate of any trusted CA" if certified else "Everybody who reaches the listener"
    gravity = Gravity.WARNING if channel.name.startswith("SYSTEM.") and not claims else Gravity.PROBLEM
    means = "No rule refuses those whom no other rule lets in."
    if claims and not channel.text("MCAUSER").strip():
        means += " MCAUSER is blank, so that the client's word is taken."
    remedy = "Set a rule for each partner that is meant, then the back-stop."
    commands = (set_chlauth(back_stop(channel.name), "REPLACE"),)
    what = f"{who} gets in by {channel.name}, {as_whom}."
    return Flaw(guard.name, gravity, "no-back-stop", channel.name, what, means, remedy, commands)


def _administrators(guard: Guard, channel: MqObject) -> Iterator[Flaw]:
    """Whether somebody who only says that he is mqm comes in as mqm."""
    for one in strangers(channel):
        end = end_of(guard, replace(one, user=ADMINISTRATORS))
        if end.inside and guard.users.standing(end.user) is Standing.PRIVILEGED:
            what = f"Who says that he is {ADMINISTRATORS} gets in by {channel.name} as {end.user}."
            means = "He may do everything. No BLOCKUSER rule with *MQADMIN covers the channel."
            command = f"SET CHLAUTH('{channel.name}') TYPE(BLOCKUSER) USERLIST('*MQADMIN') ACTION(REPLACE)"
            yield Flaw(
                guard.name, Gravity.PROBLEM, "administrators", channel.name, what, means, "Block them.", (command,)
            )
            return


def _rule(guard: Guard, rule: Rule) -> Iterator[Flaw]:
    if rule.type in MAPPINGS and rule.source == "MAP":
        yield from _mapped(guard, rule)
    if rule.warns:
        what = f"{named(rule)} refuses nobody: WARN(YES) lets in and only reports."
        remedy = "Say WARN(NO) once the events show whom it would refuse."
        yield Flaw(guard.name, Gravity.WARNING, "warn-only", rule.profile, what, "", remedy)
    if rule.type is RuleType.BLOCKUSER and PRIVILEGED not in rule.users:
        channels = [one.name for one in guard.inbound if guard.rules.block_lists(one.name)[:1] == (rule,)]
        if channels:
            what = f"{named(rule)} takes the place of the ban on administrators on {', '.join(channels[:5])}."
            remedy = "Add *MQADMIN to USERLIST, unless administrators are to come in there."
            yield Flaw(guard.name, Gravity.WARNING, "administrators-let-in", rule.profile, what, "", remedy)


def _mapped(guard: Guard, rule: Rule) -> Iterator[Flaw]:
    standing = guard.users.standing(rule.user)
    if standing is Standing.PRIVILEGED:
        what = f"{named(rule)} makes its partners administrators."
        remedy = "Map them to a user of their own with the few authorities that they need."
        yield Flaw(guard.name, Gravity.PROBLEM, "maps-to-administrator", rule.profile, what, "", remedy)
    elif standing is Standing.UNKNOWN_USER:
        what = f"{named(rule)} maps to {rule.user}, a user that does not exist."
        means = "Its partners are refused: AMQ9776 or AMQ8077, reason 2035."
        remedy = "Create the user, or map to one that exists."
        yield Flaw(guard.name, Gravity.WARNING, "no-such-user", rule.profile, what, means, remedy)
