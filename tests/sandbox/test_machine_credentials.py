"""runmqicred and the encrypted passwords that clients read."""

from __future__ import annotations

import os
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine_calls import Machine

from wizard.sandbox import credentials


@given(st.text(st.characters(blacklist_categories=["Cs"])), st.text(st.characters(blacklist_categories=["Cs"])))
def test_what_is_encoded_is_decoded_with_the_same_key_only(password: str, key: str) -> None:
    encoded = credentials.encode(password, key)
    assert credentials.is_encoded(encoded)
    assert credentials.decode(encoded, key) == password
    assert credentials.decode(encoded, key + "x") is None


@given(st.text())
def test_any_other_text_is_no_encoded_password(text: str) -> None:
    assert credentials.decode(text) is None
    assert credentials.decode("<MQI>!2!" + text) is None


def test_the_same_password_looks_different_each_time() -> None:
    assert credentials.encode("secret") != credentials.encode("secret")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("credentials") / "box")


def test_runmqicred_reads_a_line_and_prints_the_encoded_password_last(machine: Machine) -> None:
    answer = machine.run("runmqicred", stdin="passw0rd\n")
    lines = answer.out.splitlines()
    assert answer.status == 0
    assert lines[:-1] == [
        "5724-H72 (C) Copyright IBM Corp. 1994, 2024.",
        "Credentials are encrypted using the default encryption key. For more secure",
        "protection of stored credentials, use a custom, strong encryption key.",
        "Enter password:",
    ]
    assert credentials.decode(lines[-1]) == "passw0rd"


def test_runmqicred_with_an_initial_key_says_nothing_of_the_default_one(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("my initial key\nmore\n")
    lines = machine.run("runmqicred", "-sf", str(tmp_path / "key"), stdin="passw0rd").out.splitlines()
    assert lines[1] == "Enter password:"
    assert credentials.decode(lines[-1], "my initial key") == "passw0rd"
    assert credentials.decode(lines[-1]) is None


@pytest.mark.parametrize("arguments", [["-sf", "/none/such"], ["-q"], ["more"], []])
def test_runmqicred_refuses(machine: Machine, arguments: list[str]) -> None:
    answer = machine.run("runmqicred", *arguments, stdin="\n")
    assert answer.status == 1
    assert "<MQI>" not in answer.out


def test_a_terminal_shows_a_star_for_each_key(machine: Machine) -> None:
    child = pexpect.spawn(
        str(machine.sandbox.bin / "runmqicred"),
        env=machine.sandbox.environment(os.environ),
        encoding="utf-8",
        timeout=20,
    )
    child.delaybeforesend = None
    child.expect_exact("Enter password:\r\n")
    child.send("abX\x7fc\r")
    child.expect(pexpect.EOF)
    child.close()
    stars, encoded = child.before.splitlines()
    assert stars == "***\b \b*"
    assert credentials.decode(encoded) == "abc"
    assert child.exitstatus == 0
