"""While the operation at work comes to its end, after the person has left everything else."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.leaving import Next
from screens.work.onlooker import Onlooker


class Ending(Onlooker):
    """Gone as soon as the engine has let go of everything; who leaves again does not wait for that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("ctrl+q", "leave", "do not wait", priority=True, tooltip="Leave now; the next run goes on from there."),
    ]

    def body(self) -> ComposeResult:
        yield Static("Ending the operation at work", classes="title", markup=False)
        yield Static(
            "A command that has begun is waited for, so that what it did is known. Then the locks are let go of.",
            classes="field-help",
            markup=False,
        )

    def action_back(self) -> None:
        """There is nothing to go back to."""

    def action_leave(self) -> None:
        self.dismiss(Next())
