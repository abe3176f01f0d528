"""The plain values of wizard.pki, without cryptography: kinds of keys, a certificate, an entry of a store.

Pure floors (kits, plan, access) and the recipe import these; `keys`, `certificates` and `store` hand them on
under their own names. A certificate's private key never stands in a `Certificate`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class KeyKind(StrEnum):
    """The kinds of keys mqwizard makes; all are strong enough for every current MQ release."""

    RSA_2048 = "rsa-2048"
    RSA_3072 = "rsa-3072"
    RSA_4096 = "rsa-4096"
    EC_P256 = "ec-p256"
    EC_P384 = "ec-p384"
    EC_P521 = "ec-p521"


def key_in_words(key_type: str, key_bits: int) -> str:
    """`RSA 2048`, `EC P-256`; the bare kind where its size is not known or means nothing to MQ."""
    if key_type == "EC" and key_bits in (256, 384, 521):
        return f"EC P-{key_bits}"
    return f"{key_type} {key_bits}" if key_bits else key_type


@dataclass(frozen=True)
class Certificate:
    """One X.509 certificate, as an administrator talks about it.

    `subject` and `issuer` are in MQ's order of attributes (CN first, comma without blank). `serial` is
    upper-case hexadecimal in whole bytes. Times are in UTC. `key_usage` and `extended_key_usage` are None
    where the extension is absent, which permits every use. `revocation` holds the addresses of CRLs and OCSP
    servers, `ocsp` those of OCSP servers alone. `path_length` is how many CAs may stand below this one, None for any
    number; `unknown` names attributes of the subject that MQ has no keyword for.
    """

    pem: bytes = field(repr=False)
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    fingerprint: str  # SHA-256 of the certificate, upper-case hexadecimal pairs with colons
    public_key: str  # SHA-256 of the SubjectPublicKeyInfo, the same for key, request and certificate
    key_type: str  # "RSA", "EC", or the name of a kind that MQ does not use
    key_bits: int
    signature_hash: str  # "SHA-256"; empty where the signature's hash is not known
    version: int
    is_ca: bool
    self_signed: bool
    common_name: str = ""  # the CN by itself, for labels and messages
    san: tuple[str, ...] = ()
    key_usage: tuple[str, ...] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    revocation: tuple[str, ...] = ()
    ocsp: tuple[str, ...] = ()
    path_length: int | None = None
    constraints_critical: bool = True
    unknown: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key in words: `RSA 2048`, `EC P-256`."""
        return key_in_words(self.key_type, self.key_bits)

    @property
    def mq_serial(self) -> str:
        """The serial number as MQ prints it: upper-case pairs joined by colons."""
        return ":".join(self.serial[at : at + 2] for at in range(0, len(self.serial), 2))

    @property
    def ssl_peer(self) -> str:
        """What DISPLAY CHSTATUS shows as SSLPEER of this certificate: the serial number, then the subject."""
        return f"SERIALNUMBER={self.mq_serial}" + (f",{self.subject}" if self.subject else "")


@dataclass(frozen=True)
class Request:
    """What a certificate request asks for; its signature was checked."""

    pem: bytes = field(repr=False)
    subject: str
    public_key: str
    key_type: str
    key_bits: int
    san: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key in words: `RSA 2048`, `EC P-256`."""
        return key_in_words(self.key_type, self.key_bits)


@dataclass(frozen=True)
class Entry:
    """One labelled certificate of a store: personal when it has a key, a signer when it has none.

    All PEM. The key is unencrypted PKCS#8 and only in memory; it is left out of the text form. `chain` holds
    the certificates above `certificate_pem`, the issuing CA first.
    """

    label: str
    certificate_pem: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(default=(), repr=False)
    key_pem: bytes | None = field(default=None, repr=False)

    @property
    def personal(self) -> bool:
        """Whether the private key is here."""
        return self.key_pem is not None
