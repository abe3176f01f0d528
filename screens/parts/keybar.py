"""The foot of every screen: exactly the keys that work now, each with a word, each clickable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from screens.marks import Marks

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "question_mark": "?",
    "space": "Space",
    "delete": "Del",
    "insert": "Ins",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """A key as people know it: Esc, F2, ^S."""
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+').upper()}"
    if key.startswith("shift+"):
        return f"Shift+{key_name(key.removeprefix('shift+'))}"
    return NAMES.get(key, key.upper() if len(key) > 1 else key)


@dataclass(frozen=True)
class LiveKey:
    """A key that works now: its name, what it does in a word and in a sentence."""

    key: str
    word: str
    sentence: str = ""
    shown: bool = True


class KeyBar(Widget):
    """Lists the live keys of its screen in one line, in two where one is too short."""

    can_focus = False

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh(layout=True))

    def render(self) -> Content:
        width = max(self.content_size.width, 20)
        rule = Content.styled(self.marks.rule * width, "$text-disabled")
        items = [_item(live) for live in live_keys(self)]
        length = sum(item.cell_length for item in items)
        gap = 1 if length + len(items) <= width - 1 < length + 2 * len(items) - 2 else 2
        rows = [Content.assemble(" ", Content(" " * gap).join(row)) for row in _rows(items, width - 1, gap)]
        return Content("\n").join([rule, *rows])


def _rows(items: Sequence[Content], width: int, gap: int) -> list[list[Content]]:
    """The items in as many rows as they need."""
    rows: list[list[Content]] = [[]]
    room = width
    for item in items:
        if room < item.cell_length and rows[-1]:
            rows.append([])
            room = width
        rows[-1].append(item)
        room -= item.cell_length + gap
    return rows


def live_keys(inside: Widget, *, every: bool = False) -> list[LiveKey]:
    """The keys that work now on the screen of a widget; `every` names also those that the bar leaves out."""
    found: dict[str, LiveKey] = {}
    for active in inside.screen.active_bindings.values():
        binding = active.binding
        if not active.enabled or binding.action in found or not binding.description:
            continue
        if binding.show or (every and binding.tooltip):
            found[binding.action] = LiveKey(binding.key, binding.description, binding.tooltip, binding.show)
    order = {name: place for place, name in enumerate(("escape", "enter"))}
    last = ("f1", "ctrl+s", "ctrl+p", "ctrl+q")
    places = {key: len(order) + 100 + place for place, key in enumerate(last)}
    return sorted(found.values(), key=lambda live: order.get(live.key, places.get(live.key, len(order))))


def _item(live: LiveKey) -> Content:
    click = Style.from_meta({"@click": f"app.simulate_key({live.key!r})"})
    return Content.assemble((key_name(live.key), "bold $primary"), " ", live.word).stylize(click)
