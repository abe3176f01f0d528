"""The door to explanations: who gets in by a recipe as planned, or at a queue manager as it is, and why.

Nothing is changed. Used by `mqwizard explain` and the screens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.access.admission import answer
from wizard.access.guard import Guard
from wizard.access.neighbours import as_rule_wants, neighbours
from wizard.access.planned import planned
from wizard.access.rules import RuleType
from wizard.access.runcheck import Admission, expected, partner
from wizard.access.table import (
    ANY_ADDRESS,
    Cell,
    Difference,
    Person,
    Who,
    access_table,
    client_connection,
    differences,
    people,
    recipe_channels,
)
from wizard.access.values import Answer, Connection
from wizard.engine.machines import machine_for
from wizard.engine.places import Places, state_folder
from wizard.engine.practice import prepare_sandbox
from wizard.engine.prepare import Prepared, prepared
from wizard.engine.request import Request
from wizard.engine.source import Source
from wizard.errors import Refused, UsageError
from wizard.mq.channel_types import MESSAGE
from wizard.run.transcript import now

if TYPE_CHECKING:
    from wizard.run.guardfacts import GuardSeen
    from wizard.run.machine import Machine

MOST_PEOPLE = 40
"""Rules of a queue manager that stand as people in its table."""


@dataclass(frozen=True)
class Runcheck:
    """MQ's own answer beside ours."""

    said: str
    theirs: Admission
    ours: Admission

    @property
    def agree(self) -> bool:
        return self.ours.agrees(self.theirs)


@dataclass(frozen=True)
class Scene:
    """What is asked about: a queue manager as it will be, as it is now where that is known, and its recipe."""

    guard: Guard
    before: Guard | None = None
    ready: Prepared | None = None
    machine: Machine | None = None
    seen: GuardSeen | None = None

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody that the access table asks about."""
        if self.ready is not None:
            return people(self.ready.topology, self.guard.name)
        return _people_of(self.guard)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of the table: the recipe's, or all that clients or queue managers come in by."""
        if self.ready is not None:
            return recipe_channels(self.ready.topology, self.guard.name)
        return tuple(one.name for one in self.guard.inbound if not one.name.startswith("SYSTEM."))

    @property
    def table(self) -> tuple[Cell, ...]:
        return access_table(self.guard, self.people, self.channels)

    @property
    def changes(self) -> tuple[Difference, ...]:
        """What the recipe opens and closes; nothing where a queue manager is looked at as it is."""
        if self.ready is None:
            return ()
        return differences(self.before, self.people, self.table)


def _people_of(guard: Guard) -> tuple[Person, ...]:
    """Whoever a rule lets in, then anyone, then an administrator."""
    anyone = Connection("", ANY_ADDRESS, user="somebody")
    found: dict[str, Person] = {}
    for rule in guard.rules.rules:
        if rule.refuses or rule.type in {RuleType.BLOCKADDR, RuleType.BLOCKUSER}:
            continue
        words, connection = as_rule_wants(rule, anyone)
        if connection != anyone:
            found.setdefault(words, Person(words, Who.CLIENT, (connection,)))
    others = (
        Person("anyone", Who.ANYONE, (anyone,)),
        Person("an administrator", Who.ADMINISTRATOR, (replace(anyone, user="mqm"),)),
    )
    return (*list(found.values())[:MOST_PEOPLE], *others)


@contextmanager
def scene(request: Request, queue_manager: str, users: Sequence[str] = ()) -> Iterator[Scene]:
    """A queue manager of the recipe as planned, or without a recipe as it is now.

    Raises UsageError where it is not clear which one is meant, Refused where one that must be asked does not run here.
    """
    if request.recipe:
        with prepared(request, dry=True) as ready:
            yield _planned(ready, queue_manager, users)
        return
    with _machine(request) as machine:
        seen = _seen(machine, queue_manager, users)
        if seen is None:
            raise Refused(
                f"Queue manager {queue_manager} does not run here.",
                "What lets partners in can only be asked of a running one.",
                "Start it, or name a recipe to see what is planned.",
            )
        yield Scene(seen.guard, machine=machine, seen=seen)


def _planned(ready: Prepared, wanted: str, users: Sequence[str]) -> Scene:
    names = [one.name for one in ready.topology.queue_managers]
    name = wanted or (names[0] if len(names) == 1 else "")
    if name not in names:
        what = f"The recipe has no queue manager {wanted}." if wanted else "The recipe has several queue managers."
        raise UsageError(what, "", f"Say --queue-manager and one of: {', '.join(names)}.")
    seen = _seen(ready.machine, name, users) if ready.machine else None
    fact = ready.facts.queue_managers.get(name)
    ours = fact is None or ready.facts.memory.ours(f"{name}/queue-manager")
    guard = planned(ready.topology, name, seen.guard if seen else None, ours=ours)
    return Scene(guard, seen.guard if seen else None, ready, ready.machine, seen)


@contextmanager
def _machine(request: Request) -> Iterator[Machine]:
    practice = prepare_sandbox(request.sandbox, request.mq_version) if request.sandbox else None
    source = Source("", "", "", Path.cwd())
    places = Places(state_folder(request.state), "")
    with ExitStack() as held:
        machine = machine_for(request, source, practice, places, request.host or "", dry=True)
        if machine is None:
            raise Refused(
                "There is no IBM MQ here.", "A queue manager must be asked.", "Name a recipe, or use --sandbox."
            )
        held.callback(machine.driver.transcript.close)
        held.callback(machine.close)
        yield machine


def _seen(machine: Machine, name: str, users: Sequence[str]) -> GuardSeen | None:
    """The queue manager as it is, None where it does not run here."""
    from wizard.run.dspmq import queue_managers
    from wizard.run.guardfacts import read_guard

    there = {one.name: one for one in queue_managers(machine.driver, machine.installation)}
    if name not in there or not there[name].running:
        return None
    return read_guard(machine, name, ["somebody", *users], now())


def client_of(found: Scene, name: str) -> Connection:
    """How a client of the recipe connects; UsageError where there is no such client."""
    clients = found.ready.topology.clients_of(found.guard.name) if found.ready else ()
    for one in clients:
        if one.name == name and found.ready:
            return client_connection(found.ready.topology, one)
    known = ", ".join(one.name for one in clients) or "none"
    raise UsageError(
        f"{found.guard.name} has no client {name} in a recipe.", f"Its clients are: {known}.", "Name one of them."
    )


def explained(found: Scene, connection: Connection) -> Answer:
    """The whole answer about one connection."""
    return answer(found.guard, connection, neighbours(found.guard, connection))


def run_checked(found: Scene, connection: Connection) -> Runcheck | None:
    """MQ's own answer about one connection to a queue manager as it is; None where MQ cannot be asked about it."""
    from wizard.mq.display import blocks
    from wizard.mq.mqsc import display_runcheck
    from wizard.proof.setting import admission

    now_there = found.seen.guard if found.seen else None
    if found.machine is None or now_there is None or not now_there.chlauth:
        return None
    channel = now_there.channels.get(connection.channel)
    if channel is None or (channel.text("CHLTYPE") in MESSAGE) != bool(connection.queue_manager):
        return None
    command = display_runcheck(connection.channel, partner(now_there, connection))
    reply = found.machine.ask({now_there.name: [command]})[now_there.name][0]
    said = admission(blocks(reply.text.splitlines()))
    if not said.user and not said.refused:
        return None
    asked = connection if connection.user or connection.queue_manager else replace(connection, user="somebody")
    return Runcheck(said.said, Admission(said.user, said.refused), expected(now_there, asked))
