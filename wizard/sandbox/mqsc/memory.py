"""A state that lives in this process only: for runmqsc -n, which has no queue manager, and -v, which changes none."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from wizard.sandbox.state import SCHEMA, State


class MemoryState(State):
    """The state of a sandbox that is never written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.row_factory = sqlite3.Row


def empty(folder: Path, version: str) -> MemoryState:
    """A state without queue managers."""
    state = MemoryState(folder)
    state.db.executescript(SCHEMA)
    state.set_meta("version", version)
    return state


def copy(original: State) -> MemoryState:
    """What the sandbox holds now."""
    state = MemoryState(original.folder)
    original.db.backup(state.db)
    return state
