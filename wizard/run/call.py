"""One command as the driver runs it: what it is given, what passes on its terminal, how it ended.

Used by `driver` alone, apart from the two values `Call` and `Finished`.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wizard.errors import OperationFailed
from wizard.mq.secret_text import STARS
from wizard.run.secrets import Secret
from wizard.run.terminal import LONGEST_LINE, Exit, Terminal, typable
from wizard.run.transcript import Record

OUTPUT_LIMIT = 16_000_000
"""Bytes of output after which a command counts as run wild."""

END_OF_INPUT = b"\x04"

SETTLING = 0.1
"""Seconds between a prompt and its answer: switching a terminal to single keys discards what was typed before."""


@dataclass(frozen=True)
class Call:
    """A command to run.

    `stdin_lines` are sent at once, then the end of input. `prompts` are answered in order as each text
    appears; no end of input follows them. `umask` is for files the command makes. A command that says more
    than `output_limit` bytes is stopped.
    """

    argv: Sequence[str]
    timeout: float
    prompts: Sequence[tuple[str, Secret]] = ()
    stdin_lines: Sequence[str | Secret] = ()
    extra_environment: Mapping[str, str] | None = None
    cwd: Path | None = None
    umask: int | None = None
    output_limit: int = OUTPUT_LIMIT


@dataclass(frozen=True)
class Finished:
    """How a command ended and what it said. `output` is for parsing; `shown`, without secrets, for people."""

    argv: tuple[str, ...]
    exit_status: int | None
    signal: int | None
    output: str = field(repr=False)
    shown: str = field(repr=False)
    truncated: bool = False

    @property
    def ending(self) -> str:
        """How it ended, in words: `exit 71`, or `signal 9` for one that was killed."""
        return f"signal {self.signal}" if self.signal else f"exit {self.exit_status}"


class Talk:
    """What passes between the driver and one running command; one of the conversations of a `turn`."""

    def __init__(self, call: Call, terminal: Terminal, record: Record, lines: Lines) -> None:
        self.call = call
        self.record = record
        self.truncated = False
        self.timed_out = False
        self.end: Exit | None = None
        self._terminal = terminal
        self._answers = deque(lines.answers)
        self._answer_from: float | None = None
        self._output = bytearray()
        self._searched = 0
        self.quiet_until = time.monotonic() + call.timeout
        for shown, line in lines.input:
            record.sent(shown)
            terminal.send(line)
        if not self._answers:
            terminal.send(END_OF_INPUT)

    @property
    def over(self) -> bool:
        """Whether the command has ended, by itself or stopped."""
        return self.end is not None

    @property
    def sending(self) -> bool:
        """Whether the terminal has not taken all yet."""
        return self._terminal.sending

    def fileno(self) -> int:
        """The terminal, for selectors."""
        return self._terminal.fileno()

    def text(self) -> str:
        """What the command said so far, with plain line ends."""
        return self._output.decode("utf-8", errors="replace").replace("\r\n", "\n")

    def serve(self) -> None:
        """Take in what has arrived, answer the prompt it ends with, send what fits."""
        self._terminal.push()
        self._keep(self._terminal.receive())
        if self.truncated:
            self._finish(self._terminal.stop())
        else:
            self.look()

    def look(self) -> None:
        """Notice the end. A process left behind, such as a queue manager, may hold the terminal beyond it."""
        if self._terminal.ended:
            # The end is mostly at hand; a command that closed its terminal and works on is asked each turn.
            self._finish(self._terminal.wait(0.02))
        elif self._terminal.exited() is not None:
            self._keep(self._terminal.last_words())
            self._finish(self._terminal.exited())
        self._answer()
        if self.end is None and time.monotonic() >= self.quiet_until:
            self.timed_out = True
            end = self._terminal.stop()
            self._keep(self._terminal.last_words())
            self._finish(end)

    def release(self) -> None:
        """Let go of the terminal."""
        self.record.complete()
        self.record.write()
        self._terminal.release()

    def _finish(self, end: Exit | None) -> None:
        self.end = end
        if end is not None:
            limit = f" after the time limit of {self.call.timeout:g} s" if self.timed_out else ""
            self.record.ended(f"{end}{limit}")
            self.record.write()

    def _keep(self, data: bytes) -> None:
        room = self.call.output_limit - len(self._output)
        if len(data) > room:
            self.truncated = True
            data = data[:room]
        self.record.received(data)
        self.record.write()
        self._output += data

    def _answer(self) -> None:
        """Answer the prompt that has come, when the program had the time to switch its terminal."""
        if not self._answers:
            return
        prompt, answer = self._answers[0]
        if self._answer_from is None:
            found = self._output.find(prompt, self._searched)
            if found < 0:
                self._searched = max(self._searched, len(self._output) - len(prompt) + 1)
                return
            self._searched = found + len(prompt)
            self._answer_from = time.monotonic() + SETTLING
        if self._terminal.reading_keys or time.monotonic() >= self._answer_from:
            self._answers.popleft()
            self._answer_from = None
            self.record.sent(STARS)
            self._terminal.send(answer)


@dataclass(frozen=True)
class Lines:
    """What a call types: lines, each with what is shown of it, and answers to prompts. Holds secrets."""

    input: tuple[tuple[str, bytes], ...] = field(repr=False)
    answers: tuple[tuple[bytes, bytes], ...] = field(repr=False)

    @classmethod
    def of(cls, call: Call) -> Lines:
        """The lines of a call; OperationFailed where one cannot be typed.

        An answer to a prompt ends as a keyboard ends it, with a carriage return: a program reading keys
        expects that.
        """
        return cls(
            tuple((STARS if isinstance(line, Secret) else line, _typed(line, b"\n")) for line in call.stdin_lines),
            tuple((text.encode(), _typed(answer, b"\r")) for text, answer in call.prompts),
        )


def _typed(line: str | Secret, end: bytes) -> bytes:
    text = line.reveal() if isinstance(line, Secret) else line
    data = text.encode() + end
    if not typable(text) or len(data) > LONGEST_LINE:
        raise OperationFailed(
            "A line for a command holds control characters or is longer than a terminal takes.",
            "It was not sent, and the command was not started.",
            "Use printable characters, less than 4,000 bytes a line.",
        )
    return data
