"""PKCS#12 stores that GSKit, Java, OpenSSL, NSS and GnuTLS all read as they are meant.

Used by the run floor where runmqakm is not, and for kits; `read_pkcs12` (from `store_reading`) also for lint.
Bytes in, bytes out. Every bag carries a label, no two alike; the key and its certificate share label and
localKeyId; each signer carries Oracle's trusted-key-usage attribute, without which Java would not list it
beside a key, and the key's own certificate never does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from asn1crypto import cms, keys, pkcs12
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from wizard.pki import names
from wizard.pki.errors import StoreError
from wizard.pki.keys import PrivateKey, key_from_pem
from wizard.pki.pbe import Strength, encrypt, seal, shroud_key
from wizard.pki.reading import load_certificate
from wizard.pki.store_reading import read_pkcs12
from wizard.pki.values import Entry

__all__ = ["Entry", "Strength", "read_pkcs12", "write_pkcs12"]

_LONGEST_LABEL = 64  # MQ_CERT_LABEL_LENGTH


@dataclass(frozen=True)
class _Planned:
    """One certificate of the store to be."""

    label: str
    certificate: x509.Certificate
    key: PrivateKey | None

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)


def write_pkcs12(entries: Sequence[Entry], password: str, *, strength: Strength = Strength.MODERN) -> bytes:
    """The store; certificates of a chain that are no entry of their own are labelled by their common name.

    `Strength.LEGACY` (3DES, SHA-1) is for GSKit levels that refuse the modern form. Raises StoreError for a
    password that is empty or not printable ASCII, labels that collide or that MQ cannot use, a certificate
    that stands twice, and a key that does not belong to its certificate.
    """
    if not password or not all(" " <= character <= "~" for character in password):
        raise StoreError(
            "The password of a store must be of printable ASCII characters, at least one.",
            "Tools encode others in different ways, and then cannot open each other's stores.",
            "Choose another password.",
        )
    planned = _planned(entries)
    certificates = pkcs12.SafeContents([_certificate_bag(one) for one in planned]).dump()
    parts = [_encrypted(certificates, password, strength)]
    shrouded = [_key_bag(one, one.key, password, strength) for one in planned if one.key is not None]
    if shrouded:
        parts.append({"content_type": "data", "content": pkcs12.SafeContents(shrouded).dump()})
    content = pkcs12.AuthenticatedSafe(parts).dump()
    store = pkcs12.Pfx(
        {
            "version": "v3",
            "auth_safe": {"content_type": "data", "content": content},
            "mac_data": seal(content, password, strength=strength),
        }
    )
    written: bytes = store.dump()
    return written


def _planned(entries: Sequence[Entry]) -> list[_Planned]:
    planned = [_Planned(one.label, load_certificate(one.certificate_pem), _key(one)) for one in entries]
    taken: dict[str, str] = {}
    for one in planned:
        _refuse_label(one.label, taken)
        taken[one.label.casefold()] = one.label
        _refuse_foreign_key(one)
    _refuse_twice(planned)
    held = {one.certificate for one in planned}
    for pem in (pem for entry in entries for pem in entry.chain):
        certificate = load_certificate(pem)
        if certificate not in held:
            held.add(certificate)
            label = _free_label(certificate, taken)
            taken[label.casefold()] = label
            planned.append(_Planned(label, certificate, None))
    return planned


def _key(entry: Entry) -> PrivateKey | None:
    # It was made here or read by a reader that checks; what is written is what came from there.
    return key_from_pem(entry.key_pem, checked=False) if entry.key_pem is not None else None


def _refuse_label(label: str, taken: dict[str, str]) -> None:
    if label.casefold() in taken:
        raise StoreError(
            f"The labels “{taken[label.casefold()]}” and “{label}” collide.",
            "Java does not tell upper case from lower case in a label, and loses one of the two.",
            "Give one of them another label.",
        )
    if not label.strip() or label != label.strip() or len(label) > _LONGEST_LABEL:
        raise StoreError(
            f"“{label[:80]}” cannot be a label.",
            f"MQ takes 1 to {_LONGEST_LABEL} characters, without blanks around them.",
            "Choose a short one, such as the name of the queue manager in lower case.",
        )
    if not _fit(label):
        raise StoreError(
            f"The label {label!a} holds a character that GSKit cannot keep.",
            "A label is Latin-1 and printable, without an apostrophe: runmqakm cannot handle that one.",
            "Use letters, digits, dots and dashes.",
        )


def _fit(label: str) -> bool:
    return label.isprintable() and "'" not in label and all(ord(character) < 256 for character in label)


def _refuse_foreign_key(planned: _Planned) -> None:
    if planned.key is not None and planned.key.public_key() != planned.certificate.public_key():
        raise StoreError(
            f"The private key given for “{planned.label}” does not belong to its certificate.",
            "The certificate answers another request.",
            "Use the key that was made together with the request.",
        )


def _refuse_twice(planned: Iterable[_Planned]) -> None:
    labels: dict[x509.Certificate, str] = {}
    for one in planned:
        if one.certificate in labels:
            raise StoreError(
                f"“{labels[one.certificate]}” and “{one.label}” are the same certificate.",
                "A store holds a certificate once.",
                "Leave one of the two out; a personal certificate needs no signer entry beside it.",
            )
        labels[one.certificate] = one.label


def _free_label(certificate: x509.Certificate, taken: dict[str, str]) -> str:
    """A label for a certificate of a chain: its common name, numbered when that is taken."""
    name = names.common_name(certificate.subject) or names.mq_text(certificate.subject) or "signer"
    wanted = "".join(one if _fit(one) else "?" for one in name.strip())[: _LONGEST_LABEL - 5].strip()
    number = 1
    label = wanted
    while label.casefold() in taken:
        number += 1
        label = f"{wanted} {number}"
    return label


def _certificate_bag(planned: _Planned) -> pkcs12.SafeBag:
    attributes = _attributes(planned)
    if planned.key is None:
        attributes.append({"type": "trusted_key_usage", "values": ["any_extended_key_usage"]})
    return pkcs12.SafeBag(
        {
            "bag_id": "cert_bag",
            "bag_value": pkcs12.CertBag({"cert_id": "x509", "cert_value": asn1_x509.Certificate.load(planned.der)}),
            "bag_attributes": attributes,
        }
    )


def _key_bag(planned: _Planned, key: PrivateKey, password: str, strength: Strength) -> pkcs12.SafeBag:
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    shrouded: keys.EncryptedPrivateKeyInfo = shroud_key(plain, password, strength=strength)
    return pkcs12.SafeBag(
        {
            "bag_id": "pkcs8_shrouded_key_bag",
            "bag_value": shrouded,
            "bag_attributes": _attributes(planned),
        }
    )


def _attributes(planned: _Planned) -> list[dict[str, object]]:
    attributes: list[dict[str, object]] = [{"type": "friendly_name", "values": [planned.label]}]
    if planned.key is not None:
        # Any octets do, as long as key and certificate have the same; 20 is what other tools write.
        identifier = hashlib.sha256(planned.der).digest()[:20]
        attributes.append({"type": "local_key_id", "values": [identifier]})
    return attributes


def _encrypted(content: bytes, password: str, strength: Strength) -> dict[str, object]:
    algorithm, encrypted = encrypt(content, password, strength=strength)
    return {
        "content_type": "encrypted_data",
        "content": cms.EncryptedData(
            {
                "version": "v0",
                "encrypted_content_info": {
                    "content_type": "data",
                    "content_encryption_algorithm": algorithm,
                    "encrypted_content": encrypted,
                },
            }
        ),
    }
