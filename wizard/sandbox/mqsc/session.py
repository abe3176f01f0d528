"""One runmqsc session: reads commands, echoes and numbers them, prints replies and summary (facts 2.1 to 2.5)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple, TextIO

from wizard.sandbox.mqsc import engine
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.engine import Reply
from wizard.sandbox.mqsc.lines import Gatherer, Line
from wizard.sandbox.mqsc.prompt import Prompt
from wizard.sandbox.mqsc.refusals import ConnectionBrokenError
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.recalled import recalled, recalled_status

ENDS = ("END", "QUIT", "EXIT")


class Ended(Exception):
    """The session stops here with this exit status; with a summary or, when a fault says so, without."""

    def __init__(self, status: int, *, has_summary: bool = True) -> None:
        super().__init__(status)
        self.status = status
        self.has_summary = has_summary


class Options(NamedTuple):
    """`is_echoing` is off with -e."""

    is_echoing: bool = True
    is_rehearsal: bool = False


class Counts:
    """What the summary counts; the numbers in the echo also count the final `end`."""

    def __init__(self) -> None:
        self.read = 0
        self.syntax_errors = 0
        self.failures = 0

    def lines(self) -> list[str]:
        """The three summary lines."""
        read = {0: "No MQSC commands read.", 1: "One MQSC command read."}
        errors = {0: "No commands have a syntax error.", 1: recalled("runmqsc.summary.one.syntax")}
        failed = {
            0: "All valid MQSC commands were processed.",
            1: "One valid MQSC command could not be processed.",
        }
        return [
            read.get(self.read, f"{self.read} MQSC commands read."),
            errors.get(self.syntax_errors, recalled("runmqsc.summary.many.syntax").format(count=self.syntax_errors)),
            failed.get(self.failures, f"{self.failures} valid MQSC commands could not be processed."),
        ]


class Session:
    """Runs the commands of one input; `disturb` is asked before each command and may answer in MQ's place."""

    def __init__(
        self,
        context: Context,
        write: Callable[[str], None],
        options: Options,
        disturb: Callable[[str], Reply | None] | None = None,
    ) -> None:
        self._context = context
        self._write = write
        self._options = options
        self._disturb = disturb
        self._counts = Counts()
        self._gatherer = Gatherer()
        self._prompt = Prompt(context.qmgr, os.environ)

    def run(self, source: TextIO) -> int:
        """Read the input to its end or to END; the exit status."""
        status = None
        try:
            for line in self._lines(source):
                self._take(line)
            rest = self._gatherer.rest()
            if rest is not None:
                self._command(rest)
        except Ended as end:
            if not end.has_summary:
                return end.status
            status = end.status
        self._write("".join(f"{line}\n" for line in self._counts.lines()))
        if status is not None:
            return status
        return 10 if self._counts.failures or self._counts.syntax_errors else 0

    def _lines(self, source: TextIO) -> Iterator[str]:
        prompt = self._prompt
        is_each_line = recalled("runmqsc.prompt") == "each line"
        while True:
            text = str(prompt)
            if text and (is_each_line or not self._gatherer.is_continuing):
                self._write(text)
            line = source.readline()
            if not line:
                return
            yield line.removesuffix("\n")

    def _take(self, text: str) -> None:
        line = self._gatherer.take(text)
        is_end = line.command is not None and line.begins and line.command.strip().upper() in ENDS
        if self._options.is_echoing:
            self._echo(text, line)
        if is_end:
            raise Ended(10 if self._counts.failures or self._counts.syntax_errors else 0)
        if line.command is not None:
            self._command(line.command, is_too_long=line.too_long)

    def _echo(self, text: str, line: Line) -> None:
        if line.begins:
            self._write(f"{self._counts.read + 1:6} : {text}\n")
        else:
            self._write(f"       : {text}\n")

    def _command(self, command: str, *, is_too_long: bool = False) -> None:
        self._counts.read += 1
        reply = self._disturb(command) if self._disturb else None
        if reply is None:
            reply = self._too_long(command) if is_too_long else self._executed(command)
        self._counts.failures += reply.failed
        self._counts.syntax_errors += reply.syntax_error
        if reply.lines:
            self._write("".join(f"{line}\n" for line in reply.lines))

    def _executed(self, command: str) -> Reply:
        try:
            reply = engine.execute(self._context, command)
        except ConnectionBrokenError:
            self._write(message("connection.broken") + "\n")
            raise Ended(recalled_status("runmqsc.rc.not.run")) from None
        if self._options.is_rehearsal and not reply.syntax_error:
            return Reply([])
        return reply

    def _too_long(self, command: str) -> Reply:
        """A line of more than 2,048 characters (how MQ refuses it is recalled)."""
        return Reply([message("syntax.error"), command[:2048], ""], syntax_error=True)
