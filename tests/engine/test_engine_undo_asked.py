"""Undo shows its plan and asks; nobody there to be asked means no, unless --yes says so beforehand."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
from engine_reports import MakePlace, records
from engine_support import Place
from engine_undo import TWO_CLIENTS, facts, journaled, run, undo

COMMAND = Path(sys.executable).parent / "mqwizard"
WORDS = ("--recipe", "r.yaml", "--sandbox", "sb", "--state", "st")


class Unasked(Place):
    """A place whose runs are told nothing about questions."""

    def command_line(self, *more: str) -> tuple[str, ...]:
        return (*more, *WORDS)


def answered(place: Place, answer: str) -> tuple[int | None, str]:
    """Exit status and words of an undo at a terminal, where its question is answered."""
    words = ["undo", *WORDS]
    spawned = pexpect.spawn(str(COMMAND), words, cwd=str(place.folder), encoding="utf-8", timeout=60)
    spawned.expect_exact("Take it back? [y/N]")
    before = spawned.before or ""
    spawned.send(answer)
    spawned.expect(pexpect.EOF)
    spawned.close()
    return spawned.exitstatus, before + (spawned.before or "")


def test_at_a_terminal_the_plan_is_shown_and_done_only_when_agreed_to(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    empty = facts(place)
    run(place)
    after = facts(place)
    for answer in ("n\n", "\x04"):
        status, said = answered(place, answer)
        assert status == 5, said
        assert "delete   queue manager" in said
        assert "Nothing was done." in said
        assert facts(place) == after
    assert len(journaled(place)) == 1
    status, said = answered(place, "y\n")
    assert status == 0, said
    assert facts(place) == empty


def test_without_a_terminal_it_takes_yes(tmp_path: Path, make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    after = facts(place)
    ended = Unasked(place.folder, TWO_CLIENTS).run("undo")
    assert ended.status == 3, ended.said
    assert "Add --yes" in ended.err
    assert facts(place) == after
    assert len(journaled(place)) == 1


def test_a_dry_run_shows_the_commands_and_touches_nothing(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    assert "Nothing to do" in undo(place, "--dry-run").out
    run(place)
    after = facts(place)
    ended = place.run("undo", "--dry-run", "--commands", "--exit-code")
    assert ended.status == 10
    assert "endmqm -i QM1" in ended.out
    assert facts(place) == after
    assert len(journaled(place)) == 1


def test_as_json_it_tells_the_plan_and_each_operation(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    told = records(undo(place, "--json").out)
    planned = [one["id"] for one in told if one["type"] == "operation" and one["state"] != "keep"]
    done = [one["id"] for one in told if one["type"] == "event" and one["event"] == "done"]
    assert planned
    assert done == planned
    assert any(one["type"] == "summary" and one["pending"] == len(planned) for one in told)
