"""What counts as refused: the right reason at the client and the right message at the queue manager, nothing less."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from engine_reports import topology_of
from proof_places import MUTUAL, PLAIN, SERVER

from wizard.mq.display import blocks
from wizard.proof import reverse
from wizard.proof.attempt import Attempt
from wizard.proof.cases import TABLE, Row, rows
from wizard.proof.reverse import ReverseCases
from wizard.proof.setting import Setting, admission
from wizard.proof.stage import Stage
from wizard.proof.values import Check, How, Verdict
from wizard.run.machine import Machine
from wizard.topology.values import Topology

WIRE = [row for row in TABLE if row.how is How.WIRE and row.reasons]
ARRIVED = Attempt(0, "", "Sample AMQSPUT0 start\ntarget queue is Q\nSample AMQSPUT0 end\n")
ELSEWHERE = Attempt(2538, "MQCONNX", "MQCONNX ended with reason code 2538")


class Log:
    """An error log that holds just these messages."""

    def __init__(self, *messages: str) -> None:
        self._messages = messages

    def messages(self, wanted: frozenset[str]) -> tuple[str, ...]:
        return self._messages


def recipe_with(row: Row) -> Topology:
    """A recipe for a client of which this case exists."""
    return next(
        topology
        for topology in map(topology_of, (MUTUAL, SERVER, PLAIN))
        if row in rows(topology.clients[0], topology.trust)
    )


def judged(row: Row, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, *messages: str) -> Check:
    """The check of one case, where the attempt ends like this and the queue manager logs these messages."""
    topology = recipe_with(row)
    installation = SimpleNamespace(has=lambda _: True)
    setting = Setting(
        machine=cast(Machine, SimpleNamespace(sandboxed=True, installation=installation, path=Path)),
        topology=topology,
        queue_manager=topology.queue_managers[0],
        client=topology.clients[0],
        stage=Stage("QM1", "OPEN", "CLOSED", Path("/nowhere")),
        errors=Path("/nowhere"),
        made_here=True,
        prove_refusals=False,
        password=cast(None, object()),
    )
    monkeypatch.setattr(reverse, "rows", lambda *_: (row,))
    monkeypatch.setattr(reverse, "put", lambda *_: attempt)
    monkeypatch.setattr(Setting, "log", lambda *_: Log(*messages))
    monkeypatch.setattr(ReverseCases, "_kit", lambda *_: (Path("/nowhere"), None))
    return next(ReverseCases(setting, "127.0.0.1").all())


def attempts(row: Row) -> tuple[Attempt, tuple[str, ...]]:
    """An attempt that ends as the table wants, with its messages."""
    return Attempt(min(row.reasons), "MQCONNX", ""), tuple(sorted(row.messages)[:1])


@pytest.mark.parametrize("row", WIRE, ids=lambda row: row.case.value)
def test_the_wanted_reason_with_the_wanted_message_is_a_refusal(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt, messages = attempts(row)
    check = judged(row, attempt, monkeypatch, "AMQ9999", *messages)
    assert (check.verdict, check.how) == (Verdict.OK, How.WIRE)
    assert check.detail == ", ".join((*messages, f"client {attempt.reason}"))


@pytest.mark.parametrize("row", WIRE, ids=lambda row: row.case.value)
def test_a_client_that_gets_in_fails_the_case(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    check = judged(row, ARRIVED, monkeypatch, *row.messages)
    assert (check.verdict, check.detail.endswith("it got in")) == (Verdict.FAILED, True)
    assert check.cause.startswith("expected ")


@pytest.mark.parametrize("row", WIRE, ids=lambda row: row.case.value)
def test_a_client_that_finds_nobody_fails_the_case(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    assert judged(row, ELSEWHERE, monkeypatch, *row.messages).verdict is Verdict.FAILED


@pytest.mark.parametrize("row", [row for row in WIRE if row.messages], ids=lambda row: row.case.value)
def test_a_refusal_that_the_queue_manager_does_not_explain_fails_the_case(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, _ = attempts(row)
    check = judged(row, attempt, monkeypatch, "AMQ9999")
    assert check.verdict is Verdict.FAILED
    assert "AMQ9999" in check.detail


MAPPED = """\
AMQ8878I: Display channel authentication record details.
   CHLAUTH(APP1.SVRCONN)                   TYPE(SSLPEERMAP)
   SSLPEER(CN=app1)                        USERSRC(MAP)
   MCAUSER(app1)
"""
CLOSED = """\
AMQ8878I: Display channel authentication record details.
   CHLAUTH(*)                              TYPE(ADDRESSMAP)
   ADDRESS(*)                              USERSRC(NOACCESS)
   WARN(NO)
"""
BLOCKED = """\
AMQ8878I: Display channel authentication record details.
   CHLAUTH(*)                              TYPE(BLOCKUSER)
   USERLIST(*MQADMIN)                      WARN(NO)
"""


@pytest.mark.parametrize(
    ("reply", "user", "refused"),
    [
        (MAPPED, "app1", False),
        ("AMQ9783I: Channel will run using MCAUSER('bob').", "bob", False),
        (CLOSED, "", True),
        (BLOCKED, "", True),
        (CLOSED.replace("WARN(NO)", "WARN(YES)"), "", False),
        (BLOCKED.replace("WARN(NO)", "WARN(YES)"), "", False),
        ("AMQ8860I: Channel authentication is disabled.", "", False),
        ("", "", False),
    ],
    ids=["mapped", "runs as", "no access", "blocked", "no access warns", "blocked warns", "no answer to it", "silence"],
)
def test_only_a_record_that_refuses_counts_as_refused(reply: str, user: str, refused: bool) -> None:
    found = admission(blocks(reply.splitlines()))
    assert (found.user, found.refused) == (user, refused)
    assert found.said
