"""A run that the person stops: each lane ends the operation that it is at, and the rest is left for later."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from run_fakes import Fakes

from wizard.errors import MqWizardError, Stopped
from wizard.plan.operations import Operation, Plan, State
from wizard.plan.steps import Command
from wizard.run.call import Finished
from wizard.run.execute import Execution, Progress
from wizard.run.journal import Journal
from wizard.run.keyring import Keyring
from wizard.run.machine import Machine
from wizard.run.transcript import now


class Willing(Machine):
    """A machine on which every command succeeds at once."""

    def __init__(self, folder: Path) -> None:
        self.keyring = Keyring(environment={}, base=folder)
        self.base = folder
        self.ran: list[str] = []

    def run_all(self, requests: Any) -> list[Finished | MqWizardError]:
        self.ran += [" ".join(request.argv) for request in requests]
        return [Finished(request.argv, 0, None, "", "") for request in requests]


def operation(owner: str, number: int, *, lane: bool = True) -> Operation:
    """An operation of two commands."""
    steps = tuple(Command(("do", f"{owner}.{number}.{half}")) for half in "ab")
    return Operation(owner, State.RUN, f"{number}", f"{owner}/{number}", steps=steps, lane=owner if lane else "")


def stopped_after(folder: Path, operations: list[Operation], done: int) -> tuple[Stopped | None, list[str], list[str]]:
    """Run a plan that the person stops when so many are done: the error, the commands, what the journal calls done."""
    machine, told = Willing(folder), list[Progress]()
    journal = Journal.open(folder / "journals", "key", redact=str, digests={})
    stop: Callable[[], bool] = lambda: sum(one.word == "done" for one in told) >= done  # noqa: E731
    error = None
    try:
        Execution(machine, journal, now=now, watch=told.append, stop=stop).run(Plan("", tuple(operations)))
    except Stopped as stopped:
        error = stopped
    journal.end("")
    lines = [json.loads(line) for line in journal.path.read_text(encoding="utf-8").splitlines()]
    return error, machine.ran, [line["id"] for line in lines if line["type"] == "done"]


def test_the_operation_at_work_is_ended_and_no_other_is_begun(tmp_path: Path) -> None:
    error, ran, done = stopped_after(tmp_path, [operation("QM1", number) for number in (1, 2, 3)], 1)
    assert error is not None
    assert error.what == "Stopped after 1 of 3 operations."
    assert error.exit_status == 5
    assert ran == ["do QM1.1.a", "do QM1.1.b"]
    assert done == ["run QM1/1"]


def test_every_queue_manager_comes_to_the_end_of_what_it_is_at(tmp_path: Path) -> None:
    plan = [operation(owner, number) for owner in ("QM1", "QM2") for number in (1, 2)]
    error, ran, done = stopped_after(tmp_path, plan, 1)
    assert error is not None
    assert ran == ["do QM1.1.a", "do QM2.1.a", "do QM1.1.b", "do QM2.1.b"]
    assert done == ["run QM1/1", "run QM2/1"]


def test_who_stops_at_the_last_operation_has_it_all(tmp_path: Path) -> None:
    error, _, done = stopped_after(tmp_path, [operation("QM1", 1), operation("QM1", 2, lane=False)], 2)
    assert error is None
    assert len(done) == 2


def test_what_follows_side_by_side_work_is_not_begun(tmp_path: Path) -> None:
    error, _, done = stopped_after(tmp_path, [operation("QM1", 1), operation("kit", 2, lane=False)], 1)
    assert error is not None
    assert done == ["run QM1/1"]


def test_who_listens_hears_the_transcript_without_its_secrets(fakes: Fakes) -> None:
    heard: list[str] = []
    fakes.add("tell", "import sys; sys.stdout.write('one ' + sys.stdin.readline())")
    fakes.transcript.heard = heard.append
    fakes.driver.run(["tell"], timeout=30, stdin_lines=[fakes.planted])
    told = "".join(heard)
    assert "$ tell" in told
    assert "= exit 0" in told
    assert "********" in told
    assert fakes.planted.reveal() not in told
    assert told in fakes.told()


@pytest.mark.parametrize("done", [0, 1])
def test_nothing_is_lost_where_the_person_stops_before_the_first(tmp_path: Path, done: int) -> None:
    error, ran, _ = stopped_after(tmp_path, [operation("QM1", 1), operation("QM1", 2)], done)
    assert error is not None
    assert len(ran) == 2 * done
