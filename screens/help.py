"""What the keys and the fields of the present screen are for, made from the bindings and the fields themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from screens.marks import UNICODE, Marks
from screens.parts.helpline import Explained
from screens.parts.keybar import KeyBar, key_name, live_keys


class Help(ModalScreen[None]):
    """Explains a screen: the field that has the cursor first, the other fields, then every key that works."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,question_mark,q", "close", "close", tooltip="Close this help."),
        Binding("ctrl+c,ctrl+q", "close", "close", show=False, priority=True),
    ]

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        explained = [one for one in about.query(Widget) if isinstance(one, Explained) and one.display]
        explained.sort(key=lambda one: one is not about.focused)
        self.fields = [(one.label, one.explanation) for one in explained if one.label]
        self.keys = live_keys(about.query("*").first(Widget), every=True)

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return getattr(self.app, "marks", UNICODE)

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield Static("Help", classes="title", markup=False)
            with VerticalScroll():
                for label, text in self.fields:
                    yield Static(Content.assemble((label, "bold"), f"\n  {text}"), classes="field-help")
                keys = [
                    Content.assemble((f"{key_name(live.key):<7}", "bold $primary"), live.sentence or live.word)
                    for live in self.keys
                ]
                yield Static("Keys", classes="title", markup=False)
                yield Static(Content("\n").join(keys))
            yield KeyBar(self.marks)

    def action_close(self) -> None:
        self.dismiss(None)
