"""The run: how far it is, the operation at work, every operation with its state, and the live transcript.

Left with `Next` when the plan is carried out and the proof begins, when another plan is to be agreed to, or when the
order is over; which of these, the errand knows.
"""

from __future__ import annotations

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from screens.heading import Heading
from screens.marks import Marks
from screens.work.errand import Errand, News
from screens.work.lines import Line, Lines, shown
from screens.work.onlooker import Onlooker
from wizard.engine.events import Moved, Transcribed
from wizard.plan.operations import Plan

MOST_LINES = 20_000
"""Lines of the transcript that the screen keeps; the file has them all."""


TRANSCRIBED = re.compile(r"(\d\d:\d\d:\d\d)\.\d+ \[\d+\] (.) ?(.*)")


def readable(line: str) -> str:
    """A line of the transcript without what only an investigation needs; nothing where it says nothing."""
    found = TRANSCRIBED.fullmatch(line)
    if found is None:
        return line
    time, sign, text = found.groups()
    if sign == "$":
        text = re.sub(r"^\S*/", "", text)
    return f"{time} {sign} {text}" if text.strip() else ""


def bar(done: int, total: int, width: int, marks: Marks) -> Content:
    """How much is done, as a bar and in words; without colour the bar still tells."""
    words = f" {done} of {total}"
    room = max(width - len(words) - 2, 10)
    filled = room if not total else room * done // total
    full, empty = ("#", ".") if marks.rule.isascii() else ("━", "─")
    return Content.assemble(
        " ", (full * filled, "$success"), (empty * (room - filled), "$text-disabled"), (words, "bold")
    )


class RunScreen(Onlooker):
    """Looks on while a plan is carried out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2", "turn", "other pane", tooltip="Show the operations, or the transcript, where there is room for one."
        ),
    ]
    AUTO_FOCUS = "#transcript"

    def __init__(self, heading: Heading, errand: Errand, plan: Plan) -> None:
        super().__init__(heading, errand)
        self.todo = plan.pending
        self.states = ["" for _ in self.todo]
        self.said = 0

    def body(self) -> ComposeResult:
        yield Static(id="run-bar", markup=False)
        yield Static(id="run-now", markup=False)
        with Horizontal(id="run-panes"):
            yield Lines(
                self.marks, cursor=False, label="Operations", explanation="What is done, at work, to come.", id="todo"
            )
            yield Lines(
                self.marks,
                cursor=False,
                label="Transcript",
                explanation="Everything sent to the commands and everything they say; secrets as stars.",
                id="transcript",
            )

    def on_mount(self) -> None:
        self.call_after_refresh(self._draw)
        super().on_mount()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def heard(self, news: list[News]) -> None:
        lines: list[Line] = []
        for event in news:
            if isinstance(event, Moved):
                place = event.progress.position - 1
                self.states[place] = event.progress.word
                if event.progress.word == "begun":
                    lines.append(Line(f"{self.marks.here} {self._about(place)}", "heading"))
            elif isinstance(event, Transcribed):
                lines += (Line(text) for line in event.lines if (text := readable(line)))
        if lines:
            self._transcribe(lines)
        self._draw()

    @property
    def is_done(self) -> bool:
        return self.errand.planned is not None or bool(self.errand.proof_title)

    def _transcribe(self, lines: list[Line]) -> None:
        transcript = self.query_one("#transcript", Lines)
        if len(transcript.lines) + len(lines) > MOST_LINES:
            transcript.show(transcript.lines[-MOST_LINES // 2 :])
        transcript.extend(lines)

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        done = sum(state == "done" for state in self.states)
        width = self.query_one("#run-bar").size.width
        self.query_one("#run-bar", Static).update(bar(done, len(self.todo), width, self.marks))
        at_work = [place for place, state in enumerate(self.states) if state == "begun"]
        shown_at_work = "; ".join(self._about(place, whole=True) for place in at_work[:3]) or self._between(done)
        self.query_one("#run-now", Static).update(shown(f" {shown_at_work}", self.marks))
        todo = self.query_one("#todo", Lines)
        todo.show([self._line(place) for place in range(len(self.todo))])
        first = at_work[0] if at_work else done
        todo.scroll_to(y=max(first - todo.size.height // 2, 0), animate=False)

    def _between(self, done: int) -> str:
        if done == len(self.todo):
            return "Everything is done."
        return "Stopping." if self.errand.stopping else "Beginning: what is there is saved first."

    def _line(self, place: int) -> Line:
        marks = {"done": self.marks.done, "begun": self.marks.here, "failed": self.marks.wrong}
        roles = {"done": "quiet", "begun": "now", "failed": "bad"}
        state = self.states[place]
        return Line(f"{marks.get(state, ' ')} {self._about(place)}", roles.get(state, ""), place)

    def _about(self, place: int, *, whole: bool = False) -> str:
        operation = self.todo[place]
        more = f": {operation.reason}" if whole and operation.reason else ""
        return f"{operation.section}: {operation.state} {operation.what}{more}"

    def action_turn(self) -> None:
        """Show the other pane, where only one has room."""
        self.toggle_class("-todo")
        wanted = "#todo" if self.has_class("-todo") else "#transcript"
        self.query_one(wanted).focus()
