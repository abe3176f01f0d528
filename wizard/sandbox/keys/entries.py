"""One entry of a key store: a label, a certificate and, when it is a personal one, its private key.

Used everywhere in `keys`; holds no file and no password.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


@dataclass(frozen=True)
class Entry:
    """A certificate under its label; `trusted` is its trust status, which `-cert -modify` switches."""

    label: str
    certificate: x509.Certificate
    key: PrivateKey | None = field(default=None, repr=False)
    trusted: bool = True

    @property
    def personal(self) -> bool:
        return self.key is not None

    @property
    def self_signed(self) -> bool:
        return self.certificate.subject == self.certificate.issuer

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()


def chain_of(certificate: x509.Certificate, entries: Iterable[Entry]) -> list[Entry]:
    """The issuers of `certificate` among `entries`, nearest first, as far as they reach; none if self- signed."""
    by_subject: dict[x509.Name, list[Entry]] = {}
    for entry in entries:
        by_subject.setdefault(entry.certificate.subject, []).append(entry)
    chain: list[Entry] = []
    current = certificate
    while current.subject != current.issuer:
        named = by_subject.get(current.issuer, [])
        issuer = next((one for one in named if issued(current, one.certificate)), None)
        if issuer is None or issuer in chain:
            break
        chain.append(issuer)
        current = issuer.certificate
    return chain


def issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether `issuer` signed `certificate`: names fit and the signature is right."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
