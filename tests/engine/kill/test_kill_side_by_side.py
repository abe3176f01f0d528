"""Commands that a killed run left behind are waited for; a second run at the same time is refused."""

from __future__ import annotations

import getpass
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from kill_jobs import OWN_CA, Whole, goes_on
from kill_points import KillAt, SignalDuring

SLOW = 4000
"""Milliseconds that a command takes which is to be found at work."""


@pytest.mark.parametrize(
    ("during", "fault", "command"),
    [
        ("crtmqm", f"crtmqm:QM1:1=slow:{SLOW}", "crtmqm -u QM1.DLQ QM1"),
        ("-cert -receive", f"runmqakm:-cert -receive:1=slow:{SLOW}", "-cert -receive"),
        ("create QM1/channel/APP1.SVRCONN", f"runmqsc:DEFINE CHANNEL:1=slow:{SLOW}", "runmqsc -e QM1"),
    ],
    ids=["crtmqm", "runmqakm", "runmqsc"],
)
@pytest.mark.parametrize("begun", [False, True], ids=["in the first run", "in a second run"])
def test_a_command_that_a_killed_run_left_at_work_is_waited_for(
    tmp_path: Path, whole: Whole, during: str, fault: str, command: str, begun: bool
) -> None:
    """In a second run the session to the queue manager is older than the journal."""
    with OWN_CA.place(tmp_path / "job") as place:
        if begun and command.startswith("runmqsc"):
            assert place.run(disturbance=KillAt("create QM1/queue/Q1", "over")).status == -9
        elif begun:
            assert place.run(disturbance=KillAt("create authority/ca", "over")).status == -9
        ended = place.run(disturbance=SignalDuring(signal.SIGKILL, during), environment={"SANDBOX_FAULTS": fault})
        assert ended.status == -9, ended.said
        assert any(command in words for words in place.processes().values()), place.processes()
        goes_on(place, whole(OWN_CA))


def test_a_second_run_on_a_queue_manager_is_refused_and_told_whose_turn_it_is(tmp_path: Path, whole: Whole) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        first = place.start(environment={"SANDBOX_FAULTS": f"crtmqm:QM1:1=slow:{SLOW}"})
        until(lambda: any("crtmqm -u" in words for words in place.processes().values()), "crtmqm is at work")
        for other_state in ((), ("--state", "other-state")):
            second = place.run(*other_state)
            assert second.status == 3, second.said
            assert "Another run of mqwizard is at work on queue manager QM1" in second.err
            assert f"{getpass.getuser()}, process {first.pid} on " in second.err
            assert second.out == ""
        looking = place.run("--dry-run")
        assert looking.status == 0, looking.said
        assert first.process.is_alive()
        ended = first.end()
        assert ended.status == 0, ended.said
        shutil.rmtree(place.folder / "other-state")
        goes_on(place, whole(OWN_CA))


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait, for a bounded time, until something that another process does has happened."""
    waiting = threading.Event()
    for _ in range(1000):
        if happened():
            return
        waiting.wait(0.02)
    pytest.fail(f"in vain: {what}")
