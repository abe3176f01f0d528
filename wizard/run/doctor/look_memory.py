"""Looks at what mqwizard itself keeps: its state folder, journals with open ends, locks."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.run import history, lock
from wizard.run.doctor.look_folders import folder, nearest
from wizard.run.doctor.seen import LockSeen, MemorySeen, RunSeen

HELD = Path("/proc/locks")


def memory(state: Path, journals: Path, data_path: Path | None, ours: str) -> MemorySeen:
    """The state folder, the journals below it, the locks there and in MQ's data path.

    `ours` is the key of the recipe that was named, or empty.
    """
    found = folder(state)
    if not found.exists:
        return MemorySeen(found, parent=nearest(state), locks=_locks(data_path))
    keys = sorted(place.name for place in journals.iterdir() if place.is_dir()) if _readable(journals) else []
    return MemorySeen(
        found,
        own=found.uid == os.geteuid(),
        runs=tuple(_run(journals, key, ours) for key in keys),
        locks=(*_locks(data_path), *_locks(state / "locks")),
    )


def _readable(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.R_OK | os.X_OK)


def _run(journals: Path, key: str, ours: str) -> RunSeen:
    seen = RunSeen(key, key.rpartition("-")[0], ours=key == ours)
    try:
        past = history.read(journals, key)
    except MqWizardError as error:
        return RunSeen(seen.key, seen.word, seen.ours, trouble=f"{error.what} {error.remedy}".strip())
    last = past.runs[-1] if past.runs else {}
    return RunSeen(
        seen.key,
        seen.word,
        seen.ours,
        user=str(last.get("user", "")),
        begun=str(last.get("time", ""))[:16].replace("T", " "),
        at_work=tuple(each.pid for each in past.processes if each.alive),
        open=tuple(each.resource for each in past.unfinished()),
        owed=tuple(sorted(past.owed())),
    )


def _locks(place: Path | None) -> tuple[LockSeen, ...]:
    """The lock files of a folder. Who holds one is read from the system; trying would take it for a moment."""
    if place is None:
        return ()
    held = _held()
    return tuple(
        LockSeen(str(path), None if held is None else _inode(path) in held, note) for path, note in lock.notes(place)
    )


def _held() -> set[int] | None:
    """The inodes of all files that are locked; None where the system does not say."""
    try:
        lines = HELD.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    words = (line.split() for line in lines)
    return {int(place) for each in words if len(each) > 5 and (place := each[5].rpartition(":")[2]).isdigit()}


def _inode(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_ino
    return 0
