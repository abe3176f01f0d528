"""Key repositories where runmqakm takes no password but on its command line, where everybody could read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wizard.kits.files import kit_files
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.plan.adopt import adopt
from wizard.plan.build import build_plan
from wizard.plan.facts import CertificateFact, Facts, Memory, PasswordWay, QueueManagerFact, StoreFact
from wizard.plan.handmade import by_hand
from wizard.plan.operations import Plan, State
from wizard.plan.text import command_lines, plan_text
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build

RECIPE = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1:
    queues: [Q1]
clients:
  app1:
    connects_to: QM1
    tls: mutual
    queues: {Q1: [put, get]}
"""
STORE = "/var/mqm/qmgrs/QM1/ssl/key.p12"
OURS = Memory(set_values={"QM1/queue-manager": {}, "QM1/key-repository": {}})


def plan(release: str, way: PasswordWay, *, fact: QueueManagerFact | None = None, memory: Memory = OURS) -> Plan:
    level = Release.parse(release)
    there = {"QM1": fact} if fact else {}
    facts = Facts("10:00", "h", level, "Installation1", queue_managers=there, memory=memory, password_way=way)
    topology = by_hand(adopt(build(read_recipe(RECIPE, source="r.yaml"), level), facts), facts)
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    return build_plan(topology, facts, kits, name="r")


def running(store: StoreFact | None, **own: str) -> QueueManagerFact:
    attributes = MqObject(Kind.QMGR, "QM1", {"SSLKEYR": STORE, **own})
    return QueueManagerFact("QM1", "Running", running=True, own=attributes, store=store, ssl_folder=STORE[:-8])


def reason(found: Plan, resource: str) -> str:
    (one,) = [one for one in found.operations if one.resource == resource]
    return f"{one.state} {one.reason}"


def every_command(found: Plan) -> str:
    return "\n".join(line for one in found.operations for line in command_lines(one))


@pytest.mark.parametrize("way", [PasswordWay.COMMAND_LINE, PasswordWay.ABSENT])
@pytest.mark.parametrize("release", ["9.3", "9.4", "10.0"])
def test_a_store_is_written_without_runmqakm_where_the_release_reads_one(release: str, way: PasswordWay) -> None:
    found = plan(release, way)
    assert not found.refused
    assert "runmqakm" not in every_command(found)
    assert reason(found, "QM1/key-repository").endswith(
        "password in KEYRPWD, group mqm, 0640, written by mqwizard itself"
    )
    commands = every_command(found)
    assert commands.index("ALTER QMGR INITKEY") < commands.index("ALTER QMGR KEYRPWD") < commands.index("SSLKEYR")
    assert commands.index("chmod 0640") < commands.index("SSLKEYR")


def test_the_plan_says_what_the_way_it_takes_rests_on() -> None:
    handmade = " ".join(plan("9.4", PasswordWay.COMMAND_LINE).notes)
    assert "only on its command line here" in handmade
    assert "KEYRPWD (documented from 9.3)" in handmade and "recalled" in handmade
    assert "runmqakm is not installed here" in " ".join(plan("9.4", PasswordWay.ABSENT).notes)
    assert "tried here, since IBM does not document it" in " ".join(plan("9.4", PasswordWay.TERMINAL).notes)


def test_runmqakm_makes_the_store_where_it_asks_for_the_password() -> None:
    found = plan("9.4", PasswordWay.TERMINAL)
    assert reason(found, "QM1/key-repository") == f"create {STORE}, password stashed, group mqm, 0640"
    assert "runmqakm -keydb -create" in every_command(found)


@pytest.mark.parametrize("release", ["9.1", "9.2"])
def test_a_release_that_reads_cms_only_is_refused_and_told_what_to_do(release: str) -> None:
    found = plan(release, PasswordWay.COMMAND_LINE)
    assert {one.resource for one in found.refused} == {"QM1/key-repository", "app1/certificate/app1"}
    for one in found.refused:
        assert "yourself (runmqakm -keydb -create -type cms -stash)" in one.reason
        assert "9.3 or later" in one.reason


@pytest.mark.parametrize("way", list(PasswordWay))
def test_a_store_with_a_stash_stays_with_runmqakm(way: PasswordWay) -> None:
    certificates = (CertificateFact("qm1", personal=True), CertificateFact("example-mq-ca", personal=False))
    store = StoreFact(STORE, exists=True, usable=True, certificates=certificates, mode=0o640, group="mqm")
    found = plan("9.4", way, fact=running(store))
    assert reason(found, "QM1/key-repository") == f"keep {STORE}"
    assert "KEYRPWD" not in every_command(found)


@pytest.mark.parametrize("way", list(PasswordWay))
def test_a_store_that_we_wrote_stays_ours_whatever_runmqakm_takes(way: PasswordWay) -> None:
    held = (CertificateFact("qm1", personal=True),)
    store = StoreFact(STORE, exists=True, usable=True, certificates=held, mode=0o640, group="mqm", by_hand=True)
    found = plan("9.4", way, fact=running(replace(store, stash=False), KEYRPWD="********"))
    assert reason(found, "QM1/key-repository") == f"keep {STORE}"
    assert reason(found, "QM1/signer/example-mq-ca").startswith(State.CREATE)
    assert "runmqakm" not in every_command(found)
    assert "KEYRPWD" not in every_command(found)


def test_a_store_of_others_is_never_written_over_by_us() -> None:
    found = plan("9.4", PasswordWay.COMMAND_LINE, fact=running(StoreFact(STORE, exists=False)), memory=Memory())
    assert "refuse" in reason(found, "QM1/key-repository")
    assert "QM1 is not ours: let its owner make" in reason(found, "QM1/key-repository")


def test_the_password_of_our_store_shows_nowhere_in_the_plan() -> None:
    text = plan_text(plan("9.4", PasswordWay.COMMAND_LINE), commands=True)
    assert "ALTER QMGR KEYRPWD('********')" in text or "ALTER QMGR KEYRPWD(********)" in text
