"""A running queue manager for the tests of the simulated runmqsc: its commands in this process, or as real ones."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox import users
from wizard.sandbox.install import Sandbox, prepare
from wizard.sandbox.mqsc import engine
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.defaults import create_default_objects
from wizard.sandbox.mqsc.engine import Reply
from wizard.sandbox.mqsc.session import Options, Session
from wizard.sandbox.state import Attributes, State

NAME = "QM1"


class Output(NamedTuple):
    """What a session printed, and its exit status."""

    status: int
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def add_queue_manager(state: State, name: str = NAME, status: str = "Running") -> None:
    """A queue manager as crtmqm and strmqm leave it, as far as runmqsc looks."""
    state.db.execute(
        "INSERT INTO qmgr (name, directory, status, started) VALUES (?, ?, ?, '2026-01-01 00:00:00')",
        (name, name.replace(".", "!"), status),
    )
    create_default_objects(state, name)


class QueueManager:
    """One queue manager, driven without a process."""

    def __init__(self, folder: Path, version: str = "9.4.0.0") -> None:
        self.state = State.create(folder)
        self.state.set_meta("version", version)
        users.create(folder)
        add_queue_manager(self.state)
        self.folder = folder
        self.context = Context(self.state, NAME)
        self.context.data.mkdir(parents=True)

    def run(self, command: str) -> Reply:
        return engine.execute(self.context, command)

    def lines(self, command: str) -> list[str]:
        return self.run(command).lines

    def done(self, *commands: str) -> None:
        """Run commands that must succeed."""
        for command in commands:
            reply = self.run(command)
            assert not reply.failed and not reply.syntax_error, (command, reply.lines)

    def id(self, command: str) -> str:
        """The message id of the reply, such as AMQ8006I."""
        return self.run(command).lines[0].split(":")[0]

    def shown(self, command: str) -> dict[str, str]:
        """The attributes of the one object that a DISPLAY shows; bare keywords have an empty value."""
        lines = self.lines(command)
        assert lines[0].split(":")[0].endswith("I"), lines
        text = "\n".join(lines[1:])
        found: dict[str, str] = {}
        for item in _items(text):
            keyword, _, value = item.partition("(")
            found[keyword] = value.removesuffix(")").strip()
        return found

    def attributes(self, space: str, name: str) -> Attributes:
        found = self.state.object(NAME, space, name)
        assert found is not None
        return found[1]

    def script(self, text: str, *, is_echoing: bool = True, is_rehearsal: bool = False) -> Output:
        """Run a script as one session."""
        printed: list[str] = []
        session = Session(self.context, printed.append, Options(is_echoing, is_rehearsal))
        return Output(session.run(io.StringIO(text)), "".join(printed))

    def add_user(self, name: str, group: str = "", *, members_of: tuple[str, ...] = ()) -> None:
        """A user of the simulated machine, in a group of its own unless another one is named."""
        with users.change(self.folder) as accounts:
            number = 2000 + len(accounts.users)
            group = group or name
            accounts.groups.setdefault(group, users.Group(group, number))
            accounts.users[name] = users.User(name, number, group)
            for other in members_of:
                old = accounts.groups[other]
                accounts.groups[other] = users.Group(old.name, old.gid, (*old.members, name))

    def write_ini(self, text: str) -> None:
        (self.context.data / "qm.ini").write_text(text, encoding="utf-8")


def _items(text: str) -> list[str]:
    """The attributes of DISPLAY output, split where parentheses are balanced."""
    items: list[str] = []
    depth, current = 0, ""
    for character in text:
        if depth == 0 and character in " \n":
            if current:
                items.append(current)
            current = ""
            continue
        if depth and character == "\n":
            continue
        depth += (character == "(") - (character == ")")
        current += character
    return [*items, current] if current else items


class Machine:
    """The real commands of a sandbox with the running queue manager QM1."""

    def __init__(self, folder: Path, version: str = "9.4") -> None:
        self.sandbox: Sandbox = prepare(folder, version)
        self.folder = self.sandbox.folder
        state = State(self.folder)
        add_queue_manager(state)
        state.close()

    def run(self, *argv: str, stdin: str = "", **environment: str) -> Output:
        """Run a command; standard output and standard error together."""
        done = subprocess.run(
            [str(self.sandbox.bin / argv[0]), *argv[1:]],
            input=os.fsencode(stdin),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**self.sandbox.environment(os.environ), **environment},
            timeout=60,
            check=False,
        )
        return Output(done.returncode, os.fsdecode(done.stdout))

    def state(self) -> State:
        return State(self.folder)
