"""Independent operations on their way: what is written down when, whatever comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from wizard.errors import CommandRefused, ConnectionLost, MqWizardError
from wizard.mq.messages import judge
from wizard.plan.operations import Operation, State
from wizard.plan.steps import Command, Later, Mqsc
from wizard.run.flight import BATCH, Flight, may_fly
from wizard.run.session import Reply

MADE = "AMQ8006I: IBM MQ queue created."
REFUSED = "AMQ8135E: Not authorized."


def queue(number: int) -> Operation:
    command = Mqsc("QM1", (f"DEFINE QLOCAL(Q{number})",))
    return Operation("QM1", State.CREATE, f"queue Q{number}", f"QM1/queue/Q{number}", steps=(command,))


def reply(text: str) -> Reply:
    return Reply("DEFINE", text, text, judge(text))


class Book:
    """What was written down, in order."""

    def __init__(self, number: int, *, halted_after: int = 1000) -> None:
        self.lines: list[tuple[str, int]] = []
        self.prepared: list[str] = []
        self.flight = Flight(
            [queue(one) for one in range(number)],
            prepare=lambda operation: self.prepared.append(operation.what),
            begin=lambda batch: self.lines.append(("begun", len(batch))),
            finish=lambda batch: self.lines.append(("done", len(batch))),
            fail=self.fail,
            halts=lambda: len(self.lines) >= halted_after,
        )

    def fail(self, batch: Sequence[Operation], error: MqWizardError, *, changed: bool) -> None:
        self.lines.append(("may have changed" if changed else "refused", len(batch)))


def test_a_command_goes_only_after_its_batch_is_written_down() -> None:
    book = Book(BATCH + 1)
    commands = book.flight.commands()
    assert next(commands) == ("DEFINE QLOCAL(Q0)",)
    assert book.lines == [("begun", BATCH)]
    assert len(list(commands)) == BATCH
    assert book.lines == [("begun", BATCH), ("begun", 1)]
    assert book.prepared == [f"queue Q{BATCH}"]


def test_what_is_answered_is_written_down_by_batches_and_at_the_end() -> None:
    book = Book(BATCH + 2)
    for _ in book.flight.commands():
        book.flight.heard(reply(MADE))
    book.flight.landed()
    assert book.lines == [("begun", BATCH), ("done", BATCH), ("begun", 2), ("done", 2)]


def test_after_a_refusal_the_begun_batch_is_sent_and_no_further_one_begins() -> None:
    book = Book(3 * BATCH)
    for number, _ in enumerate(book.flight.commands()):
        book.flight.heard(reply(REFUSED if number == 4 else MADE))
    with pytest.raises(CommandRefused, match="Q4"):
        book.flight.landed()
    assert book.lines == [("begun", BATCH), ("done", BATCH - 1), ("refused", 1)]


def test_after_a_halt_the_begun_batch_is_done_and_no_further_one_begins() -> None:
    book = Book(3 * BATCH, halted_after=1)
    for _ in book.flight.commands():
        book.flight.heard(reply(MADE))
    book.flight.landed()
    assert book.lines == [("begun", BATCH), ("done", BATCH)]


def test_a_lost_conversation_leaves_in_doubt_what_was_not_answered() -> None:
    book = Book(5)
    for number, _ in enumerate(book.flight.commands()):
        if number < 3:
            book.flight.heard(reply(MADE))
    book.flight.lost(ConnectionLost("gone"))
    assert book.lines == [("begun", 5), ("done", 3), ("may have changed", 2)]


def test_only_new_queues_of_one_whole_command_fly() -> None:
    new = queue(1)
    assert may_fly(new)
    assert not may_fly(replace(new, state=State.CHANGE))
    assert not may_fly(replace(new, resource="QM1/channel/C"))
    assert not may_fly(replace(new, steps=(*new.steps, *new.steps)))
    assert not may_fly(replace(new, steps=(Command(("true",)),)))
    assert not may_fly(replace(new, steps=(Mqsc("QM1", ("DEFINE QLOCAL(", Later("QM1", "f", "x"), ")")),)))
