"""The client's side of TLS: its key repository, the handshake, the queue manager's certificate and name."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

from wizard.sandbox import installation
from wizard.sandbox.keys.store import SslFiles, StoreError, StoreProblem, open_store, ssl_files
from wizard.sandbox.mqsc import dn as patterns
from wizard.sandbox.wire import ciphers, dn, sni
from wizard.sandbox.wire.client_settings import KeySettings
from wizard.sandbox.wire.definitions import Definition
from wizard.sandbox.wire.failure import FailureError
from wizard.sandbox.wire.labels import default_label
from wizard.sandbox.wire.streams import StreamEndError
from wizard.sandbox.wire.tls import HandshakeError, Terms, TlsStream
from wizard.sandbox.wire.trust import Judge, described, event_of
from wizard.sandbox.wire.verdicts import Event

EKU_FROM = "9.4.5"


def label_of(definition: Definition, keys: KeySettings, user: str) -> str:
    """The label of the certificate to send: environment or mqclient.ini, then the definition, then
    the default.
    """
    return keys.label or definition.label or default_label(user)


def secured(
    connection: socket.socket, definition: Definition, keys: KeySettings, *, user: str, version: str, host: str
) -> TlsStream:
    """Shake hands over a connection to `host`; raises FailureError. In TLS 1.3 the other end may still
    refuse afterwards.
    """
    files = _files(keys, label_of(definition, keys, user), version)
    judge = Judge(
        extended_key_usage=keys.rfc5280 and installation.at_least(version, EKU_FROM),
        smallest_rsa_key=keys.smallest_rsa_key,
    )
    name = host if keys.sends_host_name else sni.encode(definition.channel)
    stream = TlsStream.client(connection, Terms(files, _offer(definition, keys, version)), judge, name)
    try:
        stream.handshake()
    except HandshakeError as error:
        with contextlib.suppress(StreamEndError):
            stream.flush()
        raise _failure(error, judge) from error
    _check_name(stream, definition)
    return stream


def _files(keys: KeySettings, label: str, version: str) -> SslFiles:
    if not keys.repository:
        raise FailureError(Event.NO_STORE, repository="")
    try:
        store = open_store(keys.repository, password=keys.password, folder=Path.cwd(), version=version)
    except StoreError as error:
        wrong = error.problem is StoreProblem.PASSWORD
        event = Event.STORE_PASSWORD if wrong else Event.STORE_UNREADABLE
        raise FailureError(event, repository=str(error.path)) from error
    return ssl_files(store, label)


def _offer(definition: Definition, keys: KeySettings, version: str) -> tuple[ciphers.CipherSpec, ...]:
    numbers = installation.numbers(version)
    allowed = keys.allowed if numbers >= ciphers.ALLOWED_FROM else ()
    policy = ciphers.Policy(tls13=keys.tls13 and numbers >= ciphers.TLS13_FROM, fips=keys.fips, allowed=allowed)
    offered = ciphers.offered(definition.cipher, policy) if ciphers.known(definition.cipher, numbers) else ()
    if not offered:
        raise FailureError(Event.BAD_CIPHER, cipher=definition.cipher)
    return offered


def _failure(error: HandshakeError, judge: Judge) -> FailureError:
    if judge.rejection is not None:
        return FailureError(event_of(judge.rejection), **described(judge.rejection))
    # Cut off before a word: the listener does not talk to this address.
    return FailureError(error.event if error.answered else Event.CLOSED)


def _check_name(stream: TlsStream, definition: Definition) -> None:
    """Compare the queue manager's certificate with SSLPEER; a host name is never compared (facts TLS 7.5)."""
    if not definition.peer:
        return
    certificate = stream.certificate
    shown = dn.subject(certificate) if certificate is not None else ""
    try:
        fits = patterns.matches(patterns.pattern(definition.peer), shown)
    except patterns.BadNameError as error:
        raise FailureError(Event.PEER_PATTERN, pattern=definition.peer) from error
    if not fits:
        raise FailureError(Event.PEER_NAME, subject=shown)
