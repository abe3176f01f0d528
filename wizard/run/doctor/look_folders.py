"""Looks at folders and files: owner, mode, whether this user may write there, how full the file system is."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from wizard.run.doctor.seen import DataSeen, FolderSeen

DAY = 86_400.0

PARTS = ("", "qmgrs", "log")


def folder(path: Path) -> FolderSeen:
    """A folder or file; one that this user cannot see counts as not there."""
    try:
        status = path.stat()
        system = os.statvfs(path)
    except OSError:
        return FolderSeen(str(path), exists=False, writable=False)
    return FolderSeen(
        str(path),
        mode=stat.S_IMODE(status.st_mode),
        uid=status.st_uid,
        gid=status.st_gid,
        writable=os.access(path, os.W_OK | os.X_OK if stat.S_ISDIR(status.st_mode) else os.W_OK),
        device=status.st_dev,
        free=system.f_bavail * system.f_frsize,
        inodes=system.f_favail / system.f_files if system.f_files else None,
    )


def nearest(path: Path) -> FolderSeen:
    """The nearest folder above a path that is there."""
    return next((found for above in path.parents if (found := folder(above)).exists), FolderSeen("/"))


def data(path: Path, moment: datetime) -> DataSeen:
    """MQ's data path."""
    incidents = _incidents(path / "errors")
    newest = (moment.timestamp() - max(incidents)) / DAY if incidents else None
    return DataSeen(tuple(folder(path / part) for part in PARTS), folder(path / "errors"), len(incidents), newest)


def _incidents(errors: Path) -> list[float]:
    """When each FDC file was last written (names: facts commands 8)."""
    found = []
    try:
        with os.scandir(errors) as entries:
            found = [entry.stat().st_mtime for entry in entries if entry.name.endswith(".FDC")]
    except OSError:
        return found
    return found
