"""The errors of the sandbox itself, and the ends of simulated commands that fail.

SandboxError is raised when a sandbox cannot be made or is told something it does not know; every command
prints it and ends with `REFUSED_STATUS`, which no MQ command uses: it is never taken for MQ's own answer.
"""

from __future__ import annotations

REFUSED_STATUS = 125


class SandboxError(Exception):
    """The sandbox, not MQ, refuses: what happened, what it means, what to do."""

    def __init__(self, what: str, means: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.means = means
        self.remedy = remedy

    def __str__(self) -> str:
        return "\n".join(line for line in (self.what, self.means, self.remedy) if line)


class MqError(Exception):
    """A simulated command ends with this text and this exit status."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text = text
        self.status = status
