"""Certificate requests that wait for their certificate, each with its private key.

Kept in a file of their own beside the certificates: IBM's `.rdb` for CMS. For PKCS#12 the sandbox uses
`<stem>.rdb` too, while requests wait; where the real tool keeps those is recalled to be elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from wizard.sandbox.keys.entries import PrivateKey
from wizard.sandbox.keys.pkcs12 import load_key


@dataclass(frozen=True)
class Request:
    """A request under its label, and the key it was made with."""

    label: str
    csr: x509.CertificateSigningRequest
    key: PrivateKey = field(repr=False)

    @property
    def pem(self) -> str:
        """The request as GSKit writes it, with NEW in its header."""
        text = self.csr.public_bytes(Encoding.PEM).decode()
        return text.replace(" CERTIFICATE REQUEST-", " NEW CERTIFICATE REQUEST-")


def encode(requests: Iterable[Request]) -> bytes:
    """The requests as bytes to be sealed; none gives no bytes."""
    rows = [
        {
            "label": request.label,
            "request": request.csr.public_bytes(Encoding.DER).hex(),
            "key": request.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).hex(),
        }
        for request in requests
    ]
    return json.dumps(rows).encode() if rows else b""


def decode(content: bytes) -> tuple[Request, ...]:
    """Undo `encode`."""
    rows = json.loads(content) if content else []
    return tuple(
        Request(
            row["label"],
            x509.load_der_x509_csr(bytes.fromhex(row["request"])),
            load_key(bytes.fromhex(row["key"])),
        )
        for row in rows
    )
