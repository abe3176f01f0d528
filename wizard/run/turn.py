"""One turn of several conversations in one thread: wait until any has something, and serve those that do."""

from __future__ import annotations

import math
import select
import time
from collections.abc import Sequence
from typing import Protocol

LONGEST_WAIT = 0.05
"""Seconds after which processes are looked at that ended without closing their terminal."""


class Conversation(Protocol):
    """What a turn needs to know of a session."""

    def fileno(self) -> int:
        """The terminal to watch."""

    @property
    def sending(self) -> bool:
        """Whether bytes wait for the terminal to take them."""

    @property
    def quiet_until(self) -> float:
        """When silence has lasted too long, by the monotonic clock."""

    def serve(self) -> None:
        """Read and write what is possible now."""

    def look(self) -> None:
        """Notice an end or too long a silence."""


def turn(conversations: Sequence[Conversation]) -> None:
    """Wait for the first of the conversations, at most a moment, and serve each that is ready."""
    quiet_until = min(each.quiet_until for each in conversations)
    wait = min(max(quiet_until - time.monotonic(), 0.0), LONGEST_WAIT)
    by_terminal = {each.fileno(): each for each in conversations}
    watched = select.poll()
    for descriptor, each in by_terminal.items():
        watched.register(descriptor, select.POLLIN | (select.POLLOUT if each.sending else 0))
    ready = {descriptor for descriptor, _ in watched.poll(math.ceil(wait * 1000))}
    for descriptor, each in by_terminal.items():
        if descriptor in ready:
            each.serve()
        else:
            each.look()
