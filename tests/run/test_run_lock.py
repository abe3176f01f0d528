"""One run per queue manager at a time."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wizard.errors import Refused
from wizard.run.lock import Holder, hold

US = Holder(os.getpid(), "anna", "mqhost", "2026-03-04T05:06:07+00:00", "app.yaml")

OTHER = """
import sys
from pathlib import Path
from wizard.run.lock import Holder, hold
holder = Holder(4711, "berta", "mqhost", "10:00", "other.yaml")
with hold(sys.argv[3:], data_path=Path(sys.argv[1]), state=Path(sys.argv[2]), holder=holder):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def other_run(data: Path, *names: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run of someone else, with another state folder, that holds locks."""
    command = [sys.executable, "-c", OTHER, str(data), str(data / "their state"), *names]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "mqm"
    path.mkdir()
    return path


def test_another_run_on_the_same_queue_manager_is_refused_and_named(data: Path, tmp_path: Path) -> None:
    with other_run(data, "QM1", "QM2") as process:
        with pytest.raises(Refused) as caught, hold(["QM2"], data_path=data, state=tmp_path, holder=US):
            pass
        for word in ("queue manager QM2", "berta", "4711", "10:00", "other.yaml"):
            assert word in str(caught.value)
        with hold(["QM3"], data_path=data, state=tmp_path, holder=US):
            pass
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
        assert process.wait(30) == 0
    with hold(["QM1", "QM2"], data_path=data, state=tmp_path, holder=US):
        pass


def test_a_lock_goes_with_its_process(data: Path, tmp_path: Path) -> None:
    with other_run(data, "QM1") as process:
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert (data / "mqwizard-QM1.lock").exists()
    with hold(["QM1"], data_path=data, state=tmp_path, holder=US):
        pass


def test_nothing_is_left_behind_when_a_run_ends(data: Path, tmp_path: Path) -> None:
    with hold(["QM1", "A/B%C.D"], data_path=data, state=tmp_path, holder=US):
        assert len(list(data.iterdir())) == 2
    assert list(data.iterdir()) == []


def test_where_one_lock_is_taken_the_others_are_let_go(data: Path, tmp_path: Path) -> None:
    with other_run(data, "QM2"):
        with pytest.raises(Refused), hold(["QM1", "QM2"], data_path=data, state=tmp_path, holder=US):
            pass
        assert not (data / "mqwizard-QM1.lock").exists()


def test_the_lock_is_for_the_whole_group(data: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with hold(["QM1"], data_path=data, state=tmp_path, holder=US):
            status = (data / "mqwizard-QM1.lock").stat()
    finally:
        os.umask(before)
    assert stat.S_IMODE(status.st_mode) == 0o660
    assert status.st_gid == data.stat().st_gid


@pytest.mark.parametrize("data_path", [None, Path("/no/such/mqm")])
def test_without_a_data_path_the_lock_is_in_the_state_folder(tmp_path: Path, data_path: Path | None) -> None:
    with hold(["QM1"], data_path=data_path, state=tmp_path, holder=US):
        assert (tmp_path / "locks" / "mqwizard-QM1.lock").exists()
        with pytest.raises(Refused, match="anna"), hold(["QM1"], data_path=data_path, state=tmp_path, holder=US):
            pass


def test_a_planted_link_or_folder_is_not_used(data: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (data / "mqwizard-QM1.lock").symlink_to(victim)
    (data / "mqwizard-QM2.lock").mkdir()
    os.mkfifo(data / "mqwizard-QM3.lock")
    for name in ("QM1", "QM2", "QM3"):
        with pytest.raises(Refused), hold([name], data_path=data, state=tmp_path, holder=US):
            pass
    assert victim.read_text() == "precious"


@pytest.mark.parametrize("note", ["", "{", '{"pid": "x"}', '{"pid": 1, "user": "\\u001b[2J"}', "\udcff" * 3])
def test_whatever_stands_in_a_taken_lock_is_fit_to_print(data: Path, tmp_path: Path, note: str) -> None:
    with hold(["QM1"], data_path=data, state=tmp_path, holder=US):
        (data / "mqwizard-QM1.lock").write_text(note, errors="surrogateescape")
        with pytest.raises(Refused) as caught, hold(["QM1"], data_path=data, state=tmp_path, holder=US):
            pass
    assert "\x1b" not in str(caught.value)
