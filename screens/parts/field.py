"""A question that is answered in one line: a label, the line to type in, a note below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from screens.asked import Asked
from screens.marks import Marks


class Line(Input):
    """The line to type in. It can say what it is for and what is wrong with what stands in it.

    Enter belongs to the step, Ctrl+C asks whether to leave.
    """

    def __init__(self, asked: Asked, value: str, hint: str = "") -> None:
        super().__init__(value, placeholder=hint, compact=True, select_on_focus=True)
        self.asked = asked
        self.fault = ""

    @property
    def label(self) -> str:
        return self.asked.label

    @property
    def explanation(self) -> str:
        return self.asked.explanation

    @property
    def wrong(self) -> str:
        return self.fault

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action not in {"submit", "copy"}


class Row(Vertical):
    """A label with its line, and below it a note that may change."""

    class Typed(Message):
        """Something else stands in the line."""

        def __init__(self, asked: Asked, value: str) -> None:
            super().__init__()
            self.asked = asked
            self.value = value

    def __init__(self, asked: Asked, value: str, marks: Marks, hint: str = "") -> None:
        super().__init__()
        self.asked = asked
        self.marks = marks
        self.line = Line(asked, value, hint)
        self.called = Static(self._label(), classes="label")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self.called
            yield self.line
        if self.asked.note:
            yield Static(self.asked.note, classes="note", markup=False)

    def _label(self) -> Content:
        here = self.marks.wrong if self.line.fault else self.marks.here if self.line.has_focus else " "
        style = "bold $text-error" if self.line.fault else "bold $primary" if self.line.has_focus else ""
        return Content.assemble((f"{here} {self.asked.label}", style))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(self.asked, event.value))

    def on_descendant_focus(self) -> None:
        self.called.update(self._label())

    def on_descendant_blur(self) -> None:
        self.called.update(self._label())

    def judge(self, fault: str, hint: str | None = None) -> None:
        """Say from now on what is wrong; `hint` is what an empty line stands for."""
        if hint is not None and hint != self.line.placeholder:
            self.line.placeholder = hint
        if fault != self.line.fault:
            self.line.fault = fault
            self.called.update(self._label())
