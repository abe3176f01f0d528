"""How a listener says no: what it logs, and the one message id that the client is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wizard.sandbox.wire.log import Entry


class RefusalError(Exception):
    """A connection is refused: the entries for the error log, the last of which the client is told.

    `delay` is how many seconds the answer waits (FAILDLAY); `farewell` sends what the client is told before
    MQ data flows, after the log was written.
    """

    def __init__(self, entries: Sequence[Entry], *, delay: int = 0, farewell: Callable[[], None] | None = None) -> None:
        super().__init__(entries[-1].message)
        self.entries = tuple(entries)
        self.told = entries[-1].message
        self.delay = delay
        self.farewell = farewell
