"""The access table of a recipe, and what a change opens and closes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

import recipes
from wizard.access.guard import Guard
from wizard.access.planned import back_stops, planned
from wizard.access.table import (
    Difference,
    Effect,
    Person,
    Who,
    access_table,
    differences,
    people,
    recipe_channels,
    table_text,
)
from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Topology

TWO = """\
mqwizard: 1
organization: Example
queue_managers: {QM1: {listener: 1414, queues: [Q1]}}
clients:
  app1: {connects_to: QM1, queues: {Q1: [put]}}
"""


def changes(before: Guard, after: Guard, made: Topology, everybody: Sequence[Person]) -> tuple[Difference, ...]:
    return differences(before, everybody, access_table(after, everybody, recipe_channels(made, "QM1")))


def topology(text: str) -> Topology:
    return build(read_recipe(text, source="r.yaml"), Release(9, 4))


@pytest.mark.parametrize("name", recipes.names())
def test_every_client_of_a_shipped_recipe_gets_in_by_its_own_channel_alone(name: str) -> None:
    made = topology(recipes.text(name))
    channels = recipe_channels(made, "QM1")
    cells = access_table(planned(made, "QM1"), people(made, "QM1"), channels)
    clients = [cell for cell in cells if cell.kind is Who.CLIENT]
    assert [(cell.who, cell.channel) for cell in clients if cell.end.inside] == [
        (client.name, client.channel) for client in made.clients
    ]
    assert all(cell.end.inside == cell.wanted for cell in clients)


@pytest.mark.parametrize(
    ("name", "inside"), [("two-way-tls-own-ca", False), ("one-way-tls", False), ("plain-client", True)]
)
def test_others_get_in_only_where_an_address_is_all_that_tells_them_apart(name: str, inside: bool) -> None:
    made = topology(recipes.text(name))
    cells = access_table(planned(made, "QM1"), people(made, "QM1"), recipe_channels(made, "QM1"))
    assert {cell.end.inside for cell in cells if cell.kind is Who.ANYONE and cell.channel != "SYSTEM.DEF.SVRCONN"} == {
        inside
    }


def test_a_new_client_opens_one_door_and_leaves_the_others() -> None:
    before, after = topology(TWO), topology(f"{TWO}  app2: {{connects_to: QM1, queues: {{Q1: [get]}}}}\n")
    found = changes(planned(before, "QM1"), planned(after, "QM1"), after, people(after, "QM1"))
    assert [(one.effect, one.after.who, one.after.channel) for one in found] == [(Effect.OPENS, "app2", "APP2.SVRCONN")]


def test_a_client_that_gets_an_address_rule_closes_a_door() -> None:
    before = topology(TWO.replace("queues: {Q1: [put]}}", "tls: none, address: 10.*, queues: {Q1: [put]}}"))
    after = topology(TWO.replace("queues: {Q1: [put]}}", "tls: none, address: 11.*, queues: {Q1: [put]}}"))
    found = changes(planned(before, "QM1"), planned(after, "QM1"), after, people(before, "QM1"))
    assert {one.effect for one in found} == {Effect.CLOSES}


def test_the_table_reads_as_rows_of_people_and_columns_of_channels() -> None:
    made = topology(TWO)
    guard, channels = planned(made, "QM1"), recipe_channels(made, "QM1")
    cells = access_table(guard, people(made, "QM1"), channels)
    lines = table_text(cells, differences(None, people(made, "QM1"), cells)).splitlines()
    assert lines[0].split() == ["APP1.SVRCONN", "SYSTEM.DEF.SVRCONN"]
    assert re.split("  +", lines[1]) == ["app1", "in, as app1", "out"]
    assert lines[-1].startswith("opens: app1 by APP1.SVRCONN")


def test_elsewhere_the_back_stop_covers_the_own_channels_only() -> None:
    wanted = topology(TWO).queue_manager("QM1")
    assert [rule.name for rule in back_stops(wanted, ours=True)] == ["*"]
    assert [rule.name for rule in back_stops(wanted, ours=False)] == ["APP1.SVRCONN"]


def test_many_clients_are_listed_by_who_gets_in() -> None:
    many = "".join(f"  c{one}: {{connects_to: QM1, queues: {{Q1: [put]}}}}\n" for one in range(20))
    made = topology(TWO + many)
    everybody = people(made, "QM1")
    text = table_text(access_table(planned(made, "QM1"), everybody, recipe_channels(made, "QM1")))
    assert "c7 by C7.SVRCONN: in, as c7\n" in text
    assert text.endswith("All others are out.\n")


def test_a_partner_comes_in_by_its_rule_and_another_queue_manager_does_not() -> None:
    made = topology(
        """\
mqwizard: 1
organization: Example
queue_managers:
  QM1:
    listener: 1414
    objects: {CHANNEL: {QM2.TO.QM1: {CHLTYPE: RCVR}}}
    chlauth:
      - {profile: QM2.TO.QM1, TYPE: QMGRMAP, QMNAME: QM2, ADDRESS: 10.*, MCAUSER: qm2}
      - {profile: QM2.TO.QM1, TYPE: ADDRESSMAP, ADDRESS: "*", USERSRC: NOACCESS}
"""
    )
    cells = access_table(planned(made, "QM1"), people(made, "QM1"), recipe_channels(made, "QM1"))
    inside = {(cell.who, cell.end.user) for cell in cells if cell.channel == "QM2.TO.QM1" and cell.end.inside}
    assert inside == {("a queue manager as queue manager QM2 from 10.*", "qm2")}
    assert "any other queue manager" in {cell.who for cell in cells}
