"""The plan of an undo: what comes back, what stays and why, and that nothing else is touched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_cases import carried_out, line_of, plan_of, topology_of, want_stores
from plan_machine import Machine, type_into
from plan_recipes import ORGANIZATIONS, recipe_texts
from plan_undo import Now, carry_out, deeds, show_everything, snapshot, undo_of

from wizard.mq.releases import Release
from wizard.plan.effects_json import effect_record, read_effects
from wizard.plan.effects_of import effects_of
from wizard.plan.operations import Consent, State
from wizard.plan.text import command_lines
from wizard.plan.undo import Undo
from wizard.plan.undo_past import Past

NEWEST = Release(9, 4)

RECIPE = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1: {listener: 1414, queues: {Q1: {MAXDEPTH: 5000}}}
clients:
  app1: {connects_to: QM1, address: 127.*, queues: {Q1: [put, get]}}
"""


def made(recipe: str = RECIPE) -> tuple[Machine, Past]:
    """A machine on which a recipe was carried out, and the past of that run."""
    machine = Machine()
    topology = topology_of(recipe, NEWEST)
    want_stores(machine, topology)
    plan = plan_of(topology, machine, *Consent)
    machine.do(plan)
    return machine, Past((1,), deeds(plan))


def added(machine: Machine, recipe: str) -> Past:
    """The past of a second run, of another recipe."""
    topology = topology_of(recipe, NEWEST)
    want_stores(machine, topology)
    show_everything(machine)
    plan = plan_of(topology, machine, *Consent)
    machine.do(plan)
    return Past((2,), deeds(plan, 2))


def lines(undo: Undo) -> dict[str, str]:
    """Resource → what is planned for it."""
    return {one.resource: line_of(one).replace(f" {one.resource}", "") for one in undo.plan.operations}


@settings(max_examples=40)
@given(st.sampled_from(ORGANIZATIONS).flatmap(lambda name: st.tuples(recipe_texts(name), recipe_texts(name))))
def test_undo_of_any_second_run_brings_back_what_the_first_one_left(recipes: tuple[str, str]) -> None:
    machine = Machine()
    carried_out(machine, topology_of(recipes[0], NEWEST))
    show_everything(machine)
    before = snapshot(machine)
    past = added(machine, recipes[1])
    undo = undo_of(machine, past, *Consent)
    assert not undo.leaves, undo.plan
    carry_out(machine, undo.plan)
    assert snapshot(machine) == before


@settings(max_examples=20)
@given(st.sampled_from(ORGANIZATIONS).flatmap(recipe_texts))
def test_undo_of_any_first_run_leaves_no_queue_manager(recipe: str) -> None:
    machine, past = made(recipe)
    undo = undo_of(machine, past)
    assert not undo.leaves
    carry_out(machine, undo.plan)
    assert machine.queue_managers == {}
    assert undo_of(machine, past).plan.pending == ()


@settings(max_examples=20)
@given(st.sampled_from(ORGANIZATIONS).flatmap(recipe_texts))
def test_what_an_operation_does_is_read_back_from_the_journal_as_it_was_written(recipe: str) -> None:
    machine = Machine()
    topology = topology_of(recipe, NEWEST)
    carried_out(machine, topology)
    for operation in plan_of(topology, Machine()).operations:
        effects = tuple(one for one in effects_of(operation) if "Later" not in repr(one))
        written = json.loads(json.dumps([effect_record(one) for one in effects]))
        assert read_effects(written, {}) == effects


def test_the_doors_are_closed_before_what_they_led_to_goes() -> None:
    machine, _ = made(RECIPE.replace("app1", "app0"))
    past = added(machine, RECIPE.replace("  app1", "  app0: {connects_to: QM1, queues: {Q1: [put]}}\n  app1"))
    kinds = [one.resource.split("/")[1] for one in undo_of(machine, past).plan.pending]
    assert list(dict.fromkeys(kinds)) == ["rule", "authority", "channel"]


def test_a_queue_that_holds_messages_stays_and_so_does_its_queue_manager() -> None:
    machine, past = made()
    undo = undo_of(machine, past, now=Now(depths={"Q1": 2}))
    planned = lines(undo)
    assert planned["QM1/queue/Q1"] == "keep: holds 2 messages"
    assert planned["QM1/queue-manager"] == "keep: queue Q1 holds 2 messages"
    assert planned["QM1/attributes"] == "keep: stays with QM1"
    assert planned["QM1/channel/APP1.SVRCONN"] == "delete:"
    assert {"QM1/queue/Q1", "QM1/queue-manager", "QM1/attributes"} <= set(undo.leaves)
    carry_out(machine, undo.plan)
    assert ("QUEUE", "Q1") in machine.queue_managers["QM1"].objects
    assert ("CHANNEL", "APP1.SVRCONN") not in machine.queue_managers["QM1"].objects


