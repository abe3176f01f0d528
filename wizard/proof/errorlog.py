"""A queue manager's error log while something is tried: the messages written since that are about this attempt.

Other connections write to the same log at the same time. A message counts only where it names what the attempt is about
(its channel, queue or user), or names no channel yet (`????`) and the address that the attempt comes from. Layout of an
entry: facts commands 8.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETTLE_SECONDS = 3.0
PAUSE = 0.02

NO_CHANNEL = "????"
"""What MQ writes where it does not know the channel yet."""

_END = re.compile(r"^-{5} \S+ : \d+ -+[^\S\n]*$", re.MULTILINE)
_MESSAGE = re.compile(r"^(AMQ\d{4})[A-Z]?: .*", re.MULTILINE | re.DOTALL)
_INSERT = re.compile(r"CommentInsert\d\((.*)\)")


@dataclass(frozen=True)
class About:
    """What an attempt is about: names that its messages hold, and the address that it comes from."""

    names: frozenset[str]
    address: str = ""

    def concerns(self, text: str) -> bool:
        """Whether a message is about the attempt."""
        if any(_names(name, text) for name in self.names):
            return True
        return bool(self.address) and NO_CHANNEL in text and _names(self.address, text)


def _names(name: str, text: str) -> bool:
    """Whether a text holds a name, and not a longer one that it is part of."""
    return re.search(rf"(?<![\w%/.]){re.escape(name)}(?![\w%/]|\.\w)", text) is not None


class ErrorLog:
    """A queue manager's error log from now on; a log that was rotated meanwhile is read from its start."""

    def __init__(self, folder: Path, about: About) -> None:
        self._path = folder / "AMQERR01.LOG"
        self._about = about
        self._mark = self._size()

    def messages(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The message ids logged since about the attempt.

        Waits a moment for one that is wanted, as the log may come after the answer.
        """
        deadline = time.monotonic() + (SETTLE_SECONDS if wanted else 0.0)
        while True:
            found = tuple(number for number, text in entries(self.since()) if self._about.concerns(text))
            if wanted.intersection(found) or time.monotonic() >= deadline:
                return found
            time.sleep(PAUSE)

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def since(self) -> str:
        """Everything logged since, whomever it is about."""
        try:
            with self._path.open("rb") as log:
                log.seek(self._mark if os.fstat(log.fileno()).st_size >= self._mark else 0)
                return log.read().decode("utf-8", errors="replace")
        except OSError:
            return ""


def entries(log: str) -> Iterator[tuple[str, str]]:
    """Each whole entry of a log: the id of its message, and its words with its inserts, on one line.

    The head of an entry is left out: it names the user of the process that wrote, which is nobody's attempt.
    """
    for entry in _END.split(log)[:-1]:
        message = _MESSAGE.search(entry)
        if message:
            inserts = _INSERT.findall(entry[: message.start()])
            yield message[1], " ".join(" ".join([message[0], *inserts]).split())
