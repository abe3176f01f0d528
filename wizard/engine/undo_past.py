"""Which runs are undone, and what the journals say that they did."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wizard.errors import UsageError
from wizard.plan.effects import Effect, FileSet, QueueManagerMade
from wizard.plan.effects_json import read_effects
from wizard.plan.undo_past import Deed, Past
from wizard.run.history import History, Operation, Outcome

ALL = "all"


def chosen_runs(told: History, wanted: str) -> tuple[int, ...]:
    """The runs to undo, oldest first; none where they are undone already.

    Raises UsageError for what is no run, and for one that was an undo itself.
    """
    standing = sorted({operation.run for operation in _standing(told)})
    if wanted == ALL:
        return tuple(standing)
    if not wanted:
        return _last(standing, told.half_done)
    known = {str(run["run"]): run for run in told.runs}
    if wanted not in known:
        listed = ", ".join(known) or "none"
        raise UsageError(f"There is no run {wanted} of this recipe here.", f"Runs: {listed}.", "Name one, or `all`.")
    if known[wanted].get("undoes"):
        undone = ", ".join(str(run) for run in known[wanted]["undoes"])
        raise UsageError(
            f"Run {wanted} was an undo, of run {undone}.",
            "What was deleted cannot be brought back: its keys and certificates are gone.",
            "Run the recipe again.",
        )
    return (int(wanted),) if int(wanted) in standing else ()


def _last(standing: list[int], half_done: Collection[int]) -> tuple[int, ...]:
    """The last run, with the half-done ones right before it: it went on from them."""
    found = standing[-1:]
    while len(found) < len(standing) and standing[-len(found) - 1] in half_done:
        found = standing[-len(found) - 1 :]
    return tuple(found)


def past_of(told: History, runs: Collection[int]) -> Past:
    """What these runs did, and what later ones that stand have built on it."""
    deeds = tuple(_deed(operation) for operation in _standing(told) if operation.run in runs)
    others = [_deed(operation) for operation in _standing(told) if operation.run not in runs]
    taken_back = [_deed(operation) for operation in told.taken_back]
    return Past(
        runs=tuple(sorted(runs)),
        deeds=deeds,
        later=dict(_later(deeds, others)),
        known_files=frozenset(str(one.path) for deed in others for one in deed.effects if isinstance(one, FileSet)),
        folders=frozenset(
            folder
            for deed in (*deeds, *taken_back)
            for one in deed.effects
            if isinstance(one, FileSet)
            for folder in one.folders
        ),
    )


def _later(deeds: Iterable[Deed], others: Collection[Deed]) -> Iterable[tuple[str, int]]:
    first = {deed.resource: deed.run for deed in deeds}
    made = {one.queue_manager: deed for deed in deeds for one in deed.effects if isinstance(one, QueueManagerMade)}
    for other in others:
        if other.run > first.get(other.resource, other.run):
            yield other.resource, other.run
        if other.section in made and other.run > made[other.section].run:
            yield made[other.section].resource, other.run


def _standing(told: History) -> Iterable[Operation]:
    """The operations that changed something, or may have, and whose journal says what."""
    return (one for one in told.operations if one.changed and isinstance(one.former, list) and one.former)


def _deed(operation: Operation) -> Deed:
    done = operation.outcome is Outcome.DONE
    effects: tuple[Effect, ...] = read_effects(operation.former, operation.details.get("files", {}))
    return Deed(
        run=operation.run,
        resource=operation.resource,
        section=operation.details.get("section", operation.resource.partition("/")[0]),
        what=operation.details.get("what", operation.resource),
        effects=effects,
        finished=done,
    )
