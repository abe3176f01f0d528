"""A queue manager's key repository as its listener holds it: read once, and again at REFRESH SECURITY
TYPE(SSL).

What changes in the file or in SSLKEYR, KEYRPWD and CERTLABL in between stays without effect (facts TLS 2.5,
2.6).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wizard.sandbox import users
from wizard.sandbox.mqsc import secrets
from wizard.sandbox.state import State
from wizard.sandbox.wire import ciphers, settings
from wizard.sandbox.wire.ini import Ini
from wizard.sandbox.wire.labels import default_label
from wizard.sandbox.wire.verdicts import Event

if TYPE_CHECKING:
    # cryptography and OpenSSL are loaded only once there is a key repository.
    from OpenSSL import SSL

    from wizard.sandbox.keys.store import Store
    from wizard.sandbox.wire.tls import Terms


class Loaded(NamedTuple):
    """One reading of the repository; `trouble` says why there is no store."""

    generation: int
    path: str
    label: str
    policy: ciphers.Policy
    extended_key_usage: bool
    smallest_rsa_key: int
    store: Store | None
    trouble: Event | None


class Repository:
    """The key repository of one queue manager; safe to use from several threads."""

    def __init__(self, qmgr: str, settings_file: Ini) -> None:
        self._qmgr, self._ini = qmgr, settings_file
        self._lock = threading.Lock()
        self._loaded: Loaded | None = None
        self._contexts: dict[tuple[int, str], SSL.Context] = {}

    def current(self, state: State) -> Loaded:
        """What was read at the last refresh, reading now if there was one since."""
        row = state.qmgr(self._qmgr)
        generation = row["ssl_generation"] if row is not None else 0
        with self._lock:
            if self._loaded is None or self._loaded.generation != generation:
                self._loaded, self._contexts = _load(state, self._qmgr, generation, self._ini), {}
            return self._loaded

    def context(self, loaded: Loaded, label: str, choose: Callable[[SSL.Connection], None]) -> SSL.Context:
        """The OpenSSL context that presents the certificate of this label; `choose` is called once SNI is
        known.

        Raises ValueError when no CipherSpec is enabled.
        """
        from wizard.sandbox.wire import tls

        with self._lock:
            key = loaded.generation, label
            if key not in self._contexts:
                made = tls.context(_terms(loaded, label), server=True)
                made.set_tlsext_servername_callback(choose)
                self._contexts[key] = made
            return self._contexts[key]


def has_certificate(loaded: Loaded, label: str) -> bool:
    """Whether the repository holds a personal certificate under this label."""
    return _terms(loaded, label).has_certificate


def _terms(loaded: Loaded, label: str) -> Terms:
    from wizard.sandbox.keys.store import SslFiles, ssl_files
    from wizard.sandbox.wire.tls import Terms

    files = ssl_files(loaded.store, label) if loaded.store is not None else SslFiles("", "", "")
    return Terms(files, ciphers.enabled(loaded.policy))


def _load(state: State, qmgr: str, generation: int, ini: Ini) -> Loaded:
    attributes = settings.of_qmgr(state, qmgr)
    path = settings.word(attributes, "SSLKEYR")
    store, trouble = _open(state, qmgr, path)
    return Loaded(
        generation,
        path,
        settings.word(attributes, "CERTLABL") or default_label(qmgr),
        settings.cipher_policy(state, qmgr, ini),
        settings.checks_extended_key_usage(state, qmgr, ini),
        settings.minimum_rsa_key_size(state.meta("version"), ini.get("ssl", {})),
        store,
        trouble,
    )


def _open(state: State, qmgr: str, value: str) -> tuple[Store | None, Event | None]:
    if not value or not list(Path(value).parent.glob(f"{Path(value).name}*")):
        return None, Event.STORE_UNREADABLE
    from wizard.sandbox.keys.store import StoreError, StoreProblem, open_store

    password = secrets.key_repository_password(state, qmgr)
    group = users.read(state.folder).groups.get(users.ADMINISTRATORS)
    try:
        store = open_store(
            value,
            password=password or None,
            folder=state.folder,
            version=state.meta("version"),
            readable_by=group.gid if group is not None else None,
        )
    except StoreError as error:
        wrong = error.problem is StoreProblem.PASSWORD
        return None, Event.STORE_PASSWORD if wrong else Event.STORE_UNREADABLE
    return store, None
