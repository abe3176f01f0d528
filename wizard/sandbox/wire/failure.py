"""A client's attempt that failed, before it is known how the program is told."""

from __future__ import annotations

from wizard.sandbox.wire.verdicts import Event


class FailureError(Exception):
    """What went wrong, with the inserts of its message."""

    def __init__(self, event: Event, **values: str) -> None:
        super().__init__(f"{event.value} {values}")
        self.event = event
        self.values = values
