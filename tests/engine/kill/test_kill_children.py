"""A command that mqwizard runs dies, hangs, talks nonsense or fails: exit 1, all told, and the same command goes on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from engine_support import Ended, Place
from kill_jobs import OWN_CA, Whole, goes_on

PATIENCE_OF_TESTS = 2.0
"""Seconds after which a command that hangs is given up here."""

FAULTS = {
    "crtmqm:QM1:1=kill": "crtmqm -u QM1.DLQ QM1 ended with signal 9",
    "crtmqm:QM1:1=hang": "crtmqm -u QM1.DLQ QM1 did not end within 2 s",
    "crtmqm:QM1:1=garbage": "strmqm QM1 ended with exit",
    "strmqm:QM1:1=exit:71": "strmqm QM1 ended with exit 71",
    "runmqakm:-keydb -create:1=kill": "runmqakm -keydb -create",
    "runmqakm:-cert -add:1=garbage": "does not list example-mq-ca as signer",
    "runmqakm:-certreq -create:1=exit:1": "runmqakm -certreq -create",
    "runmqakm:-certreq -create:1=garbage": "exchange/QM1.csr cannot be read",
    "runmqakm:-cert -receive:1=hang": "-cert -receive",
    "runmqakm:-cert -list:*=garbage": "does not list",
    "runmqsc:DEFINE QLOCAL:1=AMQ8145E": "lost its connection to the queue manager (AMQ8145E)",
    "runmqsc:DEFINE QLOCAL:2=kill": "DEFINE QLOCAL(Q1)",
    "runmqsc:ALTER QMGR:1=exit:71": "ALTER QMGR CERTLABL('qm1') SSLKEYR(",
    "runmqsc:SET CHLAUTH:1=garbage": "SET CHLAUTH('APP1.SVRCONN')",
    "runmqsc:SET AUTHREC:2=refuse": "SET AUTHREC PROFILE(Q1)",
    "runmqsc:START LISTENER:1=hang": "START LISTENER(LISTENER.TCP)",
    "runmqsc:DISPLAY LSSTATUS:1=AMQ8145E": "DISPLAY LSSTATUS(LISTENER.TCP)",
}
"""The fault → what must be said about it."""


@dataclass(frozen=True)
class Impatient:
    """Makes mqwizard wait no longer than a test wants to."""

    seconds: float = PATIENCE_OF_TESTS

    def __call__(self) -> None:
        from wizard.run import session
        from wizard.run.driver import Driver

        run_all = Driver.run_all

        def hurried(driver: Driver, calls: Any) -> Any:
            from dataclasses import replace

            return run_all(driver, [replace(call, timeout=min(call.timeout, self.seconds)) for call in calls])

        Driver.run_all = hurried  # type: ignore[method-assign]
        session.MqscSession.__init__.__kwdefaults__["silence"] = self.seconds


@pytest.mark.parametrize("fault", FAULTS)
def test_a_command_that_fails_is_named_and_the_next_run_goes_on(tmp_path: Path, whole: Whole, fault: str) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=Impatient(), environment={"SANDBOX_FAULTS": fault})
        assert ended.status == 1, ended.said
        assert FAULTS[fault] in ended.err
        assert_told_where_it_stands(place, ended)
        assert_nothing_leaked(place, ended)
        goes_on(place, whole(OWN_CA))


def assert_told_where_it_stands(place: Place, ended: Ended) -> None:
    """The message names journal and transcript; the journal ends, and knows of an operation that failed."""
    journal = re.search(r"Journal: (\S+\.jsonl)\b", ended.err)
    transcript = re.search(r"Transcript: (\S+\.txt)\b", ended.err)
    assert journal and transcript, ended.said
    assert ended.err.count("Transcript:") == 1
    lines = [json.loads(line) for line in Path(journal[1]).read_text().splitlines()]
    assert lines[-1]["type"] == "run-end"
    assert lines[-1]["outcome"] == "failed"
    assert [line["id"] for line in lines if line["type"] == "failed"]
    assert Path(transcript[1]).read_text()


def assert_nothing_leaked(place: Place, ended: Ended) -> None:
    """No command works on, no file lies half-written, and no secret stands where people read."""
    assert all("runmqlsr" in words for words in place.processes().values()), place.processes()
    assert not list(place.folder.rglob("*.part"))
    secrets = [path.read_text().strip() for path in place.folder.glob("*/*.pass*")]
    told = [ended.said, *(path.read_text() for path in place.state.rglob("*") if path.suffix in {".jsonl", ".txt"})]
    assert secrets
    assert not [secret for secret in secrets for text in told if secret in text]
