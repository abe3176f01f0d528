"""runmqsc: MQSC commands for a queue manager (facts 2)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

from wizard.sandbox import installation, users
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.mqsc import memory
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.session import Options, Session
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.options import Flags, Given, parsed
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage=(
        "runmqsc -n\n       runmqsc [-e] [-v] [-c] [-u UserID] [-w WaitTime [-x]] [-m ViaQMgr] [-f filename] [QMgrName]"
    ),
    bare=frozenset({"e", "v", "n", "x"}),
    valued=frozenset({"u", "w", "m", "f"}),
    left_out=frozenset({"c"}),
    status="runmqsc.rc.not.run",
)
LOCAL = "local"
"""The name under which the channels of -n stand in their state of their own."""


def main(argv: list[str], folder: Path) -> int:
    """Run one session; the exit status is 0, 10 when a command failed, 20 when nothing could be run."""
    given = parsed(argv, FLAGS)
    if len(given.operands) > 1 or (given.has("n") and argv != ["-n"]):
        raise FLAGS.refusal()
    _refuse_remote(given)
    source = _source(given.last("f"))
    state = State(folder)
    try:
        # A crash of the machine may lose the last commands; a killed process loses none.
        state.db.execute("PRAGMA synchronous=NORMAL")
        if given.has("n"):
            return _client_table(state, source)
        return _queue_manager(state, source, given)
    finally:
        state.close()
        if source is not sys.stdin:
            source.close()


def _refuse_remote(given: Given) -> None:
    """Another queue manager's command server is not simulated; with -v, -w and -x mean nothing."""
    wait = given.last("w", "1")
    if not (wait.isascii() and wait.isdigit() and 1 <= int(wait) <= 999_999):
        raise FLAGS.refusal()
    for flag in ("m",) if given.has("v") else ("w", "x", "m"):
        if given.has(flag):
            raise SandboxError(f"The sandbox does not simulate the flag -{flag}: runmqsc -{flag}")


def _source(path: str) -> TextIO:
    if not path:
        return sys.stdin
    return open(path, encoding="utf-8", errors="surrogateescape")  # noqa: PTH123 - closed by main


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _queue_manager(state: State, source: TextIO, given: Given) -> int:
    version = state.meta("version", installation.DEFAULT_VERSION)
    _write(installation.copyright_line(version) + "\n")
    name = given.operands[0] if given.operands else _default(state)
    row = state.qmgr(name)
    if row is None:
        return _not_run("qmgr.unknown")
    user = given.last("u")
    password = _password(source) if user else ""
    _write(f"Starting MQSC for queue manager {name}.\n\n" + ("" if given.has("e") else "\n"))
    if row["status"] != "Running":
        return _not_run("qmgr.not.available")
    context = Context(state, name)
    if not _may_connect(context, user, password):
        return _not_run("not.authorized")
    if given.has("v"):
        context = Context(memory.copy(state), name, is_rehearsal=True)
    return _session(context, source, given)


def _default(state: State) -> str:
    return next((str(row["name"]) for row in state.qmgrs() if row["is_default"]), "")


def _not_run(key: str) -> int:
    lines = [
        message(key),
        "",
        "No MQSC commands read.",
        "No commands have a syntax error.",
        "All valid MQSC commands were processed.",
    ]
    _write("".join(f"{line}\n" for line in lines))
    return recalled_status("runmqsc.rc.not.run")


def _password(source: TextIO) -> str:
    """The password for -u: asked for at a terminal, else the first line of the input."""
    if source is sys.stdin and sys.stdin.isatty():
        from wizard.sandbox.terminal import read_password

        _write(recalled("runmqsc.password.prompt"))
        return read_password()
    return source.readline().removesuffix("\n")


def _may_connect(context: Context, user: str, password: str) -> bool:
    """Whether the user may administer: a member of mqm, and authenticated where CONNAUTH asks for it."""
    accounts = users.read(context.folder)
    name = str(context.qmgr_attributes().get("CONNAUTH", ""))
    found = context.state.object(context.qmgr, "AUTHINFO", name) if name else None
    check = str(found[1].get("CHCKLOCL", "NONE")) if found else "NONE"
    if user and check != "NONE" and not users.verify_password(context.folder, user, password):
        return False
    is_privileged = accounts.is_administrator(user or users.invoker())
    if not user and (check == "REQUIRED" or (check == "REQDADM" and is_privileged)):
        return False
    return is_privileged


def _client_table(state: State, source: TextIO) -> int:
    from wizard.sandbox.mqsc import local_table

    path = Path(os.environ.get("MQCHLLIB") or installation.data_path(state.folder)) / (
        os.environ.get("MQCHLTAB") or local_table.FILE_NAME
    )
    version = state.meta("version", installation.DEFAULT_VERSION)
    _write(installation.copyright_line(version) + "\n")
    _write(recalled("runmqsc.local.banner").format(table=path) + "\n\n\n")
    own = local_table.opened(state, path, LOCAL)
    if own is None:
        return _not_run("ccdt.unreadable")
    return _session(Context(own, LOCAL, path), source, None)


def _session(context: Context, source: TextIO, given: Given | None) -> int:
    disturb = None
    if os.environ.get("SANDBOX_FAULTS") or os.environ.get("SANDBOX_LATENCY"):
        from wizard.sandbox.mqsc.disturbance import Disturbance

        disturb = Disturbance(State(context.folder), _write)
    options = Options() if given is None else Options(not given.has("e"), given.has("v"))
    return Session(context, _write, options, disturb).run(source)
