"""amqsgetc: the client sample that gets and shows messages until none has come for a while (facts 7).

The real one waits 15 seconds for the next message; here SANDBOX_GET_WAIT gives the milliseconds, 1000 without it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.wire import sample
from wizard.sandbox.wire.client import CallError, Connection

GET = sample.Sample("amqsgetc", "AMQSGET0", "input", "get")
WAIT = "SANDBOX_GET_WAIT"
DEFAULT_WAIT_MS = "1000"
NO_MESSAGE = 2033


def main(argv: list[str], folder: Path) -> int:
    """Connect, open the queue, get: the status is the reason code of a connection that failed, modulo 256."""
    wait = os.environ.get(WAIT, "") or DEFAULT_WAIT_MS
    if not (wait.isascii() and wait.isdigit()):
        raise SandboxError(f"{WAIT} is malformed: {wait!r}", remedy="It is a number of milliseconds.")
    return sample.run(GET, argv, folder, lambda connection, handle: _get_all(connection, handle, int(wait)))


def _get_all(connection: Connection, handle: int, wait_ms: int) -> None:
    while True:
        try:
            body = connection.get(handle, wait_ms)
        except CallError as error:
            ended = error.reason
            break
        text = body.decode("utf-8", "surrogateescape")
        sys.stdout.write(f"message <{text}>\n")
        sys.stdout.flush()
    if ended == NO_MESSAGE:
        sys.stdout.write("no more messages\n")
    else:
        sys.stdout.write(f"MQGET ended with reason code {ended}\n")
