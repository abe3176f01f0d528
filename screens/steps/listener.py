"""Where the queue manager listens, and by which address applications reach it."""

from __future__ import annotations

from textual.app import ComposeResult

from screens import asked
from screens.asked import Asked
from screens.diagram import Part
from screens.heading import Heading
from screens.steps.queue_manager import QueueManagerStep
from screens.view import View
from wizard.engine.around import port_taken


class ListenerStep(QueueManagerStep):
    """Port and address."""

    part = Part.LISTENER

    def __init__(self, heading: Heading, view: View) -> None:
        super().__init__(heading, view)
        self.taken: dict[str, str] = {}

    def questions(self) -> ComposeResult:
        yield from self.bar()
        if self.entry:
            yield from self.rows(asked.listener(self.held, self.entry))

    def own_fault(self, question: Asked, value: str) -> str:
        """A port that somebody else holds; a queue manager that is here may hold its own."""
        here = {one.name for one in self.view.around.queue_managers}
        if question.path[-1] != "port" or not value.strip().isdigit() or self.entry in here:
            return ""
        port = int(value)
        if value not in self.taken and 0 < port < 65536:
            self.taken[value] = port_taken(self.view.request, self.view.around, port)
        holder = self.taken.get(value, "")
        if not holder:
            return ""
        return f"Port {port} is taken by {holder}. {self.entry}'s listener would not start. Choose another port."
