"""amqsputc: the client sample that puts each line of input as a message, until an empty line (facts 7)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox.wire import sample
from wizard.sandbox.wire.client import CallError, Connection

PUT = sample.Sample("amqsputc", "AMQSPUT0", "output", "put")


def main(argv: list[str], folder: Path) -> int:
    """Connect, open the queue, put: the status is the reason code of a connection that failed, modulo 256."""
    return sample.run(PUT, argv, folder, _put_lines)


def _put_lines(connection: Connection, handle: int) -> None:
    for line in sys.stdin:
        text = line.rstrip("\n")
        if not text:
            return
        try:
            connection.put(handle, text.encode("utf-8", "surrogateescape"))
        except CallError as error:
            sys.stdout.write(f"MQPUT ended with reason code {error.reason}\n")
