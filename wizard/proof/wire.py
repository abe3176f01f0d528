"""Handshakes made by mqwizard itself, to see what a listener offers: protocol, cipher, certificate, and nothing weak.

TLS precedes any MQ data (facts tls 5.1), so an ordinary TLS client sees it all.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

SECONDS = 10.0


@dataclass(frozen=True)
class Offer:
    """What a listener showed in a handshake; `error` is why there was none."""

    protocol: str = ""
    cipher: str = ""
    certificate: bytes = b""
    """In DER; empty where none was shown or the handshake failed before."""
    error: str = ""
    local_address: str = ""


def sni(channel: str) -> str:
    """The server name by which an MQ client asks for a channel's certificate (facts tls 7.6)."""
    encoded = "".join(
        letter.lower() if letter.isupper() else letter if letter.isdigit() else f"{ord(letter):02x}-"
        for letter in channel
    )
    return f"{encoded}.chl.mq.ibm.com"


def connect(address: str, port: int, source: str = "") -> str:
    """Open and close a connection; the local address it came from. OSError where nobody answers.

    `source` is the address to come from where this host's clients come from one only, as in a sandbox.
    """
    origin = (source, 0) if source else None
    with socket.create_connection((address, port), timeout=SECONDS, source_address=origin) as connection:
        return str(connection.getsockname()[0])


def offer(address: str, port: int, channel: str, trusted: str | None) -> Offer:
    """A handshake as a current client makes it; with `trusted` (PEM) the listener's certificate is verified."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED if trusted else ssl.CERT_NONE
    if trusted:
        context.load_verify_locations(cadata=trusted)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return handshake(context, address, port, channel)


def handshake(context: ssl.SSLContext, address: str, port: int, channel: str) -> Offer:
    """One handshake, and what it showed or why it failed."""
    try:
        with (
            socket.create_connection((address, port), timeout=SECONDS) as connection,
            context.wrap_socket(connection, server_hostname=sni(channel)) as secured,
        ):
            cipher = secured.cipher()
            return Offer(
                protocol=secured.version() or "",
                cipher=cipher[0] if cipher else "",
                certificate=secured.getpeercert(binary_form=True) or b"",
                local_address=str(connection.getsockname()[0]) if connection.fileno() >= 0 else "",
            )
    except ssl.SSLCertVerificationError as error:
        return Offer(error=f"certificate: {error.verify_message}")
    except (ssl.SSLError, OSError) as error:
        return Offer(error=str(error))
