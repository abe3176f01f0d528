"""One runmqsc, kept open for one queue manager: commands in, one judged reply for each.

Used by the facts and by `execute`; `sessions` runs several at once. A random MQPROMPT marks the end of each
reply, `-e` keeps commands out of it. Up to sixteen commands go ahead of their replies, as many as the
terminal holds without anyone having to read. A session that breaks says which command was being answered;
what had arrived is in the transcript.
"""

from __future__ import annotations

import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from wizard.errors import ConnectionLost, MqWizardError, OperationFailed
from wizard.run.driver import Driver
from wizard.run.feed import AHEAD, Feed
from wizard.run.mqsc_command import Command, Prepared, Reply, prepare
from wizard.run.terminal import Exit, printable
from wizard.run.turn import turn

__all__ = ["Command", "MqscSession", "Reply"]

IN_FLIGHT = 3_800
"""Bytes that may wait for replies: a terminal holds 4,096 unread. A longer command goes alone."""

SILENCE = 120.0
"""Seconds without a byte after which a session counts as lost."""

REPLY_LIMIT = 64_000_000
"""Bytes of one reply after which runmqsc counts as run wild."""

BROKEN = re.compile(r"^AMQ8145[A-Z]?:", re.MULTILINE)
"""Connection broken (facts commands 2.2)."""

LOST = "lost its connection to the queue manager (AMQ8145E)"

START_FAILURES = {
    "AMQ8118": ("does not exist", "Check its name with dspmq."),
    "AMQ8146": ("is not running", "Start it: strmqm {name}"),
    "AMQ8135": ("does not let this user in", "Join the group mqm, then log in again."),
    "AMQ8156": ("is quiescing", "Wait for its end, start it again, then run again."),
}
"""What runmqsc says instead of a prompt (facts commands 2.2; AMQ8156 by its id only)."""


