"""Gives a session its commands as there is room for them, and hands out the replies.

Used by `session` for one queue manager and by `sessions` for several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from wizard.errors import MqWizardError
from wizard.run.mqsc_command import Command, Prepared, Reply

if TYPE_CHECKING:
    from wizard.run.session import MqscSession

AHEAD = 16
"""Commands that may wait for their replies."""


class Feed:
    """The commands of one conversation with one session."""

    def __init__(
        self,
        session: MqscSession,
        commands: Iterable[Command],
        *,
        ahead: int = AHEAD,
        until: Callable[[Reply], bool] | None = None,
    ) -> None:
        """After a reply for which `until` is true no more commands are sent."""
        self.session = session
        self._commands = iter(commands)
        self._ahead = ahead
        self._until = until
        self._next: Prepared | None = None
        self._stopped = False
        for _ in session.answered():
            pass  # an abandoned conversation left them behind
        self._left_over = session.unanswered
        self._error: MqWizardError | None = None
        self._fill()

    @property
    def busy(self) -> bool:
        """Whether a reply, or room for a command, is still to be waited for."""
        if self.session.failure is not None:
            return False
        return self.session.unanswered > 0 or (not self._stopped and self._next is not None)

    def stop(self) -> None:
        """Send no more."""
        self._stopped = True

    def check(self) -> None:
        """Raise what went wrong with the session or with a command, if anything did."""
        if error := self.session.failure or self._error:
            raise error

    def replies(self) -> Iterator[Reply]:
        """The replies that have come since; those that an abandoned conversation left behind are dropped."""
        for reply in self.session.answered():
            if self._left_over:
                self._left_over -= 1
                continue
            if self._until is not None and self._until(reply):
                self.stop()
            yield reply
        self._fill()

    def _fill(self) -> None:
        """Send what there is room for."""
        while not self._stopped:
            if self._next is None:
                self._next = self._prepared()
            if self._next is None:
                self._stopped = True
            elif self.session.room_for(self._next, self._ahead):
                self.session.begin(self._next)
                self._next = None
            else:
                break
        self.session.flush()

    def _prepared(self) -> Prepared | None:
        """The next command; what goes wrong with it is raised when the replies before it have come."""
        try:
            command = next(self._commands, None)
            return None if command is None else self.session.prepare(command)
        except MqWizardError as error:
            self._error = error
            return None
