"""A signal asks mqwizard to end: it says so, closes the journal, leaves with 128 and the number, and can go on."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from engine_support import Place
from kill_jobs import OWN_CA, goes_on

from wizard.run.journal import Journal


@dataclass(frozen=True)
class SignalDuring:
    """Sends a signal to the process it is called in, a moment after it has started a command, or begun an operation."""

    number: signal.Signals
    words: str
    seconds: float = 0.3

    def __call__(self) -> None:
        process, begin = Journal.process, Journal.begin

        def noted(journal: Journal, pid: int, started: int | None, argv: Sequence[str]) -> None:
            process(journal, pid, started, argv)
            self._send(" ".join(argv))

        def begun(journal: Journal, batch: Any) -> None:
            begin(journal, batch)
            self._send(" ".join(one.id for one in batch))

        Journal.process = noted  # type: ignore[method-assign]
        Journal.begin = begun  # type: ignore[method-assign]

    def _send(self, text: str) -> None:
        if self.words in text:
            threading.Timer(self.seconds, os.kill, (os.getpid(), self.number)).start()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> object:
    """The end state of the job when nobody disturbs it, made once."""
    return cache(lambda: OWN_CA.end_state(tmp_path_factory.mktemp("whole") / "job"))


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=str
)
@pytest.mark.parametrize(
    ("during", "fault"),
    [
        ("crtmqm", "crtmqm:QM1:1=slow:1500"),
        ("-certreq -create", "runmqakm:-certreq -create:1=slow:1500"),
        ("create QM1/channel/APP1.SVRCONN", "runmqsc:DEFINE CHANNEL:1=slow:1500"),
    ],
    ids=["crtmqm", "runmqakm", "runmqsc"],
)
def test_a_run_that_is_asked_to_end_can_go_on(
    tmp_path: Path, whole: Any, number: signal.Signals, status: int, during: str, fault: str
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=SignalDuring(number, during), environment={"SANDBOX_FAULTS": fault})
        assert ended.status == status, ended.said
        assert f"ended by {number.name}; run the same command to go on" in ended.err
        assert "Traceback" not in ended.said
        assert last_entry(place)["outcome"] == "failed"
        goes_on(place, whole())


def test_a_run_under_nohup_outlives_the_hang_up(tmp_path: Path) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=HangUpIgnored())
        assert ended.status == 0, ended.said


def test_a_proof_that_is_asked_to_end_leaves_nothing_behind(tmp_path: Path) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        assert place.run().status == 0
        before = place.command("dmpmqcfg", "-m", "QM1", "-a").splitlines()
        place.arguments = ()
        ended = place.run(disturbance=SignalDuring(signal.SIGTERM, "amqsputc"), environment={"SANDBOX_LATENCY": "300"})
        assert ended.status == 143, ended.said
        after = place.command("dmpmqcfg", "-m", "QM1", "-a").splitlines()
        assert [line for line in after if not line.startswith("*")] == [
            line for line in before if not line.startswith("*")
        ]
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
