"""Reading MQSC: lines into commands, commands into words."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.sandbox.mqsc.lines import LONGEST_LINE, Gatherer
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError
from wizard.sandbox.mqsc.syntax import parse


def commands(text: str) -> list[str]:
    gatherer = Gatherer()
    found = [line.command for row in text.split("\n") if (line := gatherer.take(row)).command is not None]
    rest = gatherer.rest()
    return [command for command in (*found, rest) if command is not None]


def words(text: str) -> list[tuple[str, list[str] | None]]:
    return [
        (word.keyword, None if word.values is None else [value.text for value in word.values])
        for word in parse(text).words
    ]


def refused_at(text: str) -> str:
    """The segment that a syntax error shows."""
    with pytest.raises(SyntaxRefusedError) as caught:
        parse(text)
    return text[: caught.value.end]


def test_one_line_is_one_command() -> None:
    assert commands("PING QMGR\nDIS QMGR") == ["PING QMGR", "DIS QMGR"]


def test_plus_continues_at_the_first_nonblank_and_minus_at_the_first_column() -> None:
    assert commands("DEFINE QLOCAL(A) +\n     PUT(DISABLED)") == ["DEFINE QLOCAL(A) PUT(DISABLED)"]
    assert commands("DESCR('Fr+\n   ed')") == ["DESCR('Fred')"]
    assert commands("DESCR('Fr-\ned')") == ["DESCR('Fred')"]
    assert commands("DESCR('Fr-\n ed')") == ["DESCR('Fr ed')"]


def test_a_blank_before_the_plus_belongs_to_the_command() -> None:
    assert commands("DESCR('two +\n   words')") == ["DESCR('two words')"]


def test_blanks_behind_a_continuation_mark_are_ignored_but_a_tab_ends_the_line() -> None:
    assert commands("PING +   \nQMGR") == ["PING QMGR"]
    assert commands("PING +\t\nQMGR") == ["PING +\t", "QMGR"]


def test_comments_and_blank_lines_are_ignored_also_inside_a_continued_command() -> None:
    assert commands("* a comment\n\n  * another\nPING QMGR") == ["PING QMGR"]
    assert commands("ALTER QMGR +\n*  ALTDATE(2024-01-01) +\n\n   DESCR('x')") == ["ALTER QMGR DESCR('x')"]


def test_a_semicolon_ends_a_command_even_after_a_continuation() -> None:
    assert commands("DEFINE QLOCAL(A) +\n   MAXDEPTH(5) +\n;\nPING QMGR") == [
        "DEFINE QLOCAL(A) MAXDEPTH(5) ",
        "PING QMGR",
    ]
    assert commands("PING QMGR;") == ["PING QMGR"]


def test_a_semicolon_inside_quotes_is_text() -> None:
    assert commands("ALTER QMGR DESCR('a;b')") == ["ALTER QMGR DESCR('a;b')"]


def test_the_end_of_the_input_ends_a_continued_command() -> None:
    assert commands("PING QMGR +") == ["PING QMGR "]


def test_a_line_of_2049_characters_is_too_long_and_one_of_2048_is_not() -> None:
    line = "ALTER QMGR DESCR('" + "x" * LONGEST_LINE
    assert Gatherer().take(line[: LONGEST_LINE + 1]).too_long
    assert not Gatherer().take(line[:LONGEST_LINE]).too_long


def test_unquoted_values_are_folded_and_quoted_ones_are_kept() -> None:
    assert words("define qlocal(a.b) descr('As it is')") == [
        ("DEFINE", None),
        ("QLOCAL", ["A.B"]),
        ("DESCR", ["As it is"]),
    ]


def test_blanks_and_commas_separate_anywhere() -> None:
    assert words("ALTER QLOCAL ('Account' )      TRIGDPTH ( 1)")[1:] == [("QLOCAL", ["Account"]), ("TRIGDPTH", ["1"])]
    assert words("DEFINE NAMELIST(N) , NAMES(A,,B C)")[-1] == ("NAMES", ["A", "B", "C"])


def test_two_quotes_inside_quotes_are_one_quote() -> None:
    assert words("ALTER QMGR DESCR('it''s')")[-1] == ("DESCR", ["it's"])
    assert words("ALTER QMGR DESCR('''')")[-1] == ("DESCR", ["'"])


def test_parentheses_inside_quotes_are_text() -> None:
    assert words("X Y CONNAME('host(1414),other(1415)')")[-1] == ("CONNAME", ["host(1414),other(1415)"])


@pytest.mark.parametrize(
    ("command", "segment"),
    [
        ("DEFINE QREMOTE (A) RQMNAME (QMB') XMITQ (QMB)", "DEFINE QREMOTE (A) RQMNAME (QMB'"),
        ("DEFINE QLOCAL(A) DESCR('open", "DEFINE QLOCAL(A) DESCR('open"),
        ("DEFINE QLOCAL(A", "DEFINE QLOCAL(A"),
        ("DEFINE QLOCAL(A) MAXDEPTH()", "DEFINE QLOCAL(A) MAXDEPTH()"),
        ("DEFINE QLOCAL(A) MAXDEPTH(5) MAXDEPTH(6)", "DEFINE QLOCAL(A) MAXDEPTH(5) MAXDEPTH(6)"),
        ("DEFINE QLOCAL(A) REPLACE NOREPLACE", "DEFINE QLOCAL(A) REPLACE NOREPLACE"),
        ("DEFINE QLOCAL(A) SHARE NOSHARE", "DEFINE QLOCAL(A) SHARE NOSHARE"),
        ("DEFINE QLOCAL(A)MAXDEPTH(5)", "DEFINE QLOCAL(A)M"),
        ("DEFINE CHANNEL(A) CONNAME(host(1414))", "DEFINE CHANNEL(A) CONNAME(host("),
        ("DEFINE CHANNEL(A) CONNAME(my-host)", "DEFINE CHANNEL(A) CONNAME(my-"),
        ("SET CHLAUTH(*) SSLPEER(CN=x)", "SET CHLAUTH(*) SSLPEER(CN="),
        ("DEFINE QLOCAL(A) DESCR(\"x\")", 'DEFINE QLOCAL(A) DESCR("'),
        ("DEFINE QLOCAL(A); PING QMGR", "DEFINE QLOCAL(A);"),
        ("DEFINE NAMELIST(N) NAMES('A''B'C)", "DEFINE NAMELIST(N) NAMES('A''B'C"),
    ],
)  # fmt: skip
def test_a_syntax_error_shows_the_text_up_to_where_it_goes_wrong(command: str, segment: str) -> None:
    assert refused_at(command) == segment


def test_wildcards_and_inserts_need_no_quotes() -> None:
    assert words("DIS CHL(UNI.+QMNAME+)")[-1] == ("CHL", ["UNI.+QMNAME+"])
    assert words("SET CHLAUTH(*) USERLIST(*MQADMIN)")[-1] == ("USERLIST", ["*MQADMIN"])


@given(st.text(alphabet=st.characters(blacklist_characters="\n", codec="utf-8"), min_size=1))
def test_whatever_is_quoted_is_read_back(value: str) -> None:
    quoted = "'" + value.replace("'", "''") + "'"
    assert words(f"ALTER QMGR DESCR({quoted})")[-1] == ("DESCR", [value])


@given(st.lists(st.text(string.printable.replace("\n", ""), min_size=1), min_size=1, max_size=6))
def test_a_list_of_quoted_values_is_read_back(values: list[str]) -> None:
    quoted = ",".join("'" + value.replace("'", "''") + "'" for value in values)
    assert words(f"ALTER NAMELIST(N) NAMES({quoted})")[-1] == ("NAMES", values)


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    for command in commands(text.replace("\r", "")):
        try:
            parse(command)
        except SyntaxRefusedError as refusal:
            assert 0 <= refusal.end <= len(command)


@given(st.text(alphabet="ab '+-", min_size=1, max_size=40), st.integers(1, 39))
def test_a_command_broken_by_a_plus_is_the_same_command(value: str, place: int) -> None:
    """Wherever a line is broken inside a quoted value, as long as what follows starts with a nonblank."""
    whole = "DESCR('" + value.replace("'", "''") + "')"
    left, right = whole[:place], whole[place:]
    if not right or right[0] == " " or right.lstrip()[:1] == "*":
        return
    assert commands(f"{left}+\n{right}") == [whole]