class MqscSession:
    """A runmqsc process. It starts at once, `ready` waits for it; a `with` block closes it at its end."""

    def __init__(
        self,
        driver: Driver,
        queue_manager: str,
        *,
        runmqsc: str = "runmqsc",
        silence: float = SILENCE,
    ) -> None:
        """Start `runmqsc -e` for a queue manager; raises what `Driver.start` raises."""
        self.queue_manager = queue_manager
        self.failure: OperationFailed | None = None
        self._store = driver.secrets
        self._transcript = driver.transcript
        self.silence = silence
        self._prompt = f"mqwizard-{secrets.token_hex(8)}>".encode()
        self._argv = (runmqsc, "-e", queue_manager)
        self._terminal, self._record = driver.start(self._argv, extra_environment={"MQPROMPT": self._prompt.decode()})
        self._waiting: deque[Prepared] = deque()
        self._replies: deque[Reply] = deque()
        self._buffer = bytearray()
        self._searched = 0
        self._open = False
        self._heard = time.monotonic()

    def __enter__(self) -> MqscSession:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, MqWizardError):
            self.close()
        else:
            self._terminal.release()

    def ready(self) -> None:
        """Wait for the first prompt; OperationFailed says why there is none."""
        while not self._open and self.failure is None:
            turn([self])
        if self.failure is not None:
            raise self.failure

    def send(self, command: Command) -> Reply:
        """Send one command and wait for its reply; ConnectionLost where none comes."""
        (reply,) = self.send_all([command])
        return reply

    def send_all(
        self, commands: Iterable[Command], *, ahead: int = AHEAD, until: Callable[[Reply], bool] | None = None
    ) -> Iterator[Reply]:
        """Send commands, several ahead, and give their replies in order.

        After a reply for which `until` is true no more are sent; replies to those already sent still come.
        Raises ConnectionLost, after the replies that did come, where the session breaks.
        """
        feed = Feed(self, commands, ahead=ahead, until=until)
        while feed.busy:
            turn([self])
            yield from feed.replies()
        feed.check()

    def close(self) -> Exit:
        """End runmqsc in order and return how it ended; commands still waiting are answered first."""
        try:
            if self._open:
                while self._waiting and self.failure is None:
                    turn([self])
            if self._open and self.failure is None:
                self._say_end()
            in_order = self._open and self.failure is None
            found = self._terminal.wait(1.0 if in_order else 0.0) or self._terminal.stop()
            self._record.ended(str(found))
            self._record.write()
            return found
        finally:
            self._terminal.release()

    # What `turn` and `Feed` use.

    def fileno(self) -> int:
        """The terminal, for selectors."""
        return self._terminal.fileno()

    @property
    def sending(self) -> bool:
        """Whether the terminal has not taken all yet."""
        return self._terminal.sending

    @property
    def quiet_until(self) -> float:
        """When silence has lasted too long, by the monotonic clock."""
        return self._heard + self.silence

    @property
    def process(self) -> tuple[int, int | None, tuple[str, ...]]:
        """Number, start and command line, as the driver told them when it started."""
        return self._terminal.pid, self._terminal.started, self._argv

    @property
    def unanswered(self) -> int:
        """How many commands wait for a reply."""
        return len(self._waiting)

    def prepare(self, command: Command) -> Prepared:
        """A command as this session sends it."""
        return prepare(command, self._store)

    def room_for(self, command: Prepared, ahead: int) -> bool:
        """Whether a command may go now."""
        if not self._open or self.failure is not None:
            return False
        if not self._waiting or len(self._waiting) >= ahead:
            return not self._waiting
        return sum(len(each.data) for each in self._waiting) + len(command.data) <= IN_FLIGHT

    def begin(self, command: Prepared) -> None:
        """Send a prepared command, with the next `flush`."""
        if not self._waiting:
            self._heard = time.monotonic()
            self._record.sent(command.shown)
        self._waiting.append(command)
        self._terminal.queue(command.data)

    def flush(self) -> None:
        """Send what was begun, and write the transcript."""
        self._terminal.push()
        self._record.write()

    def answered(self) -> Iterator[Reply]:
        """The replies that are complete."""
        while self._replies:
            yield self._replies.popleft()

    def serve(self) -> None:
        """Take in what has arrived and send what fits; where nothing has, see whether more can come."""
        self._terminal.push()
        data = self._terminal.receive()
        if not data:
            self.look()
            return
        self._heard = time.monotonic()
        self._buffer += data
        self._split()
        if len(self._buffer) > REPLY_LIMIT:
            self._lose(f"said more than {REPLY_LIMIT} bytes without an end")

    def look(self) -> None:
        """Notice that the process is gone or silent for too long."""
        if self.failure is not None or (self._open and not self._waiting):
            return
        if self._terminal.ended or self._terminal.exited() is not None:
            self._buffer += self._terminal.last_words()
            self._split()
            if self.failure is None and (self._waiting or not self._open):
                self._lose(f"ended ({self._terminal.wait(1.0) or 'but still runs'})")
        elif time.monotonic() >= self.quiet_until:
            self._lose(f"was silent for {self.silence:g} s")

    def _say_end(self) -> None:
        self._terminal.send(b"END\n")
        self._record.sent("END")
        deadline = time.monotonic() + self.silence
        while not self._terminal.ended and not self._terminal.exited() and time.monotonic() < deadline:
            turn([self])
        self._buffer += self._terminal.last_words()
        self._record.received(bytes(self._buffer))

    def _split(self) -> None:
        """Cut complete replies off the buffer, searching only what is new."""
        while self.failure is None:
            end = self._buffer.find(self._prompt, self._searched)
            if end < 0:
                self._searched = max(0, len(self._buffer) - len(self._prompt) + 1)
                return
            text = _decoded(self._buffer[:end])
            del self._buffer[: end + len(self._prompt)]
            self._searched = 0
            self._complete(text)

    def _complete(self, text: str) -> None:
        """Take what stands before a prompt: the banner, or the reply to the oldest command."""
        if not self._open or not self._waiting:
            self._record.received(text.encode())
            self._open = True
            return
        command = self._waiting[0]
        if command.continuations and not text.strip():
            # Whether runmqsc prompts for each line of a command or once for all is not known; both fit.
            command.continuations -= 1
            return
        reply = command.reply(text, self._store)
        self._record.received(reply.shown.encode())
        self._record.complete()
        if BROKEN.search(reply.shown):
            self._lose(LOST)
            return
        self._waiting.popleft()
        self._replies.append(reply)
        if self._waiting:
            self._record.sent(self._waiting[0].shown)

    def _lose(self, how: str) -> None:
        """Note why the session is over; replies that came before stay to be handed out."""
        received = _decoded(self._buffer)
        if BROKEN.search(received):
            how = LOST
        if self._open:
            received = self._waiting[0].without_secrets(received, self._store)
        self._record.received(received.encode())
        self._record.complete()
        self._record.line("#", f"runmqsc {how}")
        for each in list(self._waiting)[1:]:
            self._record.line("#", f"sent, not answered: {each.shown}")
        self._record.write()
        self.failure = self._broken(how, received) if self._open else self._not_started(how, received)

    def _not_started(self, how: str, received: str) -> OperationFailed:
        name = self.queue_manager
        for line in received.splitlines():
            known = START_FAILURES.get(line[:7])
            if known is not None:
                what, remedy = known
                return OperationFailed(f"Queue manager {name} {what}.", line.strip(), remedy.format(name=name))
        return OperationFailed(
            f"runmqsc for {name} {how} before it took a command.",
            printable(self._store.redact(received)).strip() or "It had said nothing.",
            f"Run `runmqsc {name}` by hand. mqwizard needs a release that knows MQPROMPT: 8.0 or later.",
        )

    def _broken(self, how: str, received: str) -> ConnectionLost:
        first, *behind = self._waiting
        unknown = f"that command, and the {len(behind)} sent behind it," if behind else "that command"
        last = " / ".join(received.strip().splitlines()[-3:])
        return ConnectionLost(
            f"runmqsc for {self.queue_manager} {how} while it answered: {first.shown}",
            f"Whether {unknown} took effect is unknown." + (f" Its last words: {last}" if last else ""),
            f"Run again: what is there is read anew first. Transcript: {self._transcript.path or 'none'}",
        )


def _decoded(data: bytearray) -> str:
    return data.decode("utf-8", errors="replace").replace("\r\n", "\n")
