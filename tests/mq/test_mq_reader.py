from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import Problem
from wizard.mq.objects import Kind, MqObject
from wizard.mq.reader import MqscCommand, logical_lines, read, secret_keywords, to_object


def commands(text: str) -> list[MqscCommand]:
    found = []
    for item in read(text, "app.mqsc"):
        assert isinstance(item, MqscCommand), item
        found.append(item)
    return found


def problems(text: str) -> list[Problem]:
    return [item for item in read(text, "app.mqsc") if isinstance(item, Problem)]


def test_a_script_as_people_have_it() -> None:
    script = """\
* the application's objects
define listener(LSR1) trptype(tcp) +
  port(15001) control(qmgr)

   * an indented comment
def ql(A.B) descr('It''s ours')
set chlauth('*') type(addressmap) address('*') +
* a comment in the middle
    usersrc(noaccess)
end
DEFINE QLOCAL(NEVER.READ)
"""
    first, second, third = commands(script)
    assert (first.verb, first.object, first.name, first.line) == ("DEFINE", "LISTENER", "LSR1", 2)
    assert first.parameters == (("TRPTYPE", "TCP"), ("PORT", "15001"), ("CONTROL", "QMGR"))
    assert (second.object, second.line) == ("QLOCAL", 6)
    assert to_object(second) == MqObject(Kind.QLOCAL, "A.B", {"DESCR": "It's ours"})
    assert third.line == 7
    assert third.value("USERSRC") == "NOACCESS"


def test_unquoted_values_are_folded_and_quoted_ones_kept() -> None:
    (command,) = commands("define qlocal(my.q) initq('my.init') process(Prog)")
    assert command.name == "MY.Q"
    assert command.value("INITQ") == "my.init"
    assert command.value("PROCESS") == "PROG"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DEFINE QL(Q) DESCR('abc-\ndef')", "abcdef"),
        ("DEFINE QL(Q) DESCR('abc-\n   def')", "abc   def"),
        ("DEFINE QL(Q) DESCR('abc+\n   def')", "abcdef"),
        ("DEFINE QL(Q) DESCR('abc +\n   def')", "abc def"),
        ("DEFINE QL(Q) DESCR('abc -\n*no value\ndef')", "abc def"),
        ("DEFINE QL(Q) DESCR('a--\nb')", "a-b"),
        ("DEFINE QL(Q) DESCR('abc-   \r\ndef')\r\n", "abcdef"),
    ],
)
def test_a_value_goes_on_in_the_next_line(text: str, value: str) -> None:
    (command,) = commands(text)
    assert command.value("DESCR") == value


def test_a_semicolon_ends_a_command() -> None:
    first, second = commands("DEFINE QLOCAL(A);\nDEFINE QLOCAL(B) DESCR('a;b') ; ")
    assert first.parameters == ()
    assert second.value("DESCR") == "a;b"


def test_lists_and_nested_parentheses() -> None:
    (command,) = commands("DEFINE NAMELIST(NL) NAMES(A, 'b,c' ,D)")
    assert command.value("NAMES") == ("A", "b,c", "D")
    (command,) = commands("DEFINE CHL(C) CHLTYPE(SDR) CONNAME(host(1414),other(1415)) XMITQ( )")
    assert command.value("CONNAME") == ("HOST(1414)", "OTHER(1415)")
    obj = to_object(command)
    assert obj is not None
    assert obj.attributes == {"CHLTYPE": "SDR", "CONNAME": "HOST(1414),OTHER(1415)", "XMITQ": ""}


def test_blanks_and_commas_separate_parameters_and_the_elements_of_a_list() -> None:
    (command,) = commands("DEFINE NAMELIST (NL) , DESCR ( 'x' ),, NAMES( A B ,C ) REPLACE")
    assert command.value("NAMES") == ("A", "B", "C")
    assert command.has("REPLACE")
    (shown,) = commands("dis ql(*) curdepth, where(curdepth gt 0)")
    assert shown.value("WHERE") == ("CURDEPTH", "GT", "0")


def test_what_stands_in_the_parentheses_is_known_letter_by_letter() -> None:
    (command,) = commands("def ql( my.q ) descr('It''s') initq( )")
    assert command.written == (("", " my.q "), ("DESCR", "'It''s'"), ("INITQ", " "))


@pytest.mark.parametrize(
    "text", ["DEFINE QL(A) REPLACE NOREPLACE", "DEFINE QL(A) SHARE NOSHARE", "ALTER QL(A) NOFORCE FORCE"]
)
def test_a_keyword_and_its_no_form_are_a_repetition(text: str) -> None:
    (problem,) = problems(text)
    assert "stands twice" in problem.what


def test_what_stands_behind_the_end_is_known_to_be_there() -> None:
    found = list(logical_lines("PING QMGR\n* no\nend;\nDEFINE +\n  QL(A)"))
    assert [(one.line, one.ends) for one in found] == [(1, False), (3, True), (4, False)]


