"""A step about one entry of a section at a time: which one, the next one, another one, one less."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.heading import Heading
from screens.leaving import Jump
from screens.parts.entrybar import EntryBar
from screens.step import Step
from screens.view import View
from wizard.recipe.answers import names, written
from wizard.recipe.editor import remove, set_value
from wizard.recipe.nodes import Plain


class EntriesStep(Step):
    """Asks about one entry of `section`; `entry` is its name, and the flow shows the step anew for another one."""

    section: ClassVar[str] = "clients"
    another: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "following", "next one", tooltip="Go to the next of several entries.", show=False),
        Binding("f7", "another", "another", tooltip="Add another entry.", show=False),
        Binding("f8", "less", "remove", tooltip="Remove this entry.", show=False),
    ]

    def __init__(self, heading: Heading, view: View) -> None:
        super().__init__(heading, view)
        self.entries = names(self.held, self.section)
        self.entry = view.entry if view.entry in self.entries else next(iter(self.entries), "")

    @property
    def left_at(self) -> str:
        if self.replaced:
            return self.entry
        return str(self.renamed((self.section, self.entry), self.changes)[-1])

    def bar(self) -> ComposeResult:
        """The names, where there is a choice or another one can be added."""
        if len(self.entries) > 1 or self.another:
            yield EntryBar(self.entries, self.entry, self.another and f"{self.another} (F7)", self.marks)
        if not self.entries:
            yield Static("There is none yet.", markup=False, classes="prose")

    def fresh(self) -> Plain:
        """What another entry begins with; a subclass that adds entries says it."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "following":
            return len(self.entries) > 1
        if action == "another":
            return bool(self.another)
        if action == "less":
            return bool(self.another) and len(self.entries) > 1
        return super().check_action(action, parameters)

    def action_entry(self, name: str) -> None:
        """Go to another entry; what was typed here stays."""
        self.replaced = self.text
        self.entry, self.changes = name, {}
        self.dismiss(Jump(self.heading.here))

    def action_following(self) -> None:
        place = self.entries.index(self.entry) + 1
        self.action_entry(self.entries[place % len(self.entries)])

    def action_another(self) -> None:
        """Add an entry with the next free name, and go to it."""
        taken = names(written(self.text), self.section)
        stem = self.left_at.rstrip("0123456789") or "app"
        name = next(f"{stem}{number}" for number in range(2, len(taken) + 3) if f"{stem}{number}" not in taken)
        self.replaced = set_value(self.text, (self.section, name), self.fresh())
        self.entry, self.changes = name, {}
        self.dismiss(Jump(self.heading.here))

    def action_less(self) -> None:
        """Remove this entry, and go to the first of the others."""
        gone = self.left_at
        self.replaced = remove(self.text, (self.section, gone))
        self.changes = {}
        self.entry = next(iter(names(written(self.replaced), self.section)))
        self.dismiss(Jump(self.heading.here))
