from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_cases import carried_out, lines_of, plan_of
from plan_machine import Machine
from plan_recipes import RELEASES, topologies

from wizard.mq.releases import Release
from wizard.plan.operations import Consent, State
from wizard.topology.values import Topology


@given(topologies())
def test_the_same_topology_and_facts_give_the_same_plan(topology: Topology) -> None:
    assert plan_of(topology, Machine()) == plan_of(topology, Machine())


@given(st.data(), st.sampled_from(RELEASES))
def test_a_second_run_finds_nothing_to_do(data: st.DataObject, release: str) -> None:
    topology = data.draw(topologies(release))
    machine = Machine(Release.parse(release))
    carried_out(machine, topology)

    assert lines_of(plan_of(topology, machine)) == []


@given(topologies(), topologies())
def test_after_any_change_of_the_recipe_a_second_run_finds_nothing_to_do(before: Topology, after: Topology) -> None:
    machine = Machine()
    carried_out(machine, before)
    carried_out(machine, after)

    pending = plan_of(after, machine, *Consent)
    assert [line for line in lines_of(pending)] == []


@given(topologies())
def test_no_two_operations_of_a_plan_have_the_same_id(topology: Topology) -> None:
    ids = Counter(one.id for one in plan_of(topology, Machine()).operations)
    assert [one for one, number in ids.items() if number > 1] == []
