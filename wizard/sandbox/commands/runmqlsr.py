"""runmqlsr: the TCP/IP listener of a queue manager, in the foreground until it is ended (facts 1.5)."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from wizard.sandbox import installation, qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.launch import LISTENER_NAME
from wizard.sandbox.options import Flags, number, parsed
from wizard.sandbox.recalled import recalled_status
from wizard.sandbox.state import State
from wizard.sandbox.wire.definitions import DEFAULT_PORT
from wizard.sandbox.wire.listener import CannotBindError, Listener
from wizard.sandbox.wire.status import DEFAULT_BACKLOG, Place

FLAGS = Flags(
    usage="runmqlsr -t tcp [-p Port] [-i IPAddr] [-b Backlog] [-m QMgrName]",
    bare=frozenset(),
    valued=frozenset({"t", "p", "i", "b", "m"}),
    left_out=frozenset({"n", "l", "s", "o", "e", "a", "g"}),
    status="runmqlsr.rc.invalid",
)


def main(argv: list[str], folder: Path) -> int:
    """Listen: 0 when ended, 20 when the port cannot be had."""
    # A client that goes away in the middle of an answer must not end the listener.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    given = parsed(argv, FLAGS)
    if given.operands or given.last("t").lower() != "tcp":
        raise FLAGS.refusal()
    port = int(number(given.last("p", str(DEFAULT_PORT)), 0, 65535, FLAGS)) or DEFAULT_PORT
    backlog = int(number(given.last("b", "0"), 0, 999999999, FLAGS)) or DEFAULT_BACKLOG
    qmgr = _running(folder, given.last("m"))
    # A listener started by hand has no object: its status carries a name that no object can have.
    name = os.environ.get(LISTENER_NAME) or f"#{os.getpid()}"
    try:
        Listener(folder, qmgr, name).run(Place(given.last("i"), port, backlog))
    except CannotBindError:
        return recalled_status("runmqlsr.rc.bind")
    return 0


def _running(folder: Path, wanted: str) -> str:
    qmgrs.require_administrator(folder)
    state = State(folder)
    row = qmgrs.named(state, wanted)
    sys.stdout.write(installation.copyright_line(state.meta("version")) + "\n")
    sys.stdout.flush()
    state.close()
    if row["status"] != qmgrs.RUNNING:
        raise MqError("AMQ8146E: IBM MQ queue manager not available.", recalled_status("runmqlsr.rc.invalid"))
    return str(row["name"])
