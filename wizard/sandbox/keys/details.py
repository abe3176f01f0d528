"""The output of `-cert -details` and `-certreq -details`, in the layout seen on real machines.

Seen for RSA only; names of elliptic curve types and of extensions that did not occur there are recalled.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from wizard.sandbox.keys.certificates import public_key
from wizard.sandbox.keys.entries import Entry
from wizard.sandbox.keys.listing import date
from wizard.sandbox.keys.messages import serial_text
from wizard.sandbox.keys.names import text_of
from wizard.sandbox.keys.requests import Request
from wizard.sandbox.keys.store import release

SIGNATURES = {
    "1.2.840.113549.1.1.5": "SHA1WithRSASignature",
    "1.2.840.113549.1.1.11": "SHA256WithRSASignature",
    "1.2.840.113549.1.1.12": "SHA384WithRSASignature",
    "1.2.840.113549.1.1.13": "SHA512WithRSASignature",
    "1.2.840.10045.4.3.2": "EC_ecdsa_with_SHA256",
    "1.2.840.10045.4.3.3": "EC_ecdsa_with_SHA384",
    "1.2.840.10045.4.3.4": "EC_ecdsa_with_SHA512",
}
KEY_USAGES = (
    "digital_signature:digitalSignature",
    "content_commitment:nonRepudiation",
    "key_encipherment:keyEncipherment",
    "data_encipherment:dataEncipherment",
    "key_agreement:keyAgreement",
    "key_cert_sign:keyCertSign",
    "crl_sign:cRLSign",
)
EXTENDED_USAGES = {
    ExtendedKeyUsageOID.SERVER_AUTH: "serverAuth",
    ExtendedKeyUsageOID.CLIENT_AUTH: "clientAuth",
    ExtendedKeyUsageOID.CODE_SIGNING: "codeSigning",
    ExtendedKeyUsageOID.EMAIL_PROTECTION: "emailProtection",
    ExtendedKeyUsageOID.TIME_STAMPING: "timeStamping",
    ExtendedKeyUsageOID.OCSP_SIGNING: "ocspSigning",
}


def certificate(entry: Entry, version: str) -> list[str]:
    """The details of one entry; the HPKP fingerprint appears from 9.2 on."""
    shown = entry.certificate
    octets = shown.public_bytes(serialization.Encoding.DER)
    return [
        f"Label : {_name(entry.label)}",
        f"Key Size : {public_key(shown.public_key()).key_size}",
        f"Version : X509 V{shown.version.value + 1}",
        f"Serial : {serial_text(shown)}",
        f"Issuer : {_name(text_of(shown.issuer))}",
        f"Subject : {_name(text_of(shown.subject))}",
        f"Not Before : {date(shown.not_valid_before_utc)}",
        "",
        f"Not After : {date(shown.not_valid_after_utc)}",
        "",
        *_public_key(shown),
        *_fingerprints(octets, _public_octets(shown), version),
        *_extensions(shown.extensions),
        *_signature(shown),
        f"Trust Status : {'Enabled' if entry.trusted else 'Disabled'}",
    ]


def request(waiting: Request) -> list[str]:
    """The details of one pending request; which octets its fingerprint is made of is recalled."""
    csr = waiting.csr
    digest = hashlib.sha1(csr.public_bytes(serialization.Encoding.DER), usedforsecurity=False).hexdigest()
    return [
        f"Label : {_name(waiting.label)}",
        f"Key Size : {waiting.key.key_size}",
        f"Subject : {_name(text_of(csr.subject))}",
        *_public_key(csr),
        "Fingerprint : ",
        digest[:32],
        digest[32:],
        "Attributes",
        *(["Extension Reqs", *_extensions(csr.extensions)] if len(csr.extensions) else []),
        *_signature(csr),
    ]


def _name(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _public_octets(shown: x509.Certificate | x509.CertificateSigningRequest) -> bytes:
    return shown.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _public_key(shown: x509.Certificate | x509.CertificateSigningRequest) -> list[str]:
    elliptic = isinstance(shown.public_key(), ec.EllipticCurvePublicKey)
    kind = "EC (1.2.840.10045.2.1)" if elliptic else "RSA (1.2.840.113549.1.1.1)"
    return ["Public Key", *_hex(_public_octets(shown)), f"Public Key Type : {kind}"]


def _fingerprints(octets: bytes, public: bytes, version: str) -> Iterator[str]:
    for name, algorithm in (("SHA1", "sha1"), ("MD5", "md5"), ("SHA256", "sha256")):
        yield f"Fingerprint : {name} : "
        yield from _hex(hashlib.new(algorithm, octets, usedforsecurity=False).digest())
    if release(version) >= (9, 2):
        yield "Fingerprint : HPKP : "
        yield "    " + base64.b64encode(hashlib.sha256(public).digest()).decode()


def _signature(shown: x509.Certificate | x509.CertificateSigningRequest) -> list[str]:
    oid = shown.signature_algorithm_oid.dotted_string
    name = SIGNATURES.get(oid, "")
    return [f"Signature Algorithm : {name} ({oid})", "Value", *_hex(shown.signature)]


def _hex(octets: bytes) -> list[str]:
    """Sixteen octets a line, indented by four."""
    rows = (octets[start : start + 16] for start in range(0, len(octets), 16))
    return ["    " + row.hex(" ").upper() for row in rows]


def _extensions(extensions: x509.Extensions) -> list[str]:
    if not len(extensions):
        return []
    lines = ["Extensions"]
    for extension in extensions:
        lines += _extension(extension.value, extension.oid)
        if extension.critical:
            lines.append("        critical")
    return lines


def _extension(value: x509.ExtensionType, oid: x509.ObjectIdentifier) -> list[str]:
    if isinstance(value, x509.AuthorityKeyIdentifier):
        head = ["    AuthorityKeyIdentifier", "      keyIdentifier:", *_hex(value.key_identifier or b"")]
        return [*head, "      authorityIdentifier:", "      authorityCertSerialNumber:"]
    if isinstance(value, x509.SubjectKeyIdentifier):
        return ["    SubjectKeyIdentifier", "      keyIdentifier:", *_hex(value.digest)]
    if isinstance(value, x509.KeyUsage):
        pairs = [pair.split(":") for pair in KEY_USAGES]
        return ["    key usage: " + ", ".join(name for field, name in pairs if getattr(value, field))]
    if isinstance(value, x509.BasicConstraints):
        length = [] if value.path_length is None else [f"        pathLen = {value.path_length}"]
        return ["    basicConstraints", f"        ca = {str(value.ca).lower()}", *length]
    if isinstance(value, x509.ExtendedKeyUsage):
        usages = [EXTENDED_USAGES.get(usage, usage.dotted_string) for usage in value]
        return ["    eku", *(f"        {usage}" for usage in usages)]
    if isinstance(value, x509.SubjectAlternativeName):
        return ["    subjectAlternativeName", *(f"        {_alternative(name)}" for name in value)]
    return [f"     ({oid.dotted_string})", "        Value", *_hex(value.public_bytes())]


def _alternative(name: x509.GeneralName) -> str:
    if isinstance(name, x509.DNSName):
        return f"dNSName: {name.value}"
    if isinstance(name, x509.IPAddress):
        return f"iPAddress: {name.value}"
    if isinstance(name, x509.RFC822Name):
        return f"rfc822Name: {name.value}"
    return f"{type(name).__name__}: {name.value}"
