"""The access table of a recipe: who × channel → in or out, as whom; and what a change opens and closes. Pure.

Who: each client, somebody with another certificate of the same issuer, anyone without one, an administrator. Shown in
review, plan, report and by `mqwizard explain`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from wizard.access.admission import end_of
from wizard.access.guard import ADMINISTRATORS, Guard
from wizard.access.values import Connection, End, Password, Shown
from wizard.mq.addresses import AddressPattern, AddressProblem
from wizard.mq.dn import DistinguishedName, DnProblem
from wizard.topology.values import Client, Tls, Topology

ANY_ADDRESS = "192.0.2.77"
"""Stands for any address: it is of the documentation range, and nobody's."""

OTHER_CHANNEL = "SYSTEM.DEF.SVRCONN"
STRANGER = DistinguishedName.of([("CN", "somebody else"), ("O", "Elsewhere")])


class Who(StrEnum):
    """The kinds of people in the table."""

    CLIENT = "client"
    OTHER_CERTIFICATE = "another certificate"
    ANYONE = "anyone else"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Person:
    """Somebody who might come: how he is called, and the ways in which he may try, apart from the channel."""

    who: str
    kind: Who
    ways: tuple[Connection, ...]


@dataclass(frozen=True)
class Cell:
    """One person on one channel, and what it comes to; `wanted` says that the recipe means to let him in there."""

    queue_manager: str
    who: str
    kind: Who
    channel: str
    end: End
    wanted: bool = False


class Effect(StrEnum):
    """What a change does to one person on one channel."""

    OPENS = "opens"
    CLOSES = "closes"
    LEADS = "leads elsewhere"


@dataclass(frozen=True)
class Difference:
    """A door that is not as it was; `before` is None where the channel was not there."""

    effect: Effect
    before: End | None
    after: Cell


def people(topology: Topology, queue_manager: str) -> tuple[Person, ...]:
    """Everybody the table asks about, clients first.

    Strangers try every address and every user of the clients, as these are no secrets.
    """
    clients = topology.clients_of(queue_manager)
    known = [client_connection(topology, one) for one in clients]
    found = [Person(one.name, Who.CLIENT, (way,)) for one, way in zip(clients, known, strict=True)]
    places = dict.fromkeys([(ANY_ADDRESS, ""), *((one.address, one.host_name) for one in known)])
    strangers = [
        Connection("", address, host, user)
        for address, host in places
        for user in dict.fromkeys(["somebody", *(one.user for one in known)])
    ]
    issuer = _issuer(topology, None)
    if issuer is not None:
        shown = Shown(STRANGER, issuer, trusted=True)
        ways = tuple(replace(one, certificate=shown) for one in strangers)
        found.append(Person("another certificate of the CA", Who.OTHER_CERTIFICATE, ways))
    found.append(Person("anyone else", Who.ANYONE, tuple(strangers)))
    administrators = tuple(Connection("", address, host, ADMINISTRATORS) for address, host in places)
    found.append(Person("an administrator", Who.ADMINISTRATOR, administrators))
    return tuple(found)


def client_connection(topology: Topology, client: Client) -> Connection:
    """A client as it will connect: from an address that it may come from, with what it proves itself by."""
    shown = None
    if client.identity is not None:
        subject = DistinguishedName.parse(client.identity.subject)
        shown = Shown(subject, _issuer(topology, subject), trusted=True, in_date=True)
    by_password = client.tls is Tls.SERVER
    address, host = example_address(client.addresses)
    return Connection(
        channel=client.channel,
        address=address,
        host_name=host,
        user=client.account.user,
        certificate=shown,
        cipher=client.cipher,
        login=client.account.user if by_password else "",
        password=Password.RIGHT if by_password else Password.NONE,
    )


def _issuer(topology: Topology, subject: DistinguishedName | None) -> DistinguishedName | None:
    """Who issues a client's certificate: our authority, itself, or somebody not known yet."""
    if topology.authority is not None:
        try:
            return DistinguishedName.parse(topology.authority.subject)
        except DnProblem:
            return None
    return subject if topology.trust == "self-signed" else None


