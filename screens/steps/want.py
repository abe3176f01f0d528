"""What do you want? The jobs, and opening a recipe."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.choice import Choice
from screens.frame import Frame
from screens.heading import Heading
from screens.jobs import JOBS
from screens.parts.choices import Choices

OPEN = "open"


class Want(Frame):
    """Asks for the job; `chosen` is its id, or that of opening a recipe."""

    def __init__(self, heading: Heading, chosen: str = "") -> None:
        super().__init__(heading)
        self.chosen = chosen or JOBS[0].id

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("What do you want?", classes="title", markup=False)
            options = [Choice(job.id, f"{job.title[:1].upper()}{job.title[1:]}", job.sentence) for job in JOBS]
            options.append(
                Choice(OPEN, "Open a recipe", "One that you saved, or one of those that come with mqwizard.")
            )
            yield Choices(options, chosen=self.chosen, label="What do you want?", marks=self.marks, explanation=HELP)

    def on_choices_changed(self, event: Choices.Changed) -> None:
        self.chosen = event.choices.chosen

    def on_choices_taken(self) -> None:
        self.action_next()


HELP = "Whatever it is: nothing is changed before you have seen the plan and said yes."
