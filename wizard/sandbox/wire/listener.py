"""The listener process: binds, shows itself, takes connections, and ends when what it serves ends.

One loop does it all: it waits for connections, and once a second looks whether the sandbox, the queue
manager and its own row are still there, whether the key repository was refreshed and whether channels were
stopped.
"""

from __future__ import annotations

import selectors
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path

from wizard.sandbox import qmgrs
from wizard.sandbox.state import DATABASE, State
from wizard.sandbox.wire import addresses, status
from wizard.sandbox.wire.log import Entry
from wizard.sandbox.wire.session import Service, Session
from wizard.sandbox.wire.status import Place

WATCH_SECONDS = 1.0


class CannotBindError(Exception):
    """The port cannot be had; AMQ9218E stands in the error log."""


class Listener:
    """One listener of one queue manager, under the name that its status shows."""

    def __init__(self, folder: Path, qmgr: str, name: str) -> None:
        self._folder, self._qmgr, self._name = folder, qmgr, name
        self._service = Service.of(folder, qmgr)
        self._sessions: list[Session] = []
        self._database = (folder / DATABASE).stat().st_ino

    def run(self, place: Place) -> None:
        """Listen until there is a reason to end; raises CannotBindError."""
        with _Termination() as termination, self._bound(place) as listening:
            state = State(self._folder)
            try:
                status.enter_listener(state, self._qmgr, self._name, place)
                self._loop(state, listening, termination.socket)
            finally:
                self._leave(state)

    def _bound(self, place: Place) -> socket.socket:
        address = addresses.listening_address(self._folder, place.ip)
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            if address is None:
                raise OSError(99, "no such address")
            listening.bind((address, place.port))
            listening.listen(place.backlog)
        except OSError as error:
            listening.close()
            values = {"port": str(place.port), "address": address or place.ip, "code": str(error.errno or 0)}
            self._service.log.write(Entry("AMQ9218E", values))
            raise CannotBindError from error
        listening.setblocking(False)
        return listening

    def _loop(self, state: State, listening: socket.socket, termination: socket.socket) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(listening, selectors.EVENT_READ)
            selector.register(termination, selectors.EVENT_READ)
            due = time.monotonic()
            while True:
                if time.monotonic() >= due:
                    if not self._may_go_on(state):
                        return
                    due = time.monotonic() + WATCH_SECONDS
                ready = [key.fileobj for key, _ in selector.select(WATCH_SECONDS)]
                if termination in ready:
                    return
                if listening in ready:
                    self._accept(listening)

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):  # the caller has gone again
            connection, caller = listening.accept()
            session = Session(self._service, connection, caller[0])
            self._sessions = [one for one in self._sessions if one.is_alive()]
            self._sessions.append(session)
            session.start()

    def _may_go_on(self, state: State) -> bool:
        if not self._sandbox_is_there():
            return False
        row = state.qmgr(self._qmgr)
        if row is None or row["status"] != qmgrs.RUNNING:
            return False
        if not status.is_listed(state, self._qmgr, self._name):
            return False
        self._service.connauth.current(state)
        self._end_sessions(state, self._service.repository.current(state).generation)
        return True

    def _sandbox_is_there(self) -> bool:
        with suppress(FileNotFoundError):
            return (self._folder / DATABASE).stat().st_ino == self._database
        return False

    def _end_sessions(self, state: State, generation: int) -> None:
        """End the channels that were stopped, and the TLS channels that began before a refresh."""
        rows = status.channel_rows(state, self._qmgr)
        for session in self._sessions:
            running = session.running
            if running is None:
                continue
            refreshed = running.generation not in (None, generation)
            if refreshed or rows.get(running.status_row) != status.RUNNING:
                session.end()

    def _leave(self, state: State) -> None:
        for session in self._sessions:
            session.end()
        until = time.monotonic() + WATCH_SECONDS
        for session in self._sessions:
            session.join(max(0.0, until - time.monotonic()))
        if self._sandbox_is_there():
            status.leave_listener(state, self._qmgr)
        state.close()


class _Termination:
    """SIGTERM as a readable socket, so that the loop ends between two steps and never within one."""

    def __init__(self) -> None:
        self.socket, self._signalled = socket.socketpair()
        self._signalled.setblocking(False)

    def __enter__(self) -> _Termination:
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.set_wakeup_fd(self._signalled.fileno(), warn_on_full_buffer=False)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(-1)
        self.socket.close()
        self._signalled.close()
