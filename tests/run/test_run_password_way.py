"""How runmqakm takes a password is tried on a throw-away store, and only the typed password proves that it was read."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from wizard.mq.releases import Release
from wizard.pki.store import write_pkcs12
from wizard.plan.facts import PasswordWay
from wizard.run.driver import Driver
from wizard.run.installation import Installation
from wizard.run.keyring import Keyring
from wizard.run.machine import Machine
from wizard.run.passwordway import password_way
from wizard.run.transcript import Transcript

ASKS = """
import getpass, pathlib, sys
sys.path[:0] = {path!r}
from wizard.pki.store import write_pkcs12
pathlib.Path(sys.argv[sys.argv.index("-db") + 1]).write_bytes(write_pkcs12([], getpass.getpass("Password: ")))
"""
TAKES_THE_DASH = """
import pathlib, sys
pathlib.Path(sys.argv[sys.argv.index("-db") + 1]).write_bytes(pathlib.Path({store!r}).read_bytes())
"""
REFUSES = "raise SystemExit(1)"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / "bin").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    keyring = Keyring(environment={}, base=tmp_path)
    driver = Driver({"PATH": "/usr/bin:/bin"}, transcript=Transcript(None, redact=keyring.redact), secrets=keyring)
    installation = Installation("Installation1", tmp_path, Release(9, 4), tmp_path)
    return Machine(driver, keyring, installation, base=tmp_path, host="h", mqm=0)


def runmqakm(machine: Machine, body: str) -> None:
    path = machine.installation.path / "bin" / "runmqakm"
    path.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    path.chmod(0o755)


def test_one_that_asks_may_be_given_passwords(machine: Machine) -> None:
    runmqakm(machine, ASKS.format(path=sys.path))
    assert password_way(machine) is PasswordWay.TERMINAL


def test_one_that_takes_the_dash_for_the_password_is_found_out(machine: Machine, tmp_path: Path) -> None:
    store = tmp_path / "of-a-dash.p12"
    store.write_bytes(write_pkcs12([], "-"))
    runmqakm(machine, TAKES_THE_DASH.format(store=str(store)))
    assert password_way(machine) is PasswordWay.COMMAND_LINE


def test_one_that_refuses_gets_no_password(machine: Machine) -> None:
    runmqakm(machine, REFUSES)
    assert password_way(machine) is PasswordWay.COMMAND_LINE


def test_none_at_all_is_noticed(machine: Machine) -> None:
    assert password_way(machine) is PasswordWay.ABSENT


def test_nothing_of_the_trial_is_left(machine: Machine, tmp_path: Path) -> None:
    runmqakm(machine, ASKS.format(path=sys.path))
    password_way(machine)
    assert list((tmp_path / "tmp").iterdir()) == []
