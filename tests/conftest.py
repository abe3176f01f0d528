"""What all tests share: properties are judged by what they find, never by how fast this machine is."""

from __future__ import annotations

from _pytest.terminal import TerminalReporter
from hypothesis import HealthCheck, settings

WIDTH = 160
"""Characters of a row of the table of faults."""

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


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
