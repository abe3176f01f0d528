"""Text is text: a scalar is read as it is written and typed by the schema alone."""

from __future__ import annotations

import pytest

from wizard.errors import RecipeError
from wizard.pki.values import KeyKind
from wizard.recipe.fields import words_at
from wizard.recipe.reader import read_recipe
from wizard.recipe.schema import Recipe

TEXT = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1:
    listener: 1414
    queues:
      Q1: {DESCR: VALUE}
"""


def read(text: str) -> Recipe:
    return read_recipe(text, source="recipe.yaml")


@pytest.mark.parametrize(
    "written",
    ["YES", "no", "0640", "9.40", "1e3", "null", "~", "0x1F", "2024-01-01", "12:30", "+1", ".5", "true", "1_000"],
)
def test_a_plain_scalar_stays_the_text_that_was_written(written: str) -> None:
    recipe = read(TEXT.replace("VALUE", written))
    assert recipe.queue_managers["QM1"].queues["Q1"]["DESCR"] == written


def test_an_organization_may_be_called_no() -> None:
    assert read(TEXT.replace("Example", "NO") + "country: NO\n").country == "NO"


def test_a_release_keeps_its_zero() -> None:
    assert read(TEXT + "hosts:\n  h: {mq: 9.4.0.10}\n").hosts["h"].mq == "9.4.0.10"


def test_a_quote_in_a_description_stays_one_and_a_line_break_is_refused() -> None:
    recipe = read(TEXT.replace("VALUE", '"it\'s (a) test"'))
    assert recipe.queue_managers["QM1"].queues["Q1"]["DESCR"] == "it's (a) test"
    with pytest.raises(RecipeError, match=r"recipe\.yaml:7:19: DESCR: "):
        read(TEXT.replace("VALUE", '"it\'s\\n(a) test"'))


@pytest.mark.parametrize("written", ["01414", "1414.0", "1e3", "+1414", "0x586", "1_414", "' 1414'", "١٤١٤"])
def test_only_plain_digits_are_a_number(written: str) -> None:
    with pytest.raises(RecipeError, match="not a whole number"):
        read(TEXT.replace("1414", written))


def test_short_and_long_forms_say_the_same() -> None:
    short = (
        TEXT
        + "trust: ca\nclients:\n  app1: {connects_to: QM1, certificate: one, queues: [Q1], address: 10.1.2.7, kit: c}\n"
    )
    long = (
        TEXT.replace("listener: 1414", "listener: {port: 1414}")
        + "trust: {kind: ca}\nclients:\n  app1: {connects_to: QM1, certificate: {name: one}, "
        + "queues: {Q1: }, address: [10.1.2.7], kit: [c]}\n"
    )
    assert read(short) == read(long)
    assert read(long).clients["app1"].grants == {"Q1": ("put", "get")}


def test_what_stands_empty_counts_as_not_given() -> None:
    assert read(TEXT + "clients:\ntrust:\ncountry:\n") == read(TEXT)
    assert read("mqwizard: 1\nqueue_managers:\n  QM1:\n") == read("mqwizard: 1\nqueue_managers: {QM1: {}}\n")


def test_an_empty_attribute_is_an_empty_text() -> None:
    assert read(TEXT.replace("VALUE", "")).queue_managers["QM1"].queues["Q1"] == {"DESCR": ""}


def test_aliases_and_merge_keys_stand_for_what_they_name() -> None:
    text = TEXT + "clients:\n  app1: &usual\n    connects_to: QM1\n    queues: &all [Q1]\n"
    text += "  app2:\n    <<: *usual\n    tls: server\n  app3: {connects_to: QM1, queues: *all}\n"
    recipe = read(text)
    assert recipe.clients["app2"].queues == recipe.clients["app3"].queues == recipe.clients["app1"].queues
    assert (recipe.clients["app2"].tls, recipe.clients["app2"].connects_to) == ("server", "QM1")


def test_a_list_attribute_is_written_as_a_list() -> None:
    recipe = read(TEXT + "    objects:\n      NAMELIST:\n        NL: {NAMES: [A, B]}\n")
    assert recipe.queue_managers["QM1"].objects["NAMELIST"]["NL"]["NAMES"] == ("A", "B")


def test_the_recipe_takes_the_kinds_of_keys_that_can_be_made() -> None:
    assert words_at(("certificates", "key")) == [kind.value for kind in KeyKind]


def test_a_recipe_knows_where_its_parts_stand() -> None:
    recipe = read("# a comment\n" + TEXT + "clients:\n  app1:\n    connects_to: QM1\n    queues: [Q1]\n")
    assert recipe.place(("organization",)) == (3, 15)
    assert recipe.place(("clients", "app1")) == (10, 3)
    assert recipe.place(("clients", "app1", "connects_to")) == (11, 18)
    assert recipe.place(("clients", "app1", "queues", "Q1")) == (12, 14)
    assert recipe.place(("queue_managers", "QM1", "listener", "port")) == (6, 15)
    assert recipe.place(("clients", "app1", "channel")) == (10, 3)
    assert recipe.problem(("clients", "app1"), "What.", "Do.").source == "recipe.yaml"


def test_recipes_that_order_the_same_are_equal_however_they_are_written() -> None:
    assert read(TEXT) == read("# another text\n" + TEXT.replace("VALUE", "'VALUE'"))
    assert read(TEXT) != read(TEXT.replace("VALUE", "other"))


def test_a_recipe_cannot_be_changed_after_it_is_read() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read(TEXT).organization = "Other"  # type: ignore[misc]


def test_line_ends_of_windows_and_a_byte_order_mark_are_taken() -> None:
    assert read("\ufeff" + TEXT.replace("\n", "\r\n")) == read(TEXT)
