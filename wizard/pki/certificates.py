"""Certificates: self-signed, requested, issued, and read.

Used by the run floor, by `ca` and by tests. What is made here is fit for both ends of a channel, since a
queue manager is server and client at once: both extended key usages, digitalSignature, random serials of 159
bits, SHA-256 and up. The clock is handed in. Nothing is written to a file.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from wizard.pki.describe import describe
from wizard.pki.errors import CertificateError, DistinguishedNameError
from wizard.pki.keys import PrivateKey, PublicKey, public_key_digest
from wizard.pki.names import name_from_mq
from wizard.pki.reading import load_certificate, read_and_load_request, read_certificates, read_request
from wizard.pki.values import Certificate, Request

__all__ = [
    "Certificate",
    "Request",
    "issue",
    "issue_for_key",
    "read_certificates",
    "read_request",
    "request",
    "self_signed",
    "signature_hash",
]

# The clocks of two hosts differ; without this a new certificate would be not yet valid on the slower one.
_CLOCK_DIFFERENCE = timedelta(hours=1)
_LONGEST_DAYS = 36_500
_HOST = re.compile(r"(\*\.)?[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*")


@dataclass(frozen=True)
class _Draft:
    """A certificate before it is signed."""

    subject: x509.Name
    key: PublicKey
    not_before: datetime
    not_after: datetime
    san: Sequence[str] = ()
    ca: bool = False


def self_signed(
    subject: str, key: PrivateKey, *, now: datetime, days: int, san: Sequence[str] = (), ca: bool = False
) -> Certificate:
    """A certificate signed by its own key: a root when `ca`, else one for a channel.

    `subject` is MQ's text. Valid from an hour before `now`, for the clocks of other hosts. Raises
    DistinguishedNameError for the subject or a host name, CertificateError for the days.
    """
    starts, ends = _period(now, days)
    draft = _Draft(name_from_mq(subject), key.public_key(), starts, ends, san, ca)
    return _signed(draft, issuer=draft.subject, issuer_key=key)


def request(subject: str, key: PrivateKey, san: Sequence[str] = ()) -> bytes:
    """A PKCS#10 request as PEM, for a CA to answer. Raises DistinguishedNameError for a wrong name."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(name_from_mq(subject))
    if san:
        builder = builder.add_extension(_alternative_names(san), critical=False)
    made = builder.sign(key, signature_hash(key))
    return made.public_bytes(serialization.Encoding.PEM)


def issue(
    request_pem: bytes,
    *,
    ca_certificate: Certificate,
    ca_key: PrivateKey,
    now: datetime,
    days: int,
    san: Sequence[str] = (),
) -> Certificate:
    """The certificate that answers a request: its subject, its key and its SAN, and nothing else it asks for.

    Never a CA. `san` stands in place of the request's own when given. Ends with the CA's certificate at the
    latest. Raises CertificateError for a bad request, a weak key, or a CA that cannot issue at `now`.
    """
    asked, loaded = read_and_load_request(request_pem)
    key = _strong(loaded.public_key())
    if not asked.subject:
        raise CertificateError(
            "The request names no subject.",
            "MQ tells partners apart by it.",
            "Make the request again with a distinguished name.",
        )
    starts, ends = _period(now, days)
    _refuse_unfit_ca(ca_certificate, ca_key, now)
    ends = min(ends, ca_certificate.not_after)
    draft = _Draft(loaded.subject, key, starts, ends, tuple(san) or asked.san)
    return _signed(draft, issuer=load_certificate(ca_certificate.pem).subject, issuer_key=ca_key)


def issue_for_key(
    subject: str,
    key: PublicKey,
    *,
    ca_certificate: Certificate,
    ca_key: PrivateKey,
    not_before: datetime,
    not_after: datetime,
) -> Certificate:
    """A certificate with exactly these times, even past ones: for the reverse cases of a proof.

    Raises DistinguishedNameError for the subject, CertificateError when the times are the wrong way round.
    """
    if not_after <= not_before:
        raise CertificateError("The certificate would end before it begins.", "", "Give a later end.")
    draft = _Draft(name_from_mq(subject), _strong(key), _whole(not_before), _whole(not_after))
    return _signed(draft, issuer=load_certificate(ca_certificate.pem).subject, issuer_key=ca_key)


