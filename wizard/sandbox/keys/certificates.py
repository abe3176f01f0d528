"""Certificates and certificate requests as runmqakm makes them.

Seen on real machines: serial numbers of eight octets, valid from one day before, subject and authority key
identifiers in every certificate. What -ca true adds besides basicConstraints is recalled.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from wizard.sandbox.keys.algorithms import Algorithm
from wizard.sandbox.keys.entries import PrivateKey, PublicKey
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.recalled import recalled_status

USAGES = {
    "serverauth": ExtendedKeyUsageOID.SERVER_AUTH,
    "clientauth": ExtendedKeyUsageOID.CLIENT_AUTH,
    "codesigning": ExtendedKeyUsageOID.CODE_SIGNING,
    "emailprotection": ExtendedKeyUsageOID.EMAIL_PROTECTION,
    "timestamping": ExtendedKeyUsageOID.TIME_STAMPING,
    "ocspsigning": ExtendedKeyUsageOID.OCSP_SIGNING,
}

Extensions = list[tuple[x509.ExtensionType, bool]]


@dataclass(frozen=True)
class Profile:
    """The options of a new certificate or request that become extensions, as they were given."""

    dns_names: str = ""
    addresses: str = ""
    mail_addresses: str = ""
    usages: str = ""
    authority: bool = False

    def extensions(self) -> Extensions:
        """The extensions, each with its criticality; raises CommandError for a value that is none."""
        found: Extensions = []
        names = [x509.DNSName(_ascii("-san_dnsname", name)) for name in _listed(self.dns_names)]
        mails = [_mail_address(text) for text in _listed(self.mail_addresses)]
        alternatives = [*names, *mails, *(_address(text) for text in _listed(self.addresses))]
        if alternatives:
            found.append((x509.SubjectAlternativeName(alternatives), False))
        if usages := [_usage(text) for text in _listed(self.usages)]:
            found.append((x509.ExtendedKeyUsage(usages), False))
        if self.authority:
            found.append((x509.BasicConstraints(ca=True, path_length=None), True))
            found.append((_signing_usage(), True))
        return found


def _listed(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _ascii(option: str, text: str) -> str:
    if not text.isascii() or not text.isprintable():
        raise failure("option-value", option=option, value=text)
    return text


def _address(text: str) -> x509.IPAddress:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError as error:
        raise failure("option-value", option="-san_ipaddr", value=text) from error


def _mail_address(text: str) -> x509.RFC822Name:
    try:
        return x509.RFC822Name(_ascii("-san_emailaddr", text))
    except ValueError as error:
        raise failure("option-value", option="-san_emailaddr", value=text) from error


def _usage(text: str) -> x509.ObjectIdentifier:
    if text.lower() not in USAGES:
        raise failure("option-value", option="-eku", value=text)
    return USAGES[text.lower()]


def _signing_usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


def days(text: str | None) -> int:
    """The days of -expire, 365 when it is absent; raises CommandError when they are none or too many."""
    if text is None:
        return 365
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= recalled_status("keys.expire.maximum"):
        raise failure("option-value", option="-expire", value=text)
    return int(text)


def self_signed(name: x509.Name, key: PrivateKey, profile: Profile, how: Algorithm, life: int) -> x509.Certificate:
    """A self-signed certificate."""
    return _issue((name, key.public_key()), (name, key), profile.extensions(), how, life)


def request(name: x509.Name, key: PrivateKey, profile: Profile, how: Algorithm) -> x509.CertificateSigningRequest:
    """A certificate request; the extensions are asked for in it."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    for extension, critical in profile.extensions():
        builder = builder.add_extension(extension, critical)
    return builder.sign(key, how.hash)


def signed(
    csr: x509.CertificateSigningRequest, issuer: tuple[x509.Name, PrivateKey], how: Algorithm, life: int
) -> x509.Certificate:
    """The certificate that an authority makes of a request; it takes over what the request asks for (recalled)."""
    taken: Extensions = [(one.value, one.critical) for one in csr.extensions]
    return _issue((csr.subject, public_key(csr.public_key())), issuer, taken, how, life)


def public_key(key: object) -> PublicKey:
    """`key` when it is RSA or elliptic curve; raises CommandError for another type."""
    if isinstance(key, PublicKey):
        return key
    raise failure("key-type")


def _issue(
    subject: tuple[x509.Name, PublicKey],
    issuer: tuple[x509.Name, PrivateKey],
    extensions: Iterable[tuple[x509.ExtensionType, bool]],
    how: Algorithm,
    life: int,
) -> x509.Certificate:
    now = datetime.now(UTC).replace(microsecond=0)
    name, key = subject
    authority, signing_key = issuer
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(authority)
        .public_key(key)
        .serial_number(secrets.randbelow((1 << 63) - 1) + 1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=life))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(signing_key, how.hash)
