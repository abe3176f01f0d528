"""The welcome: what was found on this machine, what can be gone on with, and where the work is to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from screens.choice import Choice
from screens.frame import Frame
from screens.heading import Heading
from screens.parts.choices import Choices
from screens.steps.found import found_lines

if TYPE_CHECKING:
    from wizard.engine.around import Around
    from wizard.engine.drafts import Draft

NEW, PRACTICE, OPEN = "new", "practice", "open"
DRAFT = "draft:"

PROMISE = (
    "Sets up IBM MQ so that the right applications get in over TLS and nobody else does, and proves it. "
    "It asks a few questions, shows the plan, and changes nothing before you say yes."
)


@dataclass(frozen=True)
class Welcome:
    """What the first look brought."""

    around: Around
    drafts: tuple[Draft, ...] = ()


class Start(Frame):
    """Shows at once; what is here is looked at in a thread, by `look`, after the first paint."""

    class Looked(Message):
        """The first look is over."""

        def __init__(self, welcome: Welcome) -> None:
            super().__init__()
            self.welcome = welcome

    def __init__(self, heading: Heading, look: Callable[[], Welcome], *, practice: bool) -> None:
        super().__init__(heading)
        self.look = look
        self.practice = practice
        self.chosen = NEW

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(PROMISE, classes="prose", markup=False)
            yield Static("Looking for IBM MQ.", id="found", markup=False)
            yield Choices(self._options(), chosen=NEW, label="Start", marks=self.marks, explanation=HELP)

    def _options(self, welcome: Welcome | None = None) -> list[Choice]:
        options = [Choice(NEW, "Set up something new", self._where(welcome))]
        if welcome and welcome.around.usable and not self.practice:
            options.append(Choice(PRACTICE, "Practise in the sandbox", SANDBOX))
        options.append(Choice(OPEN, "Open a recipe", "Go through its answers, change what you like."))
        for draft in welcome.drafts if welcome else ():
            options.append(Choice(f"{DRAFT}{draft.id}", f"Go on with {draft.title}", f"Draft of {draft.moment}."))
        return options

    def _where(self, welcome: Welcome | None) -> str:
        if self.practice:
            return SANDBOX
        if welcome is None:
            return ""
        return f"On {welcome.around.host}." if welcome.around.usable else SANDBOX

    def on_mount(self) -> None:
        self.run_worker(lambda: self.post_message(self.Looked(self.look())), thread=True, group="look")

    def on_start_looked(self, event: Looked) -> None:
        """Show what was found, and offer what can be done with it."""
        event.stop()
        if not self.is_attached:
            return
        self.query_one("#found", Static).update("\n".join(found_lines(event.welcome.around)))
        self.query_one(Choices).replace(self._options(event.welcome), self.chosen)

    def on_choices_changed(self, event: Choices.Changed) -> None:
        self.chosen = event.choices.chosen

    def on_choices_taken(self) -> None:
        self.action_next()

    def action_back(self) -> None:
        """There is nothing before this: it asks whether to leave."""
        self.action_leave()


SANDBOX = "In the sandbox: simulated MQ commands that behave like the real ones. Nothing on this machine is touched."
HELP = "Up and down choose, Enter goes on. F1 explains what you see."
