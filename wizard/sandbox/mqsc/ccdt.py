"""The client channel definition table AMQCLCHL.TAB, in a form of the sandbox's own.

Written on each change of a client-connection channel and by runmqsc -n; read by the simulated clients. No real MQ
client can read it, which the first bytes say.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wizard.sandbox.mqsc.context import Context

MAGIC = b"AMQR-SANDBOX-1\x00"
FILE_NAME = "AMQCLCHL.TAB"
TEMPLATE = "SYSTEM.DEF.CLNTCONN"
"""Kept out of the table: with its blank QMNAME it would fit every queue manager."""


class TableError(ValueError):
    """The file is no table that the sandbox wrote."""


def write(path: Path, channels: Iterable[dict[str, Any]]) -> None:
    """Write the channels whole: a reader sees the old table or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(MAGIC + json.dumps(list(channels)).encode("utf-8"))
    fresh.chmod(0o644)
    fresh.replace(path)


def read(path: Path) -> list[dict[str, Any]]:
    """The channels, each with CHANNEL and its attributes by MQSC keyword; TableError when the file is something else.

    OSError when it cannot be read at all.
    """
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise TableError(str(path))
    found: list[dict[str, Any]] = json.loads(data[len(MAGIC) :])
    return found


def rewrite(context: Context) -> None:
    """Write the table of a queue manager, or the one that runmqsc -n works on."""
    path = context.client_table or context.data / "@ipcc" / FILE_NAME
    channels = [
        {"CHANNEL": name, **attributes}
        for name, _, attributes in context.state.objects(context.qmgr, "CLNTCONN")
        if name != TEMPLATE
    ]
    write(path, channels)
