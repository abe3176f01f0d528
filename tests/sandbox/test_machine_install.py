"""Making a sandbox: what it contains, that it is kept, that it is refused where it must be."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from machine_calls import Machine

from wizard.sandbox import install, installation, users
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.install import COMMANDS, prepare
from wizard.sandbox.state import State


@pytest.mark.parametrize(
    ("wanted", "full"),
    [
        ("9.1", "9.1.0.0"),
        ("9.4", "9.4.0.0"),
        ("10.0", "10.0.0.0"),
        ("9.3.0.21", "9.3.0.21"),
        ("9.1.4", "9.1.4.0"),
    ],
)
def test_a_release_stands_for_its_first_version(wanted: str, full: str) -> None:
    assert installation.full_version(wanted) == full


@pytest.mark.parametrize("wanted", ["8.0", "9", "9.5", "9.4.0.0.1", "latest", "", "9.4 ", "9.4\n", "٩.٤"])
def test_an_unknown_version_is_refused_with_the_known_ones(wanted: str) -> None:
    with pytest.raises(SandboxError, match=r"9\.1, 9\.2, 9\.3, 9\.4, 10\.0"):
        installation.full_version(wanted)


def test_versions_are_compared_as_numbers() -> None:
    assert installation.at_least("10.0.0.0", "9.4")
    assert installation.at_least("9.3.0.21", "9.3.0.3")
    assert not installation.at_least("9.1.0.0", "9.1.4")


def test_a_sandbox_has_mqs_directories_and_its_own_address(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "one")
    first, *octets = sandbox.address.split(".")
    assert first == "127"
    assert all(1 <= int(octet) <= 254 for octet in octets)
    assert (sandbox.folder / "hosts").read_text() == f"{sandbox.address} *\n"
    assert (sandbox.folder / "var/mqm/mqs.ini").read_text().startswith("AllQueueManagers:\n   DefaultPrefix=")
    assert (sandbox.folder / "var/mqm/errors/AMQERR01.LOG").exists()
    assert prepare(tmp_path / "two").address != sandbox.address


def test_every_command_is_an_executable_that_compiles(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "box")
    assert sorted(path.name for path in sandbox.bin.iterdir()) == sorted(COMMANDS)
    for path in sandbox.bin.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o755
        compile(path.read_text(), path, "exec")
    assert (sandbox.folder / "opt/mqm/samp/bin/amqsputc").samefile(sandbox.bin / "amqsputc")


def test_older_releases_lack_the_newer_tools(tmp_path: Path) -> None:
    assert not {"runmqicred", "runmqktool"} & {path.name for path in prepare(tmp_path / "a", "9.2").bin.iterdir()}
    middle = {path.name for path in prepare(tmp_path / "b", "9.3").bin.iterdir()}
    assert "runmqicred" in middle
    assert "runmqktool" not in middle


def test_preparing_again_keeps_everything(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "box", "9.2")
    (sandbox.folder / "hosts").write_text("127.0.0.9 only.this\n")
    with users.change(sandbox.folder) as accounts:
        accounts.groups["apps"] = users.Group("apps", 1234)
    state = State(sandbox.folder)
    state.set_meta("mine", "kept")
    assert prepare(tmp_path / "box") == sandbox
    assert (sandbox.folder / "hosts").read_text() == "127.0.0.9 only.this\n"
    assert "apps" in users.read(sandbox.folder).groups
    assert state.meta("mine") == "kept"
    state.close()


def test_another_version_of_an_existing_sandbox_is_refused(tmp_path: Path) -> None:
    prepare(tmp_path / "box", "9.2")
    with pytest.raises(SandboxError, match=r"9\.2\.0\.0, not 9\.4\.0\.0"):
        prepare(tmp_path / "box", "9.4")


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SandboxError, match="not empty"):
        prepare(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SandboxError, match="No sandbox can be made"):
        prepare(tmp_path / "file")


def test_many_at_once_make_one_sandbox(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: prepare(tmp_path / "box"), range(8)))
    assert len(set(made)) == 1
    assert not [path for path in made[0].bin.iterdir() if path.name.startswith(".")]


def test_a_sandbox_reached_through_a_link_is_the_same_one(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "box")
    (tmp_path / "link").symlink_to("box")
    assert prepare(tmp_path / "link") == sandbox


def test_the_environment_puts_the_commands_first_and_keeps_the_rest(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "box")
    base = {"PATH": "/usr/bin", "SANDBOX_LATENCY": "5", "LANG": "C"}
    environment = sandbox.environment(base)
    assert environment["PATH"] == f"{sandbox.bin}{os.pathsep}/usr/bin"
    assert environment["SANDBOX_LATENCY"] == "5"
    assert environment["MQ_DATA_PATH"] == str(sandbox.folder / "var/mqm")
    assert base["PATH"] == "/usr/bin"
    assert sandbox.environment({})["PATH"] == str(sandbox.bin)


def test_an_interpreter_with_a_blank_in_its_path_still_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a folder with blanks"
    folder.mkdir()
    (folder / "python").symlink_to(Path(install.sys.executable).resolve())
    monkeypatch.setattr(install.sys, "executable", str(folder / "python"))
    machine = Machine(folder / "box")
    assert machine.run("mqrc", "2035").out.split() == ["2035", "0x000007f3", "MQRC_NOT_AUTHORIZED"]


def test_the_commands_work_from_the_installation_path_too(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    answer = machine.run(str(machine.folder / "opt/mqm/bin/dspmqver"), "-b", "-f", "2")
    assert answer == (0, "9.4.0.0\n", "")
