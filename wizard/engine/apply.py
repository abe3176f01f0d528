"""Carries out a plan: refusals first, then locks, journal, backups, and the operations."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard.engine.places import digest
from wizard.engine.prepare import Prepared
from wizard.engine.request import Request
from wizard.errors import MqWizardError, OperationFailed, Refused, Waiting
from wizard.plan.operations import Plan
from wizard.plan.records import plan_records
from wizard.plan.steps import Wait
from wizard.proof.stage import OWED, leftovers, remove
from wizard.run import files
from wizard.run.execute import Execution, Watch
from wizard.run.journal import FINISHED, Journal
from wizard.run.machine import Machine
from wizard.run.machine import Request as CommandRequest
from wizard.run.transcript import now

DUMP_SECONDS = 300.0


def check(plan: Plan) -> None:
    """Raise Refused or Waiting where the plan cannot be carried out as it stands; nothing was touched then."""
    if plan.refused:
        lines = [f"{one.section}: {one.what}: {one.reason}" for one in plan.refused]
        raise Refused(
            "Refused, and nothing was touched:\n" + "\n".join(f"  {line}" for line in lines),
            "",
            "Settle what is named, or allow what --allow would; --dry-run shows the whole plan.",
        )
    if plan.waiting:
        commands = [
            f"  {step.who}# {command}"
            for one in plan.waiting
            for step in one.steps
            if isinstance(step, Wait)
            for command in step.commands
        ]
        raise Waiting(
            "Waiting for root, and nothing was touched. To be run by root:\n" + "\n".join(commands),
            "",
            "Then run the same command again.",
        )


@contextmanager
def applied(prepared: Prepared, request: Request, watch: Watch) -> Iterator[Journal]:
    """Carry out the plan, then hand out the journal for what follows, such as the proof.

    Raises what `check` raises, and the error of the operation that failed; the journal knows then what was done.
    """
    check(prepared.plan)
    machine = prepared.machine
    if machine is None:
        raise OperationFailed("There is no IBM MQ to carry out the plan.", remedy="Use --dry-run or --sandbox.")
    journal = _journal(prepared, request, machine)
    outcome = "failed"
    try:
        _carry_out(prepared, machine, journal, watch)
        outcome = FINISHED
        yield journal
    finally:
        machine.driver.started = None
        journal.end(outcome)


def _carry_out(prepared: Prepared, machine: Machine, journal: Journal, watch: Watch) -> None:
    try:
        if prepared.plan.pending:
            _save_before(prepared, machine)
        _clear_up(prepared, machine)
        Execution(machine, journal, now=now, watch=watch).run(prepared.plan)
        _end_proofs(prepared, machine, journal)
    except MqWizardError as error:
        error.remedy = _how_to_go_on(error.remedy, journal.path, machine.driver.transcript.path)
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


def _end_proofs(prepared: Prepared, machine: Machine, journal: Journal) -> None:
    """Remove the queues, and the rights on them, of proofs that were killed."""
    names = {one.name for one in prepared.topology.queue_managers}
    for owner, name in leftovers(prepared.history.owed()):
        if owner in names:
            remove(machine, owner, name)
            journal.paid(f"{owner} {OWED} {name}")


def _journal(prepared: Prepared, request: Request, machine: Machine) -> Journal:
    plan = "\n".join(plan_records(prepared.plan))
    journal = Journal.open(
        prepared.places.journals,
        prepared.places.key,
        redact=machine.keyring.redact,
        digests={"recipe": digest(prepared.source.text), "plan": digest(plan), "approval": request.approval},
        change=request.change,
    )
    machine.note_processes(journal.process)
    return journal


def _save_before(prepared: Prepared, machine: Machine) -> None:
    """Keep what queue managers and stores were like before the first change: `dmpmqcfg -a`, and the stores."""
    pending = {one.section for one in prepared.plan.pending}
    stamp = now().strftime("%Y%m%dT%H%M%S.%f")
    for name, fact in prepared.facts.queue_managers.items():
        if name not in pending or not fact.running:
            continue
        folder = prepared.places.backups / stamp / name.replace("/", "&")
        dumped = machine.run(CommandRequest(("dmpmqcfg", "-m", name, "-a"), seconds=DUMP_SECONDS))
        files.make_folder(folder)
        files.write_file(folder / "dmpmqcfg.mqsc", dumped.shown.encode(), mode=0o600)
        if fact.store and fact.store.exists:
            _copy_store(Path(fact.store.path), folder)
    for name, kit in prepared.facts.kits.items():
        if name in pending and kit.store and kit.store.exists:
            _copy_store(Path(kit.store.path), prepared.places.backups / stamp / name.replace("/", "&"))


def _copy_store(store: Path, folder: Path) -> None:
    for ending in (store.suffix, ".sth", ".rdb", ".crl"):
        part = store.with_suffix(ending)
        if part.is_file():
            files.backup(part, folder)


def _how_to_go_on(remedy: str, journal: Path, transcript: Path | None) -> str:
    """The remedy, how to go on, and where everything was written down, unless it says so already."""
    parts = [remedy, f"Run the same command to go on. Journal: {journal}."]
    if str(transcript) not in remedy:
        parts.append(f"Transcript: {transcript}.")
    return " ".join(filter(None, parts))


def event_record(word: str, **fields: object) -> str:
    """One event as a JSON line."""
    return json.dumps({"v": 1, "type": "event", "event": word, **fields}, ensure_ascii=False)
