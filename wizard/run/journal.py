"""The journal: what was begun and what was done, one JSON object a line; written here, read in `history`.

Used by `execute` around every change. A batch is on disk before it begins and again when it is done, so
that whatever kills mqwizard, the next run knows what may have happened. One file per run:
journals/KEY/NNNN.jsonl (0600, folders 0700). Secrets are starred out before they get here and once more on
the way in.

Every line has `v`, `time`, `type`; the types are

| type | fields | |
|---|---|---|
| run-begin | run, key, user, sudo_user, host, pid, started, change, digests | who, and which process |
| | planned; of an undo also undoes, leaves | how many operations; which runs, and which resources it keeps |
| begin | id, resource, change, former, details | what it does to which things, each as it was before |
| process | pid, started, command | a command that this run started |
| step | id, step | a step of an operation that is done |
| done | id, details | fingerprints and the like, by which ours is known again |
| failed | id, what, changed | whether it may have changed the machine |
| owe, paid | work | such as a refresh that is due |
| run-end | outcome | |
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import re
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wizard.errors import OperationFailed
from wizard.run import processes
from wizard.run.files import flush_folder, make_folder
from wizard.run.transcript import now

VERSION = 1

FINISHED = "done"
"""The outcome of a run that did all it planned: nothing begun before it is open any longer."""

STOPPED = "stopped by the person"
"""The outcome of a run that was stopped between two operations."""

ENCODER = json.JSONEncoder(ensure_ascii=False)


def run_key(*, host: str, recipe: str, sandbox: str = "") -> str:
    """What tells runs apart: host, recipe path or name, sandbox folder; as a readable word and a digest."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", Path(recipe).stem).strip("-")[:32] or "run"
    digest = hashlib.sha256("\0".join((host, recipe, sandbox)).encode()).hexdigest()
    return f"{readable}-{digest[:16]}"


@dataclass(frozen=True)
class Begun:
    """One operation about to begin: its change as the plan names it, and the state it will replace."""

    id: str
    resource: str
    change: str
    former: object = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """One operation that is done, with what a later run must know about the result."""

    id: str
    details: Mapping[str, object] = field(default_factory=dict)


class Journal:
    """The journal of the present run, open for writing."""

    def __init__(self, path: Path, *, redact: Callable[[str], str], clock: Callable[[], datetime] = now) -> None:
        """Make the file; OperationFailed where that cannot be. `Journal.open` finds the next free name."""
        self.path = path
        self._redact = redact
        self._clock = clock
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
            self._descriptor = os.open(path, flags, 0o600)
            flush_folder(path.parent)
        except FileExistsError:
            raise
        except OSError as error:
            raise _unwritable(path, error) from error

    @classmethod
    def open(
        cls,
        folder: Path,
        key: str,
        *,
        redact: Callable[[str], str],
        digests: Mapping[str, str],
        change: str = "",
        about: Mapping[str, object] | None = None,
        clock: Callable[[], datetime] = now,
    ) -> Journal:
        """Begin the journal of a run below the folder of journals; `digests` are of recipe, facts, plan.

        `about` is what else the run says of itself: how many operations it plans, which runs it undoes.
        """
        place = folder / key
        make_folder(place)
        taken = [int(path.stem) for path in place.glob("*.jsonl") if path.stem.isdigit()]
        number = max(taken, default=0)
        while True:
            number += 1
            try:
                journal = cls(place / f"{number:04d}.jsonl", redact=redact, clock=clock)
                break
            except FileExistsError:
                continue
        started = processes.start_time(os.getpid())
        journal._write(
            "run-begin",
            run=number,
            key=key,
            change=change,
            digests=dict(digests),
            started=started,
            **(about or {}),
            **who(os.environ),
        )
        journal._flush()
        return journal

    def begin(self, batch: Sequence[Begun]) -> None:
        """Operations that start now; on disk when this returns."""
        self._write_all(
            "begin",
            [
                {
                    "id": each.id,
                    "resource": each.resource,
                    "change": each.change,
                    "former": each.former,
                    "details": each.details,
                }
                for each in batch
            ],
        )
        self._flush()

    def done(self, batch: Sequence[Done]) -> None:
        """Operations that are done; on disk when this returns."""
        self._write_all("done", [{"id": each.id, "details": each.details} for each in batch])
        self._flush()

    def failed(self, operation: str, what: str, *, changed: bool) -> None:
        """An operation that failed; `changed` where it may have changed the machine all the same."""
        self._write("failed", id=operation, what=what, changed=changed)
        self._flush()

    def step(self, operation: str, step: str) -> None:
        """A step that is done. A kill of mqwizard keeps it; a power cut may not."""
        self._write("step", id=operation, step=step)

    def process(self, pid: int, started: int | None, argv: Sequence[str]) -> None:
        """A process that was started; fits the driver's `started`."""
        self._write("process", pid=pid, started=started, command=list(argv))

    def owe(self, work: str) -> None:
        """Work that a change has made necessary, such as `QM1 refresh ssl`; on disk when this returns."""
        self._write("owe", work=work)
        self._flush()

    def paid(self, work: str) -> None:
        """That work is done; on disk when this returns."""
        self._write("paid", work=work)
        self._flush()

    def end(self, outcome: str) -> None:
        """How the run ended: `done`, which settles all that was begun earlier, or another word; closes it."""
        self._write("run-end", outcome=outcome)
        self._flush()
        os.close(self._descriptor)

    def _write(self, kind: str, **entry: object) -> None:
        self._write_all(kind, [entry])

    def _write_all(self, kind: str, entries: Sequence[Mapping[str, object]]) -> None:
        """Entries of one kind and one moment, a line each, in one go."""
        head = {"v": VERSION, "time": self._clock().isoformat(timespec="milliseconds"), "type": kind}
        lines = [ENCODER.encode(_clean({**head, **entry}, self._redact)) + "\n" for entry in entries]
        left = "".join(lines).encode()
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _flush(self) -> None:
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise _unwritable(self.path, error) from error


def who(environment: Mapping[str, str]) -> dict[str, object]:
    """Who acts, from where: user, user behind sudo, host, process."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = f"uid {os.geteuid()}"
    return {
        "user": user,
        "sudo_user": environment.get("SUDO_USER", ""),
        "host": socket.gethostname(),
        "pid": os.getpid(),
    }


def _clean(value: object, redact: Callable[[str], str]) -> object:
    """The same JSON value without secrets in any of its texts."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, (dict, Mapping)):
        return {str(key): _clean(each, redact) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(each, redact) for each in value]
    return value


def _unwritable(path: Path, error: OSError) -> OperationFailed:
    return OperationFailed(
        f"The journal {path} cannot be written: {error.strerror}.",
        "Without it nothing is changed: a later run would not know what this one did.",
        "Free some space there or name another place with --state, then run again.",
    )
