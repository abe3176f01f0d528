"""What is recalled and not confirmed about IBM MQ: the one place to correct on a real machine, a file for each subject.

Every exit status, text and prompt here has no source that was read; a command takes it from here and nowhere
else. `why` says what is known about it. `make test-mq` checks these entries.
"""

from __future__ import annotations

from wizard.sandbox.recalled.entry import Recalled
from wizard.sandbox.recalled.keys import KEYS
from wizard.sandbox.recalled.machine import MACHINE
from wizard.sandbox.recalled.mqsc import MQSC
from wizard.sandbox.recalled.wire import WIRE

__all__ = ["RECALLED", "Recalled", "recalled", "recalled_status"]

RECALLED: dict[str, Recalled] = {**MACHINE, **MQSC, **KEYS, **WIRE}


def recalled(key: str) -> str:
    """The recalled text of this key."""
    return str(RECALLED[key].value)


def recalled_status(key: str) -> int:
    """The recalled exit status of this key."""
    return int(RECALLED[key].value)
