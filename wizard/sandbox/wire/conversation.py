"""What a connected program may do: open, put, get, close, until it disconnects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.state import State
from wizard.sandbox.wire import frames, oracle
from wizard.sandbox.wire.log import Entry, Log
from wizard.sandbox.wire.queues import HANDLE_MODES, NOT_AUTHORIZED, Opened, QueueError, Queues
from wizard.sandbox.wire.streams import Stream, StreamEndError

if TYPE_CHECKING:
    from wizard.sandbox.wire.admission import Admitted

LONGEST_WAIT_MS = 3_600_000


class Conversation:
    """The calls of one program, in order; each frame gets one answer with a reason code."""

    def __init__(self, state: State, qmgr: str, admitted: Admitted, log: Log) -> None:
        self._state, self._qmgr, self._user, self._log = state, qmgr, admitted.user, log
        self._queues = Queues(state, qmgr, admitted.message_limit)
        self._opened: dict[int, Opened] = {}

    def run(self, stream: Stream) -> None:
        """Answer until the program disconnects, which is left to answer, or goes; raises StreamEndError."""
        try:
            while (call := frames.receive(stream)).get("do") != "disconnect":
                frames.send(stream, self._answer(call))
        except frames.FrameError as error:
            raise StreamEndError("what came is no call") from error
        finally:
            for opened in self._opened.values():
                self._queues.close(opened)

    def _answer(self, call: frames.Frame) -> frames.Frame:
        try:
            return {"reason": 0, **self._done(call)}
        except QueueError as error:
            return {"reason": error.reason}
        except SandboxError as error:
            return {"unsupported": str(error)}

    def _done(self, call: frames.Frame) -> frames.Frame:
        what = call.get("do")
        if what == "open":
            return {"handle": self._open(str(call.get("queue", "")), str(call.get("mode", "")))}
        handle = call.get("handle")
        if not isinstance(handle, int) or handle not in self._opened:
            raise QueueError(2019)
        opened = self._opened[handle]
        if what == "put":
            self._queues.put(opened, frames.unpacked(call.get("body", "")), self._user)
        elif what == "get":
            return {"body": frames.packed(self._queues.get(opened, _seconds(call.get("wait"))))}
        else:
            self._queues.close(self._opened.pop(handle))
        return {}

    def _open(self, queue: str, mode: str) -> int:
        if mode not in HANDLE_MODES:
            raise QueueError(2046)
        opened = self._queues.open(queue, mode)
        if not oracle.has_authority(self._state, self._qmgr, self._user, ("QUEUE", queue), mode.upper()):
            self._queues.close(opened)
            values = {"user": self._user, "object": queue, "type": "queue", "missing": mode}
            self._log.write(Entry("AMQ8077W", values))
            raise QueueError(NOT_AUTHORIZED)
        handle = max(self._opened, default=0) + 1
        self._opened[handle] = opened
        return handle


def _seconds(milliseconds: object) -> float:
    return min(max(0, milliseconds), LONGEST_WAIT_MS) / 1000 if isinstance(milliseconds, int) else 0.0
