"""The applications that connect: name, channel, user, certificate name, and what each may do with which queue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from screens import asked
from screens.asked import Asked
from screens.diagram import Part
from screens.entries import EntriesStep
from screens.grants import with_queues
from screens.heading import Heading
from screens.step import Seen
from screens.view import View
from wizard.engine.around import user_known
from wizard.engine.preview import Preview
from wizard.recipe.answers import answer, as_grants, written
from wizard.recipe.nodes import Plain


class ApplicationsStep(EntriesStep):
    """One application at a time; F7 adds another."""

    part = Part.APPLICATION
    another: ClassVar[str] = "another application"

    def __init__(self, heading: Heading, view: View) -> None:
        super().__init__(heading, view)
        self.unknown: dict[str, bool] = {}
        """Users that were asked for, and whether the machine does not know them."""

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

    def regarded(self, found: Preview) -> None:
        """Ask the machine, in the thread that looks, for the user of the application."""
        for client in found.topology.clients if found.topology and self.view.around.usable else ():
            user = client.account.user
            if client.name == self.left_at and user not in self.unknown:
                self.unknown[user] = user_known(self.view.request, user) is False

    def summary(self, seen: Seen) -> str:
        topology = seen.preview.topology
        clients = topology.clients if topology else ()
        user = next((one.account.user for one in clients if one.name == self.left_at), "")
        if not self.unknown.get(user):
            return super().summary(seen)
        return f"User {user} does not exist on {self.view.around.host} yet: {self._makes()}. {super().summary(seen)}"

    def _makes(self) -> str:
        return "it is made" if self.view.request.sandbox else "root makes it, with a command of the plan"

    def fresh(self) -> Plain:
        """Another application connects to the same queue manager and may use the same queues."""
        held = written(self.text)
        entry: dict[str, Plain] = {}
        for key in ("connects_to", "tls", "queues", "address"):
            if value := answer(held, (self.section, self.left_at, key)):
                entry[key] = value
        return entry
