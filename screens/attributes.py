"""Every attribute of the recipe, also those that no step asks about: found by typing, answered in one line.

A step opens it; its `text` is the recipe as it is when it is left. An answer that the recipe's reader refuses is never
put into the text, so that a password typed by mistake goes nowhere.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.frame import Frame
from screens.heading import Heading
from screens.parts.linefield import PlainLine
from wizard.errors import RecipeError
from wizard.recipe.answers import answer, judged, written
from wizard.recipe.nodes import Plain
from wizard.recipe.questions import Question, answered, as_line, every_question


class Listed(OptionList):
    """The list; Enter belongs to the screen."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action != "select"


class Attributes(Frame):
    """Lists the questions; Enter on one answers it below the list, Esc goes back to the step."""

    AUTO_FOCUS = "#find"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "answer", tooltip="Answer the marked attribute; Enter again takes the answer over."),
        Binding("down", "list(1)", "list", show=False, tooltip="Go to the list."),
    ]

    def __init__(self, heading: Heading, text: str) -> None:
        super().__init__(heading)
        self.text = text
        self.asked: dict[str, Question] = {}
        self.answering: Question | None = None
        self.held: Plain = None
        self.marked = 0

    def body(self) -> ComposeResult:
        with Horizontal(classes="path"):
            yield Static("Find", classes="label")
            yield PlainLine("Find", "Part of an attribute's name or of what it means.", id="find")
        yield Listed(id="attributes", compact=True, markup=False)
        with Horizontal(classes="path", id="answer"):
            yield Static("", classes="label", id="called", markup=False)
            yield PlainLine("Answer", "", id="line")

    def on_mount(self) -> None:
        self.query_one("#answer").display = False
        self._list()

    def _list(self) -> None:
        """Show the questions that fit what is to be found."""
        wanted = self.query_one("#find", Input).value.casefold().split()
        self.held = written(self.text)
        self.asked = {one.called: one for one in every_question(self.held)}
        listed = self.query_one("#attributes", OptionList)
        present = listed.highlighted or 0
        listed.clear_options()
        for name, one in self.asked.items():
            if all(word in f"{name} {one.help}".casefold() for word in wanted):
                listed.add_option(Option(self._shown(one), id=name))
        if listed.option_count:
            listed.highlighted = min(present, listed.option_count - 1)

    def _shown(self, one: Question, *, here: bool = False) -> Content:
        """A row of the list: the path, and the answer, or what no answer means."""
        width = max(self.size.width // 2 - 6, 24)
        name = one.called if len(one.called) <= width else f"{self.marks.more}{one.called[1 - width :]}"
        mark = (f"{self.marks.here if here else ' '} ", "bold $primary")
        value, style = as_line(answer(self.held, one.path)), "bold"
        if one.section:
            value, style = "+ another one", "$text-muted"
        elif not value:
            value, style = one.default, "$text-muted"
        room = max(self.size.width - width - 10, 10)
        shown = value if len(value) <= room else f"{value[: room - 1]}{self.marks.more}"
        return Content.assemble(mark, f"{name:<{width}}  ", (shown, style))

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "find":
            self._list()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The help line speaks of the marked attribute, and a mark stands before it."""
        listed = event.option_list
        for number in {self.marked, event.option_index}:
            if number < listed.option_count:
                id = str(listed.get_option_at_index(number).id)
                listed.replace_option_prompt_at_index(number, self._shown(self.asked[id], here=id == event.option.id))
        self.marked = event.option_index
        if self.answering is None:
            self.explain(self._help(self.asked[str(event.option.id)]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._ask(self.asked[str(event.option.id)])

    def _help(self, one: Question) -> str:
        words = f" One of {', '.join(one.words)}." if one.words else ""
        how = " Several in brackets: [a, b]; keys with values in braces: {a: b}." if one.several else ""
        return f"{one.help}{words}{how}"

    def _ask(self, one: Question) -> None:
        self.answering = one
        self.query_one("#answer").display = True
        self.query_one("#called", Static).update(Content(str(one.path[-1])))
        line = self.query_one("#line", PlainLine)
        line.explanation = self._help(one)
        line.value = "" if one.section else as_line(answer(written(self.text), one.path))
        line.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The list stays where it is while one of its attributes is answered."""
        return self.answering is None if action == "list" else super().check_action(action, parameters)

    def action_list(self, _by: int) -> None:
        self.query_one("#attributes").focus()

    def action_next(self) -> None:
        """Answer the marked attribute, or take over what was typed."""
        listed = self.query_one("#attributes", OptionList)
        if self.answering is None:
            if listed.highlighted is not None:
                self._ask(self.asked[str(listed.get_option_at_index(listed.highlighted).id)])
            return
        one = self.answering
        try:
            text = answered(self.text, one, self.query_one("#line", Input).value)
        except RecipeError as error:
            self.explain(f"{error.problems[0].what} {error.problems[0].remedy}", wrong=True)
            return
        if wrong := judged(text).problem_of(one.path):
            self.explain(wrong, wrong=True)
            return
        self.text = text
        self._done()

    def _done(self) -> None:
        self.answering = None
        self.query_one("#line", Input).value = ""
        self.query_one("#answer").display = False
        self._list()
        self.query_one("#attributes").focus()

    def action_back(self) -> None:
        """Leave the answer as it was, or go back to the step."""
        if self.answering is not None:
            self._done()
            return
        super().action_back()
