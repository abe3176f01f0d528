from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_cases import carried_out, line_of, lines_of, plan_of, topology_of
from plan_machine import Machine
from plan_recipes import ORGANIZATIONS, RELEASES, one_line, recipe_texts

from wizard.mq.reader import read
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.plan.operations import Consent
from wizard.plan.records import plan_records
from wizard.plan.steps import Command, secrets
from wizard.plan.text import plan_text

NEWEST = Release(9, 4)
organizations = st.sampled_from(ORGANIZATIONS)
some = settings(max_examples=40)


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


@some
@given(one_line)
def test_a_description_of_any_letters_stays_one_value_of_one_command(description: str) -> None:
    quoted = description.replace("'", "''")
    topology = topology_of(
        "mqwizard: 1\norganization: Example\n"
        f"queue_managers: {{QM1: {{queues: {{Q1: {{DESCR: '{quoted}'}}}}, attributes: {{DESCR: '{quoted}'}}}}}}\n"
        f"clients: {{app1: {{connects_to: QM1, attributes: {{DESCR: '{quoted}'}}}}}}\n",
        NEWEST,
    )
    for resource in ("QM1/queue/Q1", "QM1/attributes", "QM1/channel/APP1.SVRCONN"):
        (operation,) = (one for one in plan_of(topology, Machine()).operations if one.resource == resource)
        (text,) = operation.steps[-1].lines()
        (command,) = read(text, "the plan")
        assert command.value("DESCR") == description


@some
@given(organizations.flatmap(recipe_texts))
def test_nothing_that_is_secret_shows_in_a_plan(recipe: str) -> None:
    plan = plan_of(topology_of(recipe, NEWEST), Machine())
    shown = plan_text(plan, commands=True) + "\n".join(plan_records(plan)) + "".join(map(line_of, plan.operations))

    for reference in secrets(step for operation in plan.operations for step in operation.steps):
        assert reference.name not in shown
    for operation in plan.operations:
        for step in operation.steps:
            if isinstance(step, Command):
                assert not any(isinstance(word, SecretRef) for word in step.argv)
