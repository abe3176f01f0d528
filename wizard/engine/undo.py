"""Undo: from the journals of earlier runs and the facts of now to a plan, and its carrying out.

What is undone is known by the recipe's name, the host and the sandbox, as it was when it was done; the recipe itself is
not read, so that it may have changed since, or be gone.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.apply import before_the_start, check, end_proofs, how_to_go_on
from wizard.engine.backups import Backup
from wizard.engine.machines import alone, machine_for, nothing_touched, wait_for_left_behind
from wizard.engine.places import Places, digest, state_folder
from wizard.engine.practice import Practice, prepare_sandbox
from wizard.engine.request import Request
from wizard.engine.source import Source, find_source
from wizard.engine.undo_past import chosen_runs, past_of
from wizard.errors import MqWizardError, UsageError
from wizard.plan.operations import Consent, Plan
from wizard.plan.records import plan_records
from wizard.plan.undo import Undo, undo_plan
from wizard.plan.undo_facts import UndoFacts
from wizard.plan.undo_past import Past
from wizard.proof.stage import leftovers
from wizard.run import files, history, journal
from wizard.run.execute import Execution, Watch
from wizard.run.journal import FINISHED, Journal
from wizard.run.transcript import now

if TYPE_CHECKING:
    from wizard.run.machine import Machine


@dataclass(frozen=True)
class Undoing:
    """Everything that carrying out an undo needs."""

    source: Source
    places: Places
    machine: Machine
    history: history.History
    past: Past
    facts: UndoFacts
    undo: Undo

    @property
    def plan(self) -> Plan:
        return self.undo.plan

    @property
    def forgets(self) -> bool:
        """Whether something that counts as ours no longer will, even where nothing is left to be done."""
        return bool(set(self.past.resources) - set(self.undo.leaves))

    def again(self, allowed: frozenset[Consent]) -> Undoing:
        """The same undo, planned anew from facts read now."""
        past = history.read(self.places.journals, self.places.key)
        facts, undo = _planned(self.source, self.machine, past, self.past, allowed)
        return replace(self, history=past, facts=facts, undo=undo)


@contextmanager
def undoing(request: Request, wanted: str, *, dry: bool) -> Iterator[Undoing | None]:
    """Choose the runs, look at the machine, make the plan; None where nothing is left to undo.

    `wanted` is the number of a run, `all`, or empty for the last run that did something, with the half-done ones that
    it went on from. Raises UsageError for a run that there is not, Refused where MQ cannot be driven or another run is
    at work. With `dry` nothing is written or held.
    """
    practice = prepare_sandbox(request.sandbox, request.mq_version) if request.sandbox else None
    source, places = _places(request, practice)
    runs = chosen_runs(history.read(places.journals, places.key), wanted)
    if not runs:
        yield None
        return
    with ExitStack() as held:
        with nothing_touched():
            machine = machine_for(request, source, practice, places, request.host or socket.gethostname(), dry=dry)
        if machine is None:
            raise UsageError("There is no IBM MQ here.", "Undo must see what is there.", "Run it where the run was.")
        held.callback(machine.driver.transcript.close)
        past = past_of(history.read(places.journals, places.key), runs)
        if not dry:
            held.enter_context(alone(machine, past.queue_managers, source, places))
        told = history.read(places.journals, places.key)
        held.callback(machine.close)
        wait_for_left_behind(told, request)
        past = past_of(told, runs)
        with nothing_touched():
            facts, undo = _planned(source, machine, told, past, request.allowed)
        yield Undoing(source, places, machine, told, past, facts, undo)


def carry_out(ready: Undoing, request: Request, watch: Watch) -> None:
    """Do what the plan says. Raises what `check` raises, and the error of the operation that failed.

    Undo may be started again after a failure or a kill: it goes on from what is there then.
    """
    check(ready.plan)
    if not (ready.plan.pending or ready.forgets):
        return
    with before_the_start():
        journal_ = _journal(ready, request)
    outcome = "failed"
    try:
        _back(ready, journal_, watch)
        outcome = FINISHED
    except MqWizardError as error:
        error.remedy = how_to_go_on(error.remedy, journal_.path, ready.machine.driver.transcript.path)
        raise
    finally:
        ready.machine.driver.started = None
        journal_.end(outcome)


def _back(ready: Undoing, journal_: Journal, watch: Watch) -> None:
    machine = ready.machine
    running = [name for name, one in ready.facts.queue_managers.items() if one.running]
    if ready.plan.pending:
        kept = Backup.begun(ready.places, now())
        for name in running:
            kept.queue_manager(machine, name)
    shutil.rmtree(ready.places.proof, ignore_errors=True)
    for folder in ready.facts.folders:
        files.remove_half_written(Path(folder), ready.history.runners())
    for made in sorted(ready.past.folders, reverse=True):
        with suppress(OSError):  # one that still holds something is left until that is gone
            Path(made).rmdir()
    end_proofs(machine, journal_, ready.history, running)
    Execution(machine, journal_, now=now, watch=watch).run(ready.plan)


def _journal(ready: Undoing, request: Request) -> Journal:
    plan = "\n".join(plan_records(ready.plan))
    opened = Journal.open(
        ready.places.journals,
        ready.places.key,
        redact=ready.machine.keyring.redact,
        digests={"recipe": digest(ready.source.text), "plan": digest(plan), "approval": ""},
        change=request.change,
        about={
            "recipe": ready.source.identity,
            "planned": len(ready.plan.pending),
            "undoes": list(ready.past.runs),
            "leaves": list(ready.undo.leaves),
        },
    )
    ready.machine.note_processes(opened.process)
    return opened


def _places(request: Request, practice: Practice | None) -> tuple[Source, Places]:
    """The recipe by its name, and where its journals are; a file that is gone is known by them alone."""

    def places_of(source: Source) -> Places:
        host = request.host or socket.gethostname()
        sandbox = str(practice.folder) if practice else ""
        key = journal.run_key(host=host, recipe=source.identity, sandbox=sandbox)
        return Places(state_folder(request.state), key)

    try:
        found = find_source(request.recipe)
    except UsageError:
        path = Path(request.recipe).resolve()
        found = Source(request.recipe, str(path), "", path.parent)
        if not (places_of(found).journals / places_of(found).key).is_dir():
            raise
    return found, places_of(found)


def _planned(
    source: Source, machine: Machine, told: history.History, past: Past, allowed: frozenset[Consent]
) -> tuple[UndoFacts, Undo]:
    from wizard.run.undofacts import read_undo_facts

    passing = {queue for _, name in leftovers(told.owed()) for queue in (name, f"{name}.CLOSED")}
    facts = read_undo_facts(machine, past, now(), owed=told.owed(), passing=passing)
    return facts, undo_plan(past, facts, name=Path(source.name).stem, allowed=allowed)
