"""Queue managers as the lifecycle commands see them.

Who may act, which queue manager is meant, where its directories are, how its processes end.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sqlite3
import time
from pathlib import Path

from wizard.sandbox import installation, users
from wizard.sandbox.errors import MqError
from wizard.sandbox.launch import alive
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

RUNNING = "Running"
BEING_CREATED = "Being created"
"""Held while crtmqm works; left over, with no process behind it, when crtmqm was killed."""

STOPPING = ("Quiescing", "Ending immediately", "Ending pre-emptively")
"""Held while endmqm works; left over, with no process behind it, when endmqm was killed."""

NOT_THERE = ("AMQ8118E: IBM MQ queue manager does not exist.", 16)
TABLES = ("object", "chlauth", "authrec", "message", "handle", "chstatus", "lsstatus")
END_PATIENCE = 5.0
"""Seconds that a process has to end by itself."""


def require_administrator(folder: Path) -> None:
    """Fail with AMQ7077E unless the invoking user is in the group mqm."""
    if not users.read(folder).is_administrator(users.invoker()):
        raise MqError(
            "AMQ7077E: You are not authorized to perform the requested operation.",
            recalled_status("lifecycle.rc.authority"),
        )


def named(state: State, name: str) -> sqlite3.Row:
    """The queue manager meant by a command; an empty name is the default one."""
    if not name:
        default = state.db.execute("SELECT * FROM qmgr WHERE is_default = 1").fetchone()
        if default is None:
            raise MqError(recalled("lifecycle.no-default"), recalled_status("lifecycle.rc.name"))
        return default  # type: ignore[no-any-return]  # sqlite3 gives Any
    if not installation.valid_name(name):
        raise MqError(recalled("lifecycle.bad-name"), recalled_status("lifecycle.rc.name"))
    row = state.qmgr(name)
    if row is None:
        raise MqError(*NOT_THERE)
    return row


def require_created(state: State, row: sqlite3.Row) -> None:
    """Fail when another process is creating this queue manager right now."""
    if row["status"] == BEING_CREATED and _locked(data_directory(state, row)):
        raise MqError(recalled("lifecycle.being-created"), 3)


def require_settled(state: State, row: sqlite3.Row) -> None:
    """Fail when another process is creating or ending this queue manager right now."""
    require_created(state, row)
    if row["status"] in STOPPING and _locked(data_directory(state, row)):
        raise MqError(recalled("lifecycle.stopping"), 49)


def _locked(directory: Path) -> bool:
    try:
        descriptor = os.open(directory, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def data_directory(state: State, row: sqlite3.Row) -> Path:
    """The queue manager's data directory, where crtmqm -md put it."""
    return Path(os.path.realpath(installation.qmgr_path(state.folder, row["directory"])))


def log_directory(state: State, row: sqlite3.Row) -> Path:
    """The queue manager's log directory, where crtmqm -ld put it."""
    default = installation.log_path(state.folder, row["directory"])
    return Path(state.meta(_log_key(row["name"])) or default)


def set_log_directory(state: State, name: str, directory: Path) -> None:
    """Remember a log directory that crtmqm made; nothing else is ever deleted with the queue manager."""
    state.set_meta(_log_key(name), str(directory))


def _log_key(name: str) -> str:
    return f"log directory of {name}"


def set_status(state: State, name: str, status: str) -> None:
    """Write what dspmq shows."""
    state.db.execute("UPDATE qmgr SET status = ? WHERE name = ?", (status, name))


def delete(state: State, row: sqlite3.Row) -> None:
    """Delete a queue manager: what state knows of it, and the directories that crtmqm made."""
    data, log = data_directory(state, row), log_directory(state, row)
    with state.change() as db:
        for table in TABLES:
            db.execute(f"DELETE FROM {table} WHERE qmgr = ?", (row["name"],))  # noqa: S608 - our own names
        db.execute("DELETE FROM qmgr WHERE name = ?", (row["name"],))
        db.execute("DELETE FROM meta WHERE key = ?", (_log_key(row["name"]),))
    link = installation.qmgr_path(state.folder, row["directory"])
    if link.is_symlink():
        link.unlink()
    for directory in filter(Path.exists, (data, log)):
        shutil.rmtree(directory)
    write_mqs_ini(state)


def clear_runtime(state: State, name: str) -> None:
    """Forget the processes of an earlier start, and the messages that do not outlive one."""
    with state.change() as db:
        for table in ("handle", "chstatus", "lsstatus"):
            db.execute(f"DELETE FROM {table} WHERE qmgr = ?", (name,))  # noqa: S608 - our own names
        db.execute("DELETE FROM message WHERE qmgr = ? AND persistent = 0", (name,))


def end_processes(state: State, name: str) -> None:
    """End the listeners and channels of a queue manager and wait until they are gone."""
    rows = state.db.execute(
        "SELECT pid FROM lsstatus WHERE qmgr = ? UNION SELECT pid FROM chstatus WHERE qmgr = ?", (name, name)
    )
    pids = [row["pid"] for row in rows if _is_ours(state.folder, row["pid"])]
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    deadline = time.monotonic() + END_PATIENCE
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.005)
    for pid in filter(alive, pids):
        _signal(pid, signal.SIGKILL)
    with state.change() as db:
        for table in ("chstatus", "lsstatus"):
            db.execute(f"DELETE FROM {table} WHERE qmgr = ?", (name,))  # noqa: S608 - our own names


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _is_ours(folder: Path, pid: int) -> bool:
    """Whether this is a listener or channel of this sandbox, not another process with a used number."""
    if pid == os.getpid():
        return False
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        where = Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return False
    binaries = folder / "bin"
    for word in words[:4]:
        program = Path(os.path.realpath(where / os.fsdecode(word)))
        if program.parent == binaries:
            return not program.name.startswith(("amqs", "runmqsc"))
    return False


def write_mqs_ini(state: State) -> None:
    """Write mqs.ini from the queue managers that exist, where it is not so already."""
    data = installation.data_path(state.folder)
    stanzas = [f"AllQueueManagers:\n   DefaultPrefix={data}\n"]
    with installation.locked(data):
        for row in state.qmgrs():
            link = installation.qmgr_path(state.folder, row["directory"])
            elsewhere = f"   DataPath={data_directory(state, row)}\n" if link.is_symlink() else ""
            stanzas.append(
                f"QueueManager:\n   Name={row['name']}\n   Prefix={data}\n   Directory={row['directory']}\n"
                f"{elsewhere}   InstallationName={installation.NAME}\n"
            )
            if row["is_default"]:
                stanzas.append(f"DefaultQueueManager:\n   Name={row['name']}\n")
        path, text = data / "mqs.ini", "\n".join(stanzas)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            installation.replace(path, text, 0o664)
