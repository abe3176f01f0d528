"""Runs simulated commands as real processes for the tests of the simulated machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox.install import Sandbox, prepare
from wizard.sandbox.state import State


class Answer(NamedTuple):
    status: int
    out: str
    err: str


class Machine:
    """One sandbox and its commands."""

    def __init__(self, folder: Path, version: str = "9.4") -> None:
        self.sandbox: Sandbox = prepare(folder, version)
        self.folder = self.sandbox.folder

    def run(self, *argv: str, stdin: str | None = None, **environment: str) -> Answer:
        done = subprocess.run(
            argv,
            input=None if stdin is None else os.fsencode(stdin),
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            env={**self.sandbox.environment(os.environ), **environment},
            timeout=60,
            check=False,
        )
        return Answer(done.returncode, os.fsdecode(done.stdout), os.fsdecode(done.stderr))

    def state(self) -> State:
        return State(self.folder)

    def add_qmgr(self, name: str, status: str, *, default: bool = False) -> None:
        """A queue manager by its row alone, for the commands that only look."""
        state = self.state()
        state.db.execute(
            "INSERT INTO qmgr (name, directory, status, is_default) VALUES (?, ?, ?, ?)",
            (name, name.replace(".", "!"), status, int(default)),
        )
        state.close()
