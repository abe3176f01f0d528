"""A change of a recipe is spliced into its text: what was asked for is there, and every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import recipes
from wizard.errors import RecipeError
from wizard.recipe.compose import compose
from wizard.recipe.editor import remove, revise, set_value
from wizard.recipe.nodes import Path, Plain, plain

TEXT = """\
# The order form.
mqwizard: 1
organization: "Example"   # quoted
queue_managers:

  # the first one
  QM1:
    address: mqhost.example.com
    listener: 1414   # as everywhere
    queues: [Q1]
  QM2:
clients:
  app1:   # the old one
    connects_to: QM1
    queues: {Q1: [put, get]}
    attributes:
      DESCR: |
        two
        lines

  # the new one
  app2: {connects_to: QM2, }
trust: 'ca'
"""


unhurried = settings(deadline=None)


def data(text: str) -> Plain:
    return plain(compose(text, "test"))


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, between the lines that both texts begin and end with."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return old, new


@pytest.mark.parametrize(
    ("path", "value", "went", "came"),
    [
        (("trust",), "external", ["trust: 'ca'"], ["trust: 'external'"]),
        (
            ("organization",),
            "Sample",
            ['organization: "Example"   # quoted'],
            ['organization: "Sample"   # quoted'],
        ),
        (
            ("queue_managers", "QM1", "listener"),
            "1500",
            ["    listener: 1414   # as everywhere"],
            ["    listener: 1500   # as everywhere"],
        ),
        (("queue_managers", "QM1", "queues", 1), "Q2", ["    queues: [Q1]"], ["    queues: [Q1, Q2]"]),
        (("queue_managers", "QM1", "queues"), ["Q9"], ["    queues: [Q1]"], ["    queues: [Q9]"]),
        (("queue_managers", "QM2", "listener"), "1415", [], ["    listener: 1415"]),
        (("queue_managers", "QM3"), {"queues": ["Q1"]}, [], ["  QM3:", "    queues: [Q1]"]),
        (("clients", "app1", "tls"), "server", [], ["    tls: server"]),
        (
            ("clients", "app1", "queues", "Q2"),
            ["get"],
            ["    queues: {Q1: [put, get]}"],
            ["    queues: {Q1: [put, get], Q2: [get]}"],
        ),
        (
            ("clients", "app2", "tls"),
            "none",
            ["  app2: {connects_to: QM2, }"],
            ["  app2: {connects_to: QM2, tls: none }"],
        ),
        (("names", "channel"), "{NAME}.SVR", [], ["names:", "  channel: '{NAME}.SVR'"]),
        (
            ("clients", "app1", "attributes", "DESCR"),
            "one",
            ["      DESCR: |", "        two", "        lines"],
            ["      DESCR: one"],
        ),
    ],
)
def test_a_value_is_set_and_nothing_else_moves(path: Path, value: Plain, went: list[str], came: list[str]) -> None:
    after = set_value(TEXT, path, value)
    assert changed(TEXT, after) == (went, came)


@pytest.mark.parametrize(
    ("path", "went", "came"),
    [
        (("trust",), ["trust: 'ca'"], []),
        (("queue_managers", "QM1", "listener"), ["    listener: 1414   # as everywhere"], []),
        (("queue_managers", "QM1", "queues", 0), ["    queues: [Q1]"], ["    queues: []"]),
        (("clients", "app1", "queues", "Q1", 0), ["    queues: {Q1: [put, get]}"], ["    queues: {Q1: [get]}"]),
        (("clients", "app1", "queues", "Q1", 1), ["    queues: {Q1: [put, get]}"], ["    queues: {Q1: [put]}"]),
        (("clients", "app2", "connects_to"), ["  app2: {connects_to: QM2, }"], ["  app2: { }"]),
        (("queue_managers", "QM2"), ["  QM2:"], []),
    ],
)
def test_a_value_is_removed_and_nothing_else_moves(path: Path, went: list[str], came: list[str]) -> None:
    assert changed(TEXT, remove(TEXT, path)) == (went, came)


def test_setting_what_is_there_and_removing_what_is_not_changes_no_byte() -> None:
    assert set_value(TEXT, ("trust",), "ca") == TEXT
    assert set_value(TEXT, ("clients",), data(TEXT)["clients"]) == TEXT  # type: ignore[index, call-overload]
    assert remove(TEXT, ("clients", "app9", "tls")) == TEXT
    assert remove(TEXT, ("queue_managers", "QM1", "queues", 5)) == TEXT


def test_a_list_of_rules_grows_shrinks_and_changes_item_by_item() -> None:
    rules: Plain = [{"profile": "A.*", "TYPE": "BLOCKUSER", "USERLIST": ["x"]}, {"profile": "B", "TYPE": "ADDRESSMAP"}]
    with_rules = set_value(TEXT, ("queue_managers", "QM1", "chlauth"), rules)
    assert "    chlauth:\n      - {profile: A.*, TYPE: BLOCKUSER, USERLIST: [x]}\n" in with_rules
    without = remove(with_rules, ("queue_managers", "QM1", "chlauth", 0))
    assert changed(with_rules, without)[0] == ["      - {profile: A.*, TYPE: BLOCKUSER, USERLIST: [x]}"]
    again = set_value(without, ("queue_managers", "QM1", "chlauth", 0, "ADDRESS"), "*")
    assert "{profile: B, TYPE: ADDRESSMAP, ADDRESS: '*'}" in again


def test_the_first_key_of_a_list_item_goes_and_the_next_takes_its_place() -> None:
    text = "a:\n  - x: 1   # gone too\n    y: 2\n  - x: 3\n"
    assert remove(text, ("a", 0, "x")) == "a:\n  - y: 2\n  - x: 3\n"
    assert remove(text, ("a", 1, "x")) == "a:\n  - x: 1   # gone too\n    y: 2\n  - {}\n"


def test_line_ends_of_windows_stay() -> None:
    text = TEXT.replace("\n", "\r\n")
    after = set_value(text, ("clients", "app3"), {"connects_to": "QM1", "tls": "server"})
    assert after.count("\r\n") == after.count("\n") == text.count("\n") + 3


def test_a_text_without_a_last_line_end_gets_none() -> None:
    assert set_value("a: 1\nb:", ("b", "c"), "2") == "a: 1\nb:\n  c: 2"


def test_what_cannot_be_changed_alone_is_refused() -> None:
    shared = "a: &x {k: 1}\nb: *x\nc:\n  <<: *x\n"
    for path in (("a", "k"), ("b", "k"), ("a",)):
        with pytest.raises(RecipeError, match="cannot be changed in place"):
            set_value(shared, path, "2")
    assert set_value(shared, ("c", "k"), "2") == shared + "  k: 2\n".replace("\n", "", 0)
    assert set_value(shared, ("b",), "2") == shared.replace("*x\nc", "2\nc")


def test_a_path_through_a_text_is_refused_with_its_place() -> None:
    with pytest.raises(RecipeError, match=r"recipe:9:15: queue_managers\.QM1\.listener\.port"):
        set_value(TEXT, ("queue_managers", "QM1", "listener", "port"), "1500")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    [
        "",
        "#",
        "- x",
        "a: b",
        "*",
        "&a",
        "!t",
        "yes",
        "YES",
        "9.40",
        "0640",
        "it's",
        '"',
        "\\n",
        " x ",
        "a #b",
        "{x}",
        "[",
        "?",
    ]
)
KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=8).filter(
    lambda key: key != "<<"
)
VALUES: st.SearchStrategy[Plain] = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
SHIPPED = st.sampled_from([TEXT, *(recipes.text(name) for name in recipes.names())])


def paths(value: Plain, at: Path = ()) -> list[Path]:
    if isinstance(value, dict):
        return [path for key, inner in value.items() for path in [(*at, key), *paths(inner, (*at, key))]]
    if isinstance(value, list):
        return [path for index, inner in enumerate(value) for path in [(*at, index), *paths(inner, (*at, index))]]
    return []


def held(value: Plain, path: Path) -> Plain:
    for part in path:
        value = value[part]  # type: ignore[index, call-overload]
    return value


@unhurried
@given(SHIPPED, TEXTS, st.data())
def test_any_text_can_be_set_at_any_scalar_and_only_its_span_changes(
    text: str, value: str, choice: st.DataObject
) -> None:
    scalars = [path for path in paths(data(text)) if isinstance(held(data(text), path), str)]
    path = choice.draw(st.sampled_from(scalars))
    try:
        after = set_value(text, path, value)
    except RecipeError as refusal:
        assert "cannot be changed in place" in str(refusal)
        assert any(ord(character) > 0x7E for character in value)
        return
    assert held(data(after), path) == value
    others = [other for other in scalars if other != path]
    assert [held(data(after), other) for other in others] == [held(data(text), other) for other in others]
    went, came = changed(text, after)
    assert len(came) == 1 <= len(went)
    assert comments(after) >= comments(text)


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


@unhurried
@given(SHIPPED, KEYS, VALUES, st.data())
def test_a_new_key_comes_in_without_touching_a_line(text: str, key: str, value: Plain, choice: st.DataObject) -> None:
    before = data(text)
    mappings = [(), *(path for path in paths(before) if isinstance(held(before, path), dict))]
    path = (*choice.draw(st.sampled_from(mappings)), key)
    try:
        after = set_value(text, path, value)
    except RecipeError:
        return
    assert same(held(data(after), path), value)
    went, _ = changed(text, after)
    assert len(went) <= 1 or path in paths(before)
    if path not in paths(before):
        assert same(data(remove(after, path)), before)


@unhurried
@given(SHIPPED, st.data())
def test_what_is_removed_is_gone_and_all_else_is_there(text: str, choice: st.DataObject) -> None:
    before = data(text)
    path = choice.draw(st.sampled_from(paths(before)))
    after = remove(text, path)
    went, came = changed(text, after)
    assert len(came) <= 1 <= len(went)
    others = [other for other in paths(before) if other[: len(path) - 1] != path[:-1]]
    assert all(same(held(data(after), other), held(before, other)) for other in others if other != path[: len(other)])


@unhurried
@given(SHIPPED, SHIPPED)
def test_a_recipe_can_be_turned_into_another_one(text: str, other: str) -> None:
    wanted = data(other)
    assert isinstance(wanted, dict)
    after = revise(text, wanted)
    assert same(data(after), wanted)
    assert [line for line in comments(text) if line in comments(after)]


def same(one: Plain, other: Plain) -> bool:
    if not one and not other and "" not in (one, other):
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other
