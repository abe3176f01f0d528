"""A plan that was approved is carried out exactly, goes on after a kill, and is refused once anything has moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from wizard.cli.main import main
from wizard.engine.approval import differences, fixed_operations
from wizard.plan.operations import Operation, Plan, State
from wizard.plan.steps import WriteFile

RECIPE = """\
mqwizard: 1
queue_managers:
  QM1: {listener: 1414, queues: [Q1]}
clients:
  app1: {connects_to: QM1, tls: none, address: 127.*, queues: [Q1]}
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.yaml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


def mqwizard(*arguments: str) -> int:
    place = ("--sandbox", "sb", "--state", "st")
    return main([*arguments, *place], lambda _options, _words: 2)


def test_an_approved_plan_names_its_change_and_its_digest_in_the_journal(work: Path) -> None:
    assert mqwizard("--recipe", "r.yaml", "--dry-run", "--plan-out", "plan.json", "--change", "CHG0042") == 0
    assert mqwizard("--apply", "plan.json", "--yes", "--no-proof") == 0

    (journal,) = (work / "st" / "journals").glob("*/0001.jsonl")
    begun = json.loads(journal.read_text(encoding="utf-8").splitlines()[0])
    assert begun["change"] == "CHG0042"
    assert len(begun["digests"]["approval"]) == 64
    assert begun["recipe"] == str(work / "r.yaml")


def test_a_recipe_that_moved_since_its_approval_is_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mqwizard("--recipe", "r.yaml", "--dry-run", "--plan-out", "plan.json")
    (work / "r.yaml").write_text(RECIPE.replace("[Q1]}\nclients", "[Q1, Q2]}\nclients"), encoding="utf-8")

    assert mqwizard("--apply", "plan.json", "--yes", "--no-proof") == 3

    said = capsys.readouterr().err
    assert "the text of the recipe" in said
    assert "new: create QM1/queue/Q2" in said
    assert not (work / "st" / "journals").exists()


def test_a_script_that_moved_since_its_approval_is_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "r.yaml").write_text(f"{RECIPE}mqsc: [more.mqsc]\n", encoding="utf-8")
    (work / "more.mqsc").write_text("DEFINE QLOCAL(Q7)\n", encoding="utf-8")
    mqwizard("--recipe", "r.yaml", "--dry-run", "--plan-out", "plan.json")
    (work / "more.mqsc").write_text("* a remark\nDEFINE QLOCAL(Q7)\n", encoding="utf-8")

    assert mqwizard("--apply", "plan.json", "--yes", "--no-proof") == 3

    assert "the text of the script more.mqsc" in capsys.readouterr().err
    assert not (work / "st" / "journals").exists()


def test_a_file_of_the_same_length_with_other_content_is_a_move() -> None:
    def fixed(content: str) -> Mapping[str, Mapping[str, object]]:
        steps = (WriteFile("kits/app1/settings.sh", content),)
        return fixed_operations(Plan("", (Operation("app1", State.CREATE, "kit", "app1/kit", steps=steps),)))

    assert differences(fixed("port 1414"), fixed("port 1415")) == ["create app1/kit: its commands or values are others"]
    assert differences(fixed("port 1414"), fixed("port 1414")) == []


def test_a_machine_that_moved_since_the_approval_is_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mqwizard("--recipe", "r.yaml", "--dry-run", "--plan-out", "plan.json")
    mqwizard("--recipe", "r.yaml", "--yes", "--no-proof")

    assert mqwizard("--apply", "plan.json", "--yes", "--no-proof") == 3
    assert "QM1/queue-manager: create was approved, now it is keep" in capsys.readouterr().err


def test_an_approval_is_never_written_over_another(work: Path) -> None:
    assert mqwizard("--recipe", "r.yaml", "--dry-run", "--plan-out", "plan.json") == 0
    assert mqwizard("--recipe", "r.yaml", "--dry-run", "--plan-out", "plan.json") == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"v": 1, "type": "approval"}', "\x00\xff"])
def test_a_file_that_is_no_approval_is_refused(work: Path, content: str) -> None:
    (work / "plan.json").write_text(content, encoding="latin-1")
    assert mqwizard("--apply", "plan.json", "--yes") == 2


def test_what_a_killed_run_of_the_same_approval_did_is_no_move() -> None:
    approved = {"create QM1/queue/Q1": {"commands": ["a"]}, "create QM1/queue/Q2": {"commands": ["b"]}}
    planned = {"keep QM1/queue/Q1": {"commands": []}, "create QM1/queue/Q2": {"commands": ["b"]}}

    assert differences(approved, planned, {"QM1/queue/Q1"}) == []
    assert differences(approved, planned) == ["QM1/queue/Q1: create was approved, now it is keep"]
