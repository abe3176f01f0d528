"""How each application and the queue manager know each other, and where the application may connect from."""

from __future__ import annotations

from textual.app import ComposeResult

from screens import asked
from screens.diagram import Part
from screens.entries import EntriesStep


class SecurityStep(EntriesStep):
    """The level of one application, and its addresses."""

    part = Part.CHANNEL

    def questions(self) -> ComposeResult:
        yield from self.bar()
        if self.entry:
            yield from self.rows(asked.security(self.held, self.entry))
