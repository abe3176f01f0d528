"""Passwords: the rule for -strong, standard input, prompts without echo."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keys_calls import PASSWORD, Machine

from wizard.sandbox.install import prepare
from wizard.sandbox.keys.passwords import is_strong
from wizard.sandbox.recalled import recalled


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    machine = Machine(tmp_path, capsys)
    machine.create("key.p12")
    return machine


@pytest.mark.parametrize(
    ("password", "strong"),
    [
        ("Abcdefghijklm1", True),
        ("Abcdefghijklm ", True),
        ("Abcdefghijklm#", True),
        ("Abcdefghijkl1", False),  # 13
        ("abcdefghijklm1", False),  # no upper case
        ("ABCDEFGHIJKLM1", False),  # no lower case
        ("Abcdefghijklmn", False),  # neither digit nor special
        ("Abcdefghijklm-", False),  # not one of the special characters
        ("AbcdefghijkZZ1", True),  # two in a row
        ("AbcdefghijZZZ1", False),  # three in a row
        ("ZaZbZcdefghij1", True),  # three in all
        ("ZaZbZcZefghij1", False),  # four in all
        ("Abcdefghijklmé1", False),  # not ASCII
        ("Abcdefghijklm\t1", False),
    ],
)
def test_the_rule_for_strong_passwords(password: str, strong: bool) -> None:
    assert is_strong(password) is strong


@given(st.text(max_size=30))
def test_a_strong_password_is_long_and_printable(password: str) -> None:
    if is_strong(password):
        assert len(password) >= 14
        assert password.isprintable()


def test_a_strong_password_makes_a_strong_repository(machine: Machine) -> None:
    words = ["-keydb", "-create", "-db", machine.path("new.p12"), "-type", "p12", "-strong", "-pw"]
    assert machine.run(*words, "Abcdefghijklm1") == (0, [])


def feed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_a_dash_reads_one_line_of_standard_input(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, f"{PASSWORD}\nmore\n")
    assert machine.run("-cert", "-list", "-db", machine.path("key.p12"), "-pw", "-").status == 0


def test_two_dashes_read_two_lines(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, f"{PASSWORD}\nanother one\n")
    change = ["-keydb", "-changepw", "-db", machine.path("key.p12"), "-pw", "-", "-new_pw", "-", "-stash"]
    assert machine.run(*change) == (0, [])
    assert machine.run("-cert", "-list", "-db", machine.path("key.p12"), "-pw", "another one").status == 0


def test_a_dash_is_a_password_where_standard_input_is_switched_off(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDBOX_NO_PW_STDIN", "1")
    feed(monkeypatch, f"{PASSWORD}\n")
    assert machine.run("-cert", "-list", "-db", machine.path("key.p12"), "-pw", "-").status != 0
    assert machine.run("-keydb", "-create", "-db", machine.path("new.p12"), "-pw", "-").status != 0
    assert not (machine.folder / "new.p12").exists()


def test_an_end_of_input_is_no_password(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "")
    assert machine.run("-cert", "-list", "-db", machine.path("key.p12"), "-pw", "-").status != 0
    assert machine.run("-cert", "-list", "-db", machine.path("key.p12")).status != 0


@pytest.mark.parametrize("words", [[], ["-pw", "-"]])
def test_at_a_terminal_the_password_is_asked_for_without_echo(words: list[str], tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "sandbox")
    environment = sandbox.environment({**os.environ, "LC_ALL": "C.UTF-8"})
    arguments = ["-keydb", "-create", "-type", "p12", "-db", str(tmp_path / "key.p12"), *words]
    child = pexpect.spawn(
        str(sandbox.bin / "runmqakm"),
        arguments,
        env=environment,
        encoding="utf-8",
        timeout=30,  # type: ignore[arg-type]
    )
    child.expect_exact(recalled("keys.prompt.pw"))
    child.waitnoecho()
    child.sendline(PASSWORD)
    child.expect_exact(pexpect.EOF)
    child.close()
    assert PASSWORD not in str(child.before)
    assert child.exitstatus == 0
    assert (tmp_path / "key.p12").exists()
