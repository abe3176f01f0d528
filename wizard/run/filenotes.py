"""What files were like before an operation and after it, for the journal: a digest, mode and group, a copy.

Used by `execute` around every operation. A secret is known by being there alone: even a digest would help to guess it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from wizard.errors import OperationFailed
from wizard.plan.effects import Effect, EntrySet, FileSet, FileState, Inside
from wizard.plan.effects_json import Record, effect_record
from wizard.plan.steps import Later
from wizard.run.files import backup

Place = Callable[[str | Later], Path | None]
"""Where a file lies; None while that is not known yet."""


class FileNotes:
    """The files of one run: each is copied once, before the run's first operation on it."""

    def __init__(self, place: Place, copies: Path) -> None:
        """`copies` is the folder for the copies; it is made when the first one is."""
        self._place = place
        self._copies = copies
        self._seen: set[Path] = set()

    def begin(self, effects: Iterable[Effect]) -> list[Record]:
        """The effects as the journal keeps them, with what their files are like now.

        Where something lies may not be known yet: it belongs to a queue manager that is being made.
        """
        return [effect_record(noted) for noted in dict.fromkeys(self._noted(effect) for effect in effects)]

    def end(self, effects: Iterable[Effect]) -> dict[str, str]:
        """The digest of every file that is there after the operation."""
        paths = [self._place(effect.path) for effect in effects if isinstance(effect, FileSet) and not effect.secret]
        return {str(path): digest(path) for path in paths if path is not None and path.is_file()}

    def _noted(self, effect: Effect) -> Effect:
        if isinstance(effect, EntrySet):
            store = self._place(effect.store)
            return replace(effect, store=str(store)) if store else _inside(effect.store)
        if isinstance(effect, FileSet):
            path = self._place(effect.path)
            if path and isinstance(effect.path, Later):
                return replace(effect, path=str(path))  # in a queue manager that is new, nothing was there before
            return self._file(effect, path) if path else _inside(effect.path)
        return effect

    def _file(self, effect: FileSet, path: Path) -> FileSet:
        folders = tuple(str(one) for one in path.parents if not one.exists())
        was = self._state(path, secret=effect.secret) if path.is_file() and not path.is_symlink() else None
        self._seen.add(path)
        return replace(effect, path=str(path), was=was, folders=folders)

    def _state(self, path: Path, *, secret: bool) -> FileState:
        status = path.stat()
        mode = stat.S_IMODE(status.st_mode)
        if secret:
            return FileState("", mode, status.st_gid, "")
        copy = "" if path in self._seen else str(backup(path, self._copies))
        return FileState(digest(path), mode, status.st_gid, copy)


def _inside(part: str | Later) -> Inside:
    assert isinstance(part, Later)  # noqa: S101 - every other place is known
    return Inside(part.resource)


def digest(path: Path) -> str:
    """The SHA-256 of a file's content; OperationFailed where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise OperationFailed(f"{path} cannot be read: {reason}.", "Undo must know what it was like.") from error
