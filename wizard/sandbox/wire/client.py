"""A client program's connection to a queue manager: MQCONNX and the calls after it.

Used by the sample programs. A failure carries the reason code and stands in the machine's error log, as
with MQ.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from wizard.sandbox import hosts, users
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.wire import addresses, frames
from wizard.sandbox.wire.client_settings import KeySettings
from wizard.sandbox.wire.definitions import Definition, answers_to
from wizard.sandbox.wire.failure import FailureError
from wizard.sandbox.wire.identity import Credentials
from wizard.sandbox.wire.labels import default_label
from wizard.sandbox.wire.log import Entry, Log
from wizard.sandbox.wire.streams import PlainStream, Stream, StreamEndError, sent
from wizard.sandbox.wire.verdicts import ON_CLIENT, WHEN_TOLD, Event, Outcome

CONNECT_SECONDS = 20.0
USER = "SANDBOX_USER"
TRY_NEXT = frozenset({2009, 2059, 2538})
"""Reasons after which the next connection or definition is tried."""


class CallError(Exception):
    """A call ends with this reason code."""

    def __init__(self, reason: int) -> None:
        super().__init__(str(reason))
        self.reason = reason


class ConnectError(CallError):
    """MQCONNX ends with this reason code; `message` is the id in the error log, with its inserts."""

    def __init__(self, reason: int, message: str = "", values: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.message = message
        self.values = dict(values or {})


@dataclass(frozen=True)
class Program:
    """The program that connects: its sandbox, its name, its environment, and whom it says it is."""

    folder: Path
    name: str
    version: str
    environment: Mapping[str, str] = field(repr=False)
    credentials: Credentials | None = None

    @property
    def user(self) -> str:
        """The OS user that the client sends along (SANDBOX_USER stands in for another login)."""
        return self.environment.get(USER) or users.invoker()


class Connection:
    """A connected program; every call ends with None or CallError."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def open(self, queue: str, mode: str) -> int:
        """The handle of a queue opened to `put`, `get` or `browse`."""
        return int(self._call({"do": "open", "queue": queue, "mode": mode})["handle"])

    def put(self, handle: int, body: bytes) -> None:
        self._call({"do": "put", "handle": handle, "body": frames.packed(body)})

    def get(self, handle: int, wait_ms: int) -> bytes:
        """The next message; reason 2033 when none comes in time."""
        return frames.unpacked(self._call({"do": "get", "handle": handle, "wait": wait_ms})["body"])

    def close(self, handle: int) -> None:
        self._call({"do": "close", "handle": handle})

    def disconnect(self) -> None:
        """MQDISC; the connection is gone afterwards, whatever happens."""
        try:
            self._call({"do": "disconnect"})
        finally:
            self._stream.close()

    def _call(self, call: frames.Frame) -> frames.Frame:
        try:
            frames.send(self._stream, call)
            answer = frames.receive(self._stream)
        except (StreamEndError, frames.FrameError) as error:
            self._stream.close()
            raise CallError(2009) from error
        if "unsupported" in answer:
            raise SandboxError(str(answer["unsupported"]))
        if answer["reason"]:
            raise CallError(int(answer["reason"]))
        return answer


def connect(program: Program, qmgr: str, definitions: Sequence[Definition], keys: KeySettings) -> Connection:
    """MQCONNX: try each definition, and each of its addresses, until one answers; raises ConnectError."""
    last = ConnectError(ON_CLIENT[Event.NO_DEFINITION].reason)
    for definition in definitions:
        for host, port in definition.connections:
            attempt = _Attempt(program, qmgr, definition, keys, host, port)
            try:
                return attempt.made()
            except ConnectError as error:
                last = error
                if error.reason not in TRY_NEXT:
                    raise
    raise last


