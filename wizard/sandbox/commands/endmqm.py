"""endmqm: ends a queue manager, its listeners and its channels (facts 1.3)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import errorlog, installation, qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, number, parsed
from wizard.sandbox.recalled import recalled
from wizard.sandbox.state import State

FLAGS = Flags(
    usage="endmqm [-c|-w|-i|-p] [-s] [-r] [-t Seconds|-tp Seconds] [-x] [-z] QMgrName",
    bare=frozenset({"c", "w", "i", "p", "r", "z"}),
    valued=frozenset(),
    left_out=frozenset({"s", "x"}),
)
TARGET_TIMES = FLAGS._replace(valued=frozenset({"t", "tp"}))
"""From 9.1.4."""

QUIESCING = "Quiesce request accepted. The queue manager will stop when all outstanding work\nis complete.\n"
ENDED = {
    "c": "Ended normally",
    "w": "Ended normally",
    "i": recalled("endmqm.status.immediate"),
    "p": "Ended pre-emptively",
}
ENDING = {"c": "Quiescing", "w": "Quiescing", "i": "Ending immediately", "p": "Ending pre-emptively"}


def main(argv: list[str], folder: Path) -> int:
    """End the queue manager: 0 accepted or ended, 40 not running, 16 unknown, 49 stopping."""
    state = State(folder)
    flags = TARGET_TIMES if installation.at_least(state.meta("version"), "9.1.4") else FLAGS
    given = parsed(argv, flags)
    ways = [way for way in ENDED if given.has(way)]
    if len(given.operands) != 1 or len(ways) > 1 or (given.has("t") and given.has("tp")):
        raise flags.refusal()
    for limit in ("t", "tp"):
        number(given.last(limit, "0"), 0, 2**31 - 1, flags)
    qmgrs.require_administrator(folder)
    row = qmgrs.named(state, given.operands[0])
    qmgrs.require_settled(state, row)
    way = ways[0] if ways else "c"
    # Held while it ends: a start or a deletion meanwhile is told that the queue manager is stopping.
    with installation.locked(qmgrs.data_directory(state, row)):
        _end(state, row["name"], way, is_quiet=given.has("z"))
    state.close()
    return 0


def _end(state: State, name: str, way: str, *, is_quiet: bool) -> None:
    changed = state.db.execute(
        "UPDATE qmgr SET status = ? WHERE name = ? AND status = ?", (ENDING[way], name, qmgrs.RUNNING)
    )
    if not changed.rowcount:
        raise MqError("AMQ8146E: IBM MQ queue manager not available.", 40)
    if not is_quiet:
        _tell(name, way)
    qmgrs.end_processes(state, name)
    errorlog.write(
        state.folder,
        name,
        "AMQ8004I",
        f"IBM MQ queue manager '{name}' ended.",
        inserts=[name],
        program="amqzxma0",
    )
    qmgrs.set_status(state, name, ENDED[way])
    if not is_quiet and way != "c":
        sys.stdout.write(f"IBM MQ queue manager '{name}' ended.\n")


def _tell(name: str, way: str) -> None:
    if way in ("c", "w"):
        sys.stdout.write(QUIESCING)
    if way != "c":
        sys.stdout.write(f"IBM MQ queue manager '{name}' ending.\n")
    sys.stdout.flush()
