"""PKCS#12 files with several personal certificates and signers, as every party reads them.

Used by `store`. OpenSSL, Java, NSS and GnuTLS open what `encode` writes: each bag has a friendlyName, a key
and its certificate share it and a localKeyId, and each trusted signer has Oracle's trusted-key-usage
attribute, without which Java hides it beside a key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from asn1crypto import cms, core, pkcs12
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from wizard.sandbox.keys import pbe
from wizard.sandbox.keys.entries import Entry, PrivateKey
from wizard.sandbox.keys.names import text_of

ANY_USAGE = "2.5.29.37.0"
DISTRUSTED = "2.25.3007184291062304"
"""The sandbox's own mark for a trust status of disabled; longer numbers are too long for GnuTLS."""


class NotPkcs12Error(Exception):
    """The bytes are no PKCS#12 file that can be read."""


def encode(entries: Iterable[Entry], password: str, *, legacy: bool = False) -> bytes:
    """A PKCS#12 file of `entries`; none at all gives a valid empty file; `legacy` is the form before 9.3."""
    certificates, keys = [], []
    for entry in entries:
        certificates.append(_certificate_bag(entry))
        if entry.key is not None:
            keys.append(_key_bag(entry, entry.key, password, legacy=legacy))
    algorithm, sealed = pbe.encrypt(pkcs12.SafeContents(certificates).dump(), password, legacy=legacy)
    info = {
        "content_type": "data",
        "content_encryption_algorithm": algorithm,
        "encrypted_content": sealed,
    }
    encrypted = {"version": "v0", "encrypted_content_info": info}
    safes = [cms.ContentInfo({"content_type": "encrypted_data", "content": cms.EncryptedData(encrypted)})]
    if keys:
        plain = core.OctetString(pkcs12.SafeContents(keys).dump())
        safes.append(cms.ContentInfo({"content_type": "data", "content": plain}))
    content = pkcs12.AuthenticatedSafe(safes).dump()
    return _sealed(content, password, legacy=legacy)


def _sealed(content: bytes, password: str, *, legacy: bool) -> bytes:
    salt = os.urandom(16)
    name, rounds = ("sha1", pbe.LEGACY_ROUNDS) if legacy else ("sha256", pbe.ROUNDS)
    digest = {
        "digest_algorithm": {"algorithm": name, "parameters": core.Null()},
        "digest": pbe.mac(name, password, salt, rounds, content),
    }
    pfx = pkcs12.Pfx(
        {
            "version": "v3",
            "auth_safe": {"content_type": "data", "content": core.OctetString(content)},
            "mac_data": {"mac": digest, "mac_salt": salt, "iterations": rounds},
        }
    )
    return bytes(pfx.dump())


def _certificate_bag(entry: Entry) -> pkcs12.SafeBag:
    octets = entry.certificate.public_bytes(Encoding.DER)
    value = {"cert_id": "x509", "cert_value": core.ParsableOctetString(octets)}
    return pkcs12.SafeBag(
        {"bag_id": "cert_bag", "bag_value": pkcs12.CertBag(value), "bag_attributes": _attributes(entry)}
    )


def _key_bag(entry: Entry, key: PrivateKey, password: str, *, legacy: bool) -> pkcs12.SafeBag:
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    algorithm, sealed = pbe.encrypt(plain, password, legacy=legacy)
    names = [one for one in _attributes(entry) if one["type"] in {"friendly_name", "local_key_id"}]
    return pkcs12.SafeBag(
        {
            "bag_id": "pkcs8_shrouded_key_bag",
            "bag_value": {"encryption_algorithm": algorithm, "encrypted_data": sealed},
            "bag_attributes": names,
        }
    )


def _attributes(entry: Entry) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{"type": "friendly_name", "values": [entry.label]}]
    if entry.key is not None:
        found.append({"type": "local_key_id", "values": [_key_id(entry.certificate)]})
    elif entry.trusted:
        found.append({"type": "trusted_key_usage", "values": [ANY_USAGE]})
    if not entry.trusted:
        found.append({"type": DISTRUSTED, "values": [core.Null()]})
    return found


def _key_id(certificate: x509.Certificate) -> bytes:
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest()[:20]


@dataclass(frozen=True)
class _Bag:
    """One bag as read: a certificate or a key, with what its attributes say."""

    content: bytes = field(repr=False)
    is_key: bool
    name: str | None
    key_id: bytes | None
    distrusted: bool


def decode(data: bytes, password: str) -> list[Entry]:
    """The entries of a PKCS#12 file in file order; keys without a certificate are left out.

    Raises NotPkcs12Error, or pbe.WrongPasswordError. A certificate without a friendlyName is known by its
    subject.
    """
    pfx = _parsed(data)
    try:
        _check_mac(pfx, password)
        bags = list(_bags(pfx.authenticated_safe, password))
        return _entries(bags)
    except pbe.UnknownEncryptionError:
        return _decode_by_library(data, password)
    except (ValueError, TypeError, KeyError, UnsupportedAlgorithm) as error:
        raise NotPkcs12Error(str(error)) from error


