"""The checks on a channel definition when a client asks for it: does it exist, and does the TLS fit
(facts TLS 5.1, step 4).
"""

from __future__ import annotations

from wizard.sandbox.mqsc import dn as patterns
from wizard.sandbox.mqsc.actions_channels import is_stopped
from wizard.sandbox.state import Attributes, State
from wizard.sandbox.wire import ciphers, settings
from wizard.sandbox.wire.log import Entry
from wizard.sandbox.wire.refusal import RefusalError
from wizard.sandbox.wire.security import Security


def definition(state: State, qmgr: str, name: str, host: str) -> Attributes:
    """The server-connection channel of this name, unless it was stopped; raises RefusalError."""
    found = state.object(qmgr, "CHANNEL", name)
    values = {"channel": name, "host": host}
    if found is None:
        raise RefusalError([Entry("AMQ9519E", values)])
    _, attributes = found
    if settings.word(attributes, "CHLTYPE") != "SVRCONN":
        raise RefusalError([Entry("AMQ9502E", values)])
    if is_stopped(state, qmgr, name):
        raise RefusalError([Entry("AMQ9514E", values)])
    return attributes


def check_tls(name: str, attributes: Attributes, security: Security | None, host: str, *, only_secure: bool) -> None:
    """Whether the handshake satisfies SSLCIPH, CERTLABL, SSLCAUTH and SSLPEER; raises RefusalError.

    `only_secure` refuses every plain channel; which message MQ writes for that is recalled.
    """
    wanted = settings.word(attributes, "SSLCIPH")
    values = {"channel": name, "host": host, "cipher": wanted, "required": wanted}
    if security is None:
        if wanted or only_secure:
            raise RefusalError([Entry("AMQ9639E", values)])
        return
    if not wanted:
        raise RefusalError([Entry("AMQ9635E", values)])
    if not ciphers.accepts(wanted, security.cipher):
        raise RefusalError([Entry("AMQ9631E", {**values, "negotiated": security.cipher})])
    _check_label(name, attributes, security, values)
    _check_certificate(attributes, security, values)


def _check_label(name: str, attributes: Attributes, security: Security, values: dict[str, str]) -> None:
    label = settings.word(attributes, "CERTLABL")
    if label and label != security.label and security.named != name:
        raise RefusalError([Entry("AMQ9673E", values)])


def _check_certificate(attributes: Attributes, security: Security, values: dict[str, str]) -> None:
    pattern = settings.word(attributes, "SSLPEER")
    # A peer name to compare makes a certificate mandatory whatever SSLCAUTH says (facts TLS 3.2).
    required = bool(pattern) or settings.word(attributes, "SSLCAUTH") != "OPTIONAL"
    if required and not security.subject:
        raise RefusalError([Entry("AMQ9637E", values)])
    if pattern and not patterns.matches(patterns.pattern(pattern), security.subject):
        raise RefusalError([Entry("AMQ9636E", {**values, "subject": security.subject})])
