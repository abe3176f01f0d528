"""The frame of every screen: header, rail, body, help line, keys; and the manners that all screens share.

A step subclasses `Frame`, composes its `body` and overrides `action_next` where something must be right before going
on. Going back never checks anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from screens.heading import Heading
from screens.leaving import Back, Jump, Leaving, Next
from screens.marks import Marks
from screens.parts.choices import Choices
from screens.parts.header import Header
from screens.parts.helpline import HelpLine
from screens.parts.keybar import KeyBar

if TYPE_CHECKING:
    from screens.app import WizardApp


class Frame(Screen[Leaving]):
    """A screen with header, rail, body, help line and keys; it returns how it was left."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-low"), (34, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", tooltip="Go back to what was seen before; nothing is checked."),
        Binding("enter", "next", "next", tooltip="Go on, once everything here is right."),
        Binding("f1", "help", "help", tooltip="Say what the fields and the keys here are for."),
        Binding("question_mark", "help", "help", show=False),
        Binding("ctrl+s", "save", "save", tooltip="Save the recipe as far as it is answered."),
        Binding("ctrl+q", "leave", "quit", tooltip="Leave mqwizard; it asks first.", priority=True),
        Binding("ctrl+c", "leave", "leave", show=False, priority=True),
    ]

    leaving_means = "What was answered so far stays."
    """What leaving means on this screen, for the question that Ctrl+Q asks."""

    def __init__(self, heading: Heading) -> None:
        super().__init__()
        self.heading = heading

    @property
    def wizard(self) -> WizardApp:
        """The app, as what it is."""
        return cast("WizardApp", self.app)

    @property
    def marks(self) -> Marks:
        """The marks that this terminal can show."""
        return self.wizard.marks

    def compose(self) -> ComposeResult:
        yield Header(self.heading, self.marks)
        with Vertical(id="body"):
            yield from self.body()
        yield HelpLine(self.marks)
        yield KeyBar(self.marks)

    def body(self) -> ComposeResult:
        """What stands between rail and help line."""
        yield from ()

    def explain(self, text: str, *, wrong: bool = False) -> None:
        """Show a text in the help line, until another field is gone to."""
        self.query_one(HelpLine).say(text, wrong=wrong)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The help line speaks of the field that has the cursor."""
        self.query_one(HelpLine).about(event.widget)
        if isinstance(event.widget, Input | OptionList):
            self.call_after_refresh(self._bring_into_view, event.widget)

    def _bring_into_view(self, widget: Widget) -> None:
        """Once the help line has the height that it needs: it may have taken a line from the fields."""
        widget.scroll_visible(animate=False, immediate=True)
        self.call_after_refresh(self._put_cursor, widget)

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._put_cursor(self.focused))

    def _put_cursor(self, widget: Widget | None) -> None:
        """The terminal's own cursor follows the focus, also before anything is typed: screen readers speak its line."""
        if isinstance(widget, Input) and widget.has_focus:
            self.app.cursor_position = widget.cursor_screen_offset
        elif isinstance(widget, Choices):
            widget.follow()
        elif isinstance(widget, OptionList) and widget.has_focus:
            self.app.cursor_position = widget.content_region.offset

    def action_back(self) -> None:
        self.dismiss(Back())

    def action_next(self) -> None:
        self.dismiss(Next())

    def action_go(self, step: str) -> None:
        """Go to a step that was seen already."""
        if any(stop.id == step and stop.seen for stop in self.heading.stops):
            self.dismiss(Jump(step))

    def action_help(self) -> None:
        from screens.help import Help

        self.app.push_screen(Help(self))

    def action_save(self) -> None:
        self.wizard.save(self)

    def action_leave(self) -> None:
        """Ask whether to stay, to save and leave, or to leave."""
        self.wizard.ask_to_leave(self)