@pytest.mark.parametrize(
    ("typed", "resource", "says"),
    [
        ("ALTER QLOCAL(Q1) MAXDEPTH(7)", "QM1/queue/Q1", "MAXDEPTH 7 (was 5000)"),
        ("ALTER QLOCAL(Q1) PUT(DISABLED)", "QM1/queue/Q1", "PUT DISABLED (was ENABLED)"),
        ("ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) MCAUSER('x')", "QM1/channel/APP1.SVRCONN", "MCAUSER x"),
        ("DEFINE QALIAS(Q1) REPLACE", "QM1/queue/Q1", "it is a QALIAS now"),
    ],
)
def test_what_somebody_changed_since_is_drift_and_keeps_its_queue_manager(typed: str, resource: str, says: str) -> None:
    machine, past = made()
    type_into(machine, "QM1", [typed])
    undo = undo_of(machine, past)
    assert lines(undo)[resource].startswith("keep: drift: ")
    assert says in lines(undo)[resource]
    assert lines(undo)["QM1/queue-manager"].startswith("keep: others changed on it: ")
    assert resource in undo.leaves


def test_of_attributes_only_those_go_back_that_nobody_changed_since() -> None:
    machine, _ = made()
    past = added(machine, RECIPE.replace("MAXDEPTH: 5000", "MAXDEPTH: 6000, DESCR: new"))
    type_into(machine, "QM1", ["ALTER QLOCAL(Q1) DESCR('newer')"])
    planned = lines(undo_of(machine, past))["QM1/queue/Q1"]
    assert planned.startswith("change: MAXDEPTH 6000 → 5000; left: DESCR newer (was new)")


def test_rights_that_others_gave_since_stay() -> None:
    machine, _ = made()
    past = added(machine, RECIPE.replace("[put, get]", "[put, get, browse]"))
    type_into(machine, "QM1", ["SET AUTHREC PROFILE(Q1) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(INQ)"])
    planned = lines(undo_of(machine, past))
    assert planned["QM1/authority/app1"] == "change: Q1 -browse"


def test_a_running_tls_channel_is_not_stopped_by_a_refresh_without_consent() -> None:
    machine, _ = made()
    secured = RECIPE.replace("listener: 1414", "listener: 1414, attributes: {SSLFIPS: 'YES'}")
    past = added(machine, secured)
    now = Now(tls_channels=("THEIR.SVRCONN",))
    undo = undo_of(machine, past, now=now)
    (refused,) = undo.plan.refused
    assert refused.resource == "QM1/refresh/ssl"
    assert "THEIR.SVRCONN" in refused.reason
    assert "--allow interrupt" in refused.reason
    assert undo_of(machine, past, Consent.INTERRUPT, now=now).plan.refused == ()


def test_who_is_connected_over_a_channel_is_interrupted_with_consent_only() -> None:
    machine, _ = made(RECIPE.replace("app1", "app0"))
    past = added(machine, RECIPE)
    now = Now(instances={"APP1.SVRCONN": ("channel APP1.SVRCONN from 10.0.0.7",)})
    (refused,) = undo_of(machine, past, now=now).plan.refused
    assert refused.resource == "QM1/channel/APP1.SVRCONN"
    assert "interrupts channel APP1.SVRCONN from 10.0.0.7" in refused.reason
    plan = undo_of(machine, past, Consent.INTERRUPT, now=now).plan
    (channel,) = [one for one in plan.pending if one.resource == "QM1/channel/APP1.SVRCONN"]
    assert command_lines(channel) == [
        "runmqsc QM1",
        "  STOP CHANNEL(APP1.SVRCONN) MODE(FORCE) STATUS(INACTIVE)",
        "check DISPLAY CHSTATUS(APP1.SVRCONN) shows none running",
        "runmqsc QM1",
        "  DELETE CHANNEL(APP1.SVRCONN)",
    ]


def test_nothing_is_planned_on_a_queue_manager_that_cannot_be_looked_at() -> None:
    machine, past = made()
    plan = undo_of(machine, past, now=Now(status="Ended normally")).plan
    assert [one.state for one in plan.operations] == [State.RUN, State.UNKNOWN]
    foreign = added(machine, RECIPE.replace("5000", "6000"))
    (refused,) = undo_of(machine, foreign, now=Now(status="Running elsewhere")).plan.operations
    assert refused.state is State.REFUSE


def test_what_a_later_run_worked_on_waits_for_that_one() -> None:
    machine, past = made()
    later = Past(past.runs, past.deeds, later={"QM1/queue/Q1": 2, "QM1/queue-manager": 2})
    planned = lines(undo_of(machine, later))
    assert planned["QM1/queue/Q1"] == "keep: run 2 worked on it since: undo that first"
    assert planned["QM1/queue-manager"] == "keep: run 2 built on it: undo that first"
