"""Whatever security a recipe asks for next, a run without consent takes no way in from anybody."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_cases import carried_out, lines_of, plan_of, topology_of
from plan_machine import Machine, QueueManager

from wizard.mq.ciphers import Meeting, compatible
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.plan.operations import Consent, State
from wizard.topology.values import Topology

CIPHERS = ("", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER", "ECDHE_RSA_AES_256_GCM_SHA384")
wishes = st.tuples(
    st.sampled_from(["none", "server", "mutual"]), st.sampled_from(CIPHERS), st.sampled_from(["ca", "self-signed"])
)


def topology(tls: str, cipher: str, trust: str) -> Topology:
    spec = f", cipher: {cipher}" if cipher and tls != "none" else ""
    return topology_of(
        f"""\
mqwizard: 1
organization: Example
trust: {trust}
queue_managers:
  QM1: {{listener: 1414, queues: [Q1]}}
clients:
  app1: {{connects_to: QM1, tls: {tls}{spec}, address: 10.1.1.1, queues: {{Q1: [put]}}}}
  app2: {{connects_to: QM1, tls: server, queues: {{Q1: [get]}}}}
""",
        Release(9, 4),
    )


def ways_in(one: QueueManager) -> dict[object, object]:
    """What somebody who comes in depends on: the rules that let somebody in, channels, the certificate shown."""
    letting = {key: rule for key, rule in one.rules.items() if rule.text("USERSRC") != "NOACCESS"}
    return {**letting, "CERTLABL": one.own["CERTLABL"]}


def doors(one: QueueManager) -> dict[str, MqObject]:
    return {each.name: each for each in one.objects.values() if each.text("CHLTYPE") == "SVRCONN"}


@settings(max_examples=60)
@given(wishes, wishes)
def test_a_run_without_consent_shuts_nobody_out(before: tuple[str, str, str], after: tuple[str, str, str]) -> None:
    machine = Machine()
    carried_out(machine, topology(*before))
    (one,) = machine.queue_managers.values()
    ways, channels = ways_in(one), doors(one)
    signers = {label for store in machine.stores.values() for label in store.entries}
    plan = plan_of(topology(*after), machine)
    if plan.refused:
        return
    machine.do(plan)

    assert ways.items() <= ways_in(one).items()
    assert signers <= {label for store in machine.stores.values() for label in store.entries}
    for name, was in channels.items():
        now = doors(one)[name]
        assert compatible(was.text("SSLCIPH"), now.text("SSLCIPH"), tls13=True) is Meeting.YES
        assert not (was.text("SSLCIPH") and was.text("SSLCAUTH") == "OPTIONAL" and now.text("SSLCAUTH") == "REQUIRED")
    again = plan_of(topology(*after), machine)
    assert {one.state for one in again.operations} <= {State.KEEP, State.WAIT}


@settings(max_examples=60)
@given(wishes, wishes)
def test_opened_closed_and_cleared_up_it_is_as_the_recipe_says(
    before: tuple[str, str, str], after: tuple[str, str, str]
) -> None:
    machine = Machine()
    carried_out(machine, topology(*before))
    wanted = topology(*after)
    opening = plan_of(wanted, machine)
    if opening.refused:
        return
    machine.do(opening)
    for _ in range(2):
        machine.do(plan_of(wanted, machine, Consent.DELETE))

    assert lines_of(plan_of(wanted, machine)) == []
    (one,) = machine.queue_managers.values()
    assert set(doors(one)) == {"APP1.SVRCONN", "APP2.SVRCONN"}
