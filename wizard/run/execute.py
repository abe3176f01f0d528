"""Runs a plan: the steps that were shown, in their order, journaled before and after.

Operations on different queue managers run side by side in one thread: each queue manager's operations are a lane, every
lane says what it needs next, and all needs of a round are met at once. When one lane fails, the others stop at their
next need, and the failure is raised once everything under way has been written down. When the person stops the run,
each lane ends the operation that it is at.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from wizard.errors import CommandRefused, MqWizardError, Stopped
from wizard.mq.quoting import quote
from wizard.mq.secret_text import Secretful, SecretRef
from wizard.plan.effects import Effect
from wizard.plan.effects_of import effects_of
from wizard.plan.operations import Operation, Plan
from wizard.plan.steps import (
    Check,
    Command,
    CreateAuthority,
    KeyWork,
    Later,
    MakeKey,
    Mqsc,
    SignRequest,
    Step,
    WriteFile,
    secrets,
)
from wizard.run import checks, keys
from wizard.run.call import Finished
from wizard.run.failures import failed_command, refusal
from wizard.run.filenotes import FileNotes
from wizard.run.files import make_folder, write_file
from wizard.run.flight import Flight, batches, command_of
from wizard.run.journal import Begun, Done, Journal
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.needs import Need, Questions, meet
from wizard.run.session import Reply


@dataclass(frozen=True)
class Progress:
    """One operation changed its state in this run: `begun`, `done` or `failed`; `position` counts from 1."""

    word: str
    operation: Operation
    position: int
    total: int


Watch = Callable[[Progress], None]
Stop = Callable[[], bool]
"""Whether the person wants the run to end before its next operation."""

Answer = list[Reply] | Finished
Lane = Generator[Need, Answer, None]


def go_on() -> bool:
    """Nobody is there who could stop the run."""
    return False


class Execution:
    """One run of one plan on one machine."""

    def __init__(
        self, machine: Machine, journal: Journal, *, now: Callable[[], datetime], watch: Watch, stop: Stop = go_on
    ) -> None:
        self._machine = machine
        self._journal = journal
        self._now = now
        self._watch = watch
        self._stop = stop
        self._halted = False
        self._done = 0
        self._positions: dict[str, int] = {}
        self._learned: dict[Later, str] = {}
        self._effects: dict[str, tuple[Effect, ...]] = {}
        self._notes = FileNotes(self._place, journal.path.parent / "files")
        self._steps_done: dict[str, int] = {}

    def run(self, plan: Plan) -> None:
        """Do every pending operation but those that wait for somebody else.

        Raises the error of the first that fails, after the journal knows of it, and Stopped where the person stopped
        the run and operations are left.
        """
        todo = list(plan.work)
        self._positions = {operation.id: number for number, operation in enumerate(todo, 1)}
        self._machine.keyring.given(secrets(step for operation in todo for step in operation.steps))
        for parallel, operations in groupby(todo, key=lambda operation: bool(operation.lane)):
            block = list(operations)
            lanes = _by_lane(block) if parallel else [block]
            self._drive([self._lane(lane) for lane in lanes])
            if self._halted:
                raise Stopped(f"Stopped after {self._done} of {len(todo)} operations.", "What was done stays.")

    def _drive(self, lanes: Sequence[Lane]) -> None:
        """Advance every lane until all have ended, meeting the needs of a round together."""
        failure: MqWizardError | None = None
        waiting: dict[Lane, Need] = {}
        for lane in lanes:
            failure = self._advance(lane, None, waiting) or failure
        while waiting and failure is None:
            round_ = dict(waiting)
            waiting.clear()
            answers = meet(self._machine, list(round_.values()))
            for lane, answer in zip(round_, answers, strict=True):
                failure = self._advance(lane, answer, waiting) or failure
        for lane in waiting:
            lane.close()
        if failure is not None:
            raise failure

    @staticmethod
    def _advance(lane: Lane, answer: Answer | MqWizardError | None, waiting: dict[Lane, Need]) -> MqWizardError | None:
        try:
            if isinstance(answer, MqWizardError):
                waiting[lane] = lane.throw(answer)
            else:
                waiting[lane] = lane.send(answer) if answer is not None else next(lane)
        except StopIteration:
            return None
        except MqWizardError as error:
            return error
        return None

    def _lane(self, operations: Sequence[Operation]) -> Lane:
        for batch in batches(operations):
            if self._halts():
                return
            if len(batch) > 1:
                yield from self._together(batch)
            else:
                yield from self._alone(batch[0])

    def _halts(self) -> bool:
        self._halted = self._halted or self._stop()
        return self._halted

    def _together(self, batch: Sequence[Operation]) -> Lane:
        """Operations of one MQSC command each, sent without waiting; each is done or refused by itself."""
        flight = Flight(
            batch,
            prepare=self._effects_of,
            begin=self._begin,
            finish=lambda done: self._finish(done, {}),
            fail=self._fail,
            halts=self._halts,
        )
        try:
            yield Questions(command_of(batch[0]).queue_manager, flight.commands(), flight.heard)
        except MqWizardError as error:
            flight.lost(error)
            raise
        flight.landed()

    def _alone(self, operation: Operation) -> Lane:
        self._begin([operation])
        self._steps_done[operation.id] = 0
        try:
            details = yield from self._steps(operation)
        except MqWizardError as error:
            untouched = isinstance(error, CommandRefused) and not self._steps_done[operation.id]
            self._fail([operation], error, changed=not untouched)
            raise
        self._finish([operation], {operation.id: details})

    def _fail(self, batch: Sequence[Operation], error: MqWizardError, *, changed: bool) -> None:
        for operation in batch:
            self._journal.failed(operation.id, error.what, changed=changed)
            self._tell("failed", operation)

    def _steps(self, operation: Operation) -> Generator[Need, Answer, dict[str, str]]:
        details: dict[str, str] = {}
        for step in operation.steps:
            details |= yield from self._step(step)
            self._steps_done[operation.id] += 1
            self._journal.step(operation.id, "; ".join(step.lines()))
        return details

    def _step(self, step: Step) -> Generator[Need, Answer, dict[str, str]]:
        if isinstance(step, Mqsc):
            yield from self._mqsc(step)
        elif isinstance(step, Command):
            yield from self._command(step)
        elif isinstance(step, WriteFile):
            yield from self._write(step)
        elif isinstance(step, MakeKey):
            work = yield from self._placed(step.work)
            return keys.make(work, self._machine, self._now())
        elif isinstance(step, Check):
            yield from checks.check(step, self._machine, self._text)
        return {}

    def _placed(self, work: KeyWork) -> Generator[Need, Answer, KeyWork]:
        """Key work whose store lies where its queue manager says."""
        if isinstance(work, (CreateAuthority, SignRequest)) or isinstance(work.path, str):
            return work
        return replace(work, path=(yield from self._later(work.path)))

    def _mqsc(self, step: Mqsc) -> Generator[Need, Answer, None]:
        command = yield from self._parts(step)
        replies = yield Questions(step.queue_manager, (command,))
        assert isinstance(replies, list)  # noqa: S101 - questions are answered by replies
        if not replies[0].outcome.succeeded:
            raise refusal(step, replies[0])

    def _parts(self, step: Mqsc) -> Generator[Need, Answer, Secretful]:
        """The command with every learned value quoted; secrets stay references until they are sent."""
        parts: list[str | SecretRef] = []
        for part in step.parts:
            parts.append(quote((yield from self._later(part))) if isinstance(part, Later) else part)
        return tuple(parts)

    def _command(self, step: Command) -> Generator[Need, Answer, None]:
        words = []
        for word in step.argv:
            words.append((yield from self._text(word)))
        settings = {}
        for name, value in step.environment.items():
            text = yield from self._text(value)
            settings[name] = str(self._machine.path(text)) if "/" in text else text
        answers = []
        for answer in step.answers:
            if not isinstance(answer, SecretRef):
                answers.append((yield from self._text(answer)))
        secret = [self._machine.keyring.secret(answer) for answer in step.answers if isinstance(answer, SecretRef)]
        prompts = tuple((PASSWORD_PROMPT, each) for each in secret)
        if words[0] == "endmqm":
            self._machine.end_session(words[-1])
        finished = yield Request(tuple(words), tuple(answers), prompts, environment=settings, seconds=step.seconds)
        assert isinstance(finished, Finished)  # noqa: S101 - requests are answered by their end
        if finished.exit_status not in step.accepts:
            raise failed_command(step, finished)

    def _write(self, step: WriteFile) -> Generator[Need, Answer, None]:
        path = self._machine.path((yield from self._text(step.path)))
        content = step.content.encode()
        make_folder(path.parent, mode=0o755)
        write_file(path, content, mode=step.mode, replace=True)

    def _text(self, part: str | Later) -> Generator[Need, Answer, str]:
        return (yield from self._later(part)) if isinstance(part, Later) else part

    def _later(self, part: Later) -> Generator[Need, Answer, str]:
        """The ssl folder of a queue manager, from the store that it names when it is new (facts tls 2.2)."""
        key = Later(part.resource, part.field, part.expected)
        if key not in self._learned:
            replies = yield Questions(part.resource, ("DISPLAY QMGR SSLKEYR",))
            assert isinstance(replies, list)  # noqa: S101 - questions are answered by replies
            self._learned[key] = checks.ssl_folder(part.resource, replies[0])
        return self._learned[key] + part.tail

    def _place(self, part: str | Later) -> Path | None:
        """Where a file lies, as far as that is known already."""
        if isinstance(part, str):
            return self._machine.path(part)
        known = self._learned.get(Later(part.resource, part.field, part.expected))
        return self._machine.path(known + part.tail) if known else None

    def _begin(self, batch: Sequence[Operation]) -> None:
        for owed in dict.fromkeys(operation.owes for operation in batch if operation.owes):
            self._journal.owe(owed)
        self._journal.begin(
            [
                Begun(
                    operation.id,
                    operation.resource,
                    operation.state.value,
                    former=self._notes.begin(self._effects_of(operation)),
                    details={"section": operation.section, "what": operation.what},
                )
                for operation in batch
            ]
        )
        for operation in batch:
            self._tell("begun", operation)

    def _effects_of(self, operation: Operation) -> tuple[Effect, ...]:
        if operation.id not in self._effects:
            self._effects[operation.id] = effects_of(operation)
        return self._effects[operation.id]

    def _finish(self, batch: Sequence[Operation], details: dict[str, dict[str, str]]) -> None:
        self._journal.done(
            [
                Done(
                    operation.id,
                    {
                        "values": {change.attribute: change.new for change in operation.changes},
                        "files": self._notes.end(self._effects.pop(operation.id)),
                        **details.get(operation.id, {}),
                    },
                )
                for operation in batch
            ]
        )
        for operation in batch:
            if operation.pays:
                self._journal.paid(operation.pays)
            self._done += 1
            self._tell("done", operation)

    def _tell(self, word: str, operation: Operation) -> None:
        self._watch(Progress(word, operation, self._positions[operation.id], len(self._positions)))


def _by_lane(operations: Sequence[Operation]) -> list[list[Operation]]:
    lanes: dict[str, list[Operation]] = {}
    for operation in operations:
        lanes.setdefault(operation.lane, []).append(operation)
    return list(lanes.values())
