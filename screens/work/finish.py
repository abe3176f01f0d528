"""The end: what was made, where it is, and the one command that does it all again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.frame import Frame
from screens.heading import Heading
from screens.work.copying import copy_text
from screens.work.lines import shown
from wizard.engine.request import Request


@dataclass(frozen=True)
class Result:
    """What the last screen says: a sentence, whether all is well, the places by name, and the command."""

    title: str
    well: bool
    places: tuple[tuple[str, str], ...]
    command: str
    after: str


class Finish(Frame):
    """Says where everything is."""

    CSS_PATH = "work.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "done", tooltip="Go on."),
        Binding("escape", "back", "plan again", tooltip="Look at the machine and plan again."),
        Binding("c", "copy", "copy", tooltip="Copy the command to the clipboard and to a file."),
    ]
    AUTO_FOCUS = "#finish"
    leaving_means = "Everything is done."

    def __init__(self, heading: Heading, result: Result, request: Request) -> None:
        super().__init__(heading)
        self.result = result
        self.request = request

    def body(self) -> ComposeResult:
        result, marks = self.result, self.marks
        mark = marks.done if result.well else marks.wrong
        role = "$text-success" if result.well else "$text-error"
        with VerticalScroll(id="finish"):
            yield Static(Content.assemble((f"{mark} {shown(result.title, marks)}", f"bold {role}")), classes="title")
            for name, text in result.places:
                with Horizontal(classes="place-row"):
                    yield Static(shown(name, marks), classes="place-name", markup=False)
                    yield Static("\n".join(shown(line, marks) for line in text.split("\n")), markup=False)
            yield Static("All of it again, in one command", classes="place-name", markup=False)
            yield Static(shown(result.command, marks), classes="place command", markup=False)
            yield Static(shown(result.after, marks), classes="field-help", markup=False)

    def action_next(self) -> None:
        """What was done, and how to do it again, stays readable in the terminal once mqwizard is left."""
        self.wizard.farewell = f"{self.result.title}\nAgain: {self.result.command}"
        super().action_next()

    def action_copy(self) -> None:
        self.explain(copy_text(self.app, self.request.state, "command.txt", f"{self.result.command}\n"))
