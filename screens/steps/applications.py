"""The applications that connect: name, channel, user, certificate name, and what each may do with which queue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from screens.diagram import Part
from screens.entries import EntriesStep
from screens.parts.field import Asked
from wizard.errors import RecipeError
from wizard.recipe.answers import answer, as_grants, give, names, spelled, written
from wizard.recipe.nodes import Plain


class ApplicationsStep(EntriesStep):
    """One application at a time; F7 adds another."""

    part = Part.APPLICATION
    another: ClassVar[str] = "another application"

    def questions(self) -> ComposeResult:
        yield from self.bar()
        path = (self.section, self.entry)
        yield self.row(Asked(path, "Application", names=True, help=NAME))
        if len(names(self.held, "queue_managers")) > 1:
            yield self.row(Asked((*path, "connects_to"), "Connects to"))
        yield self.row(Asked((*path, "queues"), "May use queues", help=QUEUES, write=_grants))
        yield self.row(Asked((*path, "channel"), "Channel"))
        yield self.row(Asked((*path, "user"), "Runs as user"))
        yield self.row(Asked((*path, "certificate", "name"), "Certificate name"))

    def splice(self, text: str, asked: Asked, raw: str) -> str:
        """A queue that the application may use is made with the queue manager, where the recipe does not know it."""
        text = super().splice(text, asked, raw)
        if asked.path[-1] != "queues":
            return text
        held = written(text)
        manager = answer(held, (self.section, self.entry, "connects_to"))
        return _with_queues(text, held, str(manager), as_grants(raw)) if isinstance(manager, str) else text

    def fresh(self) -> Plain:
        """Another application connects to the same queue manager and may use the same queues."""
        held = written(self.text)
        entry: dict[str, Plain] = {}
        for key in ("connects_to", "tls", "queues", "address"):
            if value := answer(held, (self.section, self.left_at, key)):
                entry[key] = value
        return entry


def _grants(line: str) -> Plain:
    return as_grants(line) or None


def _with_queues(text: str, held: Plain, manager: str, wanted: Plain) -> str:
    path = ("queue_managers", manager, "queues")
    present = answer(held, path)
    known = {
        *spelled(present).replace(",", " ").split(),
        *spelled(answer(held, (*path[:2], "existing_queues"))).split(", "),
    }
    new = [name for name in (wanted if isinstance(wanted, dict | list) else []) if str(name) not in known]
    new = [name for name in new if not str(name).startswith("SYSTEM.")]
    if not new:
        return text
    try:
        if isinstance(present, dict):
            return give(text, path, {**present, **{str(name): None for name in new}})
        return give(text, path, [*(present if isinstance(present, list) else []), *new])
    except RecipeError:
        return text


NAME = "Its channel, user and certificate are called after it, unless you say otherwise below."
QUEUES = "Queues with what it may do, such as Q1 put get, Q2 browse; a queue alone means put and get."
