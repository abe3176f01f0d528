"""The listener's side of a TLS handshake: which certificate it shows, and what a failure means."""

from __future__ import annotations

import socket

from OpenSSL import SSL

from wizard.sandbox.state import State
from wizard.sandbox.wire import dn, settings, sni
from wizard.sandbox.wire.log import Entry
from wizard.sandbox.wire.refusal import RefusalError
from wizard.sandbox.wire.repository import Repository, has_certificate
from wizard.sandbox.wire.security import Security
from wizard.sandbox.wire.streams import sent
from wizard.sandbox.wire.tls import HandshakeError, TlsStream
from wizard.sandbox.wire.trust import Judge, described, event_of
from wizard.sandbox.wire.verdicts import ON_SERVER, Event

HANDSHAKE_FAILURE = bytes.fromhex("15 0303 0002 02 28")
"""The alert of a queue manager that cannot even begin a handshake."""


class Handshake:
    """One handshake of a listener: chooses the certificate by SNI, judges the client's, and tells
    the outcome.
    """

    def __init__(self, state: State, qmgr: str, repository: Repository, host: str) -> None:
        self._state, self._qmgr, self._repository, self._host = state, qmgr, repository, host
        self._loaded = repository.current(state)

    def shake(self, connection: socket.socket, pushed: bytes) -> tuple[TlsStream, Security]:
        """The secured stream; raises RefusalError, whose farewell is an alert where one is due."""
        loaded = self._loaded
        if loaded.trouble is not None:
            entry = Entry(ON_SERVER[loaded.trouble], self._values(repository=loaded.path))
            raise RefusalError([entry], farewell=lambda: sent(connection, HANDSHAKE_FAILURE))
        judge = Judge(extended_key_usage=loaded.extended_key_usage, smallest_rsa_key=loaded.smallest_rsa_key)
        try:
            context = self._repository.context(loaded, loaded.label, choose)
        except ValueError as error:
            raise RefusalError([self._entry(Event.NO_COMMON_CIPHER)]) from error
        stream = TlsStream.server(connection, context, judge, pushed, self)
        try:
            stream.handshake()
        except HandshakeError as error:
            label = self.label_for(stream.server_name)
            raise RefusalError([self._verdict(error, judge, label)], farewell=stream.flush) from error
        return stream, self._settled(stream)

    def label_for(self, server_name: str) -> str:
        """The certificate label of the channel that the client names, else that of the queue manager."""
        channel = sni.decode(server_name)
        found = self._state.object(self._qmgr, "CHANNEL", channel) if channel else None
        return (settings.word(found[1], "CERTLABL") if found else "") or self._loaded.label

    def context_for(self, server_name: str) -> SSL.Context:
        """The context that presents the certificate for this server name."""
        return self._repository.context(self._loaded, self.label_for(server_name), choose)

    def _settled(self, stream: TlsStream) -> Security:
        spec, certificate = stream.cipher, stream.certificate
        return Security(
            spec.name,
            spec.protocol,
            self._loaded.generation,
            self._loaded.label,
            sni.decode(stream.server_name) or "",
            dn.subject(certificate) if certificate else "",
            dn.issuer(certificate) if certificate else "",
        )

    def _verdict(self, error: HandshakeError, judge: Judge, label: str) -> Entry:
        if judge.rejection is not None:
            message = ON_SERVER[event_of(judge.rejection)]
            return Entry(message, self._values(**described(judge.rejection)))
        if error.event is Event.NO_COMMON_CIPHER and not has_certificate(self._loaded, label):
            return Entry("AMQ9642E", self._values(label=label))
        return self._entry(error.event)

    def _entry(self, event: Event) -> Entry:
        return Entry(ON_SERVER[event], self._values())

    def _values(self, **more: str) -> dict[str, str]:
        # No MQ data has flowed: the channel's name is not known yet.
        return {"host": self._host, **more}


def choose(connection: SSL.Connection) -> None:
    """OpenSSL's callback, once it knows the server name: swap in the certificate for it."""
    handshake = connection.get_app_data()
    if isinstance(handshake, Handshake):
        name = (connection.get_servername() or b"").decode("ascii", "replace")
        connection.set_context(handshake.context_for(name))
