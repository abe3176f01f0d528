"""The plan of an undo: what runs did, seen beside the facts of now, taken back in reverse. Pure, like every plan.

Former values, rules, rights, definitions and files come back; what was made goes. What holds messages, what others
changed since and what others depend on stays, and the plan says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wizard.plan.effects import FileSet, Stays
from wizard.plan.operations import Consent, Operation, Plan, State
from wizard.plan.scene import consented
from wizard.plan.undo_facts import UndoFacts
from wizard.plan.undo_files import FileParts, emptied
from wizard.plan.undo_parts import Left, Outcome, operations_of
from wizard.plan.undo_past import Deed, Past
from wizard.plan.undo_queue_managers import QueueManagerUndo, kept_stores, not_running

ONE_WAY = "An undo is not undone: to have it all back, run the recipe again. Keys and certificates are new then."


@dataclass(frozen=True)
class Undo:
    """The plan, and the resources of which something stays that a later undo may take back."""

    plan: Plan
    leaves: tuple[str, ...]


def undo_plan(past: Past, facts: UndoFacts, *, name: str, allowed: Collection[Consent]) -> Undo:
    """Every operation that leads back to before `past`, in the order of the run.

    What would interrupt somebody is refused unless that is in `allowed`.
    """
    waiting = _standing_still(past, facts)
    operations, leaves = (waiting, list(past.resources)) if waiting else _everything(past, facts)
    ready = tuple(consented(operation, allowed) for operation in operations)
    words = {one: "ours" if one in past.made else "existing" for one in past.queue_managers}
    return Undo(
        Plan(
            title=_title(past, facts, name),
            operations=ready,
            notes=(ONE_WAY,) if any(one.state is not State.KEEP for one in ready) else (),
            sections=words,
            keeps="stay as they are",
        ),
        tuple(leaves),
    )


def _title(past: Past, facts: UndoFacts, name: str) -> str:
    runs = "run " if len(past.runs) == 1 else "runs "
    which = runs + ", ".join(str(run) for run in past.runs)
    return (
        f"undo {which} of {name} on {facts.host}, IBM MQ {facts.release} ({facts.installation}), facts of {facts.taken}"
    )


def _standing_still(past: Past, facts: UndoFacts) -> list[Operation]:
    """What must be started first, or stands in the way; nothing else is planned then, since nothing else is known."""
    found: list[Operation] = []
    for name in past.queue_managers:
        now = facts.queue_managers.get(name)
        if now is not None and not now.running:
            first = next(deed for deed in past.resources.values() if deed.section == name)
            found += not_running(name, now, first, made=name in past.made)
    return found


def _everything(past: Past, facts: UndoFacts) -> tuple[list[Operation], list[str]]:
    """Every operation, and the resources of which something stays."""
    files = FileParts(past, facts, kept_stores(past, facts))
    operations: list[Operation] = []
    outcomes: list[Outcome] = []
    for name in reversed(past.queue_managers):
        on_it, found = QueueManagerUndo(past, facts, name, files).operations()
        operations += on_it
        outcomes += found
    others = [deed for deed in past.resources.values() if deed.section not in past.queue_managers and deed.effects]
    clients = [_client_outcome(past, deed, files) for deed in reversed(others) if not _stays(deed)]
    lasting = [Outcome(deed, left=[_reason(deed)]) for deed in others if _stays(deed)]
    operations += [one for outcome in (*clients, *lasting) for one in operations_of(outcome)]
    leaves = [outcome.deed.resource for outcome in (*outcomes, *clients) if outcome.stays]
    return emptied(operations, past, facts), leaves


def _client_outcome(past: Past, deed: Deed, files: FileParts) -> Outcome:
    """A client's certificate or kit."""
    outcome = Outcome(deed)
    if deed.resource in past.later:
        outcome.add(Left(f"run {past.later[deed.resource]} worked on it since: undo that first"))
        return outcome
    for thing in past.things_of(deed.resource):
        if isinstance(thing.effect, FileSet):
            outcome.add(files.file(thing.effect))
    return outcome


def _stays(deed: Deed) -> bool:
    return any(isinstance(one, Stays) for one in deed.effects)


def _reason(deed: Deed) -> Left:
    return Left("; ".join(f"stays: {one.reason}" for one in deed.effects if isinstance(one, Stays)), for_good=True)
