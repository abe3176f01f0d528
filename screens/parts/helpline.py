"""The line above the keys: what the present field is for; where it is wrong, what is allowed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from screens.marks import Marks


@runtime_checkable
class Explained(Protocol):
    """A widget that can say what it is for, and what is wrong with its value (empty where nothing is)."""

    @property
    def label(self) -> str: ...

    @property
    def explanation(self) -> str: ...

    @property
    def wrong(self) -> str: ...


class HelpLine(Widget):
    """Shows one sentence or two; a mark and the word `wrong` tell an error from help."""

    can_focus = False

    said: reactive[str] = reactive("", layout=True)
    is_wrong: reactive[bool] = reactive(default=False, layout=True)

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a text from now on."""
        self.is_wrong = wrong
        self.said = text

    def about(self, widget: object) -> None:
        """Show what a widget says about itself."""
        if isinstance(widget, Explained):
            self.say(widget.wrong or widget.explanation, wrong=bool(widget.wrong))

    def render(self) -> Content:
        if self.is_wrong:
            return Content.assemble((f"{self.marks.wrong} ", "bold $text-error"), (self.said, "$text-error"))
        return Content.styled(self.said, "$text-muted")
