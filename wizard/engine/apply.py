"""Carries out a plan: refusals first, then locks, journal, backups, and the operations."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard.engine.backups import Backup
from wizard.engine.places import digest
from wizard.engine.prepare import Prepared
from wizard.engine.request import Request
from wizard.errors import MqWizardError, OperationFailed, Refused, Stopped, Waiting
from wizard.plan.operations import Plan
from wizard.plan.records import plan_records
from wizard.plan.steps import Wait
from wizard.proof.stage import OWED, leftovers, remove
from wizard.run import files
from wizard.run.execute import Execution, Stop, Watch, go_on
from wizard.run.history import History
from wizard.run.journal import FINISHED, STOPPED, Journal
from wizard.run.machine import Machine
from wizard.run.transcript import now


def check(plan: Plan) -> None:
    """Raise Refused or Waiting where the plan cannot be carried out as it stands; nothing was touched then."""
    if plan.refused:
        lines = [f"{one.section}: {one.what}: {one.reason}" for one in plan.refused]
        raise Refused(
            "Refused, and nothing was touched:\n" + "\n".join(f"  {line}" for line in lines),
            "",
            "Settle what is named, or allow what --allow would; --dry-run shows the whole plan.",
        )
    commands = [
        f"  {step.who}# {command}"
        for one in plan.waiting
        for step in one.steps
        if isinstance(step, Wait)
        for command in step.commands
    ]
    if commands:
        raise Waiting(
            "Waiting for root, and nothing was touched. To be run by root:\n" + "\n".join(commands),
            "",
            "Then run the same command again.",
        )


def check_answers(plan: Plan) -> None:
    """Raise Waiting where a plan that was carried out waits for certificates from elsewhere."""
    if plan.waiting:
        lines = [f"  {one.section}: {one.what}: {one.reason}" for one in plan.waiting]
        raise Waiting(
            "What could be done is done. Waiting:\n" + "\n".join(lines),
            "",
            "Then run the same command again.",
        )


@contextmanager
def applied(prepared: Prepared, request: Request, watch: Watch, stop: Stop = go_on) -> Iterator[Journal]:
    """Carry out the plan, then hand out the journal for what follows, such as the proof.

    Raises what `check` raises, the error of the operation that failed, and Stopped where `stop` said so between two
    operations; the journal knows then what was done.
    """
    check(prepared.plan)
    machine = prepared.machine
    if machine is None:
        raise OperationFailed("There is no IBM MQ to carry out the plan.", remedy="Use --dry-run or --sandbox.")
    with before_the_start():
        journal = _journal(prepared, request, machine)
    outcome = "failed"
    try:
        _carry_out(prepared, machine, journal, watch, stop)
        outcome = FINISHED
        yield journal
    except Stopped:
        if outcome != FINISHED:
            outcome = STOPPED
        raise
    finally:
        machine.driver.started = None
        journal.end(outcome)


@contextmanager
def before_the_start() -> Iterator[None]:
    """Where the journal cannot be begun, nothing is."""
    try:
        yield
    except OperationFailed as error:
        raise Refused(error.what, "Without a journal nothing is changed.", error.remedy) from error


def _carry_out(prepared: Prepared, machine: Machine, journal: Journal, watch: Watch, stop: Stop) -> None:
    try:
        if prepared.plan.work:
            _save_before(prepared, machine)
        _clear_up(prepared, machine)
        Execution(machine, journal, now=now, watch=watch, stop=stop).run(prepared.plan)
        end_proofs(machine, journal, prepared.history, {one.name for one in prepared.topology.queue_managers})
    except MqWizardError as error:
        error.remedy = how_to_go_on(error.remedy, journal.path, machine.driver.transcript.path)
        raise


def _clear_up(prepared: Prepared, machine: Machine) -> None:
    """Remove what killed runs left on disk: files half-written beside their places, and a proof's throw-away kits."""
    shutil.rmtree(prepared.places.proof, ignore_errors=True)
    topology = prepared.topology
    names = ["proof/report", *(one.public for one in topology.queue_managers)]
    names += [name for one in topology.clients for name in (one.public, one.kit, f"{one.kit}/{one.name}")]
    if topology.authority:
        names += [topology.authority.certificate, f"{topology.authority.folder}/issued/certificate"]
    for folder in {machine.path(name).parent for name in names}:
        files.remove_half_written(folder, prepared.history.runners())


def end_proofs(machine: Machine, journal: Journal, past: History, names: Collection[str]) -> None:
    """Remove the queues, and the rights on them, of proofs that were killed, on the queue managers of these names."""
    for owner, name in leftovers(past.owed()):
        if owner in names:
            remove(machine, owner, name)
            journal.paid(f"{owner} {OWED} {name}")


def _journal(prepared: Prepared, request: Request, machine: Machine) -> Journal:
    plan = "\n".join(plan_records(prepared.plan))
    journal = Journal.open(
        prepared.places.journals,
        prepared.places.key,
        redact=machine.keyring.redact,
        digests={**prepared.source.digests, "plan": digest(plan), "approval": request.approval},
        change=request.change,
        about={"recipe": prepared.source.identity, "planned": len(prepared.plan.work)},
    )
    machine.note_processes(journal.process)
    return journal


def _save_before(prepared: Prepared, machine: Machine) -> None:
    """Keep what queue managers and stores were like before the first change: `dmpmqcfg -a`, and the stores."""
    pending = {one.section for one in prepared.plan.pending}
    kept = Backup.begun(prepared.places, now())
    for name, fact in prepared.facts.queue_managers.items():
        if name in pending and fact.running:
            kept.queue_manager(machine, name)
            if fact.store and fact.store.exists:
                kept.store(name, Path(fact.store.path))
    for name, kit in prepared.facts.kits.items():
        if name in pending and kit.store and kit.store.exists:
            kept.store(name, Path(kit.store.path))


def how_to_go_on(remedy: str, journal: Path, transcript: Path | None) -> str:
    """The remedy, how to go on, and where everything was written down, unless it says so already."""
    parts = [remedy, f"Run the same command to go on. Journal: {journal}."]
    if str(transcript) not in remedy:
        parts.append(f"Transcript: {transcript}.")
    return " ".join(filter(None, parts))


def event_record(word: str, **fields: object) -> str:
    """One event as a JSON line."""
    return json.dumps({"v": 1, "type": "event", "event": word, **fields}, ensure_ascii=False)
