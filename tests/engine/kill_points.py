"""The moments at which the tests kill mqwizard, and how.

Of an operation these are: after the journal knows that it begins and before its first step; between its steps; after
its last step and before the journal knows that it is done.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.plan.build import build_plan
from wizard.plan.facts import Facts
from wizard.plan.operations import PENDING, Plan
from wizard.plan.steps import Check, Command, Step, WriteFile
from wizard.recipe.reader import read_recipe
from wizard.run import flight
from wizard.run.journal import Journal
from wizard.topology.build import build

ABOUT_FILES = frozenset({"chgrp", "chmod", "cp", "mkdir", "rm"})

CHANGES = frozenset({"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.truncate"})
"""What Python tells before it changes a file or folder."""


@dataclass(frozen=True)
class KillAt:
    """Kills the process it is called in when an operation is at a moment: `begun`, after that many steps, or `over`.

    Which operation is known by its resource: what one run creates, the next may have to change only.
    """

    operation: str
    moment: str | int

    def __str__(self) -> str:
        return f"{self.operation} {self.moment if isinstance(self.moment, str) else f'after step {self.moment}'}"

    def __call__(self) -> None:
        if self.moment == "begun":
            self._after_begin()
        elif self.moment == "over":
            self._before_done()
        else:
            self._before_step_is_noted()

    def _after_begin(self) -> None:
        begin = Journal.begin

        def begin_and_die(journal: Journal, batch: Any) -> None:
            begin(journal, batch)
            if any(self._is_about(one.id) for one in batch):
                die()

        Journal.begin = begin_and_die  # type: ignore[method-assign]

    def _before_done(self) -> None:
        done = Journal.done

        def done_unless_dead(journal: Journal, batch: Any) -> None:
            if any(self._is_about(one.id) for one in batch):
                die()
            done(journal, batch)

        Journal.done = done_unless_dead  # type: ignore[method-assign]

    def _before_step_is_noted(self) -> None:
        step = Journal.step
        done: list[str] = []

        def step_unless_dead(journal: Journal, operation: str, text: str) -> None:
            if self._is_about(operation):
                done.append(text)
                if len(done) == self.moment:
                    die()
            step(journal, operation, text)

        Journal.step = step_unless_dead  # type: ignore[method-assign]

    def _is_about(self, operation: str) -> bool:
        return operation.partition(" ")[2] == self.operation.partition(" ")[2]


def die() -> None:
    """As from outside: no cleaning up, no last word."""
    os.kill(os.getpid(), signal.SIGKILL)


def first_plan(recipe: str, release: str = "9.4") -> Plan:
    """The plan of a recipe for an empty machine that plays root, as the sandbox does."""
    topology = build(read_recipe(recipe, source="r.yaml"), Release.parse(release))
    facts = Facts(taken="", host="", release=Release.parse(release), installation="", plays_root=True)
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    return build_plan(topology, facts, kits, name="r")


def moments(recipe: str, release: str = "9.4", *, between: bool = True) -> Iterator[KillAt]:
    """Every operation of a recipe's first run with every moment; operations that begin together count as one."""
    todo = [one for one in first_plan(recipe, release).operations if one.state in PENDING]
    for batch in flight.batches(todo):
        operation = batch[-1]
        yield KillAt(operation.id, "begun")
        if between and len(batch) == 1:
            yield from (KillAt(operation.id, number) for number in _telling(operation.steps))
        yield KillAt(operation.id, "over")


def in_a_row(found: Iterable[KillAt]) -> dict[str, list[KillAt]]:
    """Moments as run after run can be killed at them, each a little later than the one before.

    That is one moment of each operation in each row: before its first step, after its last, at each one between. What
    is done for a client goes on beside what is done on the queue manager, so that it has rows of its own.
    """
    rows: dict[str, list[KillAt]] = {}
    between: Counter[str] = Counter()
    for one in found:
        name = str(one.moment)
        if not isinstance(one.moment, str):
            between[one.operation] += 1
            name = f"step {between[one.operation]}"
        place = "client" if one.operation.startswith("create app") else "queue manager"
        rows.setdefault(f"{place}: {name}", []).append(one)
    return rows


def _telling(steps: Sequence[Step]) -> Iterator[int]:
    """How many steps are done at each moment between steps that tells something of its own.

    That is after whatever makes something; a check or a command about files can be repeated as often as one likes. Of
    several files written in a row the last counts.
    """
    for number, (step, following) in enumerate(pairwise(steps), 1):
        only_checks_follow = all(isinstance(one, Check) for one in steps[number:])
        about_files = isinstance(step, Command) and step.argv[0] in ABOUT_FILES
        in_a_row = isinstance(step, WriteFile) and isinstance(following, WriteFile)
        if not (isinstance(step, Check) or only_checks_follow or about_files or in_a_row):
            yield number


@dataclass(frozen=True)
class KillAtChange:
    """Kills the process it is called in before it changes something beside the recipe itself, at the n-th time."""

    number: int
    folders: tuple[str, ...] = ("ca", "kits", "exchange")

    def __call__(self) -> None:
        places = tuple(f"{Path.cwd()}/{folder}" for folder in self.folders)
        changes = count(1)

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event not in CHANGES or not str(arguments[0]).startswith(places):
                return
            if event == "open" and not arguments[2] & os.O_CREAT:
                return
            if next(changes) == self.number:
                die()

        sys.addaudithook(hook)


@dataclass(frozen=True)
class SignalDuring:
    """Sends a signal to the process it is called in, a moment after it has started a command, or begun an operation."""

    number: signal.Signals
    words: str
    seconds: float = 0.3

    def __call__(self) -> None:
        process, begin = Journal.process, Journal.begin

        def noted(journal: Journal, pid: int, started: int | None, argv: Sequence[str]) -> None:
            process(journal, pid, started, argv)
            self._send(" ".join(argv))

        def begun(journal: Journal, batch: Any) -> None:
            begin(journal, batch)
            self._send(" ".join(one.id for one in batch))

        Journal.process = noted  # type: ignore[method-assign]
        Journal.begin = begun  # type: ignore[method-assign]

    def _send(self, text: str) -> None:
        if self.words in text:
            threading.Timer(self.seconds, os.kill, (os.getpid(), self.number)).start()
