"""What a connected program does with queues: open, put, get, with the reason codes of MQ.

Authority is checked at open, for the name that was opened (facts TLS 5.1, step 14). A message for a remote
queue is stored on the transmission queue and goes nowhere. What the sandbox does not know (dynamic queues,
topics) it refuses loudly.
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.state import Attributes, State
from wizard.sandbox.wire import settings

NOT_AUTHORIZED = 2035
UNKNOWN_OBJECT = 2085
POLL_SECONDS = 0.02
HANDLE_MODES = {"put": "OUTPUT", "get": "INPUT", "browse": "BROWSE"}
"""How each way of opening a queue is shown in the table of handles."""


class QueueError(Exception):
    """A call ends with this reason code."""

    def __init__(self, reason: int) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Opened(NamedTuple):
    """A queue held open: the name that was opened, and the local queue behind it."""

    name: str
    target: str
    mode: str


class Queues:
    """The queues of one queue manager as one program sees them."""

    def __init__(self, state: State, qmgr: str, message_limit: int) -> None:
        self._state, self._qmgr, self._message_limit = state, qmgr, message_limit

    def open(self, name: str, mode: str) -> Opened:
        """Find the queue behind a name and hold it open; raises QueueError."""
        opened = Opened(name, self._target(name, mode), mode)
        row = (self._qmgr, opened.target, os.getpid(), HANDLE_MODES[mode])
        self._state.db.execute("INSERT INTO handle VALUES (?, ?, ?, ?)", row)
        return opened

    def close(self, opened: Opened) -> None:
        self._state.db.execute(
            "DELETE FROM handle WHERE rowid = (SELECT rowid FROM handle WHERE qmgr = ? AND queue = ? AND pid = ? "
            "AND mode = ? LIMIT 1)",
            (self._qmgr, opened.target, os.getpid(), HANDLE_MODES[opened.mode]),
        )

    def put(self, opened: Opened, body: bytes, user: str) -> None:
        """Add a message at the end; raises QueueError."""
        self._require(opened, "put", "PUT", inhibited=2051)
        if len(body) > self._message_limit:
            raise QueueError(2218)
        attributes = self._attributes(opened.target)
        if len(body) > settings.number(attributes, "MAXMSGL", 4194304):
            raise QueueError(2030)
        with self._state.change() as db:
            key = (self._qmgr, opened.target)
            depth = db.execute("SELECT count(*) FROM message WHERE qmgr = ? AND queue = ?", key).fetchone()[0]
            if depth >= settings.number(attributes, "MAXDEPTH", 5000):
                raise QueueError(2053)
            persistent = settings.word(self._attributes(opened.name), "DEFPSIST") == "YES"
            db.execute(
                "INSERT INTO message (qmgr, queue, body, put_by, persistent) VALUES (?, ?, ?, ?, ?)",
                (*key, body, user, int(persistent)),
            )

    def get(self, opened: Opened, wait: float) -> bytes:
        """Take the first message, waiting that many seconds for one; raises QueueError (2033 for none)."""
        until = time.monotonic() + wait
        while True:
            self._require(opened, "get", "GET", inhibited=2016)
            row = self._state.db.execute(
                "DELETE FROM message WHERE id = (SELECT min(id) FROM message WHERE qmgr = ? AND queue = ?) "
                "RETURNING body",
                (self._qmgr, opened.target),
            ).fetchone()
            if row is not None:
                return bytes(row["body"])
            if time.monotonic() >= until:
                raise QueueError(2033)
            time.sleep(POLL_SECONDS)

    def _require(self, opened: Opened, mode: str, keyword: str, *, inhibited: int) -> None:
        if opened.mode != mode:
            raise QueueError(2039 if mode == "put" else 2037)
        for name in dict.fromkeys((opened.name, opened.target)):
            if settings.word(self._attributes(name), keyword) == "DISABLED":
                raise QueueError(inhibited)

    def _attributes(self, name: str) -> Attributes:
        found = self._state.object(self._qmgr, "QUEUE", name)
        if found is None:
            raise QueueError(UNKNOWN_OBJECT)
        return found[1]

    def _target(self, name: str, mode: str) -> str:
        found = self._state.object(self._qmgr, "QUEUE", name)
        if found is None:
            raise QueueError(UNKNOWN_OBJECT)
        kind, attributes = found
        if kind == "QALIAS":
            return self._behind_alias(attributes, mode)
        if kind == "QREMOTE":
            return self._transmission_queue(attributes, mode)
        if kind != "QLOCAL":
            raise SandboxError(
                f"The sandbox does not open queues of type {kind}.", remedy="Use a local, alias or remote queue."
            )
        return name

    def _behind_alias(self, attributes: Attributes, mode: str) -> str:
        target = settings.word(attributes, "TARGET") or settings.word(attributes, "TARGQ")
        if settings.word(attributes, "TARGTYPE") not in ("", "QUEUE"):
            raise SandboxError("The sandbox does not publish through alias queues.")
        found = self._state.object(self._qmgr, "QUEUE", target)
        if found is None:
            raise QueueError(2082)
        kind, behind = found
        if kind == "QREMOTE":
            return self._transmission_queue(behind, mode)
        if kind != "QLOCAL":
            raise QueueError(2001)
        return target

    def _transmission_queue(self, attributes: Attributes, mode: str) -> str:
        if mode != "put":
            raise QueueError(2045)
        manager = settings.word(attributes, "RQMNAME")
        if manager in ("", self._qmgr):
            return self._target(settings.word(attributes, "RNAME"), mode)
        name = settings.word(attributes, "XMITQ")
        if not name:
            named_so = self._state.object(self._qmgr, "QUEUE", manager) is not None
            name = manager if named_so else self._default_transmission_queue()
        found = self._state.object(self._qmgr, "QUEUE", name)
        if found is None:
            raise QueueError(2196)
        if settings.word(found[1], "USAGE") != "XMITQ":
            raise QueueError(2092)
        return name

    def _default_transmission_queue(self) -> str:
        return settings.word(settings.of_qmgr(self._state, self._qmgr), "DEFXMITQ")
