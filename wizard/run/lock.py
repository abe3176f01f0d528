"""One run per queue manager at a time, whoever runs it and wherever its state folder is.

Used by the engine around plan and run. The lock is a file in MQ's data path, where every user who may
administer the queue manager meets; without such a place it is in the state folder and holds for this user
only. The system lets go of it when its holder dies.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from wizard.errors import Refused
from wizard.run.files import make_folder

LONGEST_NOTE = 4_096


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, for the one who finds it taken."""

    pid: int
    user: str
    host: str
    started: str
    recipe: str

    def __str__(self) -> str:
        return f"{self.user}, process {self.pid} on {self.host}, since {self.started}, recipe {self.recipe}"


@contextmanager
def hold(queue_managers: Iterable[str], *, data_path: Path | None, state: Path, holder: Holder) -> Iterator[None]:
    """Hold the locks of these queue managers. Refused, naming the holder, where another run has one."""
    place = _place(data_path, state)
    with ExitStack() as held:
        for queue_manager in sorted(set(queue_managers)):
            held.enter_context(_locked(place / f"mqwizard-{quote(queue_manager, safe='')}.lock", queue_manager, holder))
        yield


def notes(place: Path) -> list[tuple[Path, str]]:
    """Every lock file in a folder, held or left behind, and what its last holder wrote; none is taken."""
    found = []
    for path in sorted(place.glob("mqwizard-*.lock")):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                found.append((path, _note(descriptor)))
            finally:
                os.close(descriptor)
    return found


def _place(data_path: Path | None, state: Path) -> Path:
    if data_path is not None and data_path.is_dir() and os.access(data_path, os.W_OK | os.X_OK):
        return data_path
    place = state / "locks"
    make_folder(place)
    return place


@contextmanager
def _locked(path: Path, queue_manager: str, holder: Holder) -> Iterator[None]:
    descriptor = _take(path, queue_manager)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)
        yield
    finally:
        # The name goes first, under the lock: whoever opened it meanwhile sees it gone and starts over.
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _take(path: Path, queue_manager: str) -> int:
    while True:
        descriptor = _open(path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _still_named(descriptor, path):
                return descriptor
        except BlockingIOError:
            note = _note(descriptor)
            os.close(descriptor)
            raise Refused(
                f"Another run of mqwizard is at work on queue manager {queue_manager}: {note}.",
                "Two runs at once would undo each other's changes.",
                f"Wait for its end. The lock is {path}; it goes with its process.",
            ) from None
        os.close(descriptor)


def _open(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, 0o660)
    except OSError as error:
        what = "is a symbolic link" if error.errno == errno.ELOOP else f"cannot be opened: {error.strerror}"
        raise Refused(
            f"The lock {path} {what}.",
            "Without it two runs could meet on one queue manager.",
            "Remove it if no run of mqwizard is at work, or ask its owner to.",
        ) from error
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Refused(f"The lock {path} is not a regular file.", remedy="Remove it, then run again.")
    if status.st_uid == os.geteuid():
        # Others of the group mqm must be able to meet here, whatever this user's umask and own group.
        with suppress(PermissionError):
            os.fchown(descriptor, -1, path.parent.stat().st_gid)
        os.fchmod(descriptor, 0o660)
    return descriptor


def _still_named(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _note(descriptor: int) -> str:
    """What the holder wrote about itself, fit to print: anyone in the group can write there."""
    try:
        noted = json.loads(os.pread(descriptor, LONGEST_NOTE, 0))
        holder = Holder(int(noted["pid"]), *(str(noted[name]) for name in ("user", "host", "started", "recipe")))
    except (ValueError, KeyError, TypeError):
        return "it has not said who it is yet"
    return "".join(character if character.isprintable() else "?" for character in str(holder))
