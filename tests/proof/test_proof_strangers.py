"""From which addresses a proof asks whether a stranger gets in."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from engine_reports import topology_of
from proof_places import MUTUAL

from wizard.proof import reverse
from wizard.proof.cases import TABLE, Case
from wizard.proof.reverse import ReverseCases
from wizard.proof.setting import Admission, Setting
from wizard.proof.stage import Stage
from wizard.proof.values import Verdict
from wizard.run.machine import Machine

TWO_ON_ONE_CHANNEL = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1: {queues: [Q1]}
clients:
  app1: {connects_to: QM1, tls: none, channel: SHARED, address: 10.1.2.3}
  app2: {connects_to: QM1, tls: none, channel: SHARED, address: 10.1.2.4}
"""


def setting(recipe: str) -> Setting:
    topology = topology_of(recipe)
    return Setting(
        machine=cast(Machine, SimpleNamespace(sandboxed=True)),
        topology=topology,
        queue_manager=topology.queue_managers[0],
        client=topology.clients[0],
        stage=Stage("QM1", "OPEN", "CLOSED", Path("/nowhere")),
        errors=Path("/nowhere"),
        made_here=True,
        prove_refusals=False,
    )


def test_neighbours_of_the_addresses_are_asked_about_too() -> None:
    found = setting(MUTUAL.replace("address: 127.*", "address: [10.1.2.*, 10.7.1-9.1]")).strangers()
    assert {"192.0.2.77", "10.1.3.0", "10.1.1.0", "10.7.1.2", "10.7.1.0"} <= set(found)
    assert not {one for one in found if one.startswith("10.1.2.")}


def test_the_address_of_somebody_who_shares_the_channel_is_no_strangers() -> None:
    found = setting(TWO_ON_ONE_CHANNEL).strangers()
    assert "10.1.2.2" in found
    assert "10.1.2.4" not in found


@pytest.mark.parametrize("let_in", ["", "198.51.100.77", "128.0.0.0"])
def test_one_stranger_who_is_let_in_fails_the_check(let_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def runcheck(_: Setting, address: str, **more: str) -> Admission:
        return Admission("said", user="app1") if address == let_in else Admission("said", refused=True)

    monkeypatch.setattr(Setting, "runcheck", runcheck)
    (row,) = [one for one in TABLE if one.case is Case.WRONG_ADDRESS]
    monkeypatch.setattr(reverse, "rows", lambda *_: (row,))
    check = next(ReverseCases(setting(MUTUAL), "127.0.0.1").all())
    assert check.verdict is (Verdict.FAILED if let_in else Verdict.OK)
    assert let_in in check.detail
