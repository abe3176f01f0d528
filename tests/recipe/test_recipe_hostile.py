"""Hostile texts are refused, in bounded time, and nothing but RecipeError leaves the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.errors import RecipeError
from wizard.recipe.compose import MAX_ALIASES, MAX_BYTES, MAX_DEPTH, MAX_NODES, compose
from wizard.recipe.reader import load_recipe, read_recipe

unhurried = settings(deadline=None)

START = "mqwizard: 1\nqueue_managers: {QM1: }\n"
LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{key}: &{key} [{','.join(['*' + before] * 9)}]\n" for before, key in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: 1, y: 2}\n" + "".join(
    f"{key}: &{key} {{{', '.join(f'k{n}: *{before}' for n in range(9))}}}\n"
    for before, key in zip("abcdefgh", "bcdefghi", strict=True)
)


def refusal(text: str) -> str:
    with pytest.raises(RecipeError) as caught:
        read_recipe(text, source="")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LAUGHS, f"more than {MAX_NODES:,} values"),
        (MERGES, f"more than {MAX_NODES:,} values"),
        ("[" * 200_000, f"deeper than {MAX_DEPTH}"),
        ("- " * 200_000, f"deeper than {MAX_DEPTH}"),
        ("{a: " * 50_000, f"deeper than {MAX_DEPTH}"),
        ("[\n" * 200_000, f"deeper than {MAX_DEPTH}"),
        ("a: " + "x" * 500_000, "longer than any"),
        ("a: |\n" + "  x\n" * 50_000, "longer than any"),
        ("a: [" + "x," * 120_000 + "]", f"more than {MAX_NODES:,}"),
        ("a: &a x\nb: [" + "*a," * (MAX_ALIASES + 1) + "]", f"More than {MAX_ALIASES} aliases"),
        ("x" * (MAX_BYTES + 1), "longer than 1,000,000 bytes"),
        ("ü" * (MAX_BYTES // 2 + 1), "longer than 1,000,000 bytes"),
        ("a: !" + "x" * 500_000, "no tags"),
        ("a: &" + "x" * 500_000, "Unknown key"),
        ("a:\n" * 100_000, "stands twice"),
        ("#\n" * 300_000, "is empty"),
        ('"' * 500_000, "not YAML"),
        ("---\n" * 100_000, "second document"),
    ],
    ids=range(18),
)
def test_a_text_that_grows_without_end_is_refused(text: str, reason: str) -> None:
    assert reason in refusal(text)


def test_a_cycle_of_aliases_is_refused() -> None:
    assert "nothing above it" in refusal("a: &a\n  b: *a\n")


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!str", "!", "!local", "!<tag:example.com,2024:x>"]
)
def test_every_tag_is_refused(tag: str) -> None:
    assert "no tags" in refusal(f"{START}organization: {tag} [id]\n")


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\ud800", "\ufffe", "\u202e", "\u2066"]
)
def test_a_character_that_hides_or_controls_is_refused_where_it_stands(character: str) -> None:
    assert f"2:4: The character U+{ord(character):04X}" in refusal(f"a: 1\nb: {character}\n").replace("recipe", "")


@pytest.mark.parametrize("escape", ["\\0", "\\a", "\\e", "\\r", "\\x7F", "\\N", "\\L", "\\uD800"])
def test_an_escape_brings_no_character_that_could_not_stand_there(escape: str) -> None:
    assert "holds the character U+" in refusal(f'{START}organization: "x{escape}"\n')


@pytest.mark.parametrize("escape", ["\\U00110000", "\\UFFFFFFFF", "\\x1", "\\q"])
def test_an_escape_that_names_no_character_is_refused(escape: str) -> None:
    assert "not YAML" in refusal(f'{START}organization: "x{escape}"\n')


def test_a_lone_carriage_return_does_not_hide_a_line() -> None:
    assert "U+000D" in refusal("organization: Example\rmqwizard: 1\n")


def test_a_mark_of_byte_order_inside_the_text_is_refused() -> None:
    assert "U+FEFF" in refusal("mqwizard: 1\norganization: \ufeffExample\n")


def test_a_file_that_is_not_utf_8_is_refused_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "recipe.yaml"
    file.write_bytes("mqwizard: 1\norganization: Müller\n".encode("latin-1"))
    with pytest.raises(RecipeError, match=r"recipe\.yaml:2:16: The byte FC is not UTF-8"):
        load_recipe(file)


def test_a_file_that_is_not_there_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="No such file"):
        load_recipe(tmp_path / "recipe.yaml")


def test_a_file_without_end_is_read_no_further_than_a_recipe_can_be() -> None:
    with pytest.raises(RecipeError, match="longer than"):
        load_recipe(Path("/dev/zero"))


def test_a_format_string_in_a_pattern_reaches_nothing() -> None:
    assert "stands for nothing" in refusal(START + "names: {channel: '{name.__class__}'}\n")


PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n  ",
            "  ",
            "\t",
            "\r\n",
            ": ",
            "- ",
            " # c",
            " app1",
            "é",
            "\\",
            "\\U",
            "[",
            "]",
            "{",
            "}",
            ",",
            "? ",
        ),
        *(
            "|",
            ">-",
            "'",
            '"',
            "---",
            "...",
            "&a ",
            "*a",
            "<<: ",
            "!x ",
            "%YAML",
            "QM1:",
            "queue_managers:",
            "clients:",
        ),
        *("connects_to: QM1", "tls: none", "queues: [Q1]", "listener: ", "trust: ", "names:", "chlauth:", "objects:"),
    ]
)


@unhurried
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_recipe(text, source="x")
    except RecipeError as error:
        assert error.problems


@unhurried
@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_made_of_pieces_of_recipes_is_read_or_refused(text: str) -> None:
    try:
        read_recipe("mqwizard: 1\nqueue_managers: {QM1: {listener: 1414, queues: [Q1]}}\n" + text, source="x")
    except RecipeError as error:
        assert all(problem.line >= 0 and problem.what for problem in error.problems)


KEYS = st.sampled_from(
    [
        *(
            "mqwizard",
            "organization",
            "trust",
            "names",
            "queue_managers",
            "clients",
            "channels",
            "hosts",
            "mqsc",
            "QM1",
        ),
        *("app1", "kind", "listener", "port", "queues", "Q1", "objects", "QLOCAL", "attributes", "MAXMSGL", "chlauth"),
        *("profile", "TYPE", "authrec", "OBJTYPE", "AUTHADD", "connects_to", "tls", "certificate", "days", "address"),
        *("password", "[key]", "x.y"),
    ]
)
VALUES = st.recursive(
    st.sampled_from(
        ["", "1", "QM1", "Q1", "ca", "none", "10.1.*", "env:X", "prompt", "{name}", "'*'", "put", "TYPE", "70000"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(KEYS, inner, max_size=4).map(
            lambda held: "{" + ", ".join(f"'{key}': {value}" for key, value in held.items()) + "}"
        )
    ),
    max_leaves=20,
)


@unhurried
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_well_formed_nonsense_is_read_or_refused(held: dict[str, str]) -> None:
    text = "".join(f"'{key}': {value}\n" for key, value in held.items())
    try:
        read_recipe(text, source="x")
    except RecipeError as error:
        assert all(problem.what for problem in error.problems)


@unhurried
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_spans_lie_within_the_text_and_scalars_stand_where_they_say(held: dict[str, str]) -> None:
    text = "".join(f"'{key}': {value}\n" for key, value in held.items()) or "a: 1\n"
    try:
        root = compose(text, "x")
    except RecipeError:
        return
    for key, entry in root.entries.items():
        assert key in text[entry.key.start : entry.key.end]
        assert 0 <= entry.key.start < entry.key.end <= entry.value.start <= entry.value.end <= len(text)
