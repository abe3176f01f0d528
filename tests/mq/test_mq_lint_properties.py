"""What holds for every script: however a command is laid out it means the same, and the lint has no quarrel with how
mqwizard itself writes.
"""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from mq_strategies import objects

from wizard.mq.lint import RULES, Severity, lint
from wizard.mq.mqsc import define, physical_lines
from wizard.mq.objects import MqObject
from wizard.mq.reader import MqscCommand, read, to_object
from wizard.mq.releases import NEWEST_LONG_TERM
from wizard.sandbox.mqsc.lines import Gatherer
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError
from wizard.sandbox.mqsc.syntax import parse

LAYOUT_RULES = {
    "syntax",
    "quotes",
    "empty",
    "missing-blank",
    "order",
    "one-value",
    "no-value",
    "unknown-command",
    "unknown-object",
    "unknown-keyword",
    "folded",
}
PIECES = (
    *("DEFINE ", "SET ", "ALTER QMGR ", "CHLAUTH", "QLOCAL", "CHANNEL", "AUTHREC ", "CHLTYPE(SDR)", "TYPE(", "X"),
    *("OBJTYPE(QUEUE) ", "REPLACE ", "(", ")", "'", "''", ",", ";", "+\n", "-\n", "*", "\n", " ", "\t", "="),
)
AFTER_A_NAME = (
    *(" REPLACE", " DESCR(", " MAXDEPTH(1)", " SHARE", " NOSHARE", " NAMES(A B)", " INITQ( B )", " DESCR('a')"),
    *("'", "''", "x", " ", ",", ")", "(", "+\n", "-\n", "\n", "*c", "-1", "="),
)
_QUOTED_OR_NOT = re.compile(r"'(?:[^']|'')*'|[^']+")
_GAPS = [" ", "   ", " , ", "\t", " +\n", " +\n    ", " + \n* a comment\n ", "  +\n\n   * another one\n", " -\n"]


@st.composite
def laid_out(draw: st.DrawFn, command: str) -> str:
    """The same command as somebody else might write it."""
    written = "".join(
        piece if piece.startswith("'") else draw(unquoted(piece)) for piece in _QUOTED_OR_NOT.findall(command)
    )
    written = broken(written, draw(st.sets(st.integers(1, max(len(written) - 1, 1)), max_size=6)))
    ending = draw(st.sampled_from(["", " ", ";", " ; ", "\n", "\nEND\nDEFINE QLOCAL(", "\nquit", "\n* done"]))
    script = draw(st.sampled_from(["", "* first\n", "\n\n  "])) + written + ending
    return script.replace("\n", "\r\n") if draw(st.booleans()) else script


@st.composite
def unquoted(draw: st.DrawFn, piece: str) -> str:
    """What stands outside quotes: other gaps, blanks around brackets, other case."""
    found = []
    for character in piece:
        if character == " ":
            found.append(draw(st.sampled_from(_GAPS)))
        elif character in "()":
            found.append(draw(st.sampled_from(["", " ", " +\n "])) + character + draw(st.sampled_from(["", "", " "])))
        else:
            found.append(draw(st.sampled_from([character, character.lower()])))
    return "".join(found)


def broken(text: str, places: set[int]) -> str:
    """The text continued with `-` at these places, except where a line would be blank, a comment or end otherwise."""
    for place in sorted(places, reverse=True):
        before, after = text[:place], text[place:]
        first, line = after.split("\n", 1)[0], before.rsplit("\n", 1)[-1]
        fits = (
            first.strip() and not first.lstrip().startswith("*") and line.strip() and not line.lstrip().startswith("*")
        )
        if fits and first.strip()[0] not in "+-" and not before.rstrip().endswith(("+", "-", ")")):
            text = f"{before}-\n{after}"
    return text


@st.composite
def scripts(draw: st.DrawFn) -> tuple[MqObject, str]:
    wanted = draw(objects())
    return wanted, draw(laid_out(define(wanted)))


@settings(max_examples=300)
@given(scripts())
def test_however_a_command_is_laid_out_it_means_the_same(case: tuple[MqObject, str]) -> None:
    wanted, script = case
    (command,) = read(script, "x")
    assert isinstance(command, MqscCommand), command
    assert to_object(command) == wanted


@settings(max_examples=200)
@given(scripts())
def test_what_is_read_is_written_and_read_again_as_the_same(case: tuple[MqObject, str]) -> None:
    (command,) = read(case[1], "x")
    assert isinstance(command, MqscCommand)
    first = to_object(command)
    assert first is not None
    (again,) = read("\n".join(physical_lines(define(first), limit=72)), "x")
    assert isinstance(again, MqscCommand)
    assert to_object(again) == first
    assert again.parameters == read(define(first), "x")[0].parameters  # type: ignore[union-attr]


@settings(max_examples=300)
@given(objects())
def test_the_lint_has_no_quarrel_with_how_mqwizard_writes(wanted: MqObject) -> None:
    script = "\n".join(physical_lines(define(wanted, replace=True)))
    found = [finding for finding in lint(script, "x", NEWEST_LONG_TERM) if finding.rule in LAYOUT_RULES]
    assert found == []


@given(st.lists(st.sampled_from(PIECES)))
def test_no_pieces_of_mqsc_make_the_lint_fail(pieces: list[str]) -> None:
    assert_sound("".join(pieces))


@given(st.text())
def test_no_text_makes_the_lint_fail(text: str) -> None:
    assert_sound(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(AFTER_A_NAME), max_size=8))
def test_what_the_sandbox_s_own_reader_refuses_is_an_error(pieces: list[str]) -> None:
    script = f"DEFINE QLOCAL(Q){''.join(pieces)}"
    if sandbox_refuses(script):
        errors = [finding for finding in lint(script, "x", NEWEST_LONG_TERM) if finding.severity is Severity.ERROR]
        assert errors, script


def sandbox_refuses(script: str) -> bool:
    """Whether the strict reader of the simulated runmqsc finds a syntax error."""
    gatherer = Gatherer()
    commands = [gatherer.take(line).command for line in script.split("\n")]
    for command in filter(None, [*commands, gatherer.rest()]):
        try:
            parse(command)
        except SyntaxRefusedError:
            return True
    return False


def assert_sound(text: str) -> None:
    last = text.count("\n") + 1
    for finding in lint(text, "x", NEWEST_LONG_TERM):
        assert finding.rule in RULES
        assert 1 <= finding.line <= last
        assert finding.severity in set(Severity)
        assert "\n" not in str(finding)
