"""Every error type of mqwizard, and the exit status each leads to.

An error says three things: what happened, what it means here, what to do. `str()` gives them a line each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class MqWizardError(Exception):
    """Something the person at the terminal should read; never a traceback."""

    exit_status = 1

    def __init__(self, what: str, means: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.means = means
        self.remedy = remedy

    def __str__(self) -> str:
        return "\n".join(line for line in (self.what, self.means, self.remedy) if line)


class UsageError(MqWizardError):
    """The command line is wrong; nothing was touched."""

    exit_status = 2


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a text the person wrote: where, what, and the remedy.

    `line` and `column` count from 1; 0 where the text as a whole is meant.
    """

    source: str
    line: int
    column: int
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}:{self.column}" if self.line else self.source
        return f"{place}: {self.what}" + (f" {self.remedy}" if self.remedy else "")


class RecipeError(MqWizardError):
    """A recipe cannot be used; carries every problem found, in reading order."""

    exit_status = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class Refused(MqWizardError):
    """Refused before the start: no MQ, no permission, consent missing; nothing was touched."""

    exit_status = 3


class OperationFailed(MqWizardError):
    """A step failed; the journal knows what was done before it."""


class CommandRefused(OperationFailed):
    """A command was refused and did nothing at all."""


class CommandTimedOut(OperationFailed):
    """A command gave no answer within its time limit; whether it did its work is unknown."""


class ConnectionLost(OperationFailed):
    """A runmqsc session ended in the middle (AMQ8145E or silence); what it did last is unknown."""


class ProofFailed(MqWizardError):
    """The set-up was made, but a check did not come out as it must."""

    exit_status = 4


class Declined(MqWizardError):
    """The person said no."""

    exit_status = 5


class Stopped(Declined):
    """The person stopped a run between two operations; what was done stays and is known to the journal."""


class Waiting(MqWizardError):
    """Root, a certificate authority, a partner or another host must act first."""

    exit_status = 6
