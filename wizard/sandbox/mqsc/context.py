"""What a command works on: one queue manager of one sandbox, and the few questions all commands ask about it."""

from __future__ import annotations

import time
from pathlib import Path

from wizard.sandbox import installation
from wizard.sandbox.mqsc.attributes import Table
from wizard.sandbox.mqsc.kinds import table_of
from wizard.sandbox.state import State


class Context:
    """A queue manager as runmqsc sees it.

    `client_table` is set where there is no queue manager but a client table (-n); a rehearsal (-v) changes nothing
    outside its own state.
    """

    def __init__(
        self, state: State, qmgr: str, client_table: Path | None = None, *, is_rehearsal: bool = False
    ) -> None:
        self.state = state
        self.qmgr = qmgr
        self.client_table = client_table
        self.is_rehearsal = is_rehearsal
        self.version = installation.numbers(state.meta("version", installation.DEFAULT_VERSION))
        row = state.qmgr(qmgr)
        self.directory = str(row["directory"]) if row else ""

    @property
    def folder(self) -> Path:
        return self.state.folder

    @property
    def data(self) -> Path:
        """The queue manager's data directory."""
        return installation.qmgr_path(self.state.folder, self.directory)

    def table(self, noun: str, subtype: str = "") -> Table:
        """The attributes of a kind of object in this release."""
        return table_of(noun, subtype, self.version)

    def qmgr_attributes(self) -> dict[str, str | list[str]]:
        """The attributes of the queue manager itself."""
        found = self.state.object(self.qmgr, "QMGR", self.qmgr)
        return found[1] if found else {}


def stamp() -> tuple[str, str]:
    """Date and time as ALTDATE and ALTTIME show them."""
    now = time.localtime()
    return time.strftime("%Y-%m-%d", now), time.strftime("%H.%M.%S", now)