def is_modern(data: bytes) -> bool:
    """Whether a PKCS#12 file uses PBES2 or a MAC other than SHA-1; raises NotPkcs12Error."""
    pfx = _parsed(data)
    mac = pfx["mac_data"]
    if mac and mac["mac"]["digest_algorithm"]["algorithm"].native != "sha1":
        return True
    encrypted = [safe for safe in pfx.authenticated_safe if safe["content_type"].native == "encrypted_data"]
    infos = [safe["content"]["encrypted_content_info"] for safe in encrypted]
    return any(pbe.is_modern(info["content_encryption_algorithm"]) for info in infos)


def _parsed(data: bytes) -> pkcs12.Pfx:
    try:
        pfx = pkcs12.Pfx.load(data, strict=True)
        if pfx["version"].native == "v3" and len(pfx.authenticated_safe) >= 0:
            return pfx
    except (ValueError, TypeError, KeyError) as error:
        raise NotPkcs12Error(str(error)) from error
    raise NotPkcs12Error("not version 3")


def _check_mac(pfx: pkcs12.Pfx, password: str) -> None:
    """A file without a MAC is judged by its encryption alone."""
    data = pfx["mac_data"]
    if not data:
        return
    digest, rounds = data["mac"]["digest_algorithm"]["algorithm"].native, data["iterations"].native
    content = pfx["auth_safe"]["content"].native
    expected = pbe.mac(digest, password, data["mac_salt"].native, rounds, content)
    if not hmac.compare_digest(expected, data["mac"]["digest"].native):
        raise pbe.WrongPasswordError


def _bags(safes: pkcs12.AuthenticatedSafe, password: str) -> Iterator[_Bag]:
    for safe in safes:
        if safe["content_type"].native == "encrypted_data":
            info = safe["content"]["encrypted_content_info"]
            algorithm, sealed = info["content_encryption_algorithm"], info["encrypted_content"].native
            content = pbe.decrypt(algorithm, sealed or b"", password) if sealed else b"0\0"
        else:
            content = safe["content"].native
        for bag in pkcs12.SafeContents.load(content):
            kind, value = bag["bag_id"].native, bag["bag_value"]
            if kind == "cert_bag":
                yield _bag(bag, bytes(value["cert_value"]), is_key=False)
            elif kind == "key_bag":
                yield _bag(bag, value.dump(), is_key=True)
            elif kind == "pkcs8_shrouded_key_bag":
                sealed = value["encrypted_data"].native
                yield _bag(bag, pbe.decrypt(value["encryption_algorithm"], sealed, password), is_key=True)


def _bag(bag: pkcs12.SafeBag, content: bytes, *, is_key: bool) -> _Bag:
    values = {one["type"].native: one["values"] for one in bag["bag_attributes"] or []}
    name, key_id = values.get("friendly_name"), values.get("local_key_id")
    return _Bag(
        content=content,
        is_key=is_key,
        name=name[0].native if name else None,
        key_id=key_id[0].native if key_id else None,
        distrusted=DISTRUSTED in values,
    )


def _entries(bags: list[_Bag]) -> list[Entry]:
    keys = [(bag, load_key(bag.content)) for bag in bags if bag.is_key]
    found: list[Entry] = []
    for bag in bags:
        if bag.is_key:
            continue
        certificate = x509.load_der_x509_certificate(bag.content)
        fitting = [pair for pair in keys if pair[1].public_key() == certificate.public_key()]
        same = [pair for pair in fitting if bag.key_id is not None and pair[0].key_id == bag.key_id]
        ours = same or fitting
        key = ours[0][1] if ours else None
        label = bag.name or (ours[0][0].name if ours else None) or text_of(certificate.subject)
        found.append(Entry(label, certificate, key, not bag.distrusted))
    return found


def load_key(octets: bytes) -> PrivateKey:
    """A private key from PKCS#8; raises ValueError for one that is neither RSA nor elliptic curve."""
    # To prove that the numbers of an RSA key belong together takes longer than all the rest of a command.
    key = load_der_private_key(octets, None, unsafe_skip_rsa_key_validation=True)
    if isinstance(key, PrivateKey):
        return key
    raise ValueError("neither an RSA nor an elliptic curve key")


def _decode_by_library(data: bytes, password: str) -> list[Entry]:
    """For encryption this reader does not know (RC2): one key at most, as the library reads it."""
    try:
        bundle = load_pkcs12(data, password.encode())
    except ValueError as error:
        raise NotPkcs12Error(str(error)) from error
    found = []
    if bundle.cert is not None:
        key = bundle.key if isinstance(bundle.key, PrivateKey) else None
        found.append((bundle.cert, key))
    found += [(one, None) for one in bundle.additional_certs]
    return [
        Entry((one.friendly_name or b"").decode() or text_of(one.certificate.subject), one.certificate, key)
        for one, key in found
    ]
