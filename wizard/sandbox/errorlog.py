"""Writes the error logs AMQERR01.LOG in the text layout of 9.x (facts 8).

Safe from several processes and threads: an entry is one append; at the size limit the files move on to 02
and 03.
"""

from __future__ import annotations

import os
import textwrap
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from wizard.sandbox import installation, users
from wizard.sandbox.state import State

SIZE_LIMIT = 2 * 1024 * 1024
WIDTH = 79
INDENT = " " * 20


def log_folder(state: State, qmgr: str | None) -> Path:
    """The folder of a queue manager's logs; the machine's for None and for a queue manager that is gone."""
    row = state.qmgr(qmgr) if qmgr else None
    if row:
        errors = installation.qmgr_path(state.folder, row["directory"]) / "errors"
        if errors.is_dir():
            return errors
    return installation.data_path(state.folder) / "errors"


def write(  # noqa: PLR0913 - an entry has these parts
    folder: Path,
    qmgr: str | None,
    message_id: str,
    text: str,
    *,
    inserts: Sequence[int | str] = (),
    explanation: str = "",
    action: str = "",
    program: str,
) -> None:
    """Append one entry, such as AMQ9999E, to the log of a queue manager, or of the machine for None.

    Numbers among the inserts become ArithInsert, texts CommentInsert; the text already contains them.
    """
    state = State(folder)
    version, logs = state.meta("version"), log_folder(state, qmgr)
    state.close()
    entry = "\n".join(
        [
            *_head(qmgr, version, program, inserts),
            " " * 19,
            *_wrapped(f"{message_id}: {text}"),
            "",
            "EXPLANATION:",
            *_wrapped(explanation or text),
            "ACTION:",
            *_wrapped(action or "None."),
            "----- amqxloga.c : 3150 ".ljust(WIDTH, "-"),
            "",
        ]
    )
    _append(logs, entry)


def _head(qmgr: str | None, version: str, program: str, inserts: Sequence[int | str]) -> list[str]:
    local = time.strftime("%m/%d/%y %H:%M:%S")
    utc = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    lines = [
        f"{local} - Process({os.getpid()}.1) User({users.invoker()}) Program({program})",
        f"{INDENT}Host({os.uname().nodename}) Installation({installation.NAME})",
        f"{INDENT}VRMF({version})" + (f" QMgr({qmgr})" if qmgr else ""),
        f"{INDENT}Time({utc})",
    ]
    arith = [str(insert) for insert in inserts if isinstance(insert, int)]
    if arith:
        numbered = (f"ArithInsert{number}({value})" for number, value in enumerate(arith, 1))
        lines.append(INDENT + " ".join(numbered))
    comments = [insert for insert in inserts if isinstance(insert, str)]
    lines += [f"{INDENT}CommentInsert{number}({value})" for number, value in enumerate(comments, 1) if value]
    return lines


def _wrapped(text: str) -> list[str]:
    lines = []
    for paragraph in text.splitlines():
        lines += textwrap.wrap(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
    return lines


def _append(logs: Path, entry: str) -> None:
    descriptor = _opened(logs)
    if os.fstat(descriptor).st_size > SIZE_LIMIT:
        os.close(descriptor)
        _rotate(logs)
        descriptor = _opened(logs)
    try:
        os.write(descriptor, entry.encode("utf-8", "surrogateescape"))
    finally:
        os.close(descriptor)


def _opened(logs: Path) -> int:
    return os.open(logs / "AMQERR01.LOG", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o664)


def _rotate(logs: Path) -> None:
    """Move the logs on, unless another process has just done so."""
    with installation.locked(logs):
        files = [logs / f"AMQERR0{number}.LOG" for number in (1, 2, 3)]
        if not files[0].exists() or files[0].stat().st_size <= SIZE_LIMIT:
            return
        if files[1].exists():
            files[1].replace(files[2])
        files[0].replace(files[1])


def create(logs: Path) -> None:
    """Make the three empty log files of a new queue manager or machine, as MQ does; those that are there stay."""
    logs.mkdir(parents=True, exist_ok=True)
    for path in (logs / f"AMQERR0{number}.LOG" for number in (1, 2, 3)):
        if not path.exists():
            path.touch()
