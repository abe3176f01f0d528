"""The key commands as programs: runmqakm in a shell, runmqktool, and mqcertck."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from keys_calls import EC, PASSWORD, Machine, judge

from wizard.sandbox.commands import mqcertck, runmqktool
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.install import prepare
from wizard.sandbox.state import State


def shell(folder: Path, script: str, version: str = "9.4") -> str:
    sandbox = prepare(folder / "sandbox", version)
    environment = {**sandbox.environment(os.environ), "PW": PASSWORD}
    done = subprocess.run(
        ["sh", "-ec", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_administrator_trusts_a_partner_by_hand(tmp_path: Path) -> None:
    shown = shell(
        tmp_path,
        """
        runmqakm -keydb -create -db key.p12 -type pkcs12 -pw "$PW" -stash
        runmqakm -cert -create -db key.p12 -stashed -label qm1 -dn "CN=QM1,OU=Messaging,O=Acme,C=GB" \
            -size 2048 -sig_alg SHA256WithRSA -expire 365
        runmqakm -cert -extract -db key.p12 -stashed -label qm1 -target qm1.arm -format ascii
        runmqakm -keydb -create -db app.kdb -pw "$PW" -stash
        runmqakm -cert -add -db app.kdb -stashed -label qm1 -file qm1.arm -format ascii
        runmqakm -cert -list -db app.kdb -stashed
        """,
    )
    assert shown.splitlines()[-1] == "!\tqm1"


def test_a_failure_ends_a_script(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="CTGSK3026W"):
        shell(tmp_path, "runmqakm -cert -list -db absent.p12 -pw 12345")


def test_runmqktool_is_keytool(tmp_path: Path) -> None:
    judge("keytool")
    shown = shell(
        tmp_path,
        """
        runmqakm -keydb -create -db key.p12 -type pkcs12 -pw "$PW" -stash
        runmqktool -genkeypair -keystore key.p12 -storepass "$PW" -alias qm1 -dname CN=QM1 -keyalg RSA 2>/dev/null
        runmqakm -cert -list -db key.p12 -stashed
        """,
    )
    assert shown.splitlines()[-1] == "-\tqm1"


def test_runmqktool_came_with_9_4(tmp_path: Path) -> None:
    prepare(tmp_path, "9.3")
    assert not (tmp_path / "bin" / "runmqktool").exists()
    with pytest.raises(SandboxError, match="runmqktool"):
        runmqktool.main([], tmp_path)


def test_runmqktool_without_java_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(SandboxError, match="keytool"):
        runmqktool.main(["-list"], tmp_path)


@pytest.fixture
def checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    """A machine with the queue manager QM1 and its repository, readable for the group."""
    prepare(tmp_path)
    machine = Machine(tmp_path, capsys)
    machine.create("key.p12")
    machine.done("key.p12", "-cert -create -label qm1 -dn CN=QM1", *EC)
    for name in ("key.p12", "key.sth"):
        (tmp_path / name).chmod(0o640)
    state = State(tmp_path)
    state.db.execute("INSERT INTO qmgr (name, directory, status) VALUES ('QM1', 'QM1', 'Running')")
    attributes = {"SSLKEYR": machine.path("key.p12"), "CERTLABL": "qm1", "KEYRPWD": ""}
    state.put_object("QM1", "QMGR", "QM1", "QMGR", attributes)
    state.close()
    return machine


def alter(machine: Machine, **changes: str) -> None:
    state = State(machine.folder)
    found = state.object("QM1", "QMGR", "QM1")
    assert found is not None
    state.put_object("QM1", "QMGR", "QM1", "QMGR", {**found[1], **changes})
    state.close()


def check(machine: Machine, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = mqcertck.main(list(words), machine.folder)
    return status, capsys.readouterr().out


def test_mqcertck_finds_a_sound_queue_manager_sound(checked: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    status, shown = check(checked, capsys, "QM1")
    assert (status, "No problems found." in shown) == (0, True)


def test_mqcertck_names_what_is_wrong(checked: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    (checked.folder / "key.p12").chmod(0o600)
    status, shown = check(checked, capsys, "QM1")
    assert status != 0
    assert "AMQ9657" in shown
    (checked.folder / "key.p12").chmod(0o640)
    (checked.folder / "key.sth").unlink()
    assert "AMQ9660" in check(checked, capsys, "QM1")[1]
    alter(checked, SSLKEYR="")
    assert "SSLKEYR is blank" in check(checked, capsys, "QM1")[1]


def test_mqcertck_looks_for_the_label_with_its_key(checked: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    alter(checked, CERTLABL="absent")
    assert "No certificate with the label 'absent'" in check(checked, capsys, "QM1")[1]
    alter(checked, CERTLABL="")
    assert "'ibmwebspheremqqm1'" in check(checked, capsys, "QM1")[1]
    checked.done("key.p12", "-cert -extract -label qm1", "-target", checked.path("qm1.pem"))
    checked.done("key.p12", "-cert -delete -label qm1")
    checked.done("key.p12", "-cert -add -label qm1", "-file", checked.path("qm1.pem"))
    alter(checked, CERTLABL="qm1")
    assert "has no private key" in check(checked, capsys, "QM1")[1]


def test_mqcertck_refuses_what_it_does_not_know(checked: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(checked, capsys, "QM2")[0] != 0
    assert check(checked, capsys)[0] != 0
    with pytest.raises(SandboxError):
        check(checked, capsys, "QM1", "-clientlabel", "app1")
