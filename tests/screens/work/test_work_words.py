"""What is said of a plan: what it needs, what a consent means, the command that does it all again. Pure."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from work_plans import ASKING, ELSEWHERE, FEW, KEPT, MARKUP, REFUSING, WAITING, many, operation, plan_of

from screens.marks import ASCII, UNICODE
from screens.work.lines import shown
from screens.work.plan_rows import PlanRows
from screens.work.proof_rows import proof_lines
from screens.work.run import bar, readable
from screens.work.words import (
    MEANINGS,
    Readiness,
    advice,
    command_again,
    covers,
    questions,
    readiness,
    waiting_commands,
)
from wizard.engine.request import Request
from wizard.plan.operations import Consent, State
from wizard.plan.text import plan_text
from wizard.proof.values import Check, How, Verdict


@pytest.mark.parametrize(
    ("plan", "needs", "said"),
    [
        (FEW, Readiness.READY, "on mqhost"),
        (KEPT, Readiness.NOTHING, "proves it"),
        (REFUSING, Readiness.REFUSED, "One line is refused"),
        (ASKING, Readiness.CONSENT, "asks 2 questions"),
        (WAITING, Readiness.WAITING, "Root must act"),
        (ELSEWHERE, Readiness.READY, "on mqhost"),
    ],
)
def test_a_plan_says_what_stands_in_its_way(plan: object, needs: Readiness, said: str) -> None:
    assert readiness(plan) is needs  # type: ignore[arg-type] - a plan
    assert said in advice(plan, "on mqhost")  # type: ignore[arg-type] - a plan


def test_every_kind_of_consent_has_a_meaning_and_is_asked_for_once_with_all_that_it_covers() -> None:
    assert set(MEANINGS) == set(Consent)
    first, second = questions(ASKING)
    assert first.lines == ("QM1: queue Q1: would run: ends TO.QM2",)
    assert [line.partition(": would")[0] for line in second.lines] == ["QM1: queue Q2", "QM1: queue Q3"]


def test_the_commands_for_root_are_all_named() -> None:
    assert waiting_commands(WAITING) == ("useradd -r app1",)


def test_what_was_agreed_to_covers_the_rest_of_it_and_nothing_else() -> None:
    approved = plan_of(operation(1), operation(2))
    assert covers(approved, plan_of(operation(1, State.KEEP), operation(2)))
    assert covers(approved, plan_of(operation(1, State.KEEP), operation(2, State.KEEP)))
    assert not covers(approved, plan_of(operation(1), operation(3)))
    assert not covers(approved, plan_of(operation(2, State.REPLACE)))
    assert not covers(approved, plan_of(operation(1, steps=operation(9).steps)))
    assert not covers(approved, plan_of(operation(2), operation(3, State.UNKNOWN)))
    assert not covers(approved, WAITING)


def test_the_command_names_all_that_the_order_did() -> None:
    request = Request(
        "my recipe.yaml", sandbox=Path("/s b"), host="h", allowed=frozenset({Consent.DELETE}), change="C1"
    )
    words = shlex.split(command_again(request, frozenset({Consent.REPLACE})))
    assert words[:3] == ["mqwizard", "--recipe", "my recipe.yaml"]
    assert command_again(request, prove_refusals=True).endswith(" --prove-refusals")
    assert words[3:] == ["--sandbox", "/s b", "--host", "h", "--allow", "delete,replace", "--change", "C1"]


def test_the_list_says_what_the_dry_run_says() -> None:
    lines = PlanRows(FEW).lines(range(4), (), 200)
    said = [line.text.strip() for line in lines]
    text = [line.strip() for line in plan_text(FEW).splitlines()]
    assert said == text[2 : 2 + len(said)]


def test_an_opened_line_says_why_what_changes_each_command_and_what_undo_does() -> None:
    lines = [line.text for line in PlanRows(FEW).lines([1], {1}, 70) if line.role == "detail"]
    said = "\n".join(lines)
    for words in ("MAXDEPTH: 7 → 9", "runmqsc QM1", "DEFINE QLOCAL(Q2)", "delete it", "drift"):
        assert words in said
    assert max(map(len, lines)) <= 70


def test_words_are_found_wherever_they_stand_in_the_line_section_or_resource() -> None:
    rows = PlanRows(many(3000))
    assert list(rows.matching("Q1500")) == [1500]
    assert list(rows.matching("qm3 q2001 create")) == [2001]
    assert len(rows.matching("")) == 3000
    assert list(rows.matching("nowhere")) == []


def test_control_characters_never_reach_the_terminal_and_ascii_stays_ascii() -> None:
    assert shown("a\x1b[2J\u202eb\t→ …", UNICODE) == "a?[2J?b  → …"
    assert shown("7 → 9 …", ASCII) == "7 -> 9 ..."
    assert shown(MARKUP, UNICODE) == MARKUP


def test_the_bar_says_in_words_how_far_it_is() -> None:
    assert bar(7, 22, 40, ASCII).plain.endswith(" 7 of 22")
    assert bar(7, 22, 40, ASCII).plain.isascii()
    assert bar(0, 0, 40, UNICODE).plain.endswith(" 0 of 0")


def test_a_line_of_the_transcript_is_shown_without_numbers_of_processes() -> None:
    assert readable("12:00:01.120 [4711] > DEFINE QLOCAL(Q1)") == "12:00:01 > DEFINE QLOCAL(Q1)"
    assert readable("12:00:01.120 [4711] < ") == ""
    assert readable("something else") == "something else"


def check(name: str, verdict: Verdict = Verdict.OK, *, reverse: bool = False, client: str = "app1") -> Check:
    why = {"cause": "a rule stands before ours", "remedy": "Remove it."} if verdict is Verdict.FAILED else {}
    return Check(client, "QM1", name, f"what was found of {name}", How.WIRE, verdict, reverse, "2035", **why)


def test_the_proof_numbers_each_ladder_and_opens_what_failed() -> None:
    checks = [
        check("address"),
        check("rules", Verdict.FAILED),
        check("no TLS", reverse=True),
        check("address", client="app2"),
    ]
    lines = [line.text for line in proof_lines(checks, (), 76, UNICODE)]
    said = "\n".join(lines)
    assert [line.split()[:3] for line in lines if " 1 " in line] == [["✓", "1", "address"]] * 2
    assert "Refused, as they should be" in said
    assert "a rule stands before ours" in said
    assert "Remove it." in said
    assert max(map(len, lines)) <= 76
    assert [line for line in lines if "expected" in line] == ["      expected  2035"]
