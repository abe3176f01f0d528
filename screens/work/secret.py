"""Asks for a secret that only the person has; it is masked, and nothing but the engine ever sees it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.marks import UNICODE, Marks
from screens.parts.keybar import KeyBar


class SecretLine(Input):
    """Leaves Enter to the screen, which gets it after every key that was typed before it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action not in {"submit", "copy", "cut"}


class SecretQuestion(ModalScreen[str | None]):
    """Returns the secret, or None where the person does not give it."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "do not give it", tooltip="Give no secret: nothing more is done then."),
        Binding("enter", "give", "give it", tooltip="Hand the secret to the command that needs it."),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return getattr(self.app, "marks", UNICODE)

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Static(self.question, markup=False, classes="title")
            yield SecretLine(password=True, compact=True)
            yield Static("It is shown nowhere and kept nowhere.", classes="field-help", markup=False)
            yield KeyBar(self.marks)

    def action_give(self) -> None:
        value = self.query_one(Input).value
        if value:
            self.dismiss(value)

    def action_keep(self) -> None:
        self.dismiss(None)
