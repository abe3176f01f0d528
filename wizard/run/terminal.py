"""One process under a pseudo-terminal, read and written without ever blocking.

Used by the driver for single commands and by the runmqsc sessions. pexpect starts and reaps the process;
bytes pass here directly, because a blocked `send` of pexpect cannot read at the same time, and because what
pexpect abandons it kills: a command that mqwizard leaves behind (interrupt, hang-up) must be able to finish
its work.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wizard.errors import Refused
from wizard.run.processes import start_time

READ_SIZE = 65_536

DIMENSIONS = (24, 1_000)
"""Rows and columns: wide, so that no program wraps its lines to fit."""

LONGEST_LINE = 4_095
"""Bytes of a line that a terminal takes; it drops the rest without a word."""

LAST_PIECES = 64
"""How many times 64 KB a process may leave behind unread."""

CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

GRACE = 5.0
"""Seconds a process has to end after SIGTERM before SIGKILL follows."""


@dataclass(frozen=True)
class Exit:
    """How a process ended: with a status or by a signal; neither where someone else waited for it."""

    status: int | None
    signal: int | None

    def __str__(self) -> str:
        if self.signal is not None:
            return f"signal {self.signal}"
        return "exit unknown" if self.status is None else f"exit {self.status}"


class Terminal:
    """A running process and the terminal around it. Call `release` when done; it never ends the process."""

    def __init__(
        self,
        argv: Sequence[str],
        environment: Mapping[str, str],
        *,
        folder: Path | None = None,
        umask: int | None = None,
    ) -> None:
        """Start `argv`, whose first word is an absolute path. Raises Refused where it cannot be started."""
        import pexpect

        def before_exec() -> None:
            # Python ignores SIGPIPE; the commands expect the system's default.
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            if umask is not None:
                os.umask(umask)

        # pexpect splits a lone command at its blanks, so that one is quoted.
        command, arguments = (argv[0], list(argv[1:])) if len(argv) > 1 else (shlex.quote(argv[0]), [])
        try:
            self._process = pexpect.spawn(
                command,
                arguments,
                env=dict(environment),
                cwd=None if folder is None else str(folder),
                echo=False,
                ignore_sighup=True,
                dimensions=DIMENSIONS,
                preexec_fn=before_exec,
                timeout=None,
                maxread=READ_SIZE,
            )
        except (OSError, pexpect.ExceptionPexpect) as error:
            raise Refused(
                f"{argv[0]} could not be started.",
                str(error),
                "Check that it is a program this user may run.",
            ) from error
        self._process.delaybeforesend = None
        self._process.delayafterclose = 0
        # Marked closed at once, so that no finalizer of pexpect ever hangs up on the process or kills it.
        self._process.closed = True
        self._process.ptyproc.closed = True
        self.pid: int = self._process.pid
        self.started = start_time(self.pid)
        self.ended = False
        self._descriptor: int = self._process.child_fd
        self._unsent = bytearray()
        self._exit: Exit | None = None
        os.set_blocking(self._descriptor, False)

    def fileno(self) -> int:
        """For selectors."""
        return self._descriptor

    @property
    def sending(self) -> bool:
        """Whether there are bytes that the terminal has not taken yet."""
        return bool(self._unsent)

    def receive(self) -> bytes:
        """What has arrived, some 64 KB at most, or nothing. `ended` is set when no more can come."""
        chunks: list[bytes] = []
        room = READ_SIZE
        while room > 0:
            try:
                chunk = os.read(self._descriptor, READ_SIZE)
            except BlockingIOError:
                break
            except OSError:  # Linux answers EIO once every end of the terminal but this one is closed
                chunk = b""
            if not chunk:
                self.ended = True
                break
            chunks.append(chunk)
            room -= len(chunk)
        return b"".join(chunks)

    def last_words(self) -> bytes:
        """What is left to read once the process is gone; processes it left behind may write on, so bounded."""
        pieces: list[bytes] = []
        while len(pieces) < LAST_PIECES and (piece := self.receive()):
            pieces.append(piece)
        return b"".join(pieces)

    @property
    def reading_keys(self) -> bool:
        """Whether the program has switched the terminal from lines to single keys."""
        try:
            return not termios.tcgetattr(self._descriptor)[3] & termios.ICANON
        except termios.error:
            return False

    def queue(self, data: bytes) -> None:
        """Have bytes sent by the next `push`."""
        self._unsent += data

    def send(self, data: bytes) -> None:
        """Send bytes as the terminal takes them: some now, the rest with `push` when it is writable."""
        self.queue(data)
        self.push()

    def push(self) -> None:
        """Send what is waiting and fits. Where the other end is closed, it is dropped; reading then tells."""
        while self._unsent:
            try:
                del self._unsent[: os.write(self._descriptor, self._unsent)]
            except BlockingIOError:
                return
            except OSError:
                self._unsent.clear()

    def exited(self) -> Exit | None:
        """How the process ended, None while it runs. Processes it started may still hold the terminal."""
        import pexpect

        if self._exit is None:
            try:
                if self._process.isalive():
                    return None
            except pexpect.ExceptionPexpect:
                self._exit = Exit(None, None)
            else:
                self._exit = Exit(self._process.exitstatus, self._process.signalstatus)
        return self._exit

    def wait(self, seconds: float) -> Exit | None:
        """Wait for the end of the process, which is mostly at hand; None where it did not come in time."""
        deadline = time.monotonic() + seconds
        pause = 0.0005
        while (found := self.exited()) is None and time.monotonic() < deadline:
            time.sleep(pause)
            pause = min(pause * 2, 0.02)
        return found

    def stop(self) -> Exit:
        """End the process: SIGTERM to it and its group, SIGKILL to it alone if it does not go."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGTERM)
        found = self.wait(GRACE)
        if found is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            found = self.wait(GRACE)
        return found or Exit(None, None)

    def release(self) -> None:
        """Let go of the terminal. A process that still runs goes on; it ignores the hang-up."""
        if self._descriptor >= 0:
            self._descriptor = -1
            self.ended = True
            self._process.ptyproc.fileobj.close()


def typable(text: str) -> bool:
    """Whether a terminal passes this text on as one line: it acts on control characters, except a tab."""
    return CONTROL.search(text) is None


def printable(text: str) -> str:
    """The text without anything a terminal would act on, apart from line ends and tabs."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
