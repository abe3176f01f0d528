"""Every statement in the facts that something is refused, limited or answered in one way, against the sandbox."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import refusals_keys
import refusals_machine
import refusals_mqsc
import refusals_wire
from refusals_rows import DRIVERS, Row, driven_by, filled, listed, rows

from wizard.sandbox import installation
from wizard.sandbox.recalled import RECALLED
from wizard.sandbox.wire import sni

FEWEST = 630
"""Rows that are tried at the least."""


def rows_of(driver: str) -> pytest.MarkDecorator:
    """A test for each row of one driver."""
    return pytest.mark.parametrize("row", driven_by(driver), ids=lambda row: row.id)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> refusals_machine.Machines:
    return refusals_machine.Machines(tmp_path_factory.mktemp("refusals"))


def test_every_row_runs_or_says_why_it_cannot() -> None:
    wrong = {row.line: row.problems() for row in rows() if row.problems()}
    assert not wrong
    tried = [row for row in rows() if row.driver]
    left_out = [row for row in rows() if row.out_of_scope]
    assert len(tried) + len(left_out) == len(rows())
    assert sum(len(driven_by(driver)) for driver in DRIVERS) == len(tried) >= FEWEST


def test_recalled_rows_name_entries_that_the_table_has() -> None:
    named = {key for row in rows() for field in ("recalled", "assumes") for key in listed(row.expect.get(field))}
    assert not {filled(key) for key in named} - set(RECALLED)


@rows_of("mqsc")
def test_a_command_is_answered_as_the_facts_say(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals_mqsc.try_commands(row, monkeypatch)


@rows_of("session")
def test_a_session_goes_as_the_facts_say(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals_mqsc.try_session(row, monkeypatch)


@rows_of("commands")
def test_a_command_line_ends_as_the_facts_say(row: Row, tmp_path: Path, machines: refusals_machine.Machines) -> None:
    refusals_machine.try_commands(row, tmp_path, machines)


@rows_of("keys")
def test_runmqakm_ends_as_the_facts_say(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals_keys.try_words(row, tmp_path, capsys, monkeypatch)


@rows_of("connect")
def test_a_connection_goes_as_the_facts_say(
    row: Row, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals_wire.try_connection(row, tmp_path, monkeypatch, capsys)


NAMES = {"sni": sni.encode, "directory": installation.mangled}


@rows_of("names")
def test_a_name_is_written_as_the_facts_say(row: Row) -> None:
    kind, text = next(iter(row.how["names"].items()))
    assert NAMES[kind](text) == row.expect["is"]
