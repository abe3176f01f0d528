"""One connection to a listener, from the first byte to the last: who calls, is he let in, what does he do.

Runs in a thread of its own with its own connection to the state. A refusal is logged, told to the client
where MQ data flows already, and ends the connection.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.state import DATABASE, State
from wizard.sandbox.wire import addresses, admission, frames, settings, status
from wizard.sandbox.wire.connauth import ConnectionAuthentication
from wizard.sandbox.wire.conversation import Conversation
from wizard.sandbox.wire.log import Entry, Log
from wizard.sandbox.wire.refusal import RefusalError
from wizard.sandbox.wire.repository import Repository
from wizard.sandbox.wire.streams import PlainStream, Stream, StreamEndError, close_gently, received

if TYPE_CHECKING:
    from wizard.sandbox.wire.security import Security

HANDSHAKE_SECONDS = 30.0
CLIENT_HELLO = 0x16


@dataclass
class Running:
    """What the listener knows of a connection that has been let in, so that it can end it."""

    status_row: int
    generation: int | None


@dataclass(frozen=True)
class Service:
    """What all connections of a listener share."""

    qmgr: str
    log: Log
    repository: Repository
    connauth: ConnectionAuthentication
    only_secure: bool
    ignores_user_case: bool

    @classmethod
    def of(cls, folder: Path, qmgr: str) -> Service:
        """The service of a listener that starts now: qm.ini is read once, as a queue manager reads it."""
        state = State(folder)
        ini = settings.qm_ini(state, qmgr)
        only_secure = settings.only_secure(state, ini)
        ignores_user_case = settings.ignores_user_case(state, ini)
        state.close()
        log = Log(folder, qmgr, "runmqlsr")
        connauth = ConnectionAuthentication(qmgr, ini)
        return cls(qmgr, log, Repository(qmgr, ini), connauth, only_secure, ignores_user_case)


class Session(threading.Thread):
    """One connection; `running` is set while its channel runs."""

    def __init__(self, service: Service, connection: socket.socket, host: str) -> None:
        super().__init__(daemon=True)
        self._host = host
        self._service, self._log, self._qmgr = service, service.log, service.qmgr
        self._connection = connection
        self.running: Running | None = None

    def end(self) -> None:
        """End the connection from outside: the thread finds its socket closed."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        with self._connection, contextlib.suppress(StreamEndError, sqlite3.Error, OSError):
            # The client may go at any time, and the whole sandbox too: opening its state must not make it anew.
            if not (self._log.folder / DATABASE).exists():
                return
            with contextlib.closing(State(self._log.folder)) as state:
                self._connection.settimeout(HANDSHAKE_SECONDS)
                self._serve(state)

    def _serve(self, state: State) -> None:
        host = self._host
        try:
            start = received(self._connection)
            claim = addresses.claimed(start)
            if claim is not None:
                host, start = claim
            admission.check_address(state, self._qmgr, host)
            start = start or received(self._connection)
            stream, security = self._secured(state, start, host)
        except RefusalError as refusal:
            self._write(refusal, "", host)
            if refusal.farewell is not None:
                with contextlib.suppress(StreamEndError):
                    refusal.farewell()
            close_gently(self._connection)
            return
        except StreamEndError:
            self._log.write(Entry("AMQ9209E", {"host": host}))
            raise
        try:
            self._converse(state, stream, security, host)
        finally:
            stream.close()

    def _secured(self, state: State, start: bytes, host: str) -> tuple[Stream, Security | None]:
        if start[0] != CLIENT_HELLO:
            return PlainStream(self._connection, start), None
        from wizard.sandbox.wire.secure import Handshake

        return Handshake(state, self._qmgr, self._service.repository, host).shake(self._connection, start)

    def _converse(self, state: State, stream: Stream, security: Security | None, host: str) -> None:
        channel = ""
        try:
            hello = self._hello(stream, host)
            channel = str(hello.get("channel", ""))
            service = self._service
            terms = admission.Terms(service.connauth.current(state), service.only_secure, service.ignores_user_case)
            admitted = admission.admit(state, self._qmgr, hello, security=security, host=host, terms=terms)
        except RefusalError as refusal:
            self._write(refusal, channel, host)
            time.sleep(refusal.delay)
            frames.send(stream, {"refused": refusal.told})
            return
        except SandboxError as error:
            frames.send(stream, {"unsupported": str(error)})
            return
        self._connection.settimeout(None)
        self.running = Running(admitted.status_row, security.generation if security else None)
        try:
            frames.send(stream, {"reason": 0, "qmgr": self._qmgr})
            Conversation(state, self._qmgr, admitted, self._log).run(stream)
        finally:
            self.running = None
            status.leave_channel(state, admitted.status_row)
        # The program hears that it is disconnected when nothing of it is to be seen any more.
        frames.send(stream, {"reason": 0})

    def _hello(self, stream: Stream, host: str) -> frames.Frame:
        try:
            return frames.receive(stream, frames.FIRST_LIMIT)
        except frames.FrameError as error:
            raise RefusalError([Entry("AMQ9207E", {"host": host})]) from error
        except StreamEndError:
            self._log.write(Entry("AMQ9209E", {"host": host}))
            raise

    def _write(self, refusal: RefusalError, channel: str, host: str) -> None:
        for entry in refusal.entries:
            self._log.write(entry)
        values = {"host": host, "process": str(os.getpid())} | ({"channel": channel} if channel else {})
        self._log.write(Entry("AMQ9999E", values))
