"""Which queue manager: one that is here, or a new one; and the local queues that it is to have."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from screens.diagram import Part
from screens.entries import EntriesStep
from screens.parts.choices import Choice, Choices
from screens.parts.field import Asked, Row
from screens.step import Seen
from wizard.mq import names as mq_names
from wizard.mq.objects import Kind
from wizard.recipe.answers import answer, as_names
from wizard.recipe.nodes import Plain

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
        path = (self.section, self.entry)
        allowed = mq_names.allowed(Kind.QMGR)
        yield self.row(Asked(path, "Name", names=True, help=f"{allowed[:1].upper()}{allowed[1:]}."))
        queues = Asked(
            (*path, "queues"), "Queues to make", note="Local queues, with commas between them.", write=self._queues
        )
        yield self.row(queues)

    def _queues(self, line: str) -> Plain:
        """The queues as the recipe writes them; those that have attributes keep them."""
        wanted = as_names(line)
        held = answer(self.held, (self.section, self.entry, "queues"))
        if isinstance(held, dict):
            return {str(name): held.get(str(name)) for name in wanted}
        return wanted or None

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """One that is here lends its name."""
        row = self.query(Row).first()
        row.line.value = event.choices.chosen or self.entry

    def summary(self, seen: Seen) -> str:
        name = self.left_at
        found = next((one for one in self.view.around.queue_managers if one.name == name), None)
        if found is None:
            return super().summary(seen)
        return f"{name} exists ({found.status.lower()}). What it has stays as it is. {super().summary(seen)}"


HERE = "One that is here keeps what it has: nothing of it is taken over, opened or deleted."
