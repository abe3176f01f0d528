"""The journals of earlier runs, read: what is open, what is ours, what is owed.

Used by the plan's facts and by undo. Reading creates nothing, so a dry run may. A last line that a kill cut
off is ignored; damage anywhere else is refused, because what is ours is known from here alone. What an undo took back
is told no longer: its operations are gone, as if they had never been, and so are those of the undo itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from wizard.errors import Refused
from wizard.run import processes
from wizard.run.journal import FINISHED, VERSION


class Outcome(StrEnum):
    """What became of an operation."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"
    SETTLED = "settled"


_Place = tuple[int, str]
"""The run and the id of an operation."""


@dataclass(frozen=True)
class Operation:
    """One operation of an earlier run. `changed` is whether it changed the machine, or may have."""

    run: int
    id: str
    resource: str
    change: str
    former: Any
    begun: str
    details: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    outcome: Outcome = Outcome.BEGUN
    changed: bool = True


@dataclass(frozen=True)
class Process:
    """A run of mqwizard, or a command that one started, which is then its `parent`."""

    pid: int
    started: int | None
    command: tuple[str, ...]
    parent: Process | None = None

    @property
    def alive(self) -> bool:
        """Whether that very process still runs."""
        return processes.alive(self.pid, self.started)


@dataclass(frozen=True)
class History:
    """Everything the journals of one run key say, oldest first."""

    operations: tuple[Operation, ...] = ()
    owed_work: frozenset[str] = frozenset()
    processes: tuple[Process, ...] = ()
    runs: tuple[Mapping[str, Any], ...] = ()
    half_done: frozenset[int] = frozenset()
    """The runs that did less than they planned: they were killed, or an operation failed."""
    taken_back: tuple[Operation, ...] = ()
    """What an undo took back."""

    def unfinished(self) -> tuple[Operation, ...]:
        """Operations that may have been done in part, and whose resource no later operation put right."""
        open_now: dict[str, Operation] = {}
        for operation in self.operations:
            if operation.outcome is Outcome.DONE:
                open_now.pop(operation.resource, None)
            elif operation.outcome is not Outcome.SETTLED and operation.changed:
                open_now[operation.resource] = operation
        return tuple(open_now.values())

    def ours(self, resource: str) -> bool:
        """Whether an earlier run created the resource, or was killed meanwhile, and none deleted it since."""
        owned = False
        for operation in self.operations:
            if operation.resource != resource or not operation.changed:
                continue
            if operation.change == "create":
                owned = True
            elif operation.change == "delete" and operation.outcome is Outcome.DONE:
                owned = False
        return owned

    def resources(self) -> frozenset[str]:
        """Every resource that is ours."""
        return frozenset(each.resource for each in self.operations if self.ours(each.resource))

    def owed(self) -> frozenset[str]:
        """Work that is due and was not done yet."""
        return self.owed_work

    def details(self, resource: str) -> Mapping[str, Any]:
        """What the operations on a resource noted about it, the latest word on each key."""
        noted: dict[str, Any] = {}
        for operation in self.operations:
            if operation.resource == resource and operation.changed:
                noted |= operation.details
        return noted

    def runners(self) -> frozenset[int]:
        """The process numbers of earlier runs that are not at work."""
        return frozenset(int(run["pid"]) for run in self.runs if not processes.alive(int(run["pid"]), None))

    def left_behind(self) -> tuple[Process, ...]:
        """Commands that are still at work although the run that started them is not."""
        return tuple(each for each in self.processes if each.alive and not (each.parent and each.parent.alive))


def read(folder: Path, key: str) -> History:
    """What the journals of one run key say; `folder` is the folder of all journals, which need not exist.

    Raises Refused for a journal that is damaged or of a newer mqwizard.
    """
    place = folder / key
    paths = sorted((path for path in place.glob("*.jsonl") if path.stem.isdigit()), key=lambda p: int(p.stem))
    told = _Told()
    for path in paths:
        for number, entry in _entries(path):
            try:
                told.take(int(path.stem), entry)
            except KeyError as error:
                raise _damaged(path, number) from error
    return told.history()


