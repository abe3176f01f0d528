"""Real TLS for both ends: contexts from a key store, the handshake, and the judgement of the other end's
certificate.

pyOpenSSL instead of Python's `ssl`, because MQ needs what `ssl` cannot do: TLS 1.3 cipher suites of one's
own choice, a certificate judged by MQ's rules rather than by OpenSSL's purposes, and the rejected
certificate itself for the error log. Loaded only where TLS is used.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from OpenSSL import SSL, crypto

from wizard.sandbox.keys.store import SslFiles
from wizard.sandbox.wire import ciphers
from wizard.sandbox.wire.ciphers import CipherSpec
from wizard.sandbox.wire.streams import StreamEndError, close_gently, received, sent
from wizard.sandbox.wire.trust import Judge
from wizard.sandbox.wire.verdicts import Event

RECORD = 16384
NO_COMMON_CIPHER = (
    "no shared cipher",
    "unsupported protocol",
    "no ciphers available",
    "no suitable signature",
)
T = TypeVar("T")


class HandshakeError(Exception):
    """The handshake did not come to its end; an alert, where one is due, waits for `flush`.

    `event` says why, unless the judge rejected a certificate; `answered` whether the other end has sent
    anything at all.
    """

    def __init__(self, event: Event, detail: str, *, answered: bool) -> None:
        super().__init__(f"{event.value}: {detail}")
        self.event = event
        self.answered = answered


class AlertError(StreamEndError):
    """The other end sent an alert after the handshake: in TLS 1.3 this is how it refuses a certificate."""


@dataclass(frozen=True)
class Terms:
    """What one end brings to a handshake: its certificate (or none), whom it trusts, what it offers."""

    files: SslFiles
    specs: Sequence[CipherSpec]

    @property
    def has_certificate(self) -> bool:
        return bool(self.files.chain)


def context(terms: Terms, *, server: bool) -> SSL.Context:
    """An OpenSSL context for these terms; raises ValueError when no CipherSpec is left."""
    if not terms.specs:
        raise ValueError("no CipherSpec is enabled")
    made = SSL.Context(SSL.TLS_SERVER_METHOD if server else SSL.TLS_CLIENT_METHOD)
    _set_ciphers(made, terms.specs)
    # Every connection is judged anew: no session may stand in for a certificate.
    made.set_session_cache_mode(SSL.SESS_CACHE_OFF)
    made.set_options(SSL.OP_NO_TICKET | SSL.OP_NO_RENEGOTIATION | SSL.OP_CIPHER_SERVER_PREFERENCE)
    _set_trust(made, terms.files, server=server)
    if terms.has_certificate:
        own, *chain = x509.load_pem_x509_certificates(terms.files.chain.encode())
        made.use_certificate(own)
        for certificate in chain:
            made.add_extra_chain_cert(certificate)
        made.use_privatekey(_private_key(terms.files.key))
    return made


def _set_trust(made: SSL.Context, files: SslFiles, *, server: bool) -> None:
    store = made.get_cert_store()
    trusted = x509.load_pem_x509_certificates(files.trusted.encode()) if files.trusted else []
    for certificate in trusted:
        if store is not None:
            store.add_cert(crypto.X509.from_cryptography(certificate))
        if server:
            made.add_client_ca(certificate)


def _private_key(pem: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    # The key was checked when its store was read; checking an RSA key takes longer than a whole handshake.
    key = load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("a key store holds RSA and EC keys only")
    return key


def _set_ciphers(made: SSL.Context, specs: Sequence[CipherSpec]) -> None:
    tls12, tls13 = ciphers.openssl_lists(specs)
    # Level 0: which keys and signatures are too weak is MQ's own rule, kept in `trust`.
    made.set_cipher_list((tls12 or b"ECDHE-RSA-AES128-GCM-SHA256") + b":@SECLEVEL=0")
    if tls13:
        made.set_tls13_ciphersuites(tls13)
    made.set_min_proto_version(SSL.TLS1_2_VERSION if tls12 else SSL.TLS1_3_VERSION)
    made.set_max_proto_version(SSL.TLS1_3_VERSION if tls13 else SSL.TLS1_2_VERSION)


class TlsStream:
    """One TLS connection over a socket; see `streams.Stream`."""

    def __init__(self, connection: socket.socket, tls: SSL.Connection, judge: Judge, pushed: bytes = b"") -> None:
        self._connection = connection
        self._tls = tls
        self._answered = bool(pushed)
        tls.set_verify(SSL.VERIFY_PEER, judge)
        if pushed:
            tls.bio_write(pushed)

    @classmethod
    def client(cls, connection: socket.socket, terms: Terms, judge: Judge, server_name: str) -> TlsStream:
        tls = SSL.Connection(context(terms, server=False), None)
        tls.set_connect_state()
        tls.set_tlsext_host_name(server_name.encode("ascii"))
        return cls(connection, tls, judge)

    @classmethod
    def server(
        cls, connection: socket.socket, made: SSL.Context, judge: Judge, pushed: bytes, chooser: object
    ) -> TlsStream:
        """`chooser` is what the context's SNI callback finds as the connection's application data."""
        tls = SSL.Connection(made, None)
        tls.set_app_data(chooser)
        tls.set_accept_state()
        return cls(connection, tls, judge, pushed)

    @property
    def server_name(self) -> str:
        """The SNI that the client sent, empty without one."""
        return (self._tls.get_servername() or b"").decode("ascii", "replace")

    @property
    def cipher(self) -> CipherSpec:
        """The CipherSpec that was negotiated."""
        return ciphers.BY_OPENSSL_NAME[str(self._tls.get_cipher_name())]

    @property
    def certificate(self) -> x509.Certificate | None:
        """The other end's certificate; None when it sent none."""
        return self._tls.get_peer_certificate(as_cryptography=True)

    def handshake(self) -> None:
        """Shake hands; raises HandshakeError. Whether a certificate was rejected stands in the judge.

        The alert about a failure waits until `flush`, so that a log can be written before the other end
        knows.
        """
        try:
            self._pumped(self._tls.do_handshake)
            self.flush()
        except StreamEndError as error:
            raise HandshakeError(Event.CLOSED_IN_TLS, str(error), answered=self._answered) from error
        except SSL.Error as error:
            raise HandshakeError(_event(error), _reason(error), answered=True) from error

    def flush(self) -> None:
        """Send what OpenSSL has to say; raises StreamEndError."""
        while True:
            try:
                waiting = self._tls.bio_read(2 * RECORD)
            except SSL.WantReadError:
                return
            sent(self._connection, waiting)

    def read(self, length: int) -> bytes:
        taken = bytearray()
        while len(taken) < length:
            wanted = length - len(taken)
            try:
                taken += self._pumped(lambda: self._tls.recv(wanted))  # noqa: B023 - called at once
            except SSL.ZeroReturnError as error:
                raise StreamEndError("closed by the other end") from error
            except SSL.Error as error:
                raise AlertError(_reason(error)) from error
        return bytes(taken)

    def write(self, content: bytes) -> None:
        for start in range(0, len(content), RECORD):
            record = content[start : start + RECORD]
            try:
                self._pumped(lambda: self._tls.send(record))  # noqa: B023 - called at once
                self.flush()
            except SSL.Error as error:
                raise AlertError(_reason(error)) from error

    def close(self) -> None:
        try:
            self._tls.shutdown()
            self.flush()
        except (SSL.Error, StreamEndError):
            pass  # the other end has gone first, which is as good
        close_gently(self._connection)

    def _pumped(self, step: Callable[[], T]) -> T:
        """Take an OpenSSL step, moving bytes between it and the socket until it is done."""
        while True:
            try:
                return step()
            except SSL.WantReadError:
                self.flush()
                self._tls.bio_write(received(self._connection))
                self._answered = True


def _reason(error: SSL.Error) -> str:
    """OpenSSL's words for an error, such as `no shared cipher`."""
    details = error.args[0] if error.args else ()
    return "; ".join(str(detail[-1]) for detail in details) if isinstance(details, list) else str(details)


def _event(error: SSL.Error) -> Event:
    reason = _reason(error)
    if " alert " in f" {reason} ":
        return Event.CLOSED_IN_TLS
    return Event.NO_COMMON_CIPHER if any(text in reason for text in NO_COMMON_CIPHER) else Event.NOT_TLS
