"""Connection authentication as a listener knows it: read at its start and at REFRESH SECURITY
TYPE(CONNAUTH) only.

A changed CONNAUTH or AUTHINFO has no effect before that refresh (facts TLS 5.4).
"""

from __future__ import annotations

import threading

from wizard.sandbox.state import State
from wizard.sandbox.wire import settings
from wizard.sandbox.wire.identity import Policy
from wizard.sandbox.wire.ini import Ini


class ConnectionAuthentication:
    """The CONNAUTH settings of one queue manager; safe to use from several threads."""

    def __init__(self, qmgr: str, settings_file: Ini) -> None:
        self._qmgr, self._ini = qmgr, settings_file
        self._lock = threading.Lock()
        self._read: tuple[int, Policy] | None = None

    def current(self, state: State) -> Policy:
        """What was read at the last refresh, reading now if there was one since."""
        row = state.qmgr(self._qmgr)
        generation = row["connauth_generation"] if row is not None else 0
        with self._lock:
            if self._read is None or self._read[0] != generation:
                self._read = generation, settings.connection_authentication(state, self._qmgr, self._ini)
            return self._read[1]
