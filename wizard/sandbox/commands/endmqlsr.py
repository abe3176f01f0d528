"""endmqlsr: ends all listeners of a queue manager, and the channels that they run (facts 1.5)."""

from __future__ import annotations

from pathlib import Path

from wizard.sandbox import qmgrs
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage="endmqlsr [-w] [-m QMgrName]",
    bare=frozenset({"w"}),
    valued=frozenset({"m"}),
    status="runmqlsr.rc.invalid",
)


def main(argv: list[str], folder: Path) -> int:
    """End the listeners and wait for them, with or without -w: 0, 10 when there was none."""
    given = parsed(argv, FLAGS)
    if given.operands:
        raise FLAGS.refusal()
    qmgrs.require_administrator(folder)
    state = State(folder)
    name = qmgrs.named(state, given.last("m"))["name"]
    listening = state.db.execute("SELECT count(*) FROM lsstatus WHERE qmgr = ?", (name,)).fetchone()[0]
    qmgrs.end_processes(state, name)
    state.close()
    return 0 if listening else recalled_status("endmqlsr.rc.none")
