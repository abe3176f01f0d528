"""A small question over the present screen: a title, a text, and a few answers, each with what it means.

Used for leaving, for saving, for every consent. It returns the id of the answer; Esc gives the first one, which is
the careful one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.choice import Choice
from screens.marks import UNICODE, Marks
from screens.parts.choices import Choices
from screens.parts.keybar import KeyBar


@dataclass(frozen=True)
class Answer:
    """One answer: what the question returns, what stands there, and what it leads to."""

    id: str
    label: str
    meaning: str = ""


class Ask(ModalScreen[str]):
    """Asks one question; the first answer is the default."""

    AUTO_FOCUS = "Choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "careful", "as you were", tooltip="Take the first answer, which changes nothing."),
        Binding("enter", "take", "choose", tooltip="Take the marked answer."),
        Binding("ctrl+c", "leave_again", show=False),
    ]

    def __init__(self, title: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__()
        self.question = title
        self.text = text
        self.answers = tuple(answers)

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return getattr(self.app, "marks", UNICODE)

    def compose(self) -> ComposeResult:
        options = [Choice(answer.id, answer.label, answer.meaning) for answer in self.answers]
        with Vertical(id="ask"):
            yield Static(self.question, markup=False, classes="title")
            with VerticalScroll(can_focus=False):
                yield Static(self.text, markup=False, classes="text")
                yield Choices(options, chosen=self.answers[0].id, label=self.question, marks=self.marks)
            yield KeyBar(self.marks)

    def on_choices_taken(self, event: Choices.Taken) -> None:
        """A click on an answer takes it."""
        event.stop()
        self.dismiss(event.id)

    def action_take(self) -> None:
        self.dismiss(self.query_one(Choices).chosen)

    def action_careful(self) -> None:
        self.dismiss(self.answers[0].id)

    def action_leave_again(self) -> None:
        """Ctrl+C a second time leaves: where leaving is an answer here, it is the last one."""
        if "leave" in (answer.id for answer in self.answers):
            self.dismiss("leave")
