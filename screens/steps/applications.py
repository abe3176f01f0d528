"""The applications that connect: name, channel, user, certificate name, and what each may do with which queue."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from screens import asked
from screens.asked import Asked
from screens.diagram import Part
from screens.entries import EntriesStep
from wizard.recipe.answers import answer, as_grants, give, written
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


def with_queues(text: str, client: str, wanted: Plain) -> str:
    """The text with the queues that a client may use among those of its queue manager, where they are not yet."""
    held = written(text)
    manager = answer(held, ("clients", client, "connects_to"))
    if not isinstance(manager, str):
        return text
    path = ("queue_managers", manager, "queues")
    present = answer(held, path)
    known = {*names_in(present), *names_in(answer(held, (*path[:2], "existing_queues")))}
    new = [str(name) for name in (wanted if isinstance(wanted, dict | list) else []) if str(name) not in known]
    new = [name for name in new if not name.startswith("SYSTEM.")]
    if not new:
        return text
    if isinstance(present, dict):
        return give(text, path, {**present, **dict.fromkeys(new)})
    return give(text, path, [*(present if isinstance(present, list) else []), *new])


def names_in(value: Plain) -> list[str]:
    """The names in a list, a lone text or the keys of a mapping."""
    return [value] if isinstance(value, str) else [str(one) for one in value or ()]
