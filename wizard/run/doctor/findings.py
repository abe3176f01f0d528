"""What the doctor says about one thing: in which area, how bad it is, what it is, what it means, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wizard.errors import MqWizardError


class Severity(StrEnum):
    """How bad a finding is, from best to worst."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. Everything but what is well says what it means here or what to do."""

    area: str
    severity: Severity
    what: str
    means: str = ""
    remedy: str = ""


def ok(area: str, what: str) -> Finding:
    """It is as it should be."""
    return Finding(area, Severity.OK, what)


def note(area: str, what: str, means: str = "", remedy: str = "") -> Finding:
    """Good to know; nobody has to act."""
    return Finding(area, Severity.NOTE, what, means, remedy)


def warning(area: str, what: str, means: str = "", remedy: str = "") -> Finding:
    """It works, but not safely, or not for long."""
    return Finding(area, Severity.WARNING, what, means, remedy)


def problem(area: str, what: str, means: str = "", remedy: str = "") -> Finding:
    """Something does not work."""
    return Finding(area, Severity.PROBLEM, what, means, remedy)


def from_error(area: str, error: MqWizardError) -> Finding:
    """An error that would have stopped a run, as a finding."""
    return problem(area, error.what, error.means, error.remedy)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, the worst first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity.value: counted[severity] for severity in reversed(Severity)}


def healthy(findings: Iterable[Finding]) -> bool:
    """Whether nothing is worse than a note."""
    return all(finding.severity in {Severity.OK, Severity.NOTE} for finding in findings)
