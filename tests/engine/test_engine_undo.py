"""Undo brings back the facts of before: after each shipped recipe, after two runs, after a run that was killed."""

from __future__ import annotations

import pytest
from engine_reports import MakePlace, pending, plan
from engine_undo import ONE_MORE, TWO_CLIENTS, facts, journaled, left, rewrite, run, undo

import recipes


@pytest.mark.parametrize("name", recipes.names())
def test_after_a_shipped_recipe_everything_is_as_before_but_what_is_named(name: str, make_place: MakePlace) -> None:
    place = make_place(recipes.text(name), "--recipe", name)
    place.make_sandbox()
    before = facts(place)
    run(place)
    assert facts(place) != before

    ended = undo(place)
    assert facts(place) == before
    users = {what for what in left(ended) if what.startswith("user ")}
    assert users
    assert set(left(ended)) - users <= {"certificate authority"}

    again = undo(place)
    assert "Nothing to do" in again.out
    assert facts(place) == before


def test_of_two_runs_the_last_goes_first(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    empty = facts(place)
    run(place)
    first = facts(place)
    rewrite(place, ONE_MORE)
    run(place)
    assert facts(place) != first

    ended = undo(place)
    assert "undo run 2" in ended.out
    assert "MAXDEPTH 4500 → 4000" in ended.out
    assert facts(place) == first
    rewrite(place, TWO_CLIENTS)
    assert pending(plan(place)) == []

    ended = undo(place)
    assert "undo run 1" in ended.out
    assert facts(place) == empty
    assert [entry.get("undoes") for entry in journaled(place)] == [None, None, [2], [1]]


def test_all_runs_can_be_undone_at_once(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    empty = facts(place)
    run(place)
    rewrite(place, ONE_MORE)
    run(place)
    assert "undo runs 1, 2" in undo(place, "all").out
    assert facts(place) == empty
    run(place)
    assert "undo run 4" in undo(place).out
    assert facts(place) == empty


def test_a_run_on_which_a_later_one_built_waits_for_that_one(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    rewrite(place, ONE_MORE)
    run(place)
    ended = undo(place, "1")
    kept = left(ended)
    assert "run 2 built on it: undo that first" in kept["queue manager"]
    assert "run 2 worked on it since" in kept["queue Q1"]
    assert "QMNAME(QM1)" in place.command("dspmq")
    assert "AMQ8147" in place.mqsc("DISPLAY CHANNEL(APP1.SVRCONN)")
    assert "CHANNEL(APP2.SVRCONN)" in place.mqsc("DISPLAY CHANNEL(APP2.SVRCONN)")


def test_the_recipe_may_be_gone_or_broken_by_then(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    before = facts(place)
    run(place)
    rewrite(place, "no recipe at all: [")
    assert "delete   queue manager" in undo(place, "--dry-run").out
    (place.folder / "r.yaml").unlink()
    undo(place)
    assert facts(place) == before


@pytest.mark.parametrize(
    ("run_number", "says"),
    [("7", "There is no run 7"), ("2", "Run 2 was an undo, of run 1."), ("first", "There is no run first")],
)
def test_what_is_no_run_to_undo_is_refused_by_name(run_number: str, says: str, make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    undo(place)
    ended = place.run("undo", run_number)
    assert ended.status == 2, ended.said
    assert says in ended.err
