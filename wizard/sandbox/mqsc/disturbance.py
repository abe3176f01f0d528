"""SANDBOX_FAULTS and SANDBOX_LATENCY for runmqsc: once at the start, then before each MQSC command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from wizard.sandbox import faults
from wizard.sandbox.mqsc.engine import Reply
from wizard.sandbox.mqsc.session import Ended
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.recalled import recalled_status
from wizard.sandbox.state import State


class Disturbance:
    """Answers in MQ's place, or raises Ended, when a fault is due; None lets the command run."""

    def __init__(self, state: State, write: Callable[[str], None]) -> None:
        self._state = state
        self._write = write
        faults.pause()

    def __call__(self, command: str) -> Reply | None:
        faults.pause()
        action = faults.at(self._state, "runmqsc", command)
        if action is None:
            return None
        if action == "garbage":
            sys.stdout.flush()
            os.write(1, faults.GARBAGE)
            return Reply([])
        if action == "AMQ8145E":
            self._write(message("connection.broken") + "\n")
            raise Ended(recalled_status("runmqsc.rc.not.run"))
        if action == "refuse":
            return Reply([message("not.authorized")], failed=True)
        if action == "full" or action.startswith("AMQ"):
            return Reply([faults.message(action)], failed=True)
        status = faults.act(action)
        if status is not None:
            raise Ended(status, has_summary=False)
        return None
