"""dltmqm: deletes an ended queue manager (facts 1.4)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled
from wizard.sandbox.state import State

FLAGS = Flags(usage="dltmqm [-z] QMgrName", bare=frozenset({"z"}), valued=frozenset())


def main(argv: list[str], folder: Path) -> int:
    """Delete the queue manager: 0 deleted, 5 running, 16 unknown, 49 stopping.

    A key store outside its directories stays.
    """
    given = parsed(argv, FLAGS)
    if len(given.operands) != 1:
        raise FLAGS.refusal()
    qmgrs.require_administrator(folder)
    state = State(folder)
    row = qmgrs.named(state, given.operands[0])
    qmgrs.require_settled(state, row)
    if row["status"] == qmgrs.RUNNING:
        raise MqError(recalled("lifecycle.running"), 5)
    qmgrs.delete(state, row)
    state.close()
    if not given.has("z"):
        sys.stdout.write(f"IBM MQ queue manager '{row['name']}' deleted.\n")
    return 0
