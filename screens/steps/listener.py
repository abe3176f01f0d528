"""Where the queue manager listens, and by which address applications reach it."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.diagram import Part
from screens.heading import Heading
from screens.parts.field import Asked
from screens.steps.queue_manager import QueueManagerStep
from screens.view import View
from wizard.engine.around import port_taken
from wizard.engine.request import Request


class ListenerStep(QueueManagerStep):
    """Port and address."""

    part = Part.LISTENER

    def __init__(self, heading: Heading, view: View) -> None:
        super().__init__(heading, view)
        self.taken: dict[str, str] = {}

    def questions(self) -> ComposeResult:
        yield from self.bar()
        path = (self.section, self.entry)
        port = Asked((*path, "listener", "port"), "Port", note="1414 is the one that IBM MQ uses by custom.")
        yield self.row(port)
        address = Asked((*path, "address"), "Address", note="Host name or IP address; empty means localhost.")
        yield self.row(address)

    def own_fault(self, asked: Asked, value: str) -> str:
        """A port that somebody else holds; a queue manager that is here may hold its own."""
        here = {one.name for one in self.view.around.queue_managers}
        if asked.path[-1] != "port" or not value.strip().isdigit() or self.entry in here:
            return ""
        port = int(value)
        if value not in self.taken and 0 < port < 65536:
            self.taken[value] = port_taken(Request(recipe=""), self.view.around, port)
        holder = self.taken.get(value, "")
        if not holder:
            return ""
        return f"Port {port} is taken by {holder}. {self.entry}'s listener would not start. Choose another port."
