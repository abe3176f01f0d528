"""The access table of a recipe: who × channel → in or out, as whom; and what a change opens and closes. Pure.

Who: each client, somebody with another certificate of the same issuer, anyone without one, an administrator. Shown in
review, plan, report and by `mqwizard explain`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from wizard.access.admission import end_of
from wizard.access.guard import ADMINISTRATORS, Guard
from wizard.access.neighbours import as_rule_wants
from wizard.access.rulebook import RuleBook
from wizard.access.rules import RuleType
from wizard.access.values import Connection, End, Password, Shown
from wizard.mq.addresses import AddressPattern, AddressProblem
from wizard.mq.channel_types import ANSWERING, MESSAGE
from wizard.mq.dn import DistinguishedName, DnProblem
from wizard.mq.objects import Kind, MqObject
from wizard.topology.values import Client, QueueManager, Tls, Topology

ANY_ADDRESS = "192.0.2.77"
"""Stands for any address: it is of the documentation range, and nobody's."""

OTHER_CHANNEL = "SYSTEM.DEF.SVRCONN"
MANY_CHANNELS = 12
WIDEST = 110
"""Columns of a table that still reads as one."""

STRANGER = DistinguishedName.of([("CN", "somebody else"), ("O", "Elsewhere")])


class Who(StrEnum):
    """The kinds of people in the table."""

    CLIENT = "client"
    OTHER_CERTIFICATE = "another certificate"
    ANYONE = "anyone else"
    ADMINISTRATOR = "administrator"
    QUEUE_MANAGER = "queue manager"


@dataclass(frozen=True)
class Person:
    """Somebody who might come: how he is called, and the ways in which he may try, apart from the channel.

    `more` are further ways that make sense on one channel only.
    """

    who: str
    kind: Who
    ways: tuple[Connection, ...]
    more: Mapping[str, tuple[Connection, ...]] = field(default_factory=dict)

    def ways_by(self, channel: str) -> tuple[Connection, ...]:
        """How he tries to come in by a channel; whatever CipherSpec it asks for, except where it is his own."""
        if self.kind is Who.CLIENT and self.ways[0].channel == channel:
            return self.ways
        tried = (*self.ways, *self.more.get(channel, ()))
        return tuple(replace(way, channel=channel, cipher=None) for way in tried)


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

    On each channel strangers try the addresses and users of its clients too, as these are no secrets.
    """
    known = {one: client_connection(topology, one) for one in topology.clients_of(queue_manager)}
    found = [Person(one.name, Who.CLIENT, (way,)) for one, way in known.items()]
    stranger = Connection("", ANY_ADDRESS, user="somebody")
    disguises: dict[str, tuple[Connection, ...]] = {}
    for way in known.values():
        same = replace(stranger, address=way.address, host_name=way.host_name)
        disguises[way.channel] = (*disguises.get(way.channel, ()), same, replace(same, user=way.user))
    issuer = _issuer(topology, None)
    if issuer is not None:
        shown = Shown(STRANGER, issuer, trusted=True)
        found.append(_disguised("another certificate of the CA", Who.OTHER_CERTIFICATE, stranger, disguises, shown))
    found.append(_disguised("anyone else", Who.ANYONE, stranger, disguises, None))
    administrator = replace(stranger, user=ADMINISTRATORS)
    as_mqm = {channel: tuple(replace(way, user=ADMINISTRATORS) for way in ways) for channel, ways in disguises.items()}
    found.append(_disguised("an administrator", Who.ADMINISTRATOR, administrator, as_mqm, None))
    return (*found, *_queue_managers(topology, queue_manager))


def _queue_managers(topology: Topology, name: str) -> Iterator[Person]:
    """Partners that the recipe's rules let in by channels for queue managers, and one that nobody knows."""
    wanted = topology.queue_manager(name)
    channels = [one for one in _inbound(wanted) if one.text("CHLTYPE") in MESSAGE]
    stranger = Connection("", ANY_ADDRESS, queue_manager="STRANGER")
    seen: dict[str, Person] = {}
    for rule in RuleBook(wanted.rules, wanted.release).rules:
        if rule.refuses or rule.type is RuleType.USERMAP or not any(rule.covers(one.name) for one in channels):
            continue
        words, connection = as_rule_wants(rule, stranger)
        if connection != stranger:
            seen.setdefault(words, Person(f"a queue manager {words}", Who.QUEUE_MANAGER, (connection,)))
    yield from seen.values()
    if channels:
        certified = replace(stranger, certificate=Shown(STRANGER, _issuer(topology, None), trusted=True))
        yield Person("any other queue manager", Who.QUEUE_MANAGER, (stranger, certified))


