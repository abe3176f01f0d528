"""Who vouches for the certificates."""

from __future__ import annotations

from textual.app import ComposeResult

from screens import asked
from screens.diagram import Part
from screens.step import Step


class TrustStep(Step):
    """The kind of trust, and what the own CA is called."""

    part = Part.TRUST

    def questions(self) -> ComposeResult:
        yield from self.rows(asked.trust(self.held))
