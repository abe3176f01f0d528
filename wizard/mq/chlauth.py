"""Makes channel authentication records, one for each way of recognising a partner.

A record is an MqObject of kind CHLAUTH with the attributes that DISPLAY CHLAUTH shows. Which of several records wins
is not decided here but in `wizard/access`. Types and keys: facts TLS 4.1.
"""

from __future__ import annotations

from enum import StrEnum

from wizard.mq.addresses import AddressPattern, AddressProblem
from wizard.mq.dn import DnProblem, Pattern
from wizard.mq.objects import Kind, MqObject, Value

EVERY_ADDRESS = "*"
PRIVILEGED = "*MQADMIN"
"""The word of USERLIST for all users that administer MQ."""


class UserSource(StrEnum):
    """What a record does with a partner instead of giving it a user."""

    NOACCESS = "NOACCESS"
    CHANNEL = "CHANNEL"


User = str | UserSource
"""The user that a partner gets, or that it is refused or keeps the channel's."""


def _mapping(channel: str, keys: dict[str, Value], user: User) -> MqObject:
    """A record of a TYPE that maps; blank keys are left out."""
    attributes = {keyword: value for keyword, value in keys.items() if value}
    if isinstance(user, UserSource):
        attributes["USERSRC"] = user.value
    else:
        attributes |= {"USERSRC": "MAP", "MCAUSER": user}
    if user is UserSource.NOACCESS:
        attributes["WARN"] = "NO"
    elif keys["TYPE"] != "QMGRMAP":
        attributes["CHCKCLNT"] = "ASQMGR"
    return MqObject(Kind.CHLAUTH, channel, attributes)


def ssl_peer_map(channel: str, subject: str, issuer: str, address: str, user: User) -> MqObject:
    """The record for a partner with a certificate: subject and issuer are patterns; issuer and address may be empty."""
    keys: dict[str, Value] = {"TYPE": "SSLPEERMAP", "SSLPEER": subject, "SSLCERTI": issuer, "ADDRESS": address}
    return _mapping(channel, keys, user)


def user_map(channel: str, client_user: str, address: str, user: User) -> MqObject:
    """The record for a client that asserts a user id; for server-connection channels only. The address may be empty."""
    return _mapping(channel, {"TYPE": "USERMAP", "CLNTUSER": client_user, "ADDRESS": address}, user)


def queue_manager_map(channel: str, queue_manager: str, address: str, user: User) -> MqObject:
    """The record for a partner queue manager, by the name that it claims; without effect on server-connection
    channels.
    """
    return _mapping(channel, {"TYPE": "QMGRMAP", "QMNAME": queue_manager, "ADDRESS": address}, user)


def address_map(channel: str, address: str, user: User) -> MqObject:
    """The record for whoever comes from an address, address pattern or host name."""
    return _mapping(channel, {"TYPE": "ADDRESSMAP", "ADDRESS": address}, user)


def back_stop(profile: str) -> MqObject:
    """The record that refuses everybody whom no other record of the channels lets in."""
    return address_map(profile, EVERY_ADDRESS, UserSource.NOACCESS)


def block_user(profile: str, *users: str) -> MqObject:
    """The record that refuses these users at the very end, all privileged ones unless others are named.

    For server-connection channels only. Of several such records only that with the best matching profile is used.
    """
    listed = users or (PRIVILEGED,)
    return MqObject(Kind.CHLAUTH, profile, {"TYPE": "BLOCKUSER", "USERLIST": listed, "WARN": "NO"})


def block_address(*addresses: str) -> MqObject:
    """The record that refuses addresses at the listener, before anything is read."""
    return MqObject(Kind.CHLAUTH, "*", {"TYPE": "BLOCKADDR", "ADDRLIST": addresses, "WARN": "NO"})


def with_attribute(rule: MqObject, keyword: str, value: Value) -> MqObject:
    """The same record with one more attribute, such as DESCR or CHCKCLNT, or another value of it."""
    return MqObject(rule.kind, rule.name, {**rule.attributes, keyword: value})


def default_records() -> tuple[MqObject, ...]:
    """The three records of a new queue manager (facts TLS 4.2; the texts of the first one recalled)."""
    explorer = address_map("SYSTEM.ADMIN.SVRCONN", EVERY_ADDRESS, UserSource.CHANNEL)
    return (
        with_attribute(explorer, "DESCR", "Default rule to allow MQ Explorer access"),
        with_attribute(back_stop("SYSTEM.*"), "DESCR", "Default rule to disable all SYSTEM channels"),
        with_attribute(block_user("*"), "DESCR", "Default rule to disallow privileged users"),
    )


def identity(rule: MqObject) -> tuple[str, ...]:
    """What MQ takes for the same record: like `MqObject.key`, but patterns of names and addresses by meaning, not by
    letter.

    BLOCKUSER and BLOCKADDR have one record for each profile, whatever their lists.
    """
    names = (_by_meaning(rule.text("SSLPEER")), _by_meaning(rule.text("SSLCERTI")))
    others = (rule.text("CLNTUSER"), rule.text("QMNAME"), rule.text("ADDRESS").casefold())
    return (rule.kind.value, rule.name, rule.text("TYPE"), *names, *others)


def _by_meaning(pattern: str) -> str:
    try:
        return repr(Pattern.parse(pattern).key)
    except DnProblem:
        return pattern.strip()


def profile_matches(profile: str, channel: str) -> bool:
    """Whether a record's profile covers a channel: letter by letter, `*` for any run of characters."""
    head, *rest = profile.split("*")
    if not rest:
        return profile == channel
    if not channel.startswith(head):
        return False
    at = len(head)
    *middle, tail = rest
    for piece in middle:
        found = channel.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(channel) - at >= len(tail) and channel.endswith(tail)


def conflicting_addresses(a: MqObject, b: MqObject) -> bool:
    """Whether MQ refuses both records because their address ranges overlap without one lying inside the other."""
    if a.name != b.name or a.text("TYPE") != b.text("TYPE"):
        return False
    try:
        one, other = AddressPattern.parse(a.text("ADDRESS")), AddressPattern.parse(b.text("ADDRESS"))
    except AddressProblem:
        return False
    return one.conflicts_with(other)