def example_address(patterns: Sequence[str]) -> tuple[str, str]:
    """An address, and a host name where it takes one, that the first of these patterns covers."""
    if not patterns:
        return ANY_ADDRESS, ""
    try:
        pattern = AddressPattern.parse(patterns[0])
    except AddressProblem:
        return ANY_ADDRESS, patterns[0].replace("*", "x")
    if not pattern.version:
        return ANY_ADDRESS, ""
    separator, base = (".", "d") if pattern.version == 4 else (":", "x")
    # 1 stands for a whole open part, as an address that ends in 0 looks like a network's.
    return separator.join(format(low or min(high, 1), base) for low, high in pattern.parts), ""


def access_table(guard: Guard, everybody: Sequence[Person], channels: Sequence[str]) -> tuple[Cell, ...]:
    """Everybody on every channel."""
    return tuple(
        _cell(guard, person, channel) for person in everybody for channel in dict.fromkeys((*channels, OTHER_CHANNEL))
    )


def _cell(guard: Guard, person: Person, channel: str) -> Cell:
    """The first way in that works; where none does, how the first one ends."""
    wanted = person.kind is Who.CLIENT and person.ways[0].channel == channel
    # Who is not meant to come this way is given whatever CipherSpec the channel asks for.
    tried = person.ways if wanted else tuple(replace(way, channel=channel, cipher=None) for way in person.ways)
    ends = [end_of(guard, way) for way in tried]
    return Cell(
        guard.name, person.who, person.kind, channel, next((one for one in ends if one.inside), ends[0]), wanted
    )


def recipe_channels(topology: Topology, queue_manager: str) -> tuple[str, ...]:
    """The channels of a recipe on a queue manager, for the table."""
    return tuple(channel.name for channel in topology.queue_manager(queue_manager).channels)


def differences(
    before: Guard | None, after: Guard, everybody: Sequence[Person], channels: Sequence[str]
) -> tuple[Difference, ...]:
    """What comes to another end than before; before there was a queue manager, nobody got in."""
    found = []
    for cell in access_table(after, everybody, channels):
        person = next(one for one in everybody if one.who == cell.who)
        was = _cell(before, person, cell.channel).end if before and cell.channel in before.channels else None
        inside_before = was is not None and was.inside
        if cell.end.inside and not inside_before:
            found.append(Difference(Effect.OPENS, was, cell))
        elif inside_before and not cell.end.inside:
            found.append(Difference(Effect.CLOSES, was, cell))
        elif was is not None and inside_before and was.user != cell.end.user:
            found.append(Difference(Effect.LEADS, was, cell))
    return tuple(found)


def table_text(cells: Sequence[Cell], changed: Sequence[Difference] = ()) -> str:
    """The table with a row for each person, and what the change opens and closes."""
    channels = list(dict.fromkeys(cell.channel for cell in cells))
    rows = {cell.who: {one.channel: one for one in cells if one.who == cell.who} for cell in cells}
    width = max((len(who) for who in rows), default=0)
    columns = {channel: max(len(channel), *(len(_word(row[channel])) for row in rows.values())) for channel in channels}
    lines = [" " * (width + 2) + "  ".join(f"{channel:<{columns[channel]}}" for channel in channels)]
    lines += [
        f"{who:<{width}}  " + "  ".join(f"{_word(row[channel]):<{columns[channel]}}" for channel in channels)
        for who, row in rows.items()
    ]
    lines += [f"{one.effect.value}: {one.after.who} by {one.after.channel}: {_led(one)}" for one in changed]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _word(cell: Cell) -> str:
    return f"in, as {cell.end.user or '(blank)'}" if cell.end.inside else "out"


def _led(one: Difference) -> str:
    before = one.before.sentence if one.before else "no such channel"
    return f"{before} → {one.after.end.sentence}"
