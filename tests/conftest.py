"""What all tests share: properties are judged by what they find, never by how fast this machine is."""

from __future__ import annotations

import os

import pytest
from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import WorkStealingScheduling

WIDTH = 160
"""Characters of a row of the table of faults."""

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

os.environ.setdefault("SANDBOX_GET_WAIT", "50")
"""Milliseconds that amqsgetc of a sandbox waits for one more message; every proof waits for it."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WorkStealingScheduling:
    """Whole set-ups take a thousand times as long as pure tests: a worker that is done takes over from the other."""
    return WorkStealingScheduling(config, log)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """The faults that mqwizard was put to: which, the exit status, what it said."""
    reports = [one for found in terminalreporter.stats.values() for one in found if getattr(one, "when", "") == "call"]
    rows = [value for one in reports for name, value in one.user_properties if name == "fault"]
    if not rows:
        return
    terminalreporter.section("faults: none lost anything, leaked anything, or kept the next run from going on")
    for what, status, said in rows:
        terminalreporter.write_line(f"exit {status}  {what:<58} {said}"[:WIDTH])
    kinds = {what for what, _, _ in rows}
    terminalreporter.write_line(f"{len(kinds)} kinds of fault")
