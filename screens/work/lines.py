"""Long lists, a line at a time: only what is on the screen is ever drawn.

Used for the plan, the transcript and the proof. Text comes from people, MQ and files: it is drawn as it is, never as
markup, control characters as a mark, and cut at the edge; what was cut can be opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import TextWrapper
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.marks import Marks

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ASCII_FORMS = str.maketrans({"→": "->", "…": "...", "×": "x", "≤": "<=", "≥": ">=", "–": "-", "—": "-", "’": "'"})

ROLES = ("heading", "detail", "quiet", "good", "bad", "now")


class Line(NamedTuple):
    """One line: its text, its role in the style sheet, and the number of the thing that it belongs to, or -1.

    Of a `good` line the first mark alone is coloured.
    """

    text: str
    role: str = ""
    thing: int = -1


def shown(text: str, marks: Marks) -> str:
    """A text as this terminal can show it."""
    clean = CONTROL.sub("?", text.replace("\t", "  "))
    return clean.translate(ASCII_FORMS) if marks.rule.isascii() else clean


def fitted(text: str, width: int, marks: Marks) -> str:
    """A text in exactly so many cells; a mark stands where it was cut."""
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + marks.more
    return set_cell_size(text, width)


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """A text on as many lines as it takes, the first with one indent, the others with another."""
    wrapper = TextWrapper(
        max(width, 20),
        initial_indent=first,
        subsequent_indent=rest or first,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    lines: list[str] = []
    for part in text.split("\n"):
        lines += wrapper.wrap(part) or [first]
    return lines


class Lines(ScrollView, can_focus=True):
    """Shows lines; with `cursor` one of them is the present one, which keys and clicks move."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--plain", *(f"lines--{role}" for role in ROLES)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False, tooltip="Go one line up."),
        Binding("down,j", "move(1)", "down", show=False, tooltip="Go one line down."),
        Binding("pageup", "page(-1)", "page up", show=False, tooltip="Go one page up."),
        Binding("pagedown", "page(1)", "page down", show=False, tooltip="Go one page down."),
        Binding("home,g", "edge(-1)", "first", show=False, tooltip="Go to the first line."),
        Binding("end,G", "edge(1)", "last", show=False, tooltip="Go to the last line."),
        Binding("left", "shift(-8)", "left", show=False, tooltip="Show what stands further left."),
        Binding("right", "shift(8)", "right", show=False, tooltip="Show what stands further right."),
    ]

    class Moved(Message):
        """Another line is the present one."""

        def __init__(self, lines: Lines) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> Lines:
            return self.lines

    class Widened(Moved):
        """The lines have another width, so that what was wrapped for it must be wrapped anew."""

    class Clicked(Moved):
        """The present line was clicked."""

    def __init__(
        self,
        marks: Marks,
        *,
        cursor: bool,
        label: str,
        explanation: str = "",
        id: str = "",
    ) -> None:
        super().__init__(id=id or None)
        self.marks = marks
        self.lines: list[Line] = []
        self.has_cursor = cursor
        self.place = 0
        self.shifted = 0
        self._known_width = 0
        self.label = label
        self.explanation = explanation
        self.wrong = ""

    @property
    def width(self) -> int:
        """How many cells a line has."""
        return max(self.scrollable_content_region.width, 20)

    @property
    def present(self) -> Line | None:
        """The line of the cursor."""
        return self.lines[self.place] if self.has_cursor and self.lines else None

    def show(self, lines: Sequence[Line], *, place: int | None = None) -> None:
        """Show these lines from now on."""
        self.lines = list(lines)
        self.place = min(self.place if place is None else place, max(len(self.lines) - 1, 0))
        if self.has_cursor and self.lines and self.lines[self.place].thing < 0:
            self.place = next((number for number, line in enumerate(self.lines) if line.thing >= 0), 0)
        self._resized()

    def extend(self, lines: Iterable[Line]) -> None:
        """Add lines; who was looking at the last one sees the new last one."""
        following = self.scroll_offset.y >= self.max_scroll_y
        self.lines += lines
        self._resized()
        if following and not self.has_cursor:
            self.scroll_to(y=len(self.lines), animate=False, immediate=True, force=True)

    def go_to(self, place: int) -> None:
        """Make a line the present one and bring it into view."""
        self.place = max(0, min(place, len(self.lines) - 1))
        self.refresh()
        self._follow()
        self.post_message(self.Moved(self))

    def reveal(self) -> None:
        """Bring all lines of the present thing into view, as far as they fit below the present one."""
        present = self.present
        if present is None:
            return
        last = self.place
        while last + 1 < len(self.lines) and self.lines[last + 1].thing == present.thing:
            last += 1
        height = self.scrollable_content_region.height
        if last >= self.scroll_offset.y + height:
            self.scroll_to(y=min(self.place, last - height + 1), animate=False, immediate=True, force=True)
        self._follow()

    def render_line(self, y: int) -> Strip:
        """One line of what is visible."""
        number = self.scroll_offset.y + y
        width = self.width
        if number >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[number]
        here = self.has_cursor and number == self.place
        plain = "lines--plain" if line.role in {"", "good"} else f"lines--{line.role}"
        style = self.get_component_rich_style("lines--cursor" if here and self.has_focus else plain)
        lead = (f"{self.marks.here} " if here else "  ") if self.has_cursor else ""
        text = shown(line.text, self.marks)[self.shifted :]
        text = fitted(text, width - len(lead), self.marks)
        if line.role == "good" and not self.shifted:
            good = style + Style(color=self.get_component_rich_style("lines--good").color)
            return Strip([Segment(lead, style), Segment(text[0], good), Segment(text[1:], style)], width)
        return Strip([Segment(lead + text, style)], width)

    def action_move(self, by: int) -> None:
        """Go to the next line that belongs to something; beyond the last of them the view moves alone."""
        wanted = self.place + by
        step = 1 if by > 0 else -1
        while self.has_cursor and 0 <= wanted < len(self.lines):
            if self.lines[wanted].thing >= 0:
                self.go_to(wanted)
                return
            wanted += step
        self.scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        page = by * max(self.scrollable_content_region.height - 1, 1)
        if 0 <= self.place + page < len(self.lines):
            self.action_move(page)
        else:
            self.action_edge(by)

    def action_edge(self, side: int) -> None:
        """Go to the first or the last line that belongs to something, and show what stands beyond it."""
        order = range(len(self.lines)) if side < 0 else range(len(self.lines) - 1, -1, -1)
        place = next((number for number in order if self.lines[number].thing >= 0), None)
        if self.has_cursor and place is not None:
            self.go_to(place)
        self.scroll_to(y=0 if side < 0 else len(self.lines), animate=False, immediate=True, force=True)

    def action_shift(self, by: int) -> None:
        """Move the text sideways, as far as the longest visible line goes."""
        top = self.scroll_offset.y
        visible = self.lines[top : top + self.size.height]
        furthest = max((cell_len(line.text) for line in visible), default=0) - self.width + 4
        self.shifted = max(0, min(self.shifted + by, max(furthest, 0)))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the line that was clicked; a click on the present one is told."""
        offset = event.get_content_offset(self)
        if offset is None or not self.has_cursor:
            return
        number = self.scroll_offset.y + offset.y
        if number < len(self.lines):
            self.go_to(number)
            self.post_message(self.Clicked(self))

    def on_focus(self) -> None:
        self._follow()

    def on_resize(self) -> None:
        self._resized()
        if self.width != self._known_width:
            self._known_width = self.width
            self.post_message(self.Widened(self))

    def _resized(self) -> None:
        self.virtual_size = Size(self.width, len(self.lines))
        self.refresh()
        self._follow()

    def _follow(self) -> None:
        """Keep the present line in view, and the terminal's cursor on it."""
        if not self.has_cursor or not self.is_attached or not self.size.height:
            return
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self.place < top:
            self.scroll_to(y=self.place, animate=False, immediate=True, force=True)
        elif self.place >= top + height:
            self.scroll_to(y=self.place - height + 1, animate=False, immediate=True, force=True)
        if self.has_focus:
            row = self.place - round(self.scroll_target_y)
            self.app.cursor_position = self.content_region.offset + Offset(0, max(0, min(row, height - 1)))
