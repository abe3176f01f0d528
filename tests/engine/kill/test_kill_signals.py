"""A signal asks mqwizard to end: it says so, closes the journal, leaves with 128 and the number, and can go on."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from engine_support import Place
from kill_jobs import OWN_CA, Whole, goes_on
from kill_points import SignalDuring
from kill_state import differences, end_state


@pytest.mark.parametrize(
    ("number", "status", "during", "fault"),
    [
        (signal.SIGHUP, 129, "-certreq -create", "runmqakm:-certreq -create:1=slow:1500"),
        (signal.SIGINT, 130, "create QM1/authority/app1", "runmqsc:SET AUTHREC:2=slow:1500"),
        (signal.SIGTERM, 143, "crtmqm", "crtmqm:QM1:1=slow:1500"),
    ],
    ids=["hang-up", "interrupt", "termination"],
)
def test_a_run_that_is_asked_to_end_can_go_on(
    tmp_path: Path, whole: Whole, number: signal.Signals, status: int, during: str, fault: str
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=SignalDuring(number, during), environment={"SANDBOX_FAULTS": fault})
        assert ended.status == status, ended.said
        assert f"ended by {number.name}; run the same command to go on" in ended.err
        assert "Traceback" not in ended.said
        assert last_entry(place)["outcome"] == "failed"
        goes_on(place, whole(OWN_CA))


def test_a_run_under_nohup_outlives_the_hang_up(tmp_path: Path) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=HangUpIgnored())
        assert ended.status == 0, ended.said


def test_a_proof_that_is_asked_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        assert place.run().status == 0
        before = end_state(place)
        place.arguments = ()
        slowly = {"SANDBOX_LATENCY": "300"}
        ended = place.run(disturbance=SignalDuring(signal.SIGTERM, "amqsputc"), environment=slowly)
        assert ended.status == 143, ended.said
        assert not differences(end_state(place), before)
        assert not list((place.state / "proof").glob("*"))


@dataclass(frozen=True)
class HangUpIgnored:
    """What nohup does; and the hang-up."""

    def __call__(self) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        SignalDuring(signal.SIGHUP, "create QM1/certificate/qm1", 0.01)()


def last_entry(place: Place) -> dict[str, Any]:
    """The last line of the last journal."""
    last = sorted(place.state.glob("journals/*/*.jsonl"))[-1]
    entry: dict[str, Any] = json.loads(last.read_text().splitlines()[-1])
    return entry
