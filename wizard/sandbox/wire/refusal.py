"""How a listener says no: what it logs, and the one message id that the client is told."""

from __future__ import annotations

from collections.abc import Sequence

from wizard.sandbox.wire.log import Entry


class RefusalError(Exception):
    """A connection is refused: the entries for the error log, the last of which the client is told.

    `delay` is how many seconds the answer waits (FAILDLAY).
    """

    def __init__(self, entries: Sequence[Entry], *, told: str = "", delay: int = 0) -> None:
        super().__init__(told or entries[-1].message)
        self.entries = tuple(entries)
        self.told = told or entries[-1].message
        self.delay = delay
