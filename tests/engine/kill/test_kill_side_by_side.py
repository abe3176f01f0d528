"""Commands that a killed run left behind are waited for; a second run at the same time is refused."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from engine_support import PATIENCE, Place
from kill_jobs import OWN_CA, Whole, goes_on
from kill_points import KillAt, SignalDuring
from kill_state import differences, end_state


@pytest.mark.parametrize(
    ("during", "fault", "command", "earlier"),
    [
        ("crtmqm", "crtmqm:QM1:1=hang", "crtmqm -u QM1.DLQ QM1", ""),
        ("-cert -receive", "runmqakm:-cert -receive:1=hang", "runmqakm -cert -receive", ""),
        ("create QM1/channel/APP1.SVRCONN", "runmqsc:DEFINE CHANNEL:1=hang", "runmqsc -e QM1", "create QM1/queue/Q1"),
    ],
    ids=["crtmqm", "runmqakm", "runmqsc in a second run"],
)
def test_a_command_that_a_killed_run_left_at_work_is_waited_for(
    tmp_path: Path, whole: Whole, *, during: str, fault: str, command: str, earlier: str
) -> None:
    """In a second run the session to the queue manager is older than the journal."""
    with OWN_CA.place(tmp_path / "job") as place:
        if earlier:
            assert place.run(disturbance=KillAt(earlier, "over")).status == -9
        ended = place.run(disturbance=SignalDuring(signal.SIGKILL, during), environment={"SANDBOX_FAULTS": fault})
        assert ended.status == -9, ended.said
        (left_behind,) = at_work(place, command)
        following = place.start()
        until(lambda: f"Process {left_behind} (" in following.said(), "the next run says what it waits for")
        assert "started by an earlier run, is still at work: waiting for its end." in following.said()
        assert following.process.is_alive()
        os.kill(left_behind, signal.SIGKILL)
        ended = following.end()
        assert ended.status == 0, ended.said
        odd = differences(end_state(place), whole(OWN_CA))
        assert not odd, "\n".join([*odd, ended.said])


def test_a_second_run_on_a_queue_manager_is_refused_and_told_whose_turn_it_is(tmp_path: Path, whole: Whole) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        first = place.start(environment={"SANDBOX_FAULTS": "crtmqm:QM1:1=hang"})
        until(lambda: bool(at_work(place, "crtmqm -u")), "crtmqm is at work")
        for other_state in ((), ("--state", "other-state")):
            second = place.run(*other_state)
            assert second.status == 3, second.said
            assert "Another run of mqwizard is at work on queue manager QM1" in second.err
            assert f"{getpass.getuser()}, process {first.pid} on " in second.err
            assert second.out == ""
        looking = place.run("--dry-run")
        assert looking.status == 0, looking.said
        assert first.process.is_alive()
        os.kill(*at_work(place, "crtmqm -u"), signal.SIGKILL)
        assert first.end().status == 1
        shutil.rmtree(place.folder / "other-state")
        goes_on(place, whole(OWN_CA))


def at_work(place: Place, command: str) -> list[int]:
    """The processes that run a command of the sandbox."""
    return [pid for pid, words in place.processes().items() if command in words]


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait, for a bounded time, until something that another process does has happened."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if happened():
            return
        waiting.wait(0.02)
    pytest.fail(f"in vain: {what}")
