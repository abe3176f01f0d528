"""Clients whose keys are made on other hosts: nothing is signed unseen, and the kit carries what goes back."""

from __future__ import annotations

import pytest

from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.plan.build import build_plan
from wizard.plan.facts import Facts, KitFact, RequestFact
from wizard.plan.operations import Consent, Operation, Plan
from wizard.plan.text import command_lines
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build

KEY = ":".join(["AB"] * 32)
OTHER = ":".join(["CD"] * 32)
RECIPE = """\
mqwizard: 1
organization: Example
hosts: {apphost: {}}
queue_managers:
  QM1: {queues: [Q1]}
clients:
  app1: {connects_to: QM1, host: apphost, queues: [Q1]}
"""
NAMED = RECIPE.replace("host: apphost,", f"host: apphost, certificate: {{public_key: '{KEY}'}},")


def plan(
    asked: RequestFact | None, *, recipe: str = RECIPE, kit: tuple[str, ...] = (), allowed: tuple[Consent, ...] = ()
) -> Plan:
    topology = build(read_recipe(recipe, source="r.yaml"), Release(9, 4))
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    facts = Facts(
        "10:00",
        "h",
        Release(9, 4),
        "Installation1",
        plays_root=True,
        requests={"app1": asked} if asked else {},
        kits={"app1": KitFact(kits["app1"] | dict.fromkeys(kit, ""))} if kit else {},
    )
    return build_plan(topology, facts, kits, name="r", allowed=allowed)


def certificate(found: Plan) -> Operation:
    (one,) = [one for one in found.operations if one.resource == "app1/certificate/app1"]
    return one


def kit_commands(found: Plan) -> list[str]:
    (one,) = [one for one in found.operations if one.resource == "app1/kit"]
    return command_lines(one)


def test_without_a_request_the_plan_waits_and_the_kit_says_how_to_make_one() -> None:
    found = plan(None)
    assert f"{certificate(found).state}" == "wait"
    assert "apphost makes its key and sends exchange/app1.csr" in certificate(found).reason
    assert any("PARTNER.md" in line for line in kit_commands(found))
    assert not any("certificate.pem" in line for line in kit_commands(found))
    assert any(one.what == "rule APP1.SVRCONN" and one.state == "create" for one in found.operations)


def test_a_key_that_the_recipe_does_not_name_is_signed_with_a_consent_only() -> None:
    refused = certificate(plan(RequestFact(KEY)))
    assert refused.state == "refuse"
    assert KEY in refused.reason
    signed = plan(RequestFact(KEY), allowed=(Consent.WIDE_RULES,))
    assert command_lines(certificate(signed)) == [
        "           sign exchange/app1.csr with ca, 365 days, to exchange/app1.pem".strip()
    ]
    assert "cp exchange/app1.pem kits/app1/app1-certificate.pem" in kit_commands(signed)


def test_a_key_that_the_recipe_names_is_signed_and_no_other() -> None:
    assert certificate(plan(RequestFact(KEY), recipe=NAMED)).state == "create"
    other = certificate(plan(RequestFact(OTHER), recipe=NAMED, allowed=(Consent.WIDE_RULES,)))
    assert other.state == "refuse"
    assert OTHER in other.reason


def test_a_wrong_request_is_refused_with_the_reason() -> None:
    found = certificate(plan(RequestFact(wrong="It holds a private key."), allowed=(Consent.WIDE_RULES,)))
    assert (found.state, found.reason) == ("refuse", "exchange/app1.csr: It holds a private key.")


@pytest.mark.parametrize("there", [True, False])
def test_what_was_signed_is_kept_and_copied_once(there: bool) -> None:
    found = plan(RequestFact(KEY, answered=True), kit=("example-mq-ca.pem", *(["app1-certificate.pem"] * there)))
    assert certificate(found).state == "keep"
    (kit,) = [one for one in found.operations if one.resource == "app1/kit"]
    assert (kit.state, "app1-certificate.pem" in kit.reason) == ("keep" if there else "change", not there)
