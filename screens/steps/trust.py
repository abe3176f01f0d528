"""Who vouches for the certificates."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.diagram import Part
from screens.parts.choices import Choice, Choices
from screens.parts.field import Asked
from screens.step import Seen, Step

BARRED = "This version does not carry it out: certificates of a CA elsewhere need its answers. Choose another one."
KINDS = (
    Choice(
        "ca",
        "An own small CA",
        "Made here, its key encrypted. A further application is one more certificate; nothing else changes.",
    ),
    Choice(
        "self-signed",
        "Each certificate vouches for itself",
        "Quick for one application; each further one costs a new signer and a refresh of TLS security.",
    ),
    Choice("external", "A CA elsewhere", "By request and answer; not in this version.", barred=BARRED),
)


class TrustStep(Step):
    """The kind of trust, and what the own CA is called."""

    part = Part.TRUST

    def questions(self) -> ComposeResult:
        self.kind = Asked(("trust", "kind"), "Trust")
        chosen = self.said(self.kind.path) or "ca"
        yield Choices(KINDS, chosen=chosen, label="Trust", marks=self.marks, explanation=self.kind.explanation)
        yield self.row(Asked(("trust", "name"), "Name of the own CA", help=CA_NAME))

    def on_choices_changed(self, event: Choices.Changed) -> None:
        self.change(self.kind, event.choices.chosen)

    def missing(self, seen: Seen) -> str:  # noqa: ARG002 - the choice says it
        return self.query_one(Choices).wrong


CA_NAME = "The common name of the own CA; empty means the organization's name and MQ CA."
