"""Which queue manager: one that is here, or a new one; and the local queues that it is to have."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from screens import asked
from screens.choice import Choice
from screens.diagram import Part
from screens.entries import EntriesStep
from screens.parts.choices import Choices
from screens.parts.field import Row
from screens.step import Seen

NEW = ""


class QueueManagerStep(EntriesStep):
    """Name and queues of a queue manager."""

    part = Part.QUEUE_MANAGER
    section: ClassVar[str] = "queue_managers"

    def questions(self) -> ComposeResult:
        yield from self.bar()
        here = self.view.around.queue_managers
        if here:
            yield Static("Which queue manager is it?", classes="prose", markup=False)
            options = [Choice(NEW, "A new one", "It is made with the name below.")]
            options += [Choice(one.name, f"{one.name}, {one.status.lower()}") for one in here]
            chosen = self.entry if self.entry in {one.name for one in here} else NEW
            yield Choices(options, chosen=chosen, label="Queue manager", marks=self.marks, explanation=HERE)
        if self.entry:
            yield from self.rows(asked.queue_manager(self.held, self.entry))

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """One that is here lends its name."""
        self.query(Row).first().line.value = event.choices.chosen or self.entry

    def summary(self, seen: Seen) -> str:
        name = self.left_at
        found = next((one for one in self.view.around.queue_managers if one.name == name), None)
        if found is None:
            return super().summary(seen)
        return f"{name} exists ({found.status.lower()}). What it has stays as it is. {super().summary(seen)}"


HERE = "One that is here keeps what it has: nothing of it is taken over, opened or deleted."
