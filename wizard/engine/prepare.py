"""From an order to a plan: recipe, machine, facts, plan. Nothing is changed here, and a dry run makes no folder."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.machines import alone, machine_for, nothing_touched, wait_for_left_behind
from wizard.engine.memory import memory_of
from wizard.engine.places import Places, state_folder
from wizard.engine.practice import Practice, prepare_sandbox
from wizard.engine.request import Request
from wizard.engine.scripts import recipe_scripts
from wizard.engine.source import Source, find_source
from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.plan.build import build_plan
from wizard.plan.facts import Facts, Memory
from wizard.plan.fitting import fitted
from wizard.plan.operations import Consent, Plan
from wizard.run import history, journal
from wizard.run.transcript import now
from wizard.topology.build import build
from wizard.topology.values import Topology

if TYPE_CHECKING:
    from wizard.recipe.schema import Recipe
    from wizard.run.machine import Machine

ASSUMED_RELEASE = "9.4"
"""What a dry run without MQ assumes."""

Note = Callable[[int, int | None, tuple[str, ...]], None]


@dataclass(frozen=True)
class Prepared:
    """Everything that a run or a dry run needs; `machine` is None where no MQ was found.

    `ordered` is the topology as the recipe has it, `topology` the one that fits what is there.
    """

    source: Source
    recipe: Recipe
    ordered: Topology
    """What the recipe implies."""
    topology: Topology
    """The same, fitted to the machine."""
    facts: Facts
    plan: Plan
    places: Places
    machine: Machine | None
    history: history.History

    def again(self, allowed: frozenset[Consent]) -> Prepared:
        """The same order, planned anew from facts read now and journals as they are now."""
        assert self.machine is not None  # noqa: S101 - only a machine can be read again
        past = history.read(self.places.journals, self.places.key)
        facts = _facts(self.machine, self.ordered, memory_of(past))
        topology = fitted(self.ordered, facts, allowed)
        plan = _plan(self.source, topology, facts, allowed)
        return replace(self, topology=topology, facts=facts, plan=plan, history=past)


@contextmanager
def prepared(request: Request, *, dry: bool) -> Iterator[Prepared]:
    """Read the recipe, look at the machine, make the plan; sessions are left at the end.

    Raises RecipeError or UsageError for what is wrong with the order, Refused where MQ may not or cannot be driven, or
    another run is at work on one of the queue managers; they are held until the end. With `dry` nothing is written
    anywhere or held, and a machine without MQ is taken for an empty one.
    """
    source = find_source(request.recipe)
    recipe = source.read()
    practice = prepare_sandbox(request.sandbox, request.mq_version, dry=dry) if request.sandbox else None
    host = request.host or socket.gethostname()
    key = journal.run_key(host=host, recipe=source.identity, sandbox=str(practice.folder) if practice else "")
    places = Places(state_folder(request.state), key)
    with ExitStack() as held:
        there = practice is None or practice.made
        with nothing_touched():
            machine = machine_for(request, source, practice, places, host, dry=dry) if there else None
        if machine is not None:
            held.callback(machine.driver.transcript.close)
        assumed = _assumed(request, host, practice)
        release = machine.installation.release if machine else assumed.release
        source = replace(source, scripts=recipe_scripts(recipe, source.base))
        topology = build(recipe, release, source.scripts)
        if machine is not None and not dry:
            names = [one.name for one in topology.queue_managers]
            held.enter_context(alone(machine, names, source, places))
        past = history.read(places.journals, key)
        if machine is not None:
            held.callback(machine.close)
            wait_for_left_behind(past, request)
        with nothing_touched():
            ready = _prepare(request, source, recipe, topology, machine or assumed, past, places)
        yield ready


def _prepare(  # noqa: PLR0917 - the parts of what it returns
    request: Request,
    source: Source,
    recipe: Recipe,
    topology: Topology,
    met: Machine | Facts,
    past: history.History,
    places: Places,
) -> Prepared:
    memory = memory_of(past)
    machine = None if isinstance(met, Facts) else met
    facts = replace(met, memory=memory) if isinstance(met, Facts) else _facts(met, topology, memory)
    suited = fitted(topology, facts, request.allowed)
    plan = _plan(source, suited, facts, request.allowed)
    return Prepared(source, recipe, topology, suited, facts, plan, places, machine, past)


def _assumed(request: Request, host: str, practice: Practice | None) -> Facts:
    """An empty machine, for a dry run where there is no MQ, or no sandbox yet."""
    facts = Facts(taken="", host=host, release=Release.parse(ASSUMED_RELEASE), installation="", assumed=True)
    if practice is not None:
        release = Release.parse(practice.release)
        return replace(facts, release=release, data_path=str(practice.data_path), plays_root=True)
    return replace(facts, release=Release.supported(request.mq_version or ASSUMED_RELEASE))


def _facts(machine: Machine, topology: Topology, memory: Memory) -> Facts:
    from wizard.run.facts import read_facts

    return read_facts(machine, topology, memory, now())


def _plan(source: Source, topology: Topology, facts: Facts, allowed: frozenset[Consent]) -> Plan:
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    return build_plan(topology, facts, kits, name=Path(source.name).stem, allowed=allowed)
