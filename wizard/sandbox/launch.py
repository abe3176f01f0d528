"""Starts listeners that outlive the command that starts them.

Used by strmqm and by runmqsc's START LISTENER.
"""

from __future__ import annotations

import os
from pathlib import Path

LISTENER_NAME = "SANDBOX_LISTENER"
"""Environment variable by which a started runmqlsr knows its listener object (none: started by hand)."""


def listener(folder: Path, qmgr: str, name: str, port: int, ip: str = "", backlog: int = 0) -> None:
    """Start `runmqlsr` for a listener object, detached, and return at once.

    It has its own session, no terminal and no inherited file; whether it could bind is seen in the table
    lsstatus and in the error log only. Empty `ip` and a backlog of 0 mean the defaults.
    """
    program = str(folder / "bin" / "runmqlsr")
    arguments = [program, "-t", "tcp", "-m", qmgr, "-p", str(port)]
    if ip:
        arguments += ["-i", ip]
    if backlog:
        arguments += ["-b", str(backlog)]
    _detached(arguments, {**os.environ, LISTENER_NAME: name})


def _detached(arguments: list[str], environment: dict[str, str]) -> None:
    """Run a program as a grandchild: this process never has to wait for it, however long it lives itself."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        os.setsid()
        if os.fork():
            os._exit(0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.execve(arguments[0], arguments, environment)  # noqa: S606 - an argument list, no shell
    finally:
        os._exit(127)


def alive(pid: int) -> bool:
    """Whether the process still runs; one that has ended and is not yet waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in (b"Z", b"X")
