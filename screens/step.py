"""A step that asks about the recipe: questions on the left, what they come to beside them.

A subclass composes its `questions`. Whatever is typed is spliced into the recipe's text, which is then read, judged and
planned in a thread; the screen shows what came of it. `text` is what the flow takes over, however the step is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from screens.asked import Asked, spliced
from screens.attributes import Attributes
from screens.diagram import Part, diagram
from screens.difference import MarkedLine, marked
from screens.frame import Frame
from screens.heading import Heading
from screens.leaving import Jump, Leaving, Next, Quit
from screens.marks import ASCII
from screens.parts.choices import Choices, QuestionChoices
from screens.parts.field import Line, Row
from screens.parts.helpline import HelpLine
from screens.parts.panes import CommandsPane, Picture
from screens.view import View
from wizard.engine.preview import Preview, preview
from wizard.errors import RecipeError
from wizard.recipe.answers import Judged, written
from wizard.recipe.nodes import Path, Plain

PICTURE_WIDTH = 74
BESIDE = 63
"""Columns that the questions, and the line beside them, take from a wide screen."""


@dataclass(frozen=True)
class Seen:
    """What came of the answers: the text, what it leads to, what changed, and what is wrong with each answer."""

    text: str
    preview: Preview
    lines: tuple[MarkedLine, ...]
    faults: dict[Asked, str]


class Step(Frame):
    """Asks about the recipe; the part of the picture that it asks about is `part`."""

    part: ClassVar[Part] = Part.NOTHING
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "pane('commands')", "commands", tooltip="Show the commands so far, and again the questions."),
        Binding("f3", "pane('picture')", "diagram", tooltip="Show the set-up as a picture, and again the questions."),
        Binding("f4", "attributes", "all", tooltip="See and change every attribute of the recipe."),
    ]

    class Looked(Message):
        """The answers of a moment ago were looked at."""

        def __init__(self, seen: Seen) -> None:
            super().__init__()
            self.seen = seen

    def __init__(self, heading: Heading, view: View) -> None:
        super().__init__(heading)
        self.view = view
        self.changes: dict[Asked, str] = {}
        self.faults: dict[Asked, str] = {}
        self.seen: Seen | None = None
        self.replaced = ""
        """The text in the place of what was answered here, where it was changed otherwise."""
        self.held: Plain = written(view.text)
        self._before: tuple[str, ...] | None = None
        self._looking = False
        self._again = False

    # What a subclass says.

    def questions(self) -> ComposeResult:
        """The rows and choices."""
        yield from ()

    def summary(self, seen: Seen) -> str:
        """A sentence below the questions about what they come to."""
        count = seen.preview.commands
        return f"{count} commands so far (F2)." if seen.preview.topology else ""

    def own_fault(self, question: Asked, value: str) -> str:  # noqa: ARG002
        """What is wrong with an answer beyond what the recipe's reader knows; it may take a moment."""
        return ""

    def regarded(self, found: Preview) -> None:
        """Ask the machine about what was answered; called in the thread that looks."""

    @property
    def left_at(self) -> str:
        """The entry that the next step should begin with, by the name it has now."""
        return self.view.entry

    # The answers.

    @property
    def asked(self) -> list[Asked]:
        """The questions in the order of the screen."""
        return [one.asked for one in self.answerable]

    @property
    def answerable(self) -> list[Row | QuestionChoices]:
        """What the questions are answered in, in the order of the screen."""
        return [one for one in self.query("Row, QuestionChoices") if isinstance(one, Row | QuestionChoices)]

    @property
    def text(self) -> str:
        """The recipe with what was answered here; answers that cannot be spliced in are left out."""
        return self.replaced or self._spliced(dict(self.changes))[0]

    def _spliced(self, changes: dict[Asked, str]) -> tuple[str, dict[Asked, str]]:
        """The text with all changes, names last since the other paths still hold the old ones; and what was refused."""
        text, refused = self.view.text, {}
        for asked, raw in sorted(changes.items(), key=lambda change: change[0].names):
            try:
                text = self.splice(text, asked, raw)
            except RecipeError as error:
                refused[asked] = str(error.problems[0].what)
        return text, refused

    def splice(self, text: str, question: Asked, raw: str) -> str:
        """The text with one answer in it."""
        return spliced(text, question, raw)

    def renamed(self, path: Path, changes: dict[Asked, str]) -> Path:
        """A path with the name that its entry got here."""
        for asked, raw in changes.items():
            if asked.names and raw.strip() and path[: len(asked.path)] == asked.path:
                return (*asked.path[:-1], raw.strip(), *path[len(asked.path) :])
        return path

    def change(self, asked: Asked, raw: str) -> None:
        """Take an answer, and look at what it comes to."""
        if raw == (asked.read(self.held) or asked.usual):
            self.changes.pop(asked, None)
        else:
            self.changes[asked] = raw
        self.call_after_refresh(self.look)  # what was typed is painted first

    # Looking at the answers, in a thread.

    def look(self) -> None:
        """Look at the answers as they are now; while that is under way, once more afterwards."""
        if self._looking:
            self._again = True
            return
        self._looking = True
        asked, changes = self.asked, dict(self.changes)
        self.run_worker(lambda: self.post_message(self.Looked(self._see(asked, changes))), thread=True, group="look")

    def _see(self, asked: list[Asked], changes: dict[Asked, str]) -> Seen:
        if self._before is None:
            self._before = self._preview(self.view.before).lines if self.view.before != self.view.text else None
        text, faults = self._spliced(changes)
        found = self._preview(text)
        self.regarded(found)
        judged = Judged(text, found.problems)
        for one in asked:
            if one not in faults and (wrong := self._fault(one, changes, judged)):
                faults[one] = wrong
        before = self._before if self._before is not None else self._lines_at_first(text, found)
        lines = found.lines if found.topology else (self.seen.preview.lines if self.seen else ())
        return Seen(text, found, tuple(marked(before, lines)), faults)

    def _fault(self, one: Asked, changes: dict[Asked, str], judged: Judged) -> str:
        """What is wrong with one answer, as the recipe's reader or this step sees it."""
        raw = changes.get(one, one.read(self.held))
        if one.names and not raw.strip():
            return "A name is needed."
        wrong = judged.problem_of(self.renamed(one.path, changes), name=one.names) if judged.problems else ""
        return wrong or self.own_fault(one, raw)

    def _lines_at_first(self, text: str, found: Preview) -> tuple[str, ...]:
        """The commands as they were when the step began."""
        self._before = found.lines if text == self.view.text else self._preview(self.view.text).lines
        return self._before

    def _preview(self, text: str) -> Preview:
        view = self.view
        return preview(text, base=view.base, release=view.release or view.around.release or None, host=view.around.host)

    def on_step_looked(self, event: Looked) -> None:
        """Show what came of the answers."""
        event.stop()
        self._looking = False
        if not self.is_attached:
            return
        self.seen = event.seen
        self.faults = dict(event.seen.faults)
        self.show(event.seen)
        if self._again:
            self._again = False
            self.look()

    def show(self, seen: Seen) -> None:
        """Faults and hints at the fields, commands and picture beside them."""
        for one in self.answerable:
            hint = seen.preview.derived.get(self.renamed(one.asked.path, self.changes))
            one.judge(seen.faults.get(one.asked, ""), hint)
        self.query_one(CommandsPane).show(seen.lines)
        if seen.preview.topology:
            self.query_one(Picture).show(self.picture(seen.preview))
        self.query_one("#summary", Static).update(self.summary(seen))
        if isinstance(self.focused, Line | Choices):
            self.query_one(HelpLine).about(self.focused)

    def picture(self, found: Preview) -> list[str]:
        """The picture with the part that is asked about."""
        topology = found.topology
        if topology is None:
            return []
        width = self.size.width - BESIDE if self.has_class("-wide") else self.size.width - 6
        entry = self.renamed(("clients", self.view.entry), self.changes)[-1] if self.view.entry else ""
        return diagram(
            topology, self.part, client=str(entry), width=min(width, PICTURE_WIDTH), ascii_only=self.marks is ASCII
        )

    # The screen.

    def body(self) -> ComposeResult:
        with Horizontal(id="sides"):
            with VerticalScroll(id="questions", can_focus=False):
                yield from self.questions()
                yield Static("", id="summary", markup=False)
            with Vertical(id="aside"):
                yield CommandsPane(self.marks)
                yield Picture()

    def rows(self, questions: Iterable[Asked]) -> ComposeResult:
        """A row, or choices, for each question, with what the recipe says."""
        for one in questions:
            value = one.read(self.held)
            if one.options:
                yield QuestionChoices(one, value or one.usual, self.marks)
            else:
                yield Row(one, value, self.marks)

    def on_mount(self) -> None:
        self.look()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - called by the framework
        if self.seen and self.seen.preview.topology:
            self.query_one(Picture).show(self.picture(self.seen.preview))

    def on_choices_changed(self, event: Choices.Changed) -> None:
        if isinstance(event.choices, QuestionChoices):
            self.change(event.choices.asked, event.choices.chosen)

    def on_row_typed(self, event: Row.Typed) -> None:
        event.stop()
        if event.value != self.changes.get(event.asked, event.asked.read(self.held)):
            self.change(event.asked, event.value)

    def action_pane(self, which: str) -> None:
        """Show one of the panes in the place of the questions, or the questions again."""
        other = {"commands": "-picture", "picture": "-commands"}[which]
        self.remove_class(other)
        self.toggle_class(f"-{which}")
        pane = self.query_one(CommandsPane)
        if self.has_class("-commands"):
            pane.focus()
        elif self.focused is pane or self.focused is None:
            self.screen.focus_next("Line, Choices")

    def action_attributes(self) -> None:
        """Show every attribute; what was changed there shows here afterwards."""
        screen = Attributes(self.heading, self.text)

        def back(left: Leaving | None) -> None:
            if screen.text != self.text:
                self.replaced, self.changes = screen.text, {}
                self.dismiss(left if isinstance(left, Quit) else Jump(self.heading.here))
            elif isinstance(left, Quit):
                self.dismiss(left)

        self.app.push_screen(screen, back)

    def action_back(self) -> None:
        if self.has_class("-commands") or self.has_class("-picture"):
            self.action_pane("commands" if self.has_class("-commands") else "picture")
            return
        super().action_back()

    def action_next(self) -> None:
        """Go on where everything here is right; else to the first answer that is not."""
        seen = self._see(self.asked, dict(self.changes))
        self.seen, self.faults = seen, dict(seen.faults)
        self.show(seen)
        for one in self.answerable:
            if one.asked in seen.faults:
                self.remove_class("-commands", "-picture")
                widget = one.line if isinstance(one, Row) else one
                widget.focus()
                self.query_one(HelpLine).about(widget)
                return
        if wrong := self.missing(seen):
            self.explain(wrong, wrong=True)
            return
        self.dismiss(Next())

    def missing(self, seen: Seen) -> str:  # noqa: ARG002
        """Why this step cannot be left forwards, although each answer in itself is right; empty where it can."""
        return ""
