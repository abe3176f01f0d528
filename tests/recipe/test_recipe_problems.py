"""Each mistake in a recipe is reported with its place and its remedy; a case is a file in `problems`.

A case ends with the problems that it must give, in lines of the form `#! LINE:COLUMN WHAT REMEDY`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.errors import Problem, RecipeError
from wizard.recipe.reader import read_recipe

CASES = sorted((Path(__file__).parent / "problems").glob("*.yaml"))
GOOD = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1:
    queues: [Q1]
clients:
  app1:
    connects_to: QM1
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(RecipeError) as caught:
        read_recipe(text, source="recipe.yaml")
    return caught.value.problems


def shown(found: tuple[Problem, ...]) -> list[str]:
    return [f"{one.line}:{one.column} {one.what} {one.remedy}".rstrip() for one in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_mistake_is_reported_where_it_stands(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    expected = [line.removeprefix("#! ") for line in text.splitlines() if line.startswith("#! ")]
    assert expected
    assert shown(problems(text)) == expected


@pytest.mark.parametrize("case", [case for case in CASES if "secret" in case.stem], ids=lambda case: case.stem)
def test_no_problem_repeats_a_secret(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    assert "S3cret!" in text
    assert "S3cret!" not in str(problems(text))


def test_the_problem_names_the_source_line_and_column() -> None:
    assert str(problems(GOOD + "    tsl: none\n")[0]) == "recipe.yaml:9:5: Unknown key 'tsl'. Was tls meant?"


def test_problems_come_in_reading_order_and_each_once() -> None:
    found = problems(GOOD.replace("QM1\n", "QM9\n") + "    tls: sever\n    user: much-too-long-a-name\nhosts: none\n")
    places = [(one.line, one.column) for one in found]
    assert places == sorted(places)
    assert len(set(found)) == len(found) == 4


def test_a_misspelled_key_does_not_bring_problems_about_what_it_was_meant_to_say() -> None:
    found = shown(problems(GOOD + "    tls: none\n    adress: 10.1.2.7\n"))
    assert found == ["10:5 Unknown key 'adress'. Was address meant?"]


def test_a_wrong_queue_manager_does_not_make_its_clients_wrong() -> None:
    assert [one.line for one in problems(GOOD.replace("queues: [Q1]", "queues: [Q 1]"))] == [5]


def test_of_very_many_problems_the_first_hundred_are_shown() -> None:
    clients = "".join(f"  c{index}: {{connects_to: NONE}}\n" for index in range(1_500))
    found = problems(GOOD + clients)
    assert len(found) == 101
    assert "further problems follow" in found[-1].what


def test_queues_that_mqsc_files_may_define_are_not_missed() -> None:
    read_recipe(GOOD + "    queues: [Q7]\nmqsc: queues.mqsc\n", source="")


@pytest.mark.parametrize("where", ["existing_queues: [Q7]", "objects: {QALIAS: {Q7: {TARGET: Q1}}}", "queues: {Q7: }"])
def test_a_granted_queue_may_be_any_kind_of_queue_or_exist_already(where: str) -> None:
    text = GOOD.replace("    queues: [Q1]", f"    {where}") + "    queues: [Q7, SYSTEM.DEFAULT.MODEL.QUEUE]\n"
    read_recipe(text, source="")


def test_secrets_by_reference_are_taken() -> None:
    text = GOOD.replace(
        "    queues: [Q1]", "    queues: [Q1]\n    key_repository: {password: env:STORE, initial_key: prompt}"
    )
    text += "    tls: server\n    password: file:secrets/app1\ntrust: {kind: ca, passphrase: prompt}\n"
    recipe = read_recipe(text, source="")
    assert recipe.clients["app1"].password == "file:secrets/app1"
    assert recipe.queue_managers["QM1"].key_repository.initial_key == "prompt"


def test_every_field_that_holds_a_path_refuses_one_outside_the_folder() -> None:
    for path in ("/etc/ca", "../ca", "a/../../ca", "~/ca", "C:\\ca", "..\\ca"):
        assert problems(GOOD + f"trust: {{kind: ca, folder: '{path}'}}\n")[0].line == 9


def test_a_clash_of_names_on_one_channel_is_left_to_those_who_know_the_rules() -> None:
    read_recipe(GOOD + "    channel: APPS\n  app2: {connects_to: QM1, channel: APPS}\n", source="")
