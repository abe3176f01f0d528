"""Runs commands that only show something, side by side, and keeps why one gave no answer instead of stopping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wizard.errors import MqWizardError
from wizard.run.call import Call, Finished
from wizard.run.driver import Driver

SECONDS = 60.0
AT_ONCE = 16
"""Commands side by side at the most."""


@dataclass(frozen=True)
class Heard:
    """What a command said; `trouble` is why there is nothing to read, without secrets."""

    output: str = ""
    trouble: str = ""


def hear(driver: Driver, *commands: Sequence[str]) -> list[Heard]:
    """The answers of several commands, in order. One that does not end with exit 0 is a trouble, with its output."""
    answers: list[Heard] = []
    for start in range(0, len(commands), AT_ONCE):
        calls = [Call(argv, timeout=SECONDS) for argv in commands[start : start + AT_ONCE]]
        answers += [heard(ended) for ended in driver.run_all(calls)]
    return answers


def heard(ended: Finished | MqWizardError) -> Heard:
    """How a command ended, as an answer."""
    if isinstance(ended, MqWizardError):
        return Heard(trouble=ended.what)
    if ended.exit_status == 0:
        return Heard(ended.output)
    last = " / ".join(ended.shown.strip().splitlines()[-2:])
    how = f"exit {ended.exit_status}" if ended.exit_status is not None else f"signal {ended.signal}"
    return Heard(ended.output, f"{ended.argv[0]} ended with {how}{f': {last}' if last else ''}")
