"""The transcript: everything sent to the commands and everything they said, with times, without secrets.

One text file per run below the state folder (0600, folder 0700), written by the driver and the runmqsc
sessions, named in every failure. What one command says is kept up to a limit, then a note stands for the
rest. A dry run writes none. Who wants to see it grow sets `heard`.

    12:00:01.120 [4711] $ runmqsc -e QM1
    12:00:01.141 [4711] > DEFINE QLOCAL(Q1)
    12:00:01.143 [4711] < AMQ8006I: IBM MQ queue created.
    12:00:01.150 [4711] = exit 0
"""

from __future__ import annotations

import codecs
import os
import shlex
import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from wizard.errors import Refused
from wizard.run.files import make_folder
from wizard.run.terminal import printable

KEPT_PER_COMMAND = 2_000_000
"""Characters kept of what one command says."""


def now() -> datetime:
    """The time with its offset, as journals and transcripts write it."""
    return datetime.now().astimezone()


class Transcript:
    """The file of one run; `path` is None where nothing is written."""

    def __init__(
        self,
        path: Path | None,
        *,
        redact: Callable[[str], str],
        clock: Callable[[], datetime] = now,
        kept: int = KEPT_PER_COMMAND,
    ) -> None:
        self.path = path
        self.redact = redact
        self.clock = clock
        self.kept = kept
        self.incomplete = False
        self.heard: Callable[[str], None] | None = None
        """Told of every text just before it is written: whole lines, redacted."""
        self._pending: list[str] = []
        self._descriptor = None if path is None else _made(path)
        self._pending.append(f"mqwizard on {socket.gethostname()}, begun {clock().isoformat(timespec='seconds')}\n")

    @classmethod
    def create(cls, folder: Path, name: str, *, redact: Callable[[str], str]) -> Transcript:
        """A new transcript in a folder, named after the run, the time and this process."""
        begun = now().strftime("%Y%m%dT%H%M%S.%f")
        return cls(folder / f"{name}-{begun}-{os.getpid()}.txt", redact=redact)

    def command(self, argv: Sequence[str], pid: int) -> Record:
        """The record of one process just started."""
        record = Record(self, pid)
        record.line("$", shlex.join(self.redact(word) for word in argv))
        self.flush()
        return record

    def note(self, text: str) -> None:
        """A line of mqwizard's own, such as the operation that the next commands belong to."""
        self.add(os.getpid(), "#", [text])
        self.flush()

    def add(self, pid: int, sign: str, lines: Sequence[str]) -> None:
        """Lines of one moment, each with time and process, redacted; in the file after `flush`."""
        if self._descriptor is not None and lines:
            begin = f"{self.clock().isoformat(timespec='milliseconds')[11:23]} [{pid}] {sign} "
            self._pending.append(printable(self.redact("".join(f"{begin}{line}\n" for line in lines))))

    def flush(self) -> None:
        """Write what was added. Where the disk takes no more, `incomplete` is set and the run goes on."""
        text, self._pending = "".join(self._pending), []
        if self._descriptor is None:
            return
        if self.heard is not None and text:
            self.heard(text)
        left = text.encode("utf-8", errors="replace")
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            self.incomplete = True
            self.close()

    def close(self) -> None:
        """Write what was added and end the file; what comes later is not written."""
        if not self.incomplete:
            self.flush()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class Record:
    """What passes between mqwizard and one process, written by whole lines, so that no secret is cut."""

    def __init__(self, transcript: Transcript, pid: int) -> None:
        self._transcript = transcript
        self._pid = pid
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._partial = ""
        self._room = transcript.kept
        self._full = False

    def line(self, sign: str, text: str) -> None:
        """One line as it stands."""
        self._transcript.add(self._pid, sign, [text])

    def sent(self, text: str) -> None:
        """A line that went to the process; what it says next counts anew against the limit."""
        self.complete()
        self._room = self._transcript.kept
        self._full = False
        self.line(">", text)

    def received(self, data: bytes) -> None:
        """Bytes from the process, in any cut."""
        if self._transcript.path is None or self._full:
            return
        if len(data) > self._room:
            self._full = True
            self.line("#", f"More than {self._transcript.kept} bytes; the rest is not kept.")
            return
        self._room -= len(data)
        *lines, self._partial = (self._partial + self._decoder.decode(data)).split("\n")
        self._transcript.add(self._pid, "<", [line.rstrip("\r") for line in lines])

    def complete(self) -> None:
        """Take the line that has no end yet, such as a prompt, as it is."""
        if self._partial:
            self.line("<", self._partial)
            self._partial = ""

    def ended(self, how: str) -> None:
        """The process is over."""
        self.complete()
        self.line("=", how)

    def write(self) -> None:
        """Write what is complete to the file."""
        self._transcript.flush()


def _made(path: Path) -> int:
    make_folder(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o600)
    except OSError as error:
        raise Refused(
            f"The transcript {path} cannot be made: {error.strerror}.",
            "Without it nobody could see afterwards what was sent.",
            "Name another place with --state.",
        ) from error
