"""Writes files whole or not at all, never wider than their mode at any moment.

Used by every step that puts a file on disk, and by journal, transcript and lock for their folders. A reader
sees the old file or the new one. A symbolic link in a file's place is refused: what is written lands where
the plan said.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard.errors import OperationFailed

HALF_WRITTEN = re.compile(r"\..+\.([0-9]+)-[0-9a-f]{8}\.part", re.DOTALL)
"""The name of a file that is not in its place yet, with its writer's process; `pki.durable` names its files so too."""

REMEDIES = {
    errno.ENOSPC: "Free some space on that file system, then run again.",
    errno.EDQUOT: "The disk quota is used up: free some space, then run again.",
    errno.EROFS: "The file system is read-only: mount it writable, or choose another place.",
    errno.EACCES: "Give this user the right to write there, or run as a user who has it.",
    errno.EPERM: "Only the owner or root may do that: run as the owner, or ask root.",
    errno.ENOENT: "Something in that path is missing: make it first, or correct the path.",
    errno.ENOTDIR: "Something that is not a folder is in the way: move it.",
}


def write_file(path: Path, content: bytes, *, mode: int, group: int | None = None, replace: bool = False) -> None:
    """Write a file durably: beside its place, flushed, then moved there in one go.

    It has its group and mode before its first byte. A replaced file keeps its owner, and its group where none
    is given. Raises OperationFailed where the place is taken (without `replace`), a symbolic link, or not
    writable.
    """
    with _explained("write", path):
        before = _existing(path, replace=replace)
        temporary = path.parent / f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(temporary, flags, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                _give(file.fileno(), before, mode=mode, group=group)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _move(temporary, path, replace=replace)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        flush_folder(path.parent)


def remove_half_written(folder: Path, writers: Collection[int]) -> None:
    """Remove the files beside their places that processes left behind which were killed while they wrote them."""
    with _explained("look through", folder):
        for path in folder.glob(".*.part") if folder.is_dir() else ():
            found = HALF_WRITTEN.fullmatch(path.name)
            if found and int(found[1]) in writers:
                path.unlink(missing_ok=True)


def backup(path: Path, folder: Path) -> Path:
    """Copy a file into a folder of backups (0700, made if absent) under a free name, mode 0600."""
    make_folder(folder)
    with _explained("back up", path):
        _existing(path, replace=True)
        content = path.read_bytes()
    for number in range(1, 10_000):
        copy = folder / f"{path.name}.{number:04d}"
        if not os.path.lexists(copy):
            write_file(copy, content, mode=0o600)
            return copy
    raise OperationFailed(f"{folder} is full of backups of {path.name}.", remedy="Move the old ones away.")


def verify(path: Path, *, mode: int, group: int | None = None) -> None:
    """Check that a regular file has this mode and, where given, group; OperationFailed says what differs."""
    with _explained("look at", path):
        status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise OperationFailed(f"{path} is not a regular file.", remedy="Move it away, then run again.")
    found = stat.S_IMODE(status.st_mode)
    if found != mode:
        raise OperationFailed(
            f"{path} has mode {found:04o} instead of {mode:04o}.",
            remedy=f"chmod {mode:04o} {path}",
        )
    if group is not None and status.st_gid != group:
        raise OperationFailed(
            f"{path} belongs to group {status.st_gid} instead of {group}.",
            remedy=f"chgrp {group} {path}",
        )


def make_folder(path: Path, *, mode: int = 0o700, group: int | None = None) -> None:
    """Make a folder, and those above it that are missing, with this mode; one that is there is left as it is.

    Raises OperationFailed where something else, or a symbolic link, has that name.
    """
    with _explained("make the folder", path):
        missing = [folder for folder in (path, *path.parents) if not os.path.lexists(folder)]
        for folder in reversed(missing):
            # Its mode at once, so that no kill leaves it half-open; with another group only once it belongs to that.
            folder.mkdir(mode=0o700 if group is not None else mode, exist_ok=True)
            if group is not None:
                os.chown(folder, -1, group)
            folder.chmod(mode)
            flush_folder(folder.parent)
        if not stat.S_ISDIR(path.lstat().st_mode):
            raise OperationFailed(f"{path} is not a folder.", remedy="Move it away, or choose another place.")


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _existing(path: Path, *, replace: bool) -> os.stat_result | None:
    """What stands at a place now, or None; OperationFailed where it must not be written over."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        raise OperationFailed(
            f"{path} is a symbolic link.",
            "What is written there would land somewhere else.",
            "Remove the link, or name its target.",
        )
    if not stat.S_ISREG(status.st_mode):
        raise OperationFailed(f"{path} is not a regular file.", remedy="Move it away, or choose another place.")
    if not replace:
        raise _taken(path)
    return status


def _give(descriptor: int, before: os.stat_result | None, *, mode: int, group: int | None) -> None:
    """Owner and group first: a mode given before its group would open the file to the wrong one."""
    made = os.fstat(descriptor)
    owner = made.st_uid if before is None else before.st_uid
    wanted = group if group is not None else (made.st_gid if before is None else before.st_gid)
    if (owner, wanted) != (made.st_uid, made.st_gid):
        os.fchown(descriptor, owner, wanted)
    os.fchmod(descriptor, mode)


def _move(temporary: Path, path: Path, *, replace: bool) -> None:
    if replace:
        temporary.replace(path)
        return
    try:
        # A link fails where the name is taken, a rename would replace what came there meanwhile.
        os.link(temporary, path, follow_symlinks=False)
    except FileExistsError:
        raise _taken(path) from None
    temporary.unlink()


def _taken(path: Path) -> OperationFailed:
    return OperationFailed(
        f"{path} is there already.",
        "It is never written over without being asked.",
        "Move it away, or allow it to be replaced.",
    )


@contextmanager
def _explained(verb: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise OperationFailed(
            f"Could not {verb} {path}: {reason}.",
            "Nothing was left there half-written.",
            REMEDIES.get(error.errno or 0, "See the reason given, then run again."),
        ) from error