def test_options_of_a_command_are_no_attributes() -> None:
    (command,) = commands("DEFINE QLOCAL(Q) LIKE(X) NOSHARE TRIGGER REPLACE")
    assert command.has("REPLACE")
    assert to_object(command) == MqObject(Kind.QLOCAL, "Q", {"SHARE": "NO", "TRIGGER": "YES"})


def test_a_rule_and_a_right_become_objects() -> None:
    rule, right, removal = commands(
        "SET CHLAUTH(C) TYPE(BLOCKUSER) USERLIST('nobody') ACTION(REPLACE)\n"
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app') AUTHADD(put,get)\n"
        "SET AUTHREC OBJTYPE(QMGR) PRINCIPAL('app1') AUTHRMV(CONNECT)\n"
    )
    assert to_object(rule) == MqObject(Kind.CHLAUTH, "C", {"TYPE": "BLOCKUSER", "USERLIST": ("nobody",)})
    granted = to_object(right)
    assert granted is not None
    assert granted.key == ("AUTHREC", "Q", "QUEUE", "GROUP", "app")
    assert granted.attributes["AUTHLIST"] == ("GET", "PUT")
    taken = to_object(removal)
    assert taken is not None
    assert (taken.name, taken.attributes["AUTHLIST"]) == ("SELF", ())


@pytest.mark.parametrize(
    "text", ["DISPLAY QLOCAL(Q)", "DELETE QLOCAL(Q)", "REFRESH SECURITY TYPE(SSL)", "DEFINE LOG(X)"]
)
def test_a_command_that_describes_no_object_gives_none(text: str) -> None:
    (command,) = commands(text)
    assert to_object(command) is None


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("DEFINE QLOCAL(A) DESCR('open", 1, "quote is not closed"),
        ("\n\nDEFINE QLOCAL(A", 3, "parenthesis is not closed"),
        ("DEFINE QLOCAL(A) DESCR(two words)", 1, "without a comma"),
        ("DEFINE QLOCAL(A) PUT(ENABLED) put(DISABLED)", 1, "PUT stands twice"),
        ("DEFINE QLOCAL(A); DEFINE QLOCAL(B)", 1, "follows the ;"),
        ("DEFINE QLOCAL(A) ')", 1, "A word is expected"),
        ("DEFINE QLOCAL(A) +\nDESCR('" + "x" * 2048 + "')", 2, "longer than 2048"),
        ("(", 1, "A word is expected"),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line(text: str, line: int, part: str) -> None:
    (problem,) = problems(text)
    assert (problem.source, problem.line) == ("app.mqsc", line)
    assert part in problem.what
    assert problem.remedy


@pytest.mark.parametrize(
    "text", ["ALTER QMGR KEYRPWD('hunter2", "ALTER QMGR KEYRPWD(a hunter2)", "ALTER QMGR KEYRPWD('a') 'hunter2'"]
)
def test_a_problem_never_repeats_what_may_be_a_secret(text: str) -> None:
    (problem,) = problems(text)
    assert "hunter2" not in str(problem)


def test_a_secret_in_plain_text_is_named_and_left_out() -> None:
    (command,) = commands("ALTER QMGR KEYRPWD('hunter2') DEADQ(DLQ)")
    assert secret_keywords(command) == ("KEYRPWD",)
    assert to_object(command) == MqObject(Kind.QMGR, "", {"DEADQ": "DLQ"})
    assert "hunter2" not in repr(command)
    (listing,) = commands("DISPLAY QUEUE(*)")
    assert secret_keywords(listing) == ()


def test_a_wrong_command_does_not_hide_the_next_one() -> None:
    found = read("DEFINE QLOCAL(A\nDEFINE QLOCAL(B)", "x")
    assert [type(item).__name__ for item in found] == ["Problem", "MqscCommand"]


def test_a_command_that_is_continued_at_the_end_of_the_file_is_read() -> None:
    (command,) = commands("DEFINE QLOCAL(A) +\n")
    assert command.name == "A"


@pytest.mark.parametrize("word", ["END", "quit", "Exit"])
def test_reading_stops_where_runmqsc_stops(word: str) -> None:
    assert [command.name for command in commands(f"PING QMGR\n{word}\nDEFINE QLOCAL(")] == [""]


@given(st.text())
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for item in read(text, "x"):
        if isinstance(item, MqscCommand):
            to_object(item)
        assert item.line >= 1


@given(
    st.lists(st.sampled_from(["DEFINE ", "QLOCAL", "(", ")", "'", "''", ",", ";", "+\n", "-\n", "*", "\n", " ", "X"]))
)
def test_no_pieces_of_mqsc_make_the_reader_fail(pieces: list[str]) -> None:
    for item in read("".join(pieces), "x"):
        if isinstance(item, MqscCommand):
            to_object(item)
