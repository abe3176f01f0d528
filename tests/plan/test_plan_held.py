"""What `mqwizard certs` says about certificates: who uses them, which nobody asked for, what ends next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.plan.facts import AuthorityFact, CertificateFact, Facts, KitFact, QueueManagerFact, StoreFact
from wizard.plan.held import Held, Inventory, Role, inventory
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build

RECIPE = """\
mqwizard: 1
organization: Example
trust: {trust}
queue_managers:
  QM1: {{queues: [Q1]}}
clients:
  app1: {{connects_to: QM1, queues: [Q1]}}
  app2: {{connects_to: QM1, queues: [Q1]}}
"""
CA = "CN=Example MQ CA,OU=MQ,O=Example"
OWN = CertificateFact("qm1", personal=True, subject="CN=QM1,OU=MQ,O=Example", issuer=CA, days_left=300, key="RSA 2048")
SIGNER = CertificateFact("example-mq-ca", personal=False, subject=CA, issuer=CA, days_left=3000)
STRANGER = CertificateFact("some ca", personal=False, subject="CN=Some CA", issuer="CN=Some CA", days_left=900)


def held(*certificates: CertificateFact, trust: str = "ca", secured: frozenset[str] = frozenset()) -> Inventory:
    topology = build(read_recipe(RECIPE.format(trust=trust), source="r.yaml"), Release(9, 4))
    store = StoreFact("/ssl/key.p12", exists=True, usable=True, certificates=certificates)
    fact = QueueManagerFact(
        "QM1", "Running", running=True, own=MqObject(Kind.QMGR, "QM1", {}), store=store, secured_channels=secured
    )
    authority = AuthorityFact("whole", CA, 3000)
    kits = {
        name: KitFact({}, StoreFact(f"kits/{name}/{name}.p12", exists=True, usable=True)) for name in ("app1", "app2")
    }
    facts = Facts("", "h", Release(9, 4), "", queue_managers={"QM1": fact}, authority=authority, kits=kits)
    return inventory(topology, facts)


def entry(found: Inventory, label: str) -> Held:
    (one,) = [one for one in found.held if one.fact.label == label]
    return one


def test_a_certificate_names_the_channels_that_show_it_those_of_others_too() -> None:
    found = held(OWN, SIGNER, secured=frozenset({"OTHER.SVRCONN"}))
    assert entry(found, "qm1").used_by == ("APP1.SVRCONN", "APP2.SVRCONN", "OTHER.SVRCONN")
    assert entry(found, "example-mq-ca").used_by == ("app1", "app2")
    assert entry(found, "ca").role is Role.AUTHORITY
    assert not found.needs_care


def test_a_self_signed_signer_names_the_one_client_that_it_lets_in() -> None:
    app2 = CertificateFact("app2", personal=False, subject="CN=app2", issuer="CN=app2", days_left=3)
    found = held(OWN, app2, trust="self-signed")
    assert entry(found, "app2").used_by == ("app2",)
    assert entry(found, "app2").ends_soon


def test_a_signer_that_nobody_asked_for_is_pointed_out_with_the_command_that_removes_it() -> None:
    stranger = entry(found := held(OWN, SIGNER, STRANGER), "some ca")
    assert not stranger.expected
    assert stranger.removal == "runmqakm -cert -delete -db /ssl/key.p12 -stashed -label 'some ca'"
    assert found.needs_care


def test_the_chain_above_the_own_certificate_is_expected() -> None:
    issuing = CertificateFact("issuing", personal=False, subject="CN=Issuing", issuer="CN=Some CA", days_left=900)
    own = replace(OWN, issuer="CN=Issuing")
    found = held(own, SIGNER, issuing, STRANGER)
    assert all(one.expected for one in found.held)


def test_an_own_certificate_that_no_channel_shows_is_not_in_use_and_harms_nobody() -> None:
    old = replace(OWN, label="qm1-2025")
    found = held(OWN, SIGNER, old)
    assert not entry(found, "qm1-2025").expected
    assert entry(found, "qm1-2025").removal.endswith("-label qm1-2025")
    assert not found.needs_care


@pytest.mark.parametrize(("days", "care"), [(-1, True), (0, True), (30, True), (31, False), (None, False)])
def test_what_ended_or_ends_within_thirty_days_needs_somebody(days: int | None, care: bool) -> None:
    assert held(replace(OWN, days_left=days), SIGNER).needs_care is care


def test_the_next_to_end_is_the_first_that_has_not_ended() -> None:
    found = held(OWN, replace(SIGNER, days_left=-5), replace(STRANGER, days_left=40))
    assert found.next_to_end is not None
    assert found.next_to_end.fact.label == "some ca"


def test_stores_that_cannot_be_looked_into_are_named_with_the_reason() -> None:
    topology = build(read_recipe(RECIPE.format(trust="ca"), source="r.yaml"), Release(9, 4))
    ended = QueueManagerFact("QM1", "Ended immediately", running=False)
    found = inventory(topology, Facts("", "h", Release(9, 4), "", queue_managers={"QM1": ended}))
    assert [owner for owner, _ in found.unread] == ["QM1", "app1", "app2"]
    assert "not running" in found.unread[0][1]
    assert found.needs_care
