"""What a proof cannot or may not try is said, with the reason, and never counted as proven."""

from __future__ import annotations

from pathlib import Path

from engine_support import place_at
from proof_places import MUTUAL, failed, proven, set_up

from wizard.proof.values import Check, How, Verdict
from wizard.sandbox.install import prepare

WIRE = {"no TLS", "no certificate", "unknown CA", "expired", "wrong name", "other channel", "wrong queue"}
ASKED = {"another issuer", "wrong address", "says it is mqm"}


def by_name(checks: list[Check]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def assert_not_tried(check: Check, reason: str) -> None:
    assert (check.verdict, check.proven) == (Verdict.NOT_TRIED, False)
    assert reason in check.detail


def test_a_client_that_may_not_come_from_here_is_proven_by_questions_alone(tmp_path: Path) -> None:
    with set_up(tmp_path / "work", MUTUAL.replace("127.*", "10.1.2.*")) as place:
        checks = by_name(proven(place))
    assert failed([*checks.values()]) == {}
    for name in ("authority", "message", *WIRE):
        assert checks[name].how is How.NOT_POSSIBLE
        assert_not_tried(checks[name], "it is accepted from 10.1.2.*, and this host is 127.")
    for name in ("rules", "login", "rights", *ASKED):
        assert (checks[name].how, checks[name].verdict) == (How.ASKED, Verdict.OK)
    assert checks["rules"].detail == "CN=app1 from 10.1.2.1 comes in as app1"


def test_on_a_queue_manager_that_is_not_ours_no_refusal_is_tried_unasked(tmp_path: Path) -> None:
    with place_at(tmp_path / "work", MUTUAL, "--no-proof") as place:
        prepare(place.sandbox)
        place.command("crtmqm", "QM1")
        place.command("strmqm", "QM1")
        ended = place.run("--allow", "takeover")
        assert ended.status == 0, ended.said
        checks = by_name(proven(place))
    assert failed([*checks.values()]) == {}
    for name in WIRE:
        assert_not_tried(checks[name], "the queue manager is not ours; --prove-refusals tries it")
    for name in ("message", *ASKED):
        assert checks[name].proven
