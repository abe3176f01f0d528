"""Answers in the text of a recipe: read in any form, given without touching anything else, found wrong in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recipes
from wizard.errors import RecipeError
from wizard.recipe.answers import answer, as_grants, as_names, call, give, judged, names, spelled, written
from wizard.recipe.editor import rename
from wizard.recipe.nodes import Path
from wizard.recipe.questions import answered, every_question
from wizard.recipe.reader import read_recipe

TEXT = """\
# keep me
mqwizard: 1
organization: Example   # and me
trust: ca
queue_managers:
  QM1:
    listener: 1414      # the usual one
    queues: [Q1]
clients:
  app1: {connects_to: QM1, queues: {Q1: [put]}}
  "app2":
    connects_to: 'QM1'
    certificate: special
"""

QUEUES: Path = ("queue_managers", "QM1", "queues")
PORT: Path = ("queue_managers", "QM1", "listener", "port")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (PORT, "1414"),
        (("queue_managers", "QM1", "listener", "name"), None),
        (("trust", "kind"), "ca"),
        (("clients", "app2", "certificate", "name"), "special"),
        (("clients", "app1", "queues"), {"Q1": ["put"]}),
        (("clients", "app9", "queues"), None),
    ],
)
def test_an_answer_is_read_from_the_short_form_and_from_the_long_one(path: Path, said: object) -> None:
    assert answer(written(TEXT), path) == said


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (PORT, "1415", "listener: 1414 ", "listener: 1415 "),
        (("trust", "kind"), "self-signed", "trust: ca", "trust: self-signed"),
        (("organization",), "Acme", "Example ", "Acme "),
        (("clients", "app1", "queues"), {"Q1": ["put"]}, "", ""),
        (("queue_managers", "QM1", "listener", "name"), "L1", ": 1414 ", ": {port: 1414, name: L1} "),
        (("clients", "app2", "certificate", "name"), None, "    certificate: special\n", ""),
    ],
)
def test_an_answer_is_given_and_every_other_byte_stays(path: Path, value: object, old: str, new: str) -> None:
    assert give(TEXT, path, value) == TEXT.replace(old, new)


def test_a_name_with_nothing_said_about_it_joins_others_in_braces() -> None:
    text = give("queue_managers: {QM1: {queues: {Q1: {MAXDEPTH: 7}}}}\n", QUEUES, {"Q1": {"MAXDEPTH": "7"}, "Q2": None})
    assert written(text) == {"queue_managers": {"QM1": {"queues": {"Q1": {"MAXDEPTH": "7"}, "Q2": None}}}}
    assert written(give(text, (*QUEUES, "Q2"), {"MAXDEPTH": "9"})) == {
        "queue_managers": {"QM1": {"queues": {"Q1": {"MAXDEPTH": "7"}, "Q2": {"MAXDEPTH": "9"}}}}
    }


def test_an_entry_gets_another_name_wherever_it_is_named() -> None:
    text = call(TEXT, ("queue_managers", "QM1"), "SALES")
    assert text == TEXT.replace("QM1", "SALES")
    assert call(text, ("clients", "app2"), "batch") == text.replace("app2", "batch")


def test_a_name_that_is_taken_or_shared_by_an_alias_is_not_given() -> None:
    with pytest.raises(RecipeError):
        rename(TEXT, ("clients", "app1"), "app2")
    with pytest.raises(RecipeError):
        rename(TEXT, ("clients", "app9"), "app3")


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=30
    )
)
def test_any_name_comes_back_as_it_was_given(name: str) -> None:
    try:
        text = rename(TEXT, ("clients", "app1"), name)
    except RecipeError:
        return
    assert names(written(text), "clients") == [name, "app2"]


def test_what_is_wrong_is_found_at_its_answer_and_at_no_other() -> None:
    found = judged(give(give(TEXT, PORT, "99999"), ("clients", "app1", "channel"), "A" * 21))
    assert found.problem_of(PORT).startswith("99999 is too much; at most 65,535")
    assert "at most 20" in found.problem_of(("clients", "app1", "channel"))
    for path in (("organization",), ("clients", "app2", "channel"), ("queue_managers", "QM1", "queues")):
        assert found.problem_of(path) == ""
    assert found.problem_of(("queue_managers", "QM1"), name=True) == ""
    assert found.problem_of(("clients", "app1"), name=True) == ""


def test_a_derived_name_that_is_too_long_is_found_at_the_answer_that_would_give_another() -> None:
    long = call(TEXT, ("clients", "app2"), "a-long-application")
    found = judged(long)
    assert "cannot be used" in found.problem_of(("clients", "a-long-application", "channel"))
    assert found.problem_of(("clients", "a-long-application"), name=True) == ""


def test_a_name_that_mq_would_refuse_is_found_at_the_name() -> None:
    assert "at most 48" in judged(call(TEXT, ("queue_managers", "QM1"), "Q" * 49)).problem_of(
        ("queue_managers", "Q" * 49), name=True
    )


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Q1", ["Q1"]),
        ("Q1, Q2", ["Q1", "Q2"]),
        ("Q1 put get, Q2", {"Q1": ["put", "get"], "Q2": []}),
        ("", []),
    ],
)
def test_grants_are_written_in_one_line(line: str, value: object) -> None:
    assert as_grants(line) == value
    assert spelled(as_grants(line)) == line


def test_names_are_parted_by_commas_and_blanks() -> None:
    assert as_names(" Q1, Q2 Q3 ,") == ["Q1", "Q2", "Q3"]


@pytest.mark.parametrize("name", recipes.names())
def test_every_question_names_a_field_and_its_answer_back_keeps_every_byte(name: str) -> None:
    from wizard.recipe.questions import as_line

    text = recipes.text(name)
    held = written(text)
    for one in every_question(held):
        assert one.help, one.path
        if not one.section:
            assert answered(text, one, as_line(answer(held, one.path))) == text, one.path


def test_every_field_of_the_recipe_can_be_asked_about() -> None:
    asked = {one.called for one in every_question(written(recipes.text("two-way-tls-own-ca")))}
    for path in (
        "country",
        "trust.passphrase",
        "names.description",
        "hosts",
        "queue_managers.QM1.log.primary",
        "queue_managers.QM1.key_repository.initial_key",
        "queue_managers.QM1.chlauth",
        "clients.app2.certificate.days",
        "channels",
        "mqsc",
    ):
        assert path in asked
    assert "mqwizard" not in asked


def test_a_further_entry_and_lists_are_answered_in_one_line() -> None:
    questions = {one.called: one for one in every_question(written(TEXT))}
    text = answered(TEXT, questions["clients"], "app3")
    text = answered(text, questions["queue_managers.QM1.attributes"], "{DESCR: 'x, y'}")
    text = answered(text, questions["clients.app1.address"], "[10.1.*, 10.2.*]")
    recipe = read_recipe(text, source="r")
    assert recipe.clients["app3"].connects_to == "QM1"
    assert recipe.clients["app1"].address == ("10.1.*", "10.2.*")
    assert recipe.queue_managers["QM1"].attributes == {"DESCR": "x, y"}
