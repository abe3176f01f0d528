"""The transcript: everything sent to the commands and everything they said, with times, without secrets.

One text file per run below the state folder (0600, folder 0700), written by the driver and the runmqsc
sessions, named in every failure. What one command says is kept up to a limit, then a note stands for the
rest. A dry run writes none.

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

from wizard.run.files import make_folder

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
        self._descriptor: int | None = None
        if path is not None:
            make_folder(path.parent)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
            self._descriptor = os.open(path, flags, 0o600)
            self._write(f"mqwizard on {socket.gethostname()}, begun {clock().isoformat(timespec='seconds')}\n")

    @classmethod
    def create(cls, folder: Path, name: str, *, redact: Callable[[str], str]) -> Transcript:
        """A new transcript in a folder, named after the run, the time and this process."""
        begun = now().strftime("%Y%m%dT%H%M%S")
        return cls(folder / f"{name}-{begun}-{os.getpid()}.txt", redact=redact)

    def command(self, argv: Sequence[str], pid: int) -> Record:
        """The record of one process just started."""
        record = Record(self, pid)
        record.line("$", shlex.join(argv))
        return record

    def note(self, text: str) -> None:
        """A line of mqwizard's own, such as the operation that the next commands belong to."""
        self.write_line(os.getpid(), "#", text)

    def write_line(self, pid: int, sign: str, text: str) -> None:
        """One line with its time and process, redacted."""
        self.write_lines(pid, sign, [text])

    def write_lines(self, pid: int, sign: str, lines: Sequence[str]) -> None:
        """Several lines of one moment."""
        if self._descriptor is not None and lines:
            begin = f"{self.clock().isoformat(timespec='milliseconds')[11:23]} [{pid}] {sign} "
            self._write(self.redact("".join(f"{begin}{line}\n" for line in lines)))

    def close(self) -> None:
        """End the file; what comes later is not written."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, text: str) -> None:
        if self._descriptor is not None:
            os.write(self._descriptor, text.encode("utf-8", errors="replace"))


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
        self._transcript.write_line(self._pid, sign, text)

    def sent(self, text: str) -> None:
        """A line that went to the process; what it says next counts anew against the limit."""
        self.flush()
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
        self._transcript.write_lines(self._pid, "<", [line.rstrip("\r") for line in lines])

    def flush(self) -> None:
        """Write the line that has no end yet, such as a prompt."""
        if self._partial:
            self.line("<", self._partial)
            self._partial = ""

    def ended(self, how: str) -> None:
        """The process is over."""
        self.flush()
        self.line("=", how)
