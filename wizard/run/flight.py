"""Independent MQSC operations on their way: prepared and begun while those before them are still being answered.

Used by `execute`. A command goes only after the journal holds its operation; after a refused one no further batch is
begun, and what was begun by then is still sent and answered; the same where the person stops the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Protocol

from wizard.errors import CommandRefused, MqWizardError
from wizard.mq.secret_text import Secretful
from wizard.plan.operations import Operation, State
from wizard.plan.steps import Later, Mqsc
from wizard.run.failures import refusal
from wizard.run.session import Reply

BATCH = 128
"""Operations that the journal records together: on a slow disk each record takes as long as many commands."""


class Fail(Protocol):
    """Writes down that operations failed, and whether they may have changed something."""

    def __call__(self, batch: Sequence[Operation], error: MqWizardError, *, changed: bool) -> None: ...


class Flight:
    """The operations of one conversation: what was begun, what came back, what it means."""

    def __init__(
        self,
        operations: Sequence[Operation],
        *,
        prepare: Callable[[Operation], object],
        begin: Callable[[Sequence[Operation]], None],
        finish: Callable[[Sequence[Operation]], None],
        fail: Fail,
        halts: Callable[[], bool],
    ) -> None:
        """`prepare` does what can be done for an operation before it begins; the next three write a batch down."""
        self._operations = operations
        self._prepare = prepare
        self._begin, self._finish, self._fail = begin, finish, fail
        self._halts = halts
        self._begun: list[Operation] = []
        self._answered = 0
        self._done: list[Operation] = []
        self._refused: list[tuple[Operation, CommandRefused]] = []

    def commands(self) -> Iterator[Secretful]:
        """The commands as there is room for them, each batch written down before its first one."""
        for first in range(0, len(self._operations), BATCH):
            if self._refused or (first and self._halts()):
                return
            batch, following = self._operations[first : first + BATCH], self._operations[first + BATCH :][:BATCH]
            self._begin(batch)
            self._begun += batch
            for operation, later in zip_longest(batch, following):
                yield tuple(part for part in command_of(operation).parts if not isinstance(part, Later))
                if later is not None:
                    self._prepare(later)

    def heard(self, reply: Reply) -> None:
        """Take the next reply."""
        operation = self._begun[self._answered]
        self._answered += 1
        if reply.outcome.succeeded:
            self._done.append(operation)
        else:
            self._refused.append((operation, refusal(command_of(operation), reply)))
        if len(self._done) == BATCH:
            self._write_down()

    def landed(self) -> None:
        """All replies have come. Raises the first refusal."""
        self._write_down()
        self._write_refusals()
        if self._refused:
            raise self._refused[0][1]

    def lost(self, error: MqWizardError) -> None:
        """The conversation broke: whether what was begun and not answered took effect is not known."""
        self._write_down()
        self._write_refusals()
        self._fail(self._begun[self._answered :], error, changed=True)

    def _write_down(self) -> None:
        done, self._done = self._done, []
        if done:
            self._finish(done)

    def _write_refusals(self) -> None:
        for operation, why in self._refused:
            self._fail([operation], why, changed=False)


def command_of(operation: Operation) -> Mqsc:
    """The one command of an operation that may fly."""
    (step,) = operation.steps
    assert isinstance(step, Mqsc)  # noqa: S101 - `may_fly` has looked
    return step


def may_fly(operation: Operation) -> bool:
    """Whether an operation depends on no other: a new queue, defined by one command that is known whole."""
    if operation.state is not State.CREATE or "/queue/" not in operation.resource or len(operation.steps) != 1:
        return False
    step = operation.steps[0]
    return isinstance(step, Mqsc) and not any(isinstance(part, Later) for part in step.parts)


def batches(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Operations in the groups that run together: new queues of one queue manager, otherwise one by one.

    Queues do not depend on one another, so their definitions may go ahead of the replies.
    """
    for together, group in groupby(operations, key=may_fly):
        if together:
            yield list(group)
        else:
            yield from ([operation] for operation in group)
