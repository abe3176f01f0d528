"""Which of several entries a step is about: their names in a line, the present one marked, all clickable."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from screens.marks import Marks


class EntryBar(Widget):
    """Shows the names; a click on one goes to it, a click on the last word adds another."""

    can_focus = False

    def __init__(self, names: Sequence[str], present: str, another: str, marks: Marks) -> None:
        super().__init__()
        self.names = tuple(names)
        self.present = present
        self.another = another
        self.marks = marks

    def render(self) -> Content:
        parts = []
        for name in self.names:
            if name == self.present:
                parts.append(Content.assemble((f"{self.marks.here} {name}", "bold $primary")))
            else:
                click = Style.from_meta({"@click": f"screen.entry({name!r})"})
                parts.append(Content.assemble("  ", (name, click)))
        if self.another:
            click = Style.from_meta({"@click": "screen.another"})
            parts.append(Content.assemble("  ", (f"+ {self.another}", click)))
        return Content("  ").join(parts)
