"""The two panes beside the questions: the commands so far, with what the last answer changed, and the picture."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from screens.difference import Change, MarkedLine
from screens.marks import Marks

STYLES = {Change.ADDED: "added", Change.CHANGED: "changed", Change.REMOVED: "removed"}


class CommandsPane(ScrollView, can_focus=True):
    """Shows commands line by line; only the lines in view are drawn, however many there are."""

    COMPONENT_CLASSES = {"added", "changed", "removed", "heading", "plain"}  # noqa: RUF012 - declared so by Textual

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks
        self.lines: list[MarkedLine] = []
        self._rows: list[tuple[str, str, str]] = []
        """Each row with its mark, its text and the class of its style."""

    def show(self, lines: Sequence[MarkedLine]) -> None:
        """Show other lines from now on, from the first changed one on."""
        self.lines = list(lines)
        self._lay_out()
        changed = [number for number, row in enumerate(self._rows) if row[0] != " "]
        if changed:
            self.scroll_to(y=max(changed[0] - 2, 0), animate=False)

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = max(self.size.width - 3, 20)
        signs = {
            Change.ADDED: self.marks.added,
            Change.CHANGED: self.marks.changed,
            Change.REMOVED: self.marks.removed,
        }
        self._rows = []
        for line in self.lines:
            style = STYLES.get(line.change, "plain" if line.text.startswith(" ") else "heading")
            for text in _wrapped(line.text, width):
                self._rows.append((signs.get(line.change, " "), text, style))
        self.virtual_size = Size(self.size.width, len(self._rows))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        if row >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        mark, text, style = self._rows[row]
        look = self.get_component_rich_style(style)
        strip = Strip([Segment(f"{mark} {text}", look)])
        return strip.adjust_cell_length(self.size.width, self.rich_style)


def _wrapped(text: str, width: int) -> list[str]:
    """A line in rows of a width; what goes on stands further in than what began."""
    indent = len(text) - len(text.lstrip())
    return wrap(text, width, subsequent_indent=" " * (indent + 4), break_long_words=True) or [""]


class Picture(Widget):
    """Shows lines as they are."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def show(self, lines: Sequence[str]) -> None:
        """Show other lines from now on; the last one says what is asked about."""
        self.lines = list(lines)
        self.refresh(layout=True)

    def render(self) -> Content:
        parts = [
            Content.styled(line, "$text-muted") if line.startswith("you are here") else Content(line)
            for line in self.lines
        ]
        return Content("\n").join(parts)
