"""How each application and the queue manager know each other, and where the application may connect from."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.diagram import Part
from screens.entries import EntriesStep
from screens.parts.choices import Choice, Choices
from screens.parts.field import Asked
from wizard.recipe.answers import as_names
from wizard.recipe.nodes import Plain

LEVELS = (
    Choice(
        "mutual",
        "Two-way TLS: both show a certificate",
        "Keeps out who reads the network, a false queue manager, and an application without its key.",
    ),
    Choice(
        "server",
        "One-way TLS: the queue manager shows a certificate",
        "Keeps out who reads the network and a false queue manager; the application signs on with a password.",
    ),
    Choice(
        "none",
        "No TLS",
        "Keeps out other addresses only. Whoever sees the network can read and change messages.",
    ),
)


class SecurityStep(EntriesStep):
    """The level of one application, and its addresses."""

    part = Part.CHANNEL

    def questions(self) -> ComposeResult:
        yield from self.bar()
        self.level = Asked((self.section, self.entry, "tls"), "Security")
        chosen = self.said(self.level.path) or "mutual"
        yield Choices(LEVELS, chosen=chosen, label="Security", marks=self.marks, explanation=self.level.explanation)
        yield self.row(Asked((self.section, self.entry, "address"), "May connect from", write=_addresses, help=FROM))

    def on_choices_changed(self, event: Choices.Changed) -> None:
        self.change(self.level, event.choices.chosen)


def _addresses(line: str) -> Plain:
    """One address as a text, several as a list."""
    several = as_names(line)
    return several[0] if len(several) == 1 else several or None


FROM = "Addresses it may connect from, such as 10.1.2.* or a host name; empty means anywhere. Needed without TLS."
