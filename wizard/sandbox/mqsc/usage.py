"""Whether an object is in use: queues that programs hold open, running listeners and channels (facts 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.sandbox.launch import alive
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.kinds import Kind
from wizard.sandbox.mqsc.refusals import failed

INPUT = ("INPUT", "BROWSE")
"""The modes of a handle that read; all others write."""


def open_counts(context: Context, queue: str) -> tuple[int, int]:
    """How many programs hold a queue open for input and for output (IPPROCS, OPPROCS)."""
    rows = context.state.db.execute(
        "SELECT mode, pid FROM handle WHERE qmgr = ? AND queue = ?", (context.qmgr, queue)
    ).fetchall()
    modes = [row["mode"].upper() for row in rows if alive(row["pid"])]
    readers = sum(any(word in mode for word in INPUT) for mode in modes)
    return readers, sum("OUTPUT" in mode for mode in modes)


def depth(context: Context, queue: str) -> int:
    """The number of messages on a queue."""
    row = context.state.db.execute(
        "SELECT count(*) FROM message WHERE qmgr = ? AND queue = ?", (context.qmgr, queue)
    ).fetchone()
    return int(row[0])


def listener_pid(context: Context, name: str) -> int:
    """The process of a running listener, or 0."""
    row = context.state.db.execute(
        "SELECT pid FROM lsstatus WHERE qmgr = ? AND listener = ?", (context.qmgr, name)
    ).fetchone()
    return int(row["pid"]) if row and alive(row["pid"]) else 0


def running_instances(context: Context, channel: str) -> list[int]:
    """The ids of the chstatus rows of a channel whose process is alive."""
    rows = context.state.db.execute(
        "SELECT id, pid FROM chstatus WHERE qmgr = ? AND channel = ?", (context.qmgr, channel)
    ).fetchall()
    return [row["id"] for row in rows if alive(row["pid"])]


def check_change(
    context: Context,
    kind: Kind,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    is_forced: bool,
) -> None:
    """Refuse a change of an open queue that needs FORCE: its USAGE, or NOSHARE while it is read."""
    if kind.space != "QUEUE" or is_forced:
        return
    if old.get("USAGE") == new.get("USAGE") and old.get("SHARE") == new.get("SHARE"):
        return
    readers, writers = open_counts(context, name)
    is_usage_changed = old.get("USAGE") != new.get("USAGE")
    if (is_usage_changed and (readers or writers or depth(context, name))) or readers:
        raise failed("object.in.use")


def check_deletion(context: Context, kind: Kind, name: str, *, is_purge: bool) -> None:
    """Refuse to delete what is in use, and a queue that holds messages unless PURGE is given."""
    if kind.space == "QUEUE":
        if any(open_counts(context, name)):
            raise failed("object.in.use")
        if depth(context, name) and not is_purge:
            raise failed("queue.not.empty")
    elif kind.noun == "LISTENER" and listener_pid(context, name):
        raise failed("object.in.use")
    elif kind.noun == "CHANNEL" and running_instances(context, name):
        raise failed("channel.in.use", name=name)
