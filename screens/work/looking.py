"""While the engine reads the recipe and looks at the machine, before there is a plan."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.leaving import Back
from screens.work.onlooker import Onlooker

STEPS = 4
SECONDS = 0.3


class Looking(Onlooker):
    """Says that mqwizard looks at what is there; gone as soon as there is a plan, or a reason why there is none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", tooltip="Go back; nothing was touched."),
    ]

    leaving_means = "Nothing was touched."

    def body(self) -> ComposeResult:
        yield Static("Looking at what is there", classes="title", markup=False)
        yield Static("", id="looking", markup=False)
        yield Static(
            "The queue managers, their stores and rules, the listeners' ports, the users: nothing is changed.",
            classes="field-help",
            markup=False,
        )

    def on_mount(self) -> None:
        super().on_mount()
        self._turn = 0
        self.set_interval(SECONDS, self._go_round)

    def _go_round(self) -> None:
        self._turn = (self._turn + 1) % STEPS
        self.query_one("#looking", Static).update(self.marks.dot * self._turn)

    @property
    def is_done(self) -> bool:
        return self.errand.planned is not None

    def action_back(self) -> None:
        """Nothing was touched, so nothing is asked."""
        self.errand.leave()
        self.dismiss(Back())
