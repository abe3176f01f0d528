"""A screen that looks on while the engine works: it takes the news as it comes, and asks for secrets in between."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from screens.ask import Answer, Ask
from screens.frame import Frame
from screens.heading import Heading
from screens.leaving import Back, Next
from screens.work.errand import Asked, Errand, News, Said
from screens.work.secret import SecretQuestion

STAY, STOP = "stay", "stop"


class NewsCame(Message):
    """The engine told something."""


class Onlooker(Frame):
    """Shows what an errand does; left with `Next` when its part is over, with `Back` when the person stopped it."""

    CSS_PATH = "work.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "stop", tooltip="Stop after the operation at work; it asks first."),
        Binding("enter", "next", show=False),
    ]

    leaving_means = "The operation at work is ended first; the same command goes on later."

    def __init__(self, heading: Heading, errand: Errand) -> None:
        super().__init__(heading)
        self.errand = errand

    def on_mount(self) -> None:
        self.errand.listen(self)

    def on_unmount(self) -> None:
        self.errand.no_longer(self)

    def news_came(self) -> None:
        """Called in the engine's thread, once until the news is taken."""
        self.post_message(NewsCame())

    def on_news_came(self) -> None:
        """Take all the news at once: however fast the engine is, the screen is drawn once for it."""
        news = self.errand.take()
        for event in news:
            if isinstance(event, Asked):
                self.app.push_screen(SecretQuestion(event.question), self.errand.secret)
            elif isinstance(event, Said):
                self.explain(event.text)
        self.heard(news)
        if self.errand.ended is not None or self.is_done:
            self.leave_for(Next())

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to see on this screen."""
        return False

    def heard(self, news: list[News]) -> None:
        """What this screen makes of the news."""

    def leave_for(self, leaving: Back | Next) -> None:
        """Leave now, or as soon as what stands over this screen is answered."""
        if self.is_current:
            self.dismiss(leaving)
        else:
            self.set_timer(0.05, lambda: self.leave_for(leaving))

    def action_next(self) -> None:
        """There is nothing to go on to before the engine is done."""

    def action_back(self) -> None:
        """Ask whether to stop; going on is the careful answer while something is at work."""
        if self.errand.stopping:
            return

        def stop(answer: str | None) -> None:
            if answer == STOP and self.errand.ended is None:
                self.errand.stop()
                self.explain("Stopping after the operation at work.")

        answers = [
            Answer(STAY, "Go on", "The work is not interrupted."),
            Answer(STOP, "Stop", "The operation at work is ended, no other is begun; what was done stays."),
        ]
        self.app.push_screen(Ask("Stop the work?", "It can be gone on with at any time.", answers), stop)
