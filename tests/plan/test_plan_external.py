"""Certificates of a CA elsewhere: asked for, waited for, received; nothing is opened or trusted before its time."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from wizard.kits.files import kit_files
from wizard.mq import chlauth
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.plan.adopt import adopt
from wizard.plan.build import build_plan
from wizard.plan.external import with_answers
from wizard.plan.facts import (
    AnswerFact,
    CertificateFact,
    Facts,
    KitFact,
    Memory,
    QueueManagerFact,
    SignerFact,
    StoreFact,
)
from wizard.plan.operations import Consent, Plan, State
from wizard.plan.text import command_lines
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build

ROOT_PRINT = ":".join(["AB"] * 32)
RECIPE = """\
mqwizard: 1
organization: Example
trust: {kind: external, fingerprint: 'FINGERPRINT'}
queue_managers:
  QM1: {queues: [Q1]}
clients:
  app1: {connects_to: QM1, queues: [Q1]}
""".replace("FINGERPRINT", ROOT_PRINT)
ROOT = SignerFact("corp-root", "CN=Corp Root", ROOT_PRINT, "ROOT PEM")
ISSUING = SignerFact("corp-issuing", "CN=Corp Issuing", "CD", "ISSUING PEM")
STORE = "/var/mqm/qmgrs/QM1/ssl/key.p12"
OURS = Memory(set_values={"QM1/queue-manager": {}, "QM1/key-repository": {}})


def answer(name: str, **more: str) -> AnswerFact:
    subject = f"CN={name},OU=MQ,O=Example"
    return AnswerFact("exchange/it.p7b", subject, "CN=Corp Issuing", "LEAF PEM", (ISSUING, ROOT), **more)


ASKED = {"QM1": AnswerFact(), "app1": AnswerFact()}
ANSWERED = {"QM1": answer("QM1"), "app1": answer("app1")}


def held(label: str, name: str, path: str) -> StoreFact:
    """A store after the receipt."""
    own = CertificateFact(label, personal=True, subject=f"CN={name},OU=MQ,O=Example", issuer=ISSUING.subject)
    return StoreFact(
        path,
        exists=True,
        usable=True,
        certificates=(
            CertificateFact("corp-root", personal=False, subject=ROOT.subject, issuer=ROOT.subject),
            CertificateFact("corp-issuing", personal=False, subject=ISSUING.subject, issuer=ROOT.subject),
            own,
        ),
        mode=0o640,
        group="mqm",
    )


def pending(label: str, path: str) -> StoreFact:
    return StoreFact(path, exists=True, usable=True, requests=(label,), mode=0o640, group="mqm")


def plan(
    store: StoreFact | None = None,
    kit: StoreFact | None = None,
    answers: Mapping[str, AnswerFact] = {},
    *,
    recipe: str = RECIPE,
    release: str = "9.4",
    allowed: tuple[Consent, ...] = (),
    rules: tuple[MqObject, ...] = (),
) -> Plan:
    level = Release.parse(release)
    fact = QueueManagerFact(
        "QM1",
        "Running",
        running=True,
        own=MqObject(Kind.QMGR, "QM1", {"SSLKEYR": "/var/mqm/qmgrs/QM1/ssl/key"}),
        store=store,
        ssl_folder=STORE[:-8],
        rules={rule.key: rule for rule in rules},
    )
    facts = Facts(
        "10:00",
        "h",
        level,
        "Installation1",
        queue_managers={"QM1": fact} if store else {},
        kits={"app1": KitFact({}, kit)} if kit else {},
        answers=answers,
        memory=OURS if store else Memory(),
        plays_root=True,
    )
    topology = with_answers(adopt(build(read_recipe(recipe, source="r.yaml"), level), facts), facts)
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    return build_plan(topology, facts, kits, name="r", allowed=allowed)


def states(found: Plan, *words: str) -> list[str]:
    """The operations whose line begins with one of these words, with their states."""
    return [f"{one.state} {one.what}" for one in found.operations if one.what.startswith(words)]


CERTIFICATES = ("request", "certificate", "signer", "rule", "channel", "listener", "refresh", "kit")


@pytest.mark.parametrize("release", ["9.2", "9.4"])
def test_the_first_run_asks_waits_and_opens_no_door(release: str) -> None:
    found = plan(release=release)
    assert states(found, *CERTIFICATES) == [
        "create request qm1",
        "wait certificate qm1",
        "create request app1",
        "wait certificate app1",
    ]
    assert not any("SSLKEYR" in line for one in found.operations for line in command_lines(one))
    assert "channels, rules and listener follow" in " ".join(found.notes)


def test_a_wait_names_the_request_and_what_lies_there_unread() -> None:
    store = pending("qm1", STORE)
    found = plan(store, pending("app1", "kits/app1/app1.p12"), ASKED)
    assert states(found, *CERTIFICATES) == ["wait certificate qm1", "wait certificate app1"]
    assert "send exchange/QM1.csr to the CA" in found.waiting[0].reason


def test_a_request_whose_file_is_gone_is_extracted_again_with_the_same_key() -> None:
    found = plan(pending("qm1", STORE), pending("app1", "kits/app1/app1.p12"), {})
    lines = [line for one in found.operations for line in command_lines(one) if "-certreq" in line]
    assert ["-extract" in line for line in lines] == [True]


def test_an_answer_is_received_after_everybody_above_it_and_doors_name_its_issuer() -> None:
    found = plan(pending("qm1", STORE), pending("app1", "kits/app1/app1.p12"), ANSWERED)
    assert states(found, *CERTIFICATES) == [
        "create signer corp-root",
        "create signer corp-issuing",
        "create certificate qm1",
        "run refresh security (TLS)",
        "create channel APP1.SVRCONN",
        "create rule APP1.SVRCONN",
        "create rule *",
        "create certificate app1",
        "create kit",
    ]
    rule = next(one for one in found.operations if one.what == "rule APP1.SVRCONN")
    assert "SSLCERTI('CN=Corp Issuing')" in command_lines(rule)[-1]


def test_a_client_before_9_3_gets_its_chain_into_its_cms_store_before_its_certificate() -> None:
    found = plan(pending("qm1", STORE), pending("app1", "kits/app1/app1.kdb"), ANSWERED, release="9.2")
    (receipt,) = [one for one in found.operations if one.resource == "app1/certificate/app1"]
    verbs = [line.split(" -label ")[-1].split()[0] for line in command_lines(receipt) if " -add " in line]
    assert verbs == ["corp-root", "corp-issuing"]
    assert "-receive" in command_lines(receipt)[-1]


@pytest.mark.parametrize("fingerprint", ["", ", fingerprint: " + "'" + "EE" * 32 + "'"])
def test_a_root_that_the_recipe_does_not_name_is_not_trusted(fingerprint: str) -> None:
    recipe = RECIPE.replace(f", fingerprint: '{ROOT_PRINT}'", fingerprint)
    found = plan(pending("qm1", STORE), pending("app1", "kits/app1/app1.p12"), ANSWERED, recipe=recipe)
    assert [one.what for one in found.refused] == ["signer corp-root", "signer corp-issuing"]
    assert ROOT_PRINT in found.refused[0].reason
    allowed = plan(
        pending("qm1", STORE),
        pending("app1", "kits/app1/app1.p12"),
        ANSWERED,
        recipe=recipe,
        allowed=(Consent.WIDE_RULES,),
    )
    assert bool(allowed.refused) is bool(fingerprint), "a consent stands for a root not named, never for another one"


def test_an_incomplete_chain_waits_and_a_wrong_answer_is_refused() -> None:
    missing = {"QM1": answer("QM1", missing="Ask the CA for the certificate of CN=Corp Root, and add it first.")}
    found = plan(pending("qm1", STORE), pending("app1", "kits/app1/app1.p12"), {**ASKED, **missing})
    assert "its chain is not whole. Ask the CA" in found.waiting[0].reason
    wrong = {"QM1": answer("QM1", wrong="It expired.")}
    found = plan(pending("qm1", STORE), pending("app1", "kits/app1/app1.p12"), {**ASKED, **wrong})
    assert [one.reason for one in found.refused] == ["exchange/it.p7b: It expired."]


def test_when_all_is_received_the_exchange_folder_is_needed_no_more() -> None:
    found = plan(held("qm1", "QM1", STORE), held("app1", "app1", "kits/app1/app1.p12"))
    assert states(found, "request", "signer", "certificate qm1", "certificate app1") == [
        "keep signer corp-root",
        "keep signer corp-issuing",
        "keep certificate qm1",
        "keep certificate app1",
    ]
    assert not found.waiting
    assert states(found, "certificate corp-root") == ["run certificate corp-root"], "its file is extracted for kits"


def test_one_more_client_waits_without_closing_the_doors_of_the_others() -> None:
    recipe = RECIPE + "  app2: {connects_to: QM1, queues: [Q1]}\n"
    found = plan(held("qm1", "QM1", STORE), held("app1", "app1", "kits/app1/app1.p12"), recipe=recipe)
    assert states(found, "rule", "request", "kit") == [
        "create rule APP1.SVRCONN",
        "create rule *",
        "create kit",
        "create request app2",
    ]
    assert [one.section for one in found.waiting] == ["app2"]


def test_a_client_that_lost_its_store_keeps_the_rule_that_names_its_issuer() -> None:
    subject = "CN=app1,OU=MQ,O=Example"
    there = chlauth.ssl_peer_map("APP1.SVRCONN", subject, "CN=Corp Issuing", "", "app1")
    found = plan(held("qm1", "QM1", STORE), rules=(there,))
    assert states(found, "rule APP1") == ["keep rule APP1.SVRCONN"]
    assert found.waiting[0].state is State.WAIT
