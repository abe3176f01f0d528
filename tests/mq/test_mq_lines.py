from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mq_strategies import objects, texts

from wizard.mq.mqsc import UnquotableValue, define, physical_lines, quote
from wizard.mq.objects import Kind, MqObject
from wizard.mq.reader import MqscCommand, read, to_object


def reread(lines: list[str]) -> MqObject | None:
    (command,) = read("\n".join(lines), "test")
    assert isinstance(command, MqscCommand)
    return to_object(command)


def test_a_short_command_is_one_line() -> None:
    assert physical_lines("DEFINE QLOCAL(Q)") == ["DEFINE QLOCAL(Q)"]


def test_a_long_command_breaks_between_words() -> None:
    command = "DEFINE QLOCAL(QUEUE.NUMBER.1) DESCR('of the first') MAXDEPTH(10)"
    assert physical_lines(command, limit=40) == [
        "DEFINE QLOCAL(QUEUE.NUMBER.1) +",
        "DESCR('of the first') MAXDEPTH(10)",
    ]


def test_a_long_value_breaks_inside_its_quotes_and_never_beside_a_blank() -> None:
    command = f"ALTER QMGR DESCR('{'ab ' * 20}c')"
    lines = physical_lines(command, limit=30)
    assert all(len(line) <= 30 for line in lines)
    assert all(line.endswith(("-", "+")) for line in lines[:-1])
    assert not any(line.endswith(" -") or line.startswith(" ") for line in lines)
    assert reread(lines) == MqObject(Kind.QMGR, "", {"DESCR": "ab " * 20 + "c"})


def test_no_line_begins_with_a_star_which_would_make_it_a_comment() -> None:
    for length in range(30, 60):
        lines = physical_lines(
            "SET CHLAUTH('A') TYPE(BLOCKUSER) USERLIST('*MQADMIN','*x','****') ACTION(REPLACE)", length
        )
        assert not any(line.startswith("*") for line in lines)
        assert reread(lines) == MqObject(
            Kind.CHLAUTH, "A", {"TYPE": "BLOCKUSER", "USERLIST": ("*MQADMIN", "*x", "****")}
        )


def test_a_limit_counts_bytes_and_no_character_is_cut() -> None:
    lines = physical_lines(f"ALTER QMGR DESCR('{'ü€' * 30}')", limit=50)
    assert all(len(line.encode()) <= 50 for line in lines)
    assert reread(lines) == MqObject(Kind.QMGR, "", {"DESCR": "ü€" * 30})


@settings(max_examples=300)
@given(objects(), st.integers(30, 200))
def test_a_command_in_lines_reads_back_as_the_same_object(obj: MqObject, limit: int) -> None:
    lines = physical_lines(define(obj), limit=limit)
    assert all(len(line.encode()) <= limit for line in lines)
    assert reread(lines) == obj


@given(st.lists(st.sampled_from(["    ", "'", "*", "-", "+", "a b", "  x", ","]), max_size=60), st.integers(30, 60))
def test_a_value_of_nothing_but_trouble_reads_back(pieces: list[str], limit: int) -> None:
    value = "".join(pieces).rstrip() + "."
    try:
        lines = physical_lines(f"ALTER QMGR DESCR({quote(value)})", limit=limit)
    except UnquotableValue:
        assert "*" in value
        return
    assert reread(lines) == MqObject(Kind.QMGR, "", {"DESCR": value})


@pytest.mark.parametrize("value", ["-" * 3000, "+" * 3000, "'" * 3000, "x" + " " * 3000 + "y", "*" * 1500 + "ab" * 900])
def test_a_value_with_no_good_place_to_break_still_fits_the_lines(value: str) -> None:
    lines = physical_lines(f"DEFINE SUB(S) SELECTOR({quote(value)})")
    assert all(len(line.encode()) <= 2000 for line in lines)
    assert reread(lines) == MqObject(Kind.SUB, "S", {"SELECTOR": value})


def test_a_value_that_every_break_would_turn_into_a_comment_is_refused() -> None:
    with pytest.raises(UnquotableValue, match="cannot be broken"):
        physical_lines(f"DEFINE SUB(S) SELECTOR({quote('* ' * 2000)})")


@given(texts(60), st.integers(1, 15))
def test_an_impossible_limit_is_taken_as_the_smallest_possible_one(value: str, limit: int) -> None:
    command = f"ALTER QMGR DESCR({quote(value.replace('*', '.'))})"
    assert all(len(line.encode()) <= 16 for line in physical_lines(command, limit=limit))
