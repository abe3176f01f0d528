"""Explain, audit and diagnose at a running queue manager: MQ's own answer beside ours, and faults found and mended."""

from __future__ import annotations

import json
from typing import Any

import pytest
from engine_reports import MakePlace
from engine_support import TWO_WAY, Place


def diagnosed(place: Place) -> dict[str, Any]:
    ended = place.run("diagnose", "--client", "app1", "--try", "--json")
    found: dict[str, Any] = json.loads(ended.out)
    return found


@pytest.fixture
def made(make_place: MakePlace) -> Place:
    place = make_place(TWO_WAY)
    ended = place.run("--no-proof")
    assert ended.status == 0, ended.said
    return place


def test_a_queue_manager_is_explained_audited_and_diagnosed(made: Place) -> None:
    inside = made.run("explain", "--client", "app1")
    assert inside.status == 0, inside.said
    assert "MQ says the same (RUNCHECK): in, as user app1." in inside.out
    outside = made.run("explain", "--client", "app1", "--address", "10.0.0.1")
    assert outside.status == 10
    assert "MQ says the same (RUNCHECK): refused" in outside.out
    assert made.run("audit").status == 0

    opened = "SET CHLAUTH('OPEN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL)"
    made.mqsc("DEFINE CHANNEL(OPEN) CHLTYPE(SVRCONN)", opened)
    audit = made.run("audit", "--json")
    assert audit.status == 1
    found = [json.loads(line) for line in audit.out.splitlines()]
    assert ("no-back-stop", "OPEN") in {(one["rule"], one["about"]) for one in found if one["type"] == "finding"}

    stranger = ("--channel", "OPEN", "--user", "app1", "--address", "10.0.0.1")
    got_in = made.run("diagnose", "--got-in", *stranger)
    assert "SET CHLAUTH('OPEN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)" in got_in.out, got_in.said

    made.mqsc("ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLPEER('CN=somebody else')")
    assert diagnosed(made)["cause"]["key"] == "sslpeer-of-channel"
    made.mqsc("ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLPEER(' ') SSLCIPH(' ')")
    faulty = diagnosed(made)
    assert (faulty["cause"]["key"], faulty["plan"]) == ("channel-plain", True)
    assert made.run("--no-proof").status == 0
    assert diagnosed(made)["connected"] is True
