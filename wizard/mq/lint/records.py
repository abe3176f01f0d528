"""Rules about channel authentication records: who gets in although he seems shut out, and the other way round.

How records are chosen: facts TLS 4.3, which is recalled; MATCH(RUNCHECK) says what a queue manager does.
"""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq import chlauth
from wizard.mq.addresses import AddressPattern, AddressProblem, is_host_name
from wizard.mq.channel_types import MESSAGE
from wizard.mq.dn import DnProblem, Pattern
from wizard.mq.lint.channels import inbound, locked
from wizard.mq.lint.script import Hit, Record, Script

_BY_IDENTITY = frozenset({"SSLPEERMAP", "USERMAP", "QMGRMAP"})
MOST_RANGES = 200
"""Patterns of one profile that are held against the others; no list by hand has so many."""

_NO_WORDS = frozenset({"*NOACCESS", "NOACCESS", "*NOBODY", "*ANY", "*ALL"})


def blocked_users(script: Script) -> Iterator[Hit]:
    """BLOCKUSER: of several records only that with the best profile is used."""
    for record in script.records:
        if record.type != "BLOCKUSER":
            continue
        listed = record.wanted.attributes.get("USERLIST", ())
        words = (listed,) if isinstance(listed, str) else listed
        if chlauth.PRIVILEGED not in words:
            where = "every channel" if record.profile == "*" else record.profile
            what = f"The list lacks *MQADMIN, so that users who administer MQ are no longer refused on {where}."
            yield Hit("admins-let-in", record.line, what, "Add '*MQADMIN' to USERLIST.")
        for word in words:
            if word.upper() in _NO_WORDS:
                what = f"USERLIST({word}) blocks nobody: *MQADMIN is the only word there is."
                yield Hit(
                    "no-such-word", record.line, what, "To refuse everybody, say USERSRC(NOACCESS) in an ADDRESSMAP."
                )


def overridden(script: Script) -> Iterator[Hit]:
    """A refusal by address, or of a queue manager's name, that a record of a better kind overrides (facts TLS 4.3)."""
    openings: dict[str, list[Record]] = {}
    for record in script.records:
        if record.lets_in and record.type in _BY_IDENTITY and not record.wanted.text("ADDRESS"):
            openings.setdefault(record.profile, []).append(record)
    for closed in script.records:
        by_address = closed.type == "ADDRESSMAP" and not closed.back_stop
        if closed.source != "NOACCESS" or not (by_address or closed.type == "QMGRMAP"):
            continue
        better = _BY_IDENTITY if by_address else frozenset({"SSLPEERMAP"})
        first = _first_below(closed.profile, openings, better)
        if first is not None:
            who = closed.wanted.text("ADDRESS") or closed.wanted.text("QMNAME")
            what = f"{who} is not shut out: the {first.type} of line {first.line} comes first and has no ADDRESS."
            instead = "Refuse it by a more specific SSLPEERMAP with USERSRC(NOACCESS)."
            yield Hit("block-overridden", closed.line, what, "Put ADDRESS into that record." if by_address else instead)


def _first_below(profile: str, openings: dict[str, list[Record]], types: frozenset[str]) -> Record | None:
    """The first record of these types on a profile, or on one that it covers."""
    covered = [other for other in openings if chlauth.profile_matches(profile, other)] if "*" in profile else [profile]
    found = [record for other in covered for record in openings.get(other, ()) if record.type in types]
    return min(found, key=lambda record: record.line, default=None)


def without_effect(script: Script) -> Iterator[Hit]:
    """Types of record that the type of channel does not look at."""
    clients = {channel.name for channel in script.channels if channel.chltype == "SVRCONN"}
    partners = {channel.name for channel in script.channels if channel.chltype in MESSAGE}
    for record in script.records:
        profile = record.profile
        if record.type == "QMGRMAP" and (profile in clients or profile.endswith("SVRCONN")):
            what = f"QMGRMAP has no effect on {profile}, a channel for clients."
            yield Hit("wrong-type", record.line, what, "Use SSLPEERMAP, USERMAP or ADDRESSMAP.")
        elif record.type in {"USERMAP", "BLOCKUSER"} and profile in partners:
            what = f"{record.type} has no effect on {profile}, a channel for queue managers."
            yield Hit("wrong-type", record.line, what, "Use SSLPEERMAP, QMGRMAP or ADDRESSMAP.")


def weak_proof(script: Script) -> Iterator[Hit]:
    """Records that let in on what anybody can say, or anybody's certificate."""
    for record in script.records:
        if not record.lets_in:
            if record.maps and record.wanted.text("WARN") == "YES":
                what = "WARN(YES) lets the partner in and only writes an event."
                yield Hit("warn-only", record.line, what, "Say WARN(NO) once the events show whom it would refuse.")
            continue
        wanted = record.wanted
        if record.type == "QMGRMAP" and not wanted.text("ADDRESS"):
            what = f"QMGRMAP takes a partner's word for being {wanted.text('QMNAME')}: that proves nothing."
            yield Hit("name-is-no-proof", record.line, what, "Use SSLPEERMAP with SSLCERTI, or add ADDRESS.")
        if record.type == "SSLPEERMAP":
            yield from _certificate(record)
        if record.profile.startswith("SYSTEM.") and record.profile != "SYSTEM.ADMIN.SVRCONN":
            what = f"The record opens {record.profile}, channels that MQ keeps shut by default."
            yield Hit("system-channels", record.line, what, "Define a channel of your own and map its partners.")


