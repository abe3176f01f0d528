"""What a proof consists of: checks, how each was made, what was expected and what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How a check was made. Only the first two count as proven."""

    WIRE = "on the wire"
    ASKED = "asked of MQ"
    EVALUATED = "evaluated"
    NOT_POSSIBLE = "not possible here"


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    FAILED = "FAILED"
    NOT_TRIED = "not tried"


HELD_BACK = "the queue manager is not ours; --prove-refusals tries it, which its error log and events will show"
"""Why a refusal was not tried that a person may want tried all the same."""


@dataclass(frozen=True)
class Check:
    """One check of the proof, for one client or for the queue manager as a whole.

    `expected` says what a reverse case must lead to; `cause` and `remedy` are filled where it failed.
    """

    client: str
    queue_manager: str
    name: str
    detail: str
    how: How
    verdict: Verdict
    reverse: bool = False
    expected: str = ""
    cause: str = ""
    remedy: str = ""

    @property
    def held_back(self) -> bool:
        """Whether it would be tried if a person wanted it."""
        return self.verdict is Verdict.NOT_TRIED and self.detail == HELD_BACK

    @property
    def proven(self) -> bool:
        """Whether it came out as it must, on the wire or by MQ's own word."""
        return self.verdict is Verdict.OK and self.how in {How.WIRE, How.ASKED}


@dataclass(frozen=True)
class Proof:
    """Every check of one run, and where and when it was made."""

    recipe: str
    host: str
    moment: str
    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.verdict is Verdict.FAILED)

    @property
    def proven(self) -> int:
        return sum(check.proven for check in self.checks)

    @property
    def tried(self) -> int:
        return sum(check.verdict is not Verdict.NOT_TRIED for check in self.checks)