def signature_hash(key: PrivateKey) -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512:
    """The hash a key signs with: SHA-384 for P-384, SHA-512 for P-521, else SHA-256."""
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size > 384:
        return hashes.SHA512()
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.key_size > 256:
        return hashes.SHA384()
    return hashes.SHA256()


def _signed(draft: _Draft, *, issuer: x509.Name, issuer_key: PrivateKey) -> Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(draft.subject)
        .issuer_name(issuer)
        .public_key(draft.key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(draft.not_before)
        .not_valid_after(draft.not_after)
        .add_extension(x509.BasicConstraints(ca=draft.ca, path_length=0 if draft.ca else None), critical=True)
        .add_extension(_key_usage(draft), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(draft.key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if not draft.ca:
        both = [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(both), critical=False)
    if draft.san:
        builder = builder.add_extension(_alternative_names(draft.san), critical=False)
    return describe(builder.sign(issuer_key, signature_hash(issuer_key)))


def _key_usage(draft: _Draft) -> x509.KeyUsage:
    """A CA signs certificates and revocation lists; a channel signs handshakes, and RSA keys decipher too."""
    return x509.KeyUsage(
        digital_signature=not draft.ca,
        key_encipherment=not draft.ca and isinstance(draft.key, rsa.RSAPublicKey),
        key_cert_sign=draft.ca,
        crl_sign=draft.ca,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _period(now: datetime, days: int) -> tuple[datetime, datetime]:
    if not 1 <= days <= _LONGEST_DAYS:
        raise CertificateError(
            f"A certificate cannot be valid for {days} days.",
            "",
            f"Give 1 to {_LONGEST_DAYS} days; 365 is usual.",
        )
    return _whole(now) - _CLOCK_DIFFERENCE, _whole(now) + timedelta(days=days)


def _whole(moment: datetime) -> datetime:
    """The moment in UTC and whole seconds, the finest a certificate can say."""
    return moment.astimezone(UTC).replace(microsecond=0)


def _strong(key: object) -> PublicKey:
    if isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        enough = 2048 if isinstance(key, rsa.RSAPublicKey) else 256
        if key.key_size >= enough:
            return key
        raise CertificateError(
            f"The key of the request has {key.key_size} bits only.",
            f"At least {enough} are needed; MQ refuses less under FIPS and Suite B.",
            "Make a new key, RSA 2048 or EC P-256 and up, and a new request.",
        )
    raise CertificateError(
        "The key of the request is neither RSA nor elliptic curve.",
        "No CipherSpec of MQ works with another kind.",
        "Make a new key, RSA 2048 or EC P-256 and up, and a new request.",
    )


def _refuse_unfit_ca(certificate: Certificate, key: PrivateKey, now: datetime) -> None:
    if not certificate.is_ca:
        raise CertificateError(f"{certificate.subject} is no CA.", "", "Issue with the certificate of the CA.")
    if certificate.public_key != public_key_digest(key):
        raise CertificateError(
            f"The key does not belong to the certificate of {certificate.subject}.",
            "Nobody could verify what it signs.",
            "Give the CA's own key.",
        )
    if not certificate.not_before <= now < certificate.not_after:
        raise CertificateError(
            f"The CA {certificate.subject} is valid from {certificate.not_before:%Y-%m-%d}"
            f" to {certificate.not_after:%Y-%m-%d} only.",
            "A certificate it issues now would be refused everywhere.",
            "Check the clock of this machine, or make a new CA and exchange its certificate first.",
        )


def _alternative_names(san: Sequence[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_alternative_name(text.strip()) for text in san])


def _alternative_name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        pass
    if "://" in text and text.isascii() and text.isprintable():
        return x509.UniformResourceIdentifier(text)
    if text.count("@") == 1 and text.isascii() and text.isprintable():
        return x509.RFC822Name(text)
    if len(text) <= 253 and _HOST.fullmatch(text):
        return x509.DNSName(text)
    raise DistinguishedNameError(
        f"“{text[:60]}” is neither a host name nor an address.",
        "It was to stand as a subject alternative name.",
        "Write mqhost.example.com or 192.0.2.1; a name with accents in its xn-- form.",
    )