def _certificate(record: Record) -> Iterator[Hit]:
    if not record.wanted.text("SSLCERTI"):
        what = "Any CA that the key repository trusts can issue a certificate with this subject."
        yield Hit("no-issuer", record.line, what, "Add SSLCERTI with the CA that issues it.")
    try:
        pattern = Pattern.parse(record.wanted.text("SSLPEER"))
    except DnProblem:
        return
    if all(not value.text for _, value in pattern.parts):
        what = f"SSLPEER('{pattern}') matches every certificate."
        yield Hit("any-certificate", record.line, what, "Name the partner.")


def host_names(script: Script) -> Iterator[Hit]:
    """Records by host name, which need reverse look-up."""
    own = script.queue_manager
    off = own is not None and own.text("REVDNS") == "DISABLED"
    for record in script.records:
        written = record.wanted.text("ADDRESS")
        if not written or not is_host_name(written):
            continue
        if off:
            what = f"{written} is a host name, and REVDNS(DISABLED) keeps MQ from looking names up: it never matches."
            yield Hit("reverse-dns-off", record.line, what, "Say REVDNS(ENABLED), or use the address.")
        else:
            what = f"{written} is a host name: it matches only where the address of the partner resolves to it."
            yield Hit("host-name", record.line, what, "Use the address where reverse DNS is not sure.")


def addresses(script: Script) -> Iterator[Hit]:
    """Ranges that MQ refuses side by side; those that end in whole parts only are never among them."""
    groups: dict[tuple[str, str], list[tuple[AddressPattern, Record]]] = {}
    for record in script.records:
        try:
            pattern = AddressPattern.parse(record.wanted.text("ADDRESS"))
        except AddressProblem:
            continue
        groups.setdefault((record.profile, record.type), []).append((pattern, record))
    for held in groups.values():
        ranges = [pair for pair in held if not _nested(pair[0])][:MOST_RANGES]
        for pattern, record in ranges:
            for other, its in held:
                if pattern.conflicts_with(other) and (its.line < record.line or _nested(other)):
                    later, earlier = (record, its) if its.line < record.line else (its, record)
                    both = f"{later.wanted.text('ADDRESS')} and {earlier.wanted.text('ADDRESS')} of line {earlier.line}"
                    what = f"{both} overlap, and neither lies in the other."
                    yield Hit(
                        "address-conflict", later.line, what, "Make them apart, or one a part of the other (3343)."
                    )


def _nested(pattern: AddressPattern) -> bool:
    """Whether whole addresses follow a fixed beginning, so that two such patterns lie in each other or apart."""
    full = [low == 0 and high in {255, 0xFFFF} for low, high in pattern.parts]
    fixed = full.index(True) if True in full else len(full)
    return all(low == high for low, high in pattern.parts[:fixed]) and all(full[fixed:])


def open_doors(script: Script) -> Iterator[Hit]:
    """Channels on which whoever matches no record gets in, and records that keep what a client claims."""
    for channel in inbound(script):
        covering = script.covering(channel.name)
        blank = channel.lacks("MCAUSER")
        for record in covering:
            if record.source == "CHANNEL" and record.lets_in and blank and channel.chltype == "SVRCONN":
                what = (
                    f"USERSRC(CHANNEL) on {channel.name}, which has no MCAUSER: the client is whoever it claims to be."
                )
                yield Hit("claimed-user", record.line, what, "Map it with MCAUSER, or give the channel an MCAUSER.")
        opened = [record for record in covering if record.lets_in]
        if channel.whole and opened and not locked(channel) and not any(record.back_stop for record in covering):
            what = f"Nothing refuses partners of {channel.name} whom no record matches."
            remedy = f"Add SET CHLAUTH('{channel.name}') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)."
            yield Hit("no-back-stop", opened[0].line, what, remedy)


def repeated(script: Script) -> Iterator[Hit]:
    """Records that are set twice: ADD is refused, REPLACE forgets the first one."""
    seen: dict[tuple[str, ...], int] = {}
    for one in script.statements:
        if one.wanted is None or not one.is_("SET", "CHLAUTH"):
            continue
        key = chlauth.identity(one.wanted)
        if one.text("ACTION").startswith("REMOVE"):
            seen.pop(key, None)
            continue
        if key in seen:
            what = f"The record of line {seen[key]} is about the same partners, and MQ keeps only one of them."
            yield Hit("record-twice", one.line, what, "Keep one of them.")
        seen[key] = one.line


RULES = (blocked_users, overridden, without_effect, weak_proof, host_names, addresses, open_doors, repeated)
