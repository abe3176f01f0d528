"""The applications that connect: name, channel, user, certificate name, and what each may do with which queue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from screens import asked
from screens.asked import Asked
from screens.diagram import Part
from screens.entries import EntriesStep
from screens.grants import with_queues
from wizard.recipe.answers import answer, as_grants, written
from wizard.recipe.nodes import Plain


class ApplicationsStep(EntriesStep):
    """One application at a time; F7 adds another."""

    part = Part.APPLICATION
    another: ClassVar[str] = "another application"

    def questions(self) -> ComposeResult:
        yield from self.bar()
        if self.entry:
            yield from self.rows(asked.application(self.held, self.entry))

    def splice(self, text: str, question: Asked, raw: str) -> str:
        """A queue that the application may use is made with the queue manager, where the recipe does not know it."""
        text = super().splice(text, question, raw)
        if question.path[-1] != "queues":
            return text
        return with_queues(text, self.entry, as_grants(raw))

    def fresh(self) -> Plain:
        """Another application connects to the same queue manager and may use the same queues."""
        held = written(self.text)
        entry: dict[str, Plain] = {}
        for key in ("connects_to", "tls", "queues", "address"):
            if value := answer(held, (self.section, self.left_at, key)):
                entry[key] = value
        return entry
