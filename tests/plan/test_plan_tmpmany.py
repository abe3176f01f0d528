from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_cases import carried_out, lines_of, plan_of, topology_of
from plan_machine import Machine
from plan_recipes import ORGANIZATIONS, RELEASES, recipe_texts

from wizard.mq.releases import Release
from wizard.plan.operations import Consent

NEWEST = Release(9, 4)
organizations = st.sampled_from(ORGANIZATIONS)
some = settings(max_examples=1500)


@some
@given(organizations.flatmap(recipe_texts))
def test_the_same_topology_and_facts_give_the_same_plan(recipe: str) -> None:
    once = plan_of(topology_of(recipe, NEWEST), Machine())
    again = plan_of(topology_of.__wrapped__(recipe, NEWEST), Machine())

    assert once == again
    assert max(Counter(operation.id for operation in once.operations).values()) == 1


@some
@given(st.data(), organizations, st.sampled_from(RELEASES))
def test_a_second_run_finds_nothing_to_do(data: st.DataObject, organization: str, release: str) -> None:
    topology = topology_of(data.draw(recipe_texts(organization, release)), Release.parse(release))
    machine = Machine(Release.parse(release))
    carried_out(machine, topology)

    assert lines_of(plan_of(topology, machine)) == []


@some
@given(organizations.flatmap(lambda name: st.tuples(recipe_texts(name), recipe_texts(name))))
def test_after_any_change_of_the_recipe_a_second_run_finds_nothing_to_do(recipes: tuple[str, str]) -> None:
    before, after = (topology_of(recipe, NEWEST) for recipe in recipes)
    machine = Machine()
    carried_out(machine, before)
    carried_out(machine, after)

    assert lines_of(plan_of(after, machine, *Consent)) == []