class _Told:
    """Takes in entries in order."""

    def __init__(self) -> None:
        self._operations: dict[tuple[int, str], Operation] = {}
        self._owed: set[str] = set()
        self._processes: list[Process] = []
        self._runs: list[Mapping[str, Any]] = []
        self._at_work: Process | None = None
        self._undo: _Undo | None = None
        self._done: Counter[int] = Counter()
        self._taken_back: list[Operation] = []

    def history(self) -> History:
        return History(
            tuple(self._operations.values()),
            frozenset(self._owed),
            tuple(self._processes),
            tuple(self._runs),
            frozenset(one["run"] for one in self._runs if self._done[one["run"]] < one.get("planned", 0)),
            tuple(self._taken_back),
        )

    def take(self, run: int, entry: Mapping[str, Any]) -> None:
        match entry["type"]:
            case "run-begin":
                self._runs.append(entry)
                self._at_work = Process(entry["pid"], entry.get("started"), ("mqwizard",))
                self._undo = _Undo(entry, self._operations) if entry.get("undoes") else None
            case "begin" if self._undo:
                self._undo.begin(entry)
            case "begin":
                self._operations[run, entry["id"]] = Operation(
                    run,
                    entry["id"],
                    entry["resource"],
                    entry["change"],
                    entry["former"],
                    entry["time"],
                    entry["details"],
                )
            case "process":
                command = tuple(entry["command"])
                self._processes.append(Process(entry["pid"], entry["started"], command, self._at_work))
            case "owe":
                self._owed.add(entry["work"])
            case "paid":
                self._owed.discard(entry["work"])
            case "run-end" if self._undo:
                self._forget(self._undo.end(entry))
            case "done" if self._undo:
                self._forget(self._undo.done(entry))
            case "run-end" if entry["outcome"] == FINISHED:
                self._settle()
            case "step" | "done" | "failed" as kind:
                self._progress(run, kind, entry)

    def _progress(self, run: int, kind: str, entry: Mapping[str, Any]) -> None:
        operation = self._operations.get((run, entry["id"]))
        if operation is None:
            return
        if kind == "step":
            operation = replace(operation, steps=(*operation.steps, entry["step"]))
        elif kind == "done":
            self._done[run] += 1
            details = {**operation.details, **entry["details"]}
            operation = replace(operation, outcome=Outcome.DONE, details=details)
        else:
            operation = replace(operation, outcome=Outcome.FAILED, changed=entry["changed"])
        self._operations[run, entry["id"]] = operation

    def _forget(self, places: Iterable[_Place]) -> None:
        for place in places:
            if place in self._operations:
                self._taken_back.append(self._operations.pop(place))

    def _settle(self) -> None:
        for place, operation in self._operations.items():
            if operation.outcome in {Outcome.BEGUN, Outcome.FAILED}:
                self._operations[place] = replace(operation, outcome=Outcome.SETTLED)


class _Undo:
    """A run that takes back what others did, but for the resources that it leaves."""

    def __init__(self, entry: Mapping[str, Any], operations: Mapping[_Place, Operation]) -> None:
        self._resources: dict[str, str] = {}
        self._places: dict[str, list[_Place]] = {}
        for place, operation in operations.items():
            if operation.run in entry["undoes"] and operation.resource not in entry["leaves"]:
                self._places.setdefault(operation.resource, []).append(place)

    def begin(self, entry: Mapping[str, Any]) -> None:
        self._resources[entry["id"]] = entry["resource"]

    def done(self, entry: Mapping[str, Any]) -> list[_Place]:
        """What is taken back now that this operation is done."""
        return self._places.get(self._resources[entry["id"]], [])

    def end(self, entry: Mapping[str, Any]) -> list[_Place]:
        """What is taken back at the end: everything, where the run did all it planned."""
        return [place for each in self._places.values() for place in each] if entry["outcome"] == FINISHED else []


def _entries(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise Refused(
            f"The journal {path} cannot be read: {error.strerror}.",
            "It says what earlier runs did.",
            "Run as the user who owns it, or name another place with --state.",
        ) from error
    while lines and not lines[-1].strip(b" \0"):
        lines.pop()
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            version = entry["v"]
        except (ValueError, KeyError, TypeError) as error:
            if number == len(lines):
                return
            raise _damaged(path, number) from error
        if version != VERSION:
            raise Refused(
                f"The journal {path} was written by a newer mqwizard (version {version} of its lines).",
                remedy="Use that mqwizard, or a newer one.",
            )
        yield number, entry


def _damaged(path: Path, number: int) -> Refused:
    return Refused(
        f"The journal {path} is damaged in line {number}.",
        "What earlier runs created is known from it alone.",
        "Restore it from a backup. Moving it away makes what it names foreign to mqwizard.",
    )
