"""The plan: every operation by queue manager, each opened by Space; found, copied, consented to, agreed to.

Left with `Next` when there is something for the engine to do with it: `choice` says what.
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from screens.ask import Answer, Ask
from screens.frame import Frame
from screens.heading import Heading
from screens.leaving import Next
from screens.work.copying import copy_text
from screens.work.lines import Lines, shown
from screens.work.plan_rows import PlanRows
from screens.work.words import Question, Readiness, advice, questions, readiness, waiting_commands
from wizard.engine.events import Planned
from wizard.engine.request import Request
from wizard.plan.operations import Consent
from wizard.plan.text import plan_text, totals

NOT_YET, ALLOW, PRACTISE, DO_IT = "not-yet", "allow", "practise", "do-it"


class Choice(Enum):
    """What the person wants of the plan."""

    DO_IT = "do it"
    PRACTISE = "practise first"
    LOOK_AGAIN = "look again"


class PlanScreen(Frame):
    """Shows one plan. `only_look` is for a dry run: it can be read and copied, and practised, and no more."""

    CSS_PATH = "work.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "open", "open", tooltip="Open the line: why it is there, its commands, what undo does."),
        Binding("a", "open_all", "all", show=False, tooltip="Open every line, or close them all."),
        Binding("slash", "filter", "find", tooltip="Show only the lines that hold some words."),
        Binding("c", "copy", "copy", tooltip="Copy the plan with every command, to the clipboard and to a file."),
        Binding("p", "practise", "practise", tooltip="Carry the same plan out in an empty sandbox first."),
        Binding("r", "look_again", "look again", show=False, tooltip="Look at the machine anew and plan again."),
        Binding("escape", "back", "back", tooltip="Go back to the answers; nothing was touched."),
    ]
    AUTO_FOCUS = "#plan"
    leaving_means = "Nothing was touched."

    def __init__(self, heading: Heading, planned: Planned, request: Request, *, only_look: bool = False) -> None:
        super().__init__(heading)
        self.plan = planned.plan
        self.host = planned.site.host
        self.request = request
        self.only_look = only_look
        self.allowed = planned.allowed
        self.choice = Choice.DO_IT
        self.rows = PlanRows(self.plan)
        self.opened: set[int] = set()

    @property
    def practice(self) -> bool:
        """Whether it is carried out in a sandbox."""
        return self.request.sandbox is not None

    @property
    def where(self) -> str:
        return "in the sandbox" if self.practice else f"on {self.host}"

    def body(self) -> ComposeResult:
        yield Static(shown(f"Plan: {self.plan.title}", self.marks), id="plan-title", markup=False)
        with Horizontal(id="find"):
            yield Static("Find ", markup=False)
            yield Input(compact=True, placeholder="words that the line holds", id="find-words")
        yield Lines(self.marks, cursor=True, label="The plan", explanation=self._advice(), id="plan")
        yield Static(shown(totals(self.plan), self.marks), id="plan-totals", markup=False)

    def on_mount(self) -> None:
        self.query_one("#find").display = False

    def on_lines_widened(self) -> None:
        """The list knows its width now, or has got another."""
        self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Practising is offered where the plan is for real; looking again where there is an engine that can."""
        if action == "practise":
            return not self.practice
        return not (action == "look_again" and self.only_look)

    def draw(self) -> None:
        """Show the lines that are wanted; the present operation stays the present one where it is among them."""
        listing = self.query_one("#plan", Lines)
        present = listing.present
        numbers = self.rows.matching(self.query_one("#find-words", Input).value)
        width = listing.width - 2
        lines = [*self.rows.lines(numbers, self.opened, width), *self.rows.notes(width)]
        place = 0
        if present is not None and present.thing >= 0:
            place = next((place for place, line in enumerate(lines) if line.thing == present.thing), 0)
        listing.show(lines, place=place)

    def _advice(self) -> str:
        if self.only_look:
            return "A dry run: it can be read and copied. Nothing can be carried out from here."
        return advice(self.plan, self.where)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """The help line says what is cut off in the list."""
        line = event.lines.present
        if line is None or line.thing < 0:
            self.explain(self._advice())
            return
        operation = self.plan.operations[line.thing]
        text = f"{operation.section}: {operation.state} {operation.what}: {operation.reason or 'Space says more.'}"
        self.explain(shown(text, self.marks))

    def on_lines_clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open or close the present operation."""
        line = self.query_one("#plan", Lines).present
        if line is None or line.thing < 0:
            return
        self.opened ^= {line.thing}
        self.draw()
        self.query_one("#plan", Lines).reveal()

    def action_open_all(self) -> None:
        everything = set(range(len(self.plan.operations)))
        self.opened = set() if self.opened == everything else everything
        self.draw()

    def action_filter(self) -> None:
        self.query_one("#find").display = True
        self.query_one("#find-words", Input).focus()

    def on_input_changed(self) -> None:
        """Each letter narrows the list."""
        self.draw()

    def on_input_submitted(self) -> None:
        """The list is gone to with what was found."""
        self.query_one("#plan", Lines).focus()

    def action_back(self) -> None:
        """Esc ends the search first."""
        find = self.query_one("#find-words", Input)
        if find.has_focus or find.value:
            find.value = ""
            self.query_one("#find").display = False
            self.query_one("#plan", Lines).focus()
            return
        super().action_back()

    def action_copy(self) -> None:
        text = plan_text(self.plan, commands=True)
        self.explain(copy_text(self.app, self.request.state, "plan.txt", text))

    def action_practise(self) -> None:
        self._leave(Choice.PRACTISE)

    def action_look_again(self) -> None:
        self._leave(Choice.LOOK_AGAIN)

    def _leave(self, choice: Choice) -> None:
        self.choice = choice
        self.dismiss(Next())

    def action_next(self) -> None:
        """Do it, after whatever has to be asked before."""
        if self.only_look:
            self.explain(self._advice())
            return
        match readiness(self.plan):
            case Readiness.REFUSED:
                self.explain(self._advice(), wrong=True)
            case Readiness.CONSENT:
                self.run_worker(self._ask_consents(), exclusive=True)
            case Readiness.WAITING:
                self._show_waiting()
            case Readiness.NOTHING:
                self._leave(Choice.DO_IT)
            case Readiness.READY:
                self._confirm()

    async def _ask_consents(self) -> None:
        """Each kind by itself; one no ends the questions, and nothing is allowed by it."""
        given: set[Consent] = set()
        asked = questions(self.plan)
        for number, question in enumerate(asked, 1):
            answer = await self.app.push_screen_wait(self._consent(question, number, len(asked)))
            if answer != ALLOW:
                self.explain("Not allowed: the plan stays as it is, and nothing was touched.")
                return
            given.add(question.consent)
        self.allowed |= given
        self._leave(Choice.LOOK_AGAIN)

    def _consent(self, question: Question, number: int, count: int) -> Ask:
        lines = "\n".join(f"{self.marks.dot} {shown(line, self.marks)}" for line in question.lines)
        title = question.title if count == 1 else f"{question.title} ({number} of {count})"
        answers = [
            Answer(NOT_YET, "No", "It stays as it is; the plan cannot be carried out so."),
            Answer(ALLOW, "Allow it", f"As --allow {question.consent} does; the plan is made anew and shown first."),
        ]
        return Ask(title, f"{question.means}\n\n{lines}", answers)

    def _show_waiting(self) -> None:
        commands = "\n".join(f"  {command}" for command in waiting_commands(self.plan))
        copied = copy_text(
            self.app, self.request.state, "for-root.sh", "".join(f"{one}\n" for one in waiting_commands(self.plan))
        )
        answers = [
            Answer(NOT_YET, "Later", "Back to the plan; nothing was touched."),
            Answer(DO_IT, "It is done: look again", "The machine is looked at anew, and planned again."),
        ]

        def answered(answer: str | None) -> None:
            if answer == DO_IT:
                self._leave(Choice.LOOK_AGAIN)

        text = shown(f"Root must run:\n\n{commands}\n\n{copied}", self.marks)
        self.app.push_screen(Ask("Waiting for root", text, answers), answered)

    def _confirm(self) -> None:
        """In a sandbox nothing can be harmed; for real, the careful answer is not yet."""
        if self.practice:
            self._leave(Choice.DO_IT)
            return
        answers = [
            Answer(NOT_YET, "Not yet", "Back to the plan."),
            Answer(PRACTISE, "Practise first", "The same plan in an empty sandbox; here nothing is touched."),
            Answer(DO_IT, f"Do it {self.where}", totals(self.plan)),
        ]

        def answered(answer: str | None) -> None:
            if answer in {PRACTISE, DO_IT}:
                self._leave(Choice.PRACTISE if answer == PRACTISE else Choice.DO_IT)

        self.app.push_screen(Ask(f"Carry it out {self.where}?", self.plan.title, answers), answered)