def fail(program: Program, failure: FailureError) -> ConnectError:
    """Log what went wrong before any connection was tried, and give the error for the program."""
    outcome = ON_CLIENT[failure.event]
    if outcome.message:
        Log(program.folder, None, program.name).write(Entry(outcome.message, failure.values))
    return ConnectError(outcome.reason, outcome.message, failure.values)


@dataclass(frozen=True)
class _Attempt:
    """One try to connect to one address by one definition."""

    program: Program
    qmgr: str
    definition: Definition
    keys: KeySettings
    host: str
    port: int

    def made(self) -> Connection:
        """The connection; raises ConnectError."""
        with ExitStack() as undone:
            try:
                connection = undone.enter_context(self._reached())
                sent(connection, addresses.preface(self._claimed()))
                stream = self._stream(connection)
                self._greet(stream)
            except FailureError as failure:
                raise self._failed(ON_CLIENT[failure.event], failure.values) from failure
            except StreamEndError as error:
                raise self._failed(ON_CLIENT[Event.CLOSED], {}) from error
            connection.settimeout(None)
            undone.pop_all()
            return Connection(stream)

    def _reached(self) -> socket.socket:
        folder = self.program.folder
        address = addresses.destination(folder, self.host)
        if address is None:
            raise FailureError(Event.HOST_UNKNOWN)
        try:
            connection = socket.create_connection(
                (address, self.port), CONNECT_SECONDS, source_address=(hosts.own_address(folder), 0)
            )
        except OSError as error:
            raise FailureError(Event.NO_LISTENER) from error
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _claimed(self) -> str:
        local = self.definition.local_address.partition("(")[0]
        claim = self.program.environment.get(addresses.CLAIM, "") or local
        if claim and not hosts.is_address(claim):
            raise SandboxError(
                f"{addresses.CLAIM} or LOCLADDR is no address: {claim!r}", remedy="Give an IPv4 address."
            )
        return claim

    def _stream(self, connection: socket.socket) -> Stream:
        if not self.definition.cipher:
            return PlainStream(connection)
        # Here and in the listener: cryptography takes longer to load than a plain connection to make.
        from wizard.sandbox.wire import client_tls

        return client_tls.secured(
            connection,
            self.definition,
            self.keys,
            user=self.program.user,
            version=self.program.version,
            host=self.host,
        )

    def _greet(self, stream: Stream) -> None:
        try:
            frames.send(stream, self._hello())
            answer = frames.receive(stream)
        except (StreamEndError, frames.FrameError) as error:
            # TLS 1.3 tells a client that its certificate is refused only after its handshake has ended well.
            raise FailureError(Event.CLOSED_IN_TLS if self.definition.cipher else Event.CLOSED) from error
        if "unsupported" in answer:
            raise SandboxError(str(answer["unsupported"]))
        if "refused" in answer:
            raise self._failed(WHEN_TOLD[str(answer["refused"])], {})
        if not answers_to(self.qmgr, str(answer["qmgr"])):
            raise FailureError(Event.OTHER_QUEUE_MANAGER)

    def _hello(self) -> frames.Frame:
        sent = self.program.credentials
        hello: frames.Frame = {
            "channel": self.definition.channel,
            "qmgr": self.qmgr,
            "version": self.program.version,
            "user": self.program.user,
            "application": self.program.name,
            "cipher": self.definition.cipher,
        }
        if sent is not None:
            hello |= {"user_id": sent.user, "password": frames.obscured(sent.password)}
        return hello

    def _failed(self, outcome: Outcome, values: Mapping[str, str]) -> ConnectError:
        place = {"channel": self.definition.channel, "host": f"{self.host}({self.port})", "process": str(os.getpid())}
        label = self.keys.label or self.definition.label or default_label(self.program.user)
        log = Log(self.program.folder, None, self.program.name)
        if outcome.message:
            log.write(Entry(outcome.message, {**place, "label": label, **values}))
            log.write(Entry("AMQ9999E", place))
        return ConnectError(outcome.reason, outcome.message, values)
