"""Operations and plans: the ordered list of changes, each a sentence, a reason and its steps.

An operation has no code of its own: its steps are shown and its steps are run.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.mq.objects import MqObject
from wizard.plan.steps import Mqsc, Step, Wait


class State(StrEnum):
    """What an operation does to its resource."""

    CREATE = "create"
    CHANGE = "change"
    KEEP = "keep"
    REPLACE = "replace"
    DELETE = "delete"
    RUN = "run"
    WAIT = "wait"
    UNKNOWN = "unknown"
    REFUSE = "refuse"


PENDING = frozenset({State.CREATE, State.CHANGE, State.REPLACE, State.DELETE, State.RUN, State.WAIT})
"""The states that change something or wait for a change."""


class Consent(StrEnum):
    """What a person must allow before an operation may do it."""

    TAKEOVER = "takeover"
    REPLACE = "replace"
    DELETE = "delete"
    INTERRUPT = "interrupt"
    WIDE_RULES = "wide-rules"


@dataclass(frozen=True)
class Change:
    """One attribute that gets another value; secrets are stars on both sides."""

    attribute: str
    old: str
    new: str


@dataclass(frozen=True)
class Operation:
    """One change: what will exist afterwards, why, by which steps, and what undo does."""

    section: str
    state: State
    what: str
    resource: str
    reason: str = ""
    host: str = ""
    steps: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    undo: str = ""
    former: tuple[MqObject, ...] = ()
    """The objects that it changes or takes away, as they were; what it deletes is known whole."""
    consent: Consent | None = None
    also: Consent | None = None
    """A second consent, where the first alone does not cover what it does."""
    drift: bool = False
    owes: str = ""
    """Work that this operation makes necessary later, such as a refresh; remembered until an operation `pays` it."""
    pays: str = ""
    lane: str = ""
    """The queue manager it belongs to; lanes that follow one another run side by side, each in its own order."""

    @property
    def id(self) -> str:
        return f"{self.state} {self.resource}"

    @property
    def comes_later(self) -> bool:
        """Whether it waits for somebody without keeping the rest of the plan waiting."""
        return any(isinstance(step, Wait) and step.later for step in self.steps)

    @property
    def only_mqsc(self) -> bool:
        return bool(self.steps) and all(isinstance(step, Mqsc) for step in self.steps)


@dataclass(frozen=True)
class Plan:
    """Every operation in the order of the run, and the words that head it."""

    title: str
    operations: tuple[Operation, ...]
    notes: tuple[str, ...] = ()
    sections: dict[str, str] = field(default_factory=dict)
    """Section → the word behind it: new, existing, here."""
    keeps: str = "as wanted"
    """What is said of the operations that keep what is there."""

    @property
    def pending(self) -> tuple[Operation, ...]:
        return tuple(operation for operation in self.operations if operation.state in PENDING)

    @property
    def refused(self) -> tuple[Operation, ...]:
        return tuple(operation for operation in self.operations if operation.state is State.REFUSE)

    @property
    def work(self) -> tuple[Operation, ...]:
        """What a run does: all that is pending but what is waited for."""
        return tuple(operation for operation in self.pending if operation.state is not State.WAIT)

    @property
    def waiting(self) -> tuple[Operation, ...]:
        """What somebody else must do before the rest can be done."""
        return tuple(one for one in self.operations if one.state is State.WAIT and not one.comes_later)

    @property
    def staged(self) -> tuple[Operation, ...]:
        """What is waited for, while the rest can be done."""
        return tuple(one for one in self.operations if one.state is State.WAIT and one.comes_later)

    @property
    def unseen(self) -> bool:
        """Whether part of it can be planned only when this plan is carried out."""
        return any(operation.state is State.UNKNOWN for operation in self.operations)

    @property
    def totals(self) -> dict[str, int]:
        """How many operations of each state, in the order of `State`."""
        counted = Counter(operation.state for operation in self.operations)
        return {state.value: counted[state] for state in State if counted[state]}
