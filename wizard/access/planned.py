"""A queue manager's guard as a recipe will make it, from its topology and what is there already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wizard.access.guard import ADMINISTRATORS, Guard, Login, Users
from wizard.access.rulebook import RuleBook
from wizard.mq import chlauth
from wizard.mq.attributes import subtype
from wizard.mq.objects import Kind, MqObject
from wizard.topology.values import QueueManager, Topology

DEFAULT_AUTHINFO = "SYSTEM.DEFAULT.AUTHINFO.IDPWOS"
SYSTEM_CHANNELS = (
    MqObject(Kind.CHANNEL, "SYSTEM.DEF.SVRCONN", {"CHLTYPE": "SVRCONN", "SSLCAUTH": "REQUIRED"}),
    MqObject(Kind.CHANNEL, "SYSTEM.AUTO.SVRCONN", {"CHLTYPE": "SVRCONN", "SSLCAUTH": "REQUIRED"}),
    MqObject(Kind.CHANNEL, "SYSTEM.DEF.RECEIVER", {"CHLTYPE": "RCVR", "SSLCAUTH": "REQUIRED"}),
)
"""Channels of a new queue manager that somebody may try to come in by."""


def back_stops(wanted: QueueManager, *, ours: bool) -> tuple[MqObject, ...]:
    """The rules that refuse whoever no other rule of the recipe's channels lets in.

    On a queue manager of ours one covers every channel; elsewhere only the job's own channels get one. A back-stop that
    the recipe names itself is not repeated.
    """
    profiles = ("*",) if ours else tuple(channel.name for channel in wanted.channels)
    closing = [chlauth.back_stop(profile) for profile in profiles] if wanted.channels else []
    named = {chlauth.identity(rule) for rule in wanted.rules}
    return tuple(rule for rule in closing if chlauth.identity(rule) not in named)


def overlaid(there: Iterable[MqObject], wanted: Iterable[MqObject]) -> tuple[MqObject, ...]:
    """Rules that are there with those that are wanted in the place of the same ones."""
    rules = {chlauth.identity(rule): rule for rule in there}
    rules.update({chlauth.identity(rule): rule for rule in wanted})
    return tuple(rules.values())


def planned(topology: Topology, name: str, there: Guard | None = None, *, ours: bool = True) -> Guard:
    """The guard of a queue manager once the recipe is carried out; `there` is what it is now, None for a new one.

    Of a new queue manager the defaults of its release are taken (facts TLS 4.2).
    """
    wanted = topology.queue_manager(name)
    before = (rule.record for rule in there.rules.rules) if there else chlauth.default_records()
    rules = overlaid(before, (*wanted.rules, *back_stops(wanted, ours=ours)))
    channels = {**(there.channels if there else {one.name: one for one in SYSTEM_CHANNELS}), **_channels(wanted)}
    own = wanted.attributes.attributes if wanted.attributes else {}
    return Guard(
        name=name,
        release=there.release if there else wanted.release,
        channels=channels,
        rules=RuleBook(rules, wanted.release),
        chlauth=str(own.get("CHLAUTH", "ENABLED" if there is None or there.chlauth else "DISABLED")) != "DISABLED",
        login=_login(wanted, there),
        users=_users(wanted, there),
        authorities=_authorities(wanted, there),
        signers=_signers(wanted, there),
        reverse_dns=str(own.get("REVDNS", "ENABLED" if there is None or there.reverse_dns else "")) != "DISABLED",
        any_case=there.any_case if there else False,
        only_secure=there.only_secure if there else False,
        tls13=there.tls13 if there else wanted.release.tls13_on_at_creation,
        subject=wanted.identity.subject if wanted.identity else there.subject if there else "",
    )


def _channels(wanted: QueueManager) -> Mapping[str, MqObject]:
    listed = (*wanted.channels, *(one for one in wanted.objects if one.kind is Kind.CHANNEL))
    return {one.name: one for one in listed if subtype(one) != "CLNTCONN"}


def _login(wanted: QueueManager, there: Guard | None) -> Login:
    """The AUTHINFO that CONNAUTH will name; a new queue manager has REQDADM and ADOPTCTX(YES) (facts TLS 4.2)."""
    own = wanted.attributes.attributes if wanted.attributes else {}
    name = str(own.get("CONNAUTH", there.login.name if there else DEFAULT_AUTHINFO)).strip()
    listed: Sequence[MqObject] = (*wanted.objects, *wanted.altered)
    values = {
        keyword: value
        for one in listed
        if one.kind is Kind.AUTHINFO and one.name == name
        for keyword, value in one.attributes.items()
    }
    if not name:
        return Login()
    kept = there.login if there and there.login.name == name else None
    default = kept or Login(name, "IDPWOS", "REQDADM", adopt=True)
    early = there.login.early_adopt if there else wanted.release.early_adopt_at_creation
    return Login(
        name=name,
        kind=str(values.get("AUTHTYPE", default.kind)),
        check=str(values.get("CHCKCLNT", default.check)),
        adopt=str(values.get("ADOPTCTX", "YES" if default.adopt else "NO")) == "YES",
        early_adopt=early,
    )


def _users(wanted: QueueManager, there: Guard | None) -> Users:
    """The recipe's accounts beside what is known; nobody else is assumed on a machine that nobody looked at."""
    groups = dict(there.users.groups) if there else {ADMINISTRATORS: frozenset({ADMINISTRATORS})}
    for account in wanted.accounts:
        groups[account.user] = groups.get(account.user, frozenset()) | {account.group}
    return Users(groups, all_known=there.users.all_known if there else False)


def _authorities(wanted: QueueManager, there: Guard | None) -> tuple[MqObject, ...] | None:
    if there is None:
        return wanted.authorities
    if there.authorities is None:
        return wanted.authorities
    records = {one.key: one for one in there.authorities}
    for one in wanted.authorities:
        known = records.get(one.key)
        words = {*_words(one), *(_words(known) if known else ())}
        records[one.key] = MqObject(one.kind, one.name, {**one.attributes, "AUTHLIST": tuple(sorted(words))})
    return tuple(records.values())


def _words(record: MqObject) -> tuple[str, ...]:
    value = record.attributes.get("AUTHLIST", ())
    return (value,) if isinstance(value, str) else value


def _signers(wanted: QueueManager, there: Guard | None) -> tuple[str, ...] | None:
    """Whom its store will trust; with an external CA that is not known before its certificate comes."""
    before = there.signers if there else ()
    if before is None or (not wanted.signers and wanted.identity is not None):
        return None
    own = (wanted.identity.subject,) if wanted.identity else ()
    return (*before, *(one.subject for one in wanted.signers), *own)
