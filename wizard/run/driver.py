"""The driver: the one place that starts processes.

Used by everything in `run` that needs a command. Each one runs under a terminal with echo off, English
messages in a UTF-8 locale, a time limit and bounded output, and outlives mqwizard when that is killed. A
secret reaches a command through its terminal only, never through an argument.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from wizard.errors import CommandTimedOut, MqWizardError, OperationFailed, Refused
from wizard.run.call import OUTPUT_LIMIT, Call, Finished, Lines, Talk
from wizard.run.secrets import Secret, SecretStore
from wizard.run.terminal import Terminal, printable
from wizard.run.transcript import Record, Transcript
from wizard.run.turn import turn

__all__ = ["Call", "Driver", "Finished", "OnStart", "english"]

AT_ONCE = 16
"""Commands that run side by side: with a thousand queue managers the others wait."""

OnStart = Callable[[int, int | None, tuple[str, ...]], None]
"""Told of each process: its number, when it started (see `processes`), its command line."""


class Driver:
    """Starts commands in one environment, under one transcript."""

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        transcript: Transcript,
        secrets: SecretStore,
        folder: Path | None = None,
        started: OnStart | None = None,
    ) -> None:
        """`folder` is where commands run; `started` is told of each process, for the journal."""
        self.environment = english(environment)
        self.transcript = transcript
        self.secrets = secrets
        self.started = started
        self._folder = folder

    def find(self, command: str) -> Path | None:
        """The absolute path of a command, by its own folder or by PATH; None where there is none."""
        if "/" in command:
            candidates = [Path(command).absolute()]
        else:
            candidates = [Path(place or ".").absolute() / command for place in self._search_path()]
        return next((path for path in candidates if path.is_file() and os.access(path, os.X_OK)), None)

    def start(
        self,
        argv: Sequence[str],
        *,
        extra_environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        umask: int | None = None,
    ) -> tuple[Terminal, Record]:
        """Start a process and its record in the transcript; the caller reads, and releases the terminal.

        Raises Refused where the command is missing, OperationFailed where an argument carries a secret.
        """
        path = self.find(argv[0])
        if path is None:
            raise self._missing(argv[0])
        for word in argv:
            if self.secrets.leaks(word):
                raise OperationFailed(
                    f"{argv[0]} was about to get a secret in its argument list, where every user sees it.",
                    "This is a mistake in mqwizard; the command was not started.",
                    "Please report it, with the recipe and without the secret.",
                )
        environment = {**self.environment, **(extra_environment or {})}
        terminal = Terminal([str(path), *argv[1:]], environment, folder=cwd or self._folder, umask=umask)
        try:
            record = self.transcript.command(argv, terminal.pid)
            if self.started is not None:
                self.started(terminal.pid, terminal.started, tuple(argv))
        except BaseException:
            terminal.release()
            raise
        return terminal, record

    def run(  # noqa: PLR0913 - keywords, most of them rarely given
        self,
        argv: Sequence[str],
        *,
        timeout: float,
        prompts: Sequence[tuple[str, Secret]] = (),
        stdin_lines: Sequence[str | Secret] = (),
        extra_environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        umask: int | None = None,
        output_limit: int = OUTPUT_LIMIT,
    ) -> Finished:
        """Run a command to its end and return what it said; judging that is the caller's. See `Call`.

        Raises CommandTimedOut after `timeout` seconds, when the command has been stopped, and what `start`
        raises. An interrupt leaves the command running.
        """
        call = Call(argv, timeout, prompts, stdin_lines, extra_environment, cwd, umask, output_limit)
        (result,) = self.run_all([call])
        if isinstance(result, MqWizardError):
            raise result
        return result

    def run_all(self, calls: Sequence[Call]) -> list[Finished | MqWizardError]:
        """Run commands side by side, some at once; for each its end, or why there is none."""
        talks: list[Talk | MqWizardError] = []
        running: list[Talk] = []
        try:
            for call in calls:
                running = _served(running, most=AT_ONCE - 1)
                talks.append(self._begun(call))
                running += [talk for talk in talks[-1:] if isinstance(talk, Talk)]
            running = _served(running, most=0)
        finally:
            for talk in running:
                talk.release()
        return [self._result(talk) if isinstance(talk, Talk) else talk for talk in talks]

    def _begun(self, call: Call) -> Talk | MqWizardError:
        try:
            lines = Lines.of(call)
            terminal, record = self.start(
                call.argv, extra_environment=call.extra_environment, cwd=call.cwd, umask=call.umask
            )
        except MqWizardError as error:
            return error
        return Talk(call, terminal, record, lines)

    def _result(self, talk: Talk) -> Finished | MqWizardError:
        output = talk.text()
        shown = printable(self.secrets.redact(output))
        if talk.timed_out:
            return self._timed_out(talk.call, shown)
        status, signal = (talk.end.status, talk.end.signal) if talk.end else (None, None)
        return Finished(tuple(talk.call.argv), status, signal, output, shown, talk.truncated)

    def _timed_out(self, call: Call, shown: str) -> CommandTimedOut:
        command = shlex.join(self.secrets.redact(word) for word in call.argv)
        last = shown.strip().splitlines()[-1:]
        said = f"Its last line: {last[0]}" if last else "It had said nothing."
        return CommandTimedOut(
            f"{command} did not end within {call.timeout:g} s and was stopped.",
            f"Whether it did its work is unknown. {said}",
            f"Run again: what is there is read anew first. Transcript: {self.transcript.path or 'none'}",
        )

    def _missing(self, command: str) -> Refused:
        places = ":".join(self._search_path()) or "an empty PATH"
        return Refused(
            f"The command {command} was not found.",
            "There is no program of that name that this user may run."
            if "/" in command
            else f"It was looked for in {places}.",
            "Install IBM MQ or source its setmqenv; without MQ, try --dry-run or --sandbox.",
        )

    def _search_path(self) -> list[str]:
        path = self.environment.get("PATH", "")
        return path.split(os.pathsep) if path else []


def _served(running: list[Talk], *, most: int) -> list[Talk]:
    """Serve commands until no more than `most` of them still run; returns those."""
    while len(running) > most:
        turn(running)
        for talk in running:
            if talk.over:
                talk.release()
        running = [talk for talk in running if not talk.over]
    return running


def english(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which commands speak English in UTF-8, on a plain terminal, without a prompt."""
    dropped = {"LANGUAGE", "MQPROMPT", "COLUMNS", "LINES"}
    kept = {name: value for name, value in environment.items() if name not in dropped}
    return {**kept, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
