"""What a TLS handshake settled, as the checks after it need it; without any TLS library."""

from __future__ import annotations

from typing import NamedTuple


class Security(NamedTuple):
    """The negotiated CipherSpec and the client's certificate; DNs are empty when the client sent none.

    `named` is the channel that the client's SNI named, empty without one; `label` and `generation` are the
    queue manager's certificate label and its key repository's reading.
    """

    cipher: str
    protocol: str
    generation: int
    label: str
    named: str = ""
    subject: str = ""
    issuer: str = ""
