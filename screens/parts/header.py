"""The two or three lines on top of every screen: title and mode, a rule, the rail."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from screens.heading import Heading, rail
from screens.marks import Marks


class Header(Widget):
    """Shows a heading; redrawn where the width changes, since the rail spells out what there is room for."""

    can_focus = False

    def __init__(self, heading: Heading, marks: Marks) -> None:
        super().__init__()
        self.heading = heading
        self.marks = marks
        self.set_class(bool(heading.stops), "-with-rail")

    def render(self) -> Content:
        width = max(self.content_size.width, 20)
        head = self.heading
        name, mode = "mqwizard", head.mode
        room = width - len(name) - len(mode) - 6
        title = head.title if len(head.title) <= room else f"{head.title[: max(room - 1, 0)]}{self.marks.more}"
        gap = " " * (width - len(name) - 2 - len(title) - len(mode) - 2)
        first = Content.assemble(" ", (name, "bold $primary"), "  ", title, gap, (mode, "$text-muted"), " ")
        lines = [first, Content.styled(self.marks.rule * width, "$text-disabled")]
        if head.stops:
            lines.append(Content.assemble(" ", rail(head, self.marks, width - 2)))
        return Content("\n").join(lines)
