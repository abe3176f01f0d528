"""What mqwizard did and looked at since it was started, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.marks import UNICODE, Marks
from screens.parts.keybar import KeyBar


class Log(ModalScreen[None]):
    """Shows the log of this session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "close", "close", tooltip="Close the log."),
        Binding("ctrl+c,ctrl+q", "close", "close", show=False, priority=True),
    ]

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = tuple(lines)

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return getattr(self.app, "marks", UNICODE)

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield Static("What was done so far", classes="title", markup=False)
            with VerticalScroll():
                yield Static("\n".join(self.lines) or "Nothing yet.", markup=False)
            yield KeyBar(self.marks)

    def action_close(self) -> None:
        self.dismiss(None)
