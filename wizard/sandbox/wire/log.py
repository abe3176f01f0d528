"""Writes what happens on the wire to the error logs, with MQ's message ids and inserts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox import errorlog
from wizard.sandbox.wire import messages


class Entry(NamedTuple):
    """One message with its inserts."""

    message: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Log:
    """The error log of a queue manager, or of the machine (clients) for None."""

    folder: Path
    qmgr: str | None
    program: str

    def write(self, entry: Entry) -> None:
        text, explanation = messages.text(entry.message, entry.values)
        errorlog.write(
            self.folder,
            self.qmgr,
            entry.message,
            text,
            inserts=messages.inserts(entry.message, entry.values),
            explanation=explanation,
            program=self.program,
        )
