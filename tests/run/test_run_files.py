"""Files: whole or not at all, never wider than planned, never somewhere else."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import OperationFailed
from wizard.run import files
from wizard.run.files import backup, make_folder, verify, write_file


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def other_group() -> int:
    """A group this process may give files to, another than its own where there is one."""
    if os.geteuid() == 0:
        return os.getegid() + 1
    return next((group for group in os.getgroups() if group != os.getegid()), os.getegid())


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755])
def test_a_file_gets_exactly_its_mode_whatever_the_umask(tmp_path: Path, mode: int) -> None:
    before = os.umask(0o077)
    try:
        write_file(tmp_path / "key.p12", b"content", mode=mode, group=other_group())
    finally:
        os.umask(before)
    assert (tmp_path / "key.p12").read_bytes() == b"content"
    assert mode_of(tmp_path / "key.p12") == mode
    verify(tmp_path / "key.p12", mode=mode, group=other_group())


def test_group_and_mode_are_right_before_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, int]] = []
    real = os.fchmod

    def watched(descriptor: int, mode: int) -> None:
        status = os.fstat(descriptor)
        seen.append((stat.S_IMODE(status.st_mode), status.st_gid, status.st_size))
        real(descriptor, mode)

    monkeypatch.setattr(os, "fchmod", watched)
    write_file(tmp_path / "key.p12", b"content", mode=0o640, group=other_group())
    assert seen == [(0o600, other_group(), 0)]


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text("old")
    with pytest.raises(OperationFailed, match="is there already"):
        write_file(path, b"new", mode=0o600)
    assert path.read_text() == "old"
    write_file(path, b"new", mode=0o600, replace=True)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key.p12"
    monkeypatch.setattr(files, "_give", lambda *_, **__: path.write_text("someone else's"))
    with pytest.raises(OperationFailed, match="is there already"):
        write_file(path, b"ours", mode=0o600)
    assert path.read_text() == "someone else's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_its_group_and_owner(tmp_path: Path) -> None:
    path = tmp_path / "key.kdb"
    path.write_text("old")
    owner = 65534 if os.geteuid() == 0 else -1
    os.chown(path, owner, other_group())
    before = path.stat()
    write_file(path, b"new", mode=0o640, replace=True)
    assert (path.stat().st_uid, path.stat().st_gid) == (before.st_uid, before.st_gid)


@pytest.mark.parametrize("replace", [True, False])
def test_a_symbolic_link_is_not_followed(tmp_path: Path, replace: bool) -> None:
    target = tmp_path / "target"
    target.write_text("precious")
    (tmp_path / "key.p12").symlink_to(target)
    with pytest.raises(OperationFailed, match="symbolic link"):
        write_file(tmp_path / "key.p12", b"new", mode=0o600, replace=replace)
    assert target.read_text() == "precious"


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="not a regular file"):
        write_file(tmp_path, b"", mode=0o600, replace=True)


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_takes_no_more_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    path = tmp_path / "key.p12"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OperationFailed) as caught:
        write_file(path, b"new", mode=0o600, replace=True)
    assert os.strerror(reason) in str(caught.value)
    assert caught.value.remedy
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(OperationFailed, match="No such file"):
        write_file(tmp_path / "none" / "key.p12", b"", mode=0o600)


def test_backups_pile_up_and_are_private(tmp_path: Path) -> None:
    path = tmp_path / "key.p12"
    for content in (b"one", b"two"):
        write_file(path, content, mode=0o640, replace=True)
        backup(path, tmp_path / "state" / "backups")
    copies = sorted((tmp_path / "state" / "backups").iterdir())
    assert [copy.read_bytes() for copy in copies] == [b"one", b"two"]
    assert {mode_of(copy) for copy in copies} == {0o600}
    assert mode_of(tmp_path / "state" / "backups") == 0o700


def test_a_file_with_another_mode_or_group_is_told_with_the_command_that_mends_it(tmp_path: Path) -> None:
    path = tmp_path / "key.p12"
    write_file(path, b"", mode=0o600)
    with pytest.raises(OperationFailed, match="0600 instead of 0640") as caught:
        verify(path, mode=0o640)
    assert caught.value.remedy == f"chmod 0640 {path}"
    with pytest.raises(OperationFailed, match="belongs to group"):
        verify(path, mode=0o600, group=path.stat().st_gid + 1)
    with pytest.raises(OperationFailed, match="No such file"):
        verify(tmp_path / "none", mode=0o600)


def test_missing_folders_are_made_private_and_existing_ones_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    assert {mode_of(tmp_path / "a"), mode_of(tmp_path / "a" / "b")} == {0o700}
    make_folder(tmp_path)
    assert mode_of(tmp_path) == 0o755


def test_a_link_or_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").write_text("")
    for name in ("link", "file"):
        with pytest.raises(OperationFailed, match="not a folder"):
            make_folder(tmp_path / name)


@given(content=st.binary(max_size=2000))
def test_what_was_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("files") / "content"
    write_file(path, content, mode=0o600)
    assert path.read_bytes() == content


def test_what_killed_writers_left_half_written_is_removed_and_nothing_else(tmp_path: Path) -> None:
    ours, other = tmp_path / ".ccdt.json.4711-0a1b2c3d.part", tmp_path / ".ccdt.json.4712-0a1b2c3d.part"
    kept = [other, tmp_path / ".ccdt.json.part", tmp_path / "ccdt.json"]
    for path in (ours, *kept):
        path.write_bytes(b"half")
    files.remove_half_written(tmp_path, {4711})
    files.remove_half_written(tmp_path / "absent", {4711})
    assert sorted(tmp_path.iterdir()) == sorted(kept)