def _inbound(wanted: QueueManager) -> tuple[MqObject, ...]:
    """The channels of a recipe that partners can come in by."""
    listed = (*wanted.channels, *(one for one in wanted.objects if one.kind is Kind.CHANNEL))
    return tuple(one for one in listed if one.text("CHLTYPE") in ANSWERING)


def _disguised(
    who: str, kind: Who, plain: Connection, disguises: Mapping[str, tuple[Connection, ...]], shown: Shown | None
) -> Person:
    more = {
        channel: tuple(dict.fromkeys(replace(way, certificate=shown) for way in ways))
        for channel, ways in disguises.items()
    }
    return Person(who, kind, (replace(plain, certificate=shown),), more)


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
    """Everybody on every channel; with many channels a client is tried on its own and on one other alone."""
    columns = tuple(dict.fromkeys((*channels, OTHER_CHANNEL)))
    few = len(columns) <= MANY_CHANNELS
    return tuple(
        _cell(guard, person, channel)
        for person in everybody
        for channel in (columns if few or person.kind is not Who.CLIENT else (person.ways[0].channel, OTHER_CHANNEL))
    )


def _cell(guard: Guard, person: Person, channel: str) -> Cell:
    """The first way in that works; where none does, how the first one ends."""
    wanted = person.kind is Who.CLIENT and person.ways[0].channel == channel
    ends = []
    for way in person.ways_by(channel):
        ends.append(end_of(guard, way))
        if ends[-1].inside:
            return Cell(guard.name, person.who, person.kind, channel, ends[-1], wanted)
    return Cell(guard.name, person.who, person.kind, channel, ends[0], wanted)


def recipe_channels(topology: Topology, queue_manager: str) -> tuple[str, ...]:
    """The channels of a recipe on a queue manager, for the table."""
    return tuple(channel.name for channel in _inbound(topology.queue_manager(queue_manager)))


def differences(before: Guard | None, everybody: Sequence[Person], cells: Sequence[Cell]) -> tuple[Difference, ...]:
    """Which cells of a table come to another end than before; where nothing was, nobody got in."""
    found = []
    named = {one.who: one for one in everybody}
    for cell in cells:
        was = None
        if before and cell.channel in before.channels:
            was = _cell(before, named[cell.who], cell.channel).end
        inside_before = was is not None and was.inside
        if cell.end.inside and not inside_before:
            found.append(Difference(Effect.OPENS, was, cell))
        elif inside_before and not cell.end.inside:
            found.append(Difference(Effect.CLOSES, was, cell))
        elif was is not None and inside_before and was.user != cell.end.user:
            found.append(Difference(Effect.LEADS, was, cell))
    return tuple(found)


def table_text(cells: Sequence[Cell], changed: Sequence[Difference] = ()) -> str:
    """Who gets in, and what the change opens and closes.

    A row for each person and a column for each channel where that fits, else a line for each who gets in.
    """
    lines = _matrix(cells)
    if len(lines[0]) > WIDEST or len({cell.channel for cell in cells}) > MANY_CHANNELS:
        lines = [f"{cell.who} by {cell.channel}: {_word(cell)}" for cell in cells if cell.end.inside]
        lines.append("All others are out.")
    lines += [f"{one.effect.value}: {one.after.who} by {one.after.channel}: {_led(one)}" for one in changed]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _matrix(cells: Sequence[Cell]) -> list[str]:
    channels = list(dict.fromkeys(cell.channel for cell in cells))
    rows: dict[str, dict[str, Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.who, {})[cell.channel] = cell
    width = max((len(who) for who in rows), default=0)
    columns = {channel: len(channel) for channel in channels}
    for cell in cells:
        columns[cell.channel] = max(columns[cell.channel], len(_word(cell)))
    head = " " * (width + 2) + "  ".join(f"{channel:<{columns[channel]}}" for channel in channels)
    body = [
        f"{who:<{width}}  "
        + "  ".join(f"{_word(row[channel]) if channel in row else '':<{columns[channel]}}" for channel in channels)
        for who, row in rows.items()
    ]
    return [head, *body]


def _word(cell: Cell) -> str:
    return f"in, as {cell.end.user or '(blank)'}" if cell.end.inside else "out"


def _led(one: Difference) -> str:
    before = one.before.sentence if one.before else "not there before"
    return f"{before} → {one.after.end.sentence}"
