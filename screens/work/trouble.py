"""Why the work did not go on: what happened, what it means here, what to do, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.choice import Choice
from screens.frame import Frame
from screens.heading import Heading
from screens.leaving import Next
from screens.parts.choices import Choices
from screens.work.lines import shown
from wizard.errors import Declined, MqWizardError, RecipeError, Stopped

AGAIN_MEANS = "What is there is looked at anew; what is done already is not done twice."


class Way(StrEnum):
    """The ways on."""

    AGAIN = "again"
    PRACTISE = "practise"
    LOOK = "look"
    BACK = "back"
    LATER = "later"


def headline(error: MqWizardError, *, begun: bool) -> str:
    """What it is, in a few words."""
    if isinstance(error, Stopped):
        return "Stopped, as you wanted"
    if isinstance(error, Declined):
        return "Not done"
    return "It did not go on" if begun else "There is no plan yet"


def ways_on(error: MqWizardError, *, begun: bool, practice: bool, dry: bool) -> list[Choice]:
    """The ways on after an error; the first is the one that most people want."""
    again = Choice(Way.AGAIN, "Go on now" if isinstance(error, Stopped) else "Try again", AGAIN_MEANS)
    back = Choice(Way.BACK, "Go back", "To the answers; the recipe can be changed.")
    later = Choice(Way.LATER, "Stop, and go on later", "mqwizard ends; the same recipe goes on from what is there.")
    if begun:
        return [again, back, later]
    if isinstance(error, RecipeError) or dry:
        return [back, later]
    ways = [Choice(Way.AGAIN, "Look again", "The machine is looked at anew.")]
    if not practice:
        ways.insert(0, Choice(Way.PRACTISE, "Practise", "The same recipe in an empty sandbox; needs no IBM MQ."))
        ways.append(Choice(Way.LOOK, "Look at the plan only", "As a dry run shows it; nothing is touched."))
    return [*ways, back, later]


class Trouble(Frame):
    """Shows an error and returns by `Next` what the person chose, in `chosen`; the first choice is the default."""

    CSS_PATH = "work.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "choose", tooltip="Take the marked way on."),
    ]
    AUTO_FOCUS = "Choices"

    def __init__(self, heading: Heading, title: str, error: MqWizardError, ways: Sequence[Choice]) -> None:
        super().__init__(heading)
        self.trouble = title
        self.error = error
        self.ways = tuple(ways)
        self.chosen = ways[0].id

    def body(self) -> ComposeResult:
        marks = self.marks
        head = f"{marks.wrong} {shown(self.trouble, marks)}"
        yield Static(Content.assemble((head, "bold $text-error")), classes="title")
        with VerticalScroll(id="trouble", can_focus=True):
            for name, text in (
                ("What happened", self.error.what),
                ("What it means", self.error.means),
                ("What to do", self.error.remedy),
            ):
                if text:
                    yield Static(name, classes="place-name", markup=False)
                    yield Static(
                        "\n".join(shown(line, marks) for line in text.split("\n")), classes="place", markup=False
                    )
        yield Choices(self.ways, chosen=self.chosen, label="The way on", marks=marks)

    def on_choices_taken(self, event: Choices.Taken) -> None:
        event.stop()
        self._take(event.id)

    def action_next(self) -> None:
        self._take(self.query_one(Choices).chosen)

    def _take(self, way: str) -> None:
        self.chosen = way
        self.dismiss(Next())
