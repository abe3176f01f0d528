"""The proof: the ladder and who is refused, filling in as the checks are made; how each was made, and its result.

Left with `Next` when the person has seen it, or when it ended without a result.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from screens.ask import Answer, Ask
from screens.leaving import Back, Next
from screens.work.errand import News
from screens.work.lines import Lines, shown
from screens.work.onlooker import Onlooker
from screens.work.proof_rows import proof_lines
from wizard.engine.events import Checked
from wizard.proof.report import count
from wizard.proof.values import Verdict

LEAVE_IT, TRY_IT = "leave-it", "try-it"


class ProofScreen(Onlooker):
    """Looks on while the proof is made, and stays until it was read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "seen", "next", show=False),
        Binding("enter", "next", "next", tooltip="Go on, once the proof is made."),
        Binding("t", "try_refusals", "try more", tooltip="Try the refusals that were held back; it asks first."),
        Binding("space", "open", "open", tooltip="Open the line: all that was found, what was expected, the cause."),
    ]
    AUTO_FOCUS = "#checks"
    leaving_means = "The set-up is made; the proof can be made again at any time."

    def body(self) -> ComposeResult:
        yield Static(shown(f"Proof: {self.errand.proof_title}", self.marks), classes="title", markup=False)
        yield Lines(
            self.marks,
            cursor=True,
            label="The proof",
            explanation="On the wire and asked of MQ count as proven. Space opens a line.",
            id="checks",
        )
        yield Static("", id="proof-count", markup=False)

    def on_mount(self) -> None:
        self.opened: set[int] = set()
        self.wants_refusals = False
        super().on_mount()

    def on_lines_widened(self) -> None:
        """The list knows its width now, or has got another."""
        self.draw()

    def heard(self, news: list[News]) -> None:
        if any(isinstance(event, Checked) for event in news):
            self.draw()
            listing = self.query_one("#checks", Lines)
            if self.errand.proven is None:
                listing.go_to(len(listing.lines) - 1)
        self._tell()

    def draw(self) -> None:
        """Show every check made so far."""
        listing = self.query_one("#checks", Lines)
        checks = [one.check for one in self.errand.checks]
        listing.show(list(proof_lines(checks, self.opened, listing.width - 2, self.marks)))
        self._tell()

    def _tell(self) -> None:
        made = self.errand.checks
        text = f"{len(made)} checks so far, {sum(one.check.verdict is Verdict.OK for one in made)} as expected."
        if self.errand.proven is not None:
            text = f"{count(self.errand.proven.proof)} Report: {self.errand.proven.report}"
        self.query_one("#proof-count", Static).update(shown(text, self.marks))

    def leave_for(self, leaving: Back | Next) -> None:
        """A proof that is made stays on the screen until the person goes on."""
        if self.errand.proven is None:
            super().leave_for(leaving)
            return
        self.refresh_bindings()
        self.explain("Enter goes on: where everything is, and how to do it again.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Stopping is for a proof that is being made, going on for one that is made."""
        made = self.errand.proven is not None
        if action == "try_refusals":
            return made and self._held_back > 0
        return made if action in {"next", "seen"} else not made if action == "back" else True

    @property
    def _held_back(self) -> int:
        """How many refusals were not tried because they leave traces on a queue manager of others."""
        return sum(one.check.held_back for one in self.errand.checks)

    def action_try_refusals(self) -> None:
        """Ask, naming the traces; the proof is made anew with what was held back."""
        means = (
            f"{self._held_back} refusals were not tried: each attempt is refused, so that it stands in the queue "
            "manager's error log (AMQ9777E, AMQ9637E and the like) and causes a channel event where those are on. "
            "Nobody's account is locked by it, and nothing is changed."
        )
        answers = [
            Answer(LEAVE_IT, "Leave it", "The proof stays as it is."),
            Answer(TRY_IT, "Try them", "The whole proof is made anew, as --prove-refusals does."),
        ]

        def answered(answer: str | None) -> None:
            if answer == TRY_IT:
                self.wants_refusals = True
                self.dismiss(Next())

        self.app.push_screen(Ask("Try them on a queue manager of others?", means, answers), answered)

    def action_seen(self) -> None:
        """What is done is done, so that back leads on too."""
        self.action_next()

    def action_next(self) -> None:
        if self.errand.proven is not None and self.errand.ended is not None:
            self.dismiss(Next())

    def on_lines_clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open or close the present check."""
        listing = self.query_one("#checks", Lines)
        line = listing.present
        if line is not None and line.thing >= 0:
            self.opened ^= {line.thing}
            self.draw()
            place = next(number for number, one in enumerate(listing.lines) if one.thing == line.thing)
            listing.go_to(place)
            listing.reveal()
