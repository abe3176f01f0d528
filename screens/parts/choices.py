"""A choice of a few words, one below the other, each with a sentence.

Up and down choose at once; the mark shows what is chosen. A click chooses; a second click on the chosen one takes it,
as Enter does.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.choice import Choice
from screens.marks import Marks

if TYPE_CHECKING:
    from screens.asked import Asked


class Choices(Widget, can_focus=True):
    """Shows the choices; `chosen` is the id of the present one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "choose", show=False, tooltip="Choose the one above."),
        Binding("down,j", "move(1)", "choose below", show=False, tooltip="Choose the one below."),
        Binding("home", "edge(-1)", "first", show=False, tooltip="Choose the first one."),
        Binding("end", "edge(1)", "last", show=False, tooltip="Choose the last one."),
    ]

    chosen: reactive[str] = reactive("", init=False)
    wrong = ""

    class Changed(Message):
        """Another one is chosen."""

        def __init__(self, choices: Choices) -> None:
            super().__init__()
            self.choices = choices

        @property
        def control(self) -> Choices:
            return self.choices

    class Taken(Message):
        """The chosen one was clicked again: it is what the person wants."""

        def __init__(self, choices: Choices, id: str) -> None:
            super().__init__()
            self.choices = choices
            self.id = id

    def __init__(
        self,
        options: Sequence[Choice],
        *,
        chosen: str,
        label: str,
        marks: Marks,
        explanation: str = "",
        bullets: bool = True,
    ) -> None:
        super().__init__()
        self.options = tuple(options)
        self.label = label
        self.marks = marks
        self.help = explanation
        self.bullets = bullets
        self.set_reactive(Choices.chosen, chosen if chosen in [one.id for one in options] else self.options[0].id)

    @property
    def present(self) -> Choice:
        """What is chosen."""
        return next(one for one in self.options if one.id == self.chosen)

    @property
    def explanation(self) -> str:
        return self.help

    def replace(self, options: Sequence[Choice], chosen: str) -> None:
        """Show other choices from now on."""
        self.options = tuple(options)
        self.set_reactive(Choices.chosen, chosen)
        self.refresh(layout=True)

    def watch_chosen(self) -> None:
        self.refresh()
        self.call_after_refresh(self.follow)
        self.post_message(self.Changed(self))

    def on_focus(self) -> None:
        self.call_after_refresh(self.follow)

    def action_move(self, by: int) -> None:
        """Choose the next one in a direction; at the end nothing happens."""
        place = [one.id for one in self.options].index(self.chosen) + by
        if 0 <= place < len(self.options):
            self.chosen = self.options[place].id

    def action_edge(self, side: int) -> None:
        self.chosen = self.options[0 if side < 0 else -1].id

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; what is chosen already is taken."""
        row = event.get_content_offset(self)
        if row is None:
            return
        for one, top, height in self._places(self.content_size.width):
            if top <= row.y < top + height:
                if one.id == self.chosen:
                    self.post_message(self.Taken(self, one.id))
                self.chosen = one.id
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return sum(height for _one, _top, height in self._places(width))

    def _places(self, width: int) -> list[tuple[Choice, int, int]]:
        """Each choice with its first line and how many lines it takes."""
        places, top = [], 0
        for one in self.options:
            height = 1 + len(self._meaning(one, width))
            places.append((one, top, height))
            top += height
        return places

    def _meaning(self, one: Choice, width: int) -> list[str]:
        return wrap(one.meaning, max(width - 4, 20)) if one.meaning else []

    def follow(self) -> None:
        """Put the terminal's cursor and the view where the chosen one is."""
        if not self.is_attached or not self.has_focus:
            return
        top, height = next((top, height) for one, top, height in self._places(self.size.width) if one.id == self.chosen)
        if isinstance(self.parent, Widget):
            there = Region(0, top, self.size.width, height).translate(self.virtual_region.offset)
            self.parent.scroll_to_region(there, animate=False, immediate=True)
        self.app.cursor_position = self.content_region.offset + Offset(0, top)

    def render(self) -> Content:
        width = self.content_size.width
        lines: list[Content] = []
        for one in self.options:
            chosen = one.id == self.chosen
            bullet = f"{self.marks.chosen if chosen else self.marks.open} " if self.bullets else ""
            here = self.marks.here if chosen and self.has_focus else " "
            style = "bold $primary" if chosen else ""
            lines.append(Content.assemble((here, "bold $primary"), (f" {bullet}{one.label}", style)))
            lines += [
                Content.styled(f"{'    ' if self.bullets else '  '}{line}", "$text-muted")
                for line in self._meaning(one, width)
            ]
        return Content("\n").join(lines)


class QuestionChoices(Choices):
    """The choices that answer a question of the recipe."""

    def __init__(self, asked: Asked, chosen: str, marks: Marks) -> None:
        super().__init__(asked.options, chosen=chosen, label=asked.label, marks=marks, explanation=asked.explanation)
        self.asked = asked

    def judge(self, fault: str, _hint: str | None = None) -> None:
        """Say from now on what is wrong with what is chosen."""
        self.wrong = fault
