"""What undo does about one thing, or why it leaves it; and how such parts become operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.steps import Step
from wizard.plan.undo_past import Deed

AGAIN = "run the recipe again"


@dataclass(frozen=True)
class Part:
    """One thing that is put back: how, in words and steps, and what it takes to be allowed."""

    state: State
    words: str = ""
    steps: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    consent: Consent | None = None
    refresh: bool = False
    """Whether TLS of the queue manager must be read anew afterwards."""


@dataclass(frozen=True)
class Left:
    """One thing that stays, and why: because of what others did, or because undo never takes it back (`for_good`)."""

    reason: str
    drift: bool = False
    for_good: bool = False


@dataclass
class Outcome:
    """What becomes of one resource."""

    deed: Deed
    parts: list[Part] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def add(self, found: Part | Left | None) -> None:
        """Take in what becomes of one of its things; None is one that is as it was before."""
        if isinstance(found, Part):
            self.parts.append(found)
        elif found is not None and found not in self.left:
            self.left.append(found)

    @property
    def stays(self) -> bool:
        """Whether something of it is left that a later undo may take back."""
        return any(not one.for_good for one in self.left)


def operations_of(outcome: Outcome, *, owes: str = "", otherwise: str = "is as it was before") -> list[Operation]:
    """What is done about a resource, then what is left of it; with neither it is kept, and `otherwise` says why."""
    found = []
    if outcome.parts:
        found.append(_done(outcome.deed, outcome.parts, owes))
    if outcome.left:
        reasons = dict.fromkeys(one.reason for one in outcome.left)
        found.append(kept(outcome.deed, "; ".join(reasons), drift=any(one.drift for one in outcome.left)))
    return found or [kept(outcome.deed, otherwise)]


def kept(deed: Deed, reason: str, *, drift: bool = False) -> Operation:
    """A resource that is left as it is."""
    return Operation(
        section=deed.section, state=State.KEEP, what=deed.what, resource=deed.resource, reason=reason, drift=drift
    )


def _done(deed: Deed, parts: Sequence[Part], owes: str) -> Operation:
    return Operation(
        section=deed.section,
        state=_state(part.state for part in parts),
        what=deed.what,
        resource=deed.resource,
        reason=", ".join(dict.fromkeys(part.words for part in parts if part.words)),
        steps=tuple(dict.fromkeys(step for part in parts for step in part.steps)),
        changes=tuple(change for part in parts for change in part.changes),
        consent=next((part.consent for part in parts if part.consent), None),
        owes=owes if any(part.refresh for part in parts) else "",
        undo=AGAIN,
    )


def _state(states: Iterable[State]) -> State:
    """The state of an operation of several parts: theirs where they agree, otherwise it changes something."""
    different = set(states)
    return different.pop() if len(different) == 1 else State.CHANGE
