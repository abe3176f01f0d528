from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from plan_cases import carried_out, lines_of, plan_of, topology_of
from plan_machine import Machine
from plan_recipes import RELEASES, recipe_texts

from wizard.mq.releases import Release
from wizard.plan.operations import Consent

NEWEST = Release(9, 4)


@given(recipe_texts())
def test_the_same_topology_and_facts_give_the_same_plan(recipe: str) -> None:
    topology = topology_of(recipe, NEWEST)

    assert plan_of(topology, Machine()) == plan_of(topology_of.__wrapped__(recipe, NEWEST), Machine())


@given(st.data(), st.sampled_from(RELEASES))
def test_a_second_run_finds_nothing_to_do(data: st.DataObject, release: str) -> None:
    topology = topology_of(data.draw(recipe_texts(release)), Release.parse(release))
    machine = Machine(Release.parse(release))
    carried_out(machine, topology)

    assert lines_of(plan_of(topology, machine)) == []


@given(recipe_texts(), recipe_texts())
def test_after_any_change_of_the_recipe_a_second_run_finds_nothing_to_do(before: str, after: str) -> None:
    machine = Machine()
    carried_out(machine, topology_of(before, NEWEST))
    carried_out(machine, topology_of(after, NEWEST))

    assert lines_of(plan_of(topology_of(after, NEWEST), machine, *Consent)) == []


@given(recipe_texts())
def test_no_two_operations_of_a_plan_have_the_same_id(recipe: str) -> None:
    ids = Counter(one.id for one in plan_of(topology_of(recipe, NEWEST), Machine()).operations)
    assert [one for one, number in ids.items() if number > 1] == []
