"""What an audit says about one thing: how bad, what it is, what it means, and the repair. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Gravity(StrEnum):
    """How bad a flaw is, the worst first."""

    PROBLEM = "problem"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Flaw:
    """One thing that is not as it should be.

    `rule` names the check. `commands` repair it, for the queue manager's administrator to judge and type; none where
    somebody must decide first. `plan` says that running the recipe repairs it.
    """

    queue_manager: str
    gravity: Gravity
    rule: str
    about: str
    what: str
    means: str = ""
    remedy: str = ""
    commands: tuple[str, ...] = ()
    plan: bool = False


@dataclass(frozen=True)
class Held:
    """A certificate in a key repository, as far as the audit looks; `days_left` is None where that is not known."""

    label: str
    personal: bool
    subject: str
    issuer: str
    days_left: int | None
