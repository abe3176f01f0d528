"""The certificates that rows name: good ones, and each kind of bad one. Made once for all rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from wire_support import CLIENT_ONLY, SERVER_ONLY, Identity, authority, issue, name

from wizard.sandbox.keys.entries import PrivateKey

ACME = "O=Acme,C=GB"


@cache
def signer(kind: str) -> Identity:
    """An authority, or a self-signed certificate that is trusted as one."""
    if kind == "acme":
        return authority()
    if kind == "other":
        return authority("CN=Other CA,O=Other,C=US")
    if kind == "middle":
        return issue("CN=Acme Issuing CA,O=Acme,C=GB", authority(), is_ca=True)
    if kind == "lapsed":
        return issue("CN=Old CA,O=Acme,C=GB", is_ca=True, days=-1)
    if kind == "rsa":
        return _rsa_authority()
    if kind == "nobasic":
        return issue("CN=Plain CA,O=Acme,C=GB", is_ca=False)
    return named(kind)


@cache
def named(kind: str) -> Identity:
    """A personal certificate: `app1`, `qm1` and other plain names are signed by the Acme CA."""
    subject, _, quality = kind.partition(" ")
    whole = f"CN={subject},{ACME}"
    if quality in ("other", "middle", "lapsed", "nobasic"):
        return issue(whole, signer(quality))
    if quality == "self":
        return issue(whole)
    if quality == "expired":
        return issue(whole, authority(), days=-1)
    if quality == "future":
        return _made(whole, issue(whole).key, authority(), start=2)
    if quality == "no-signing":
        return issue(whole, authority(), signs=False)
    if quality in ("client-only", "server-only"):
        return issue(whole, authority(), usages=CLIENT_ONLY if quality == "client-only" else SERVER_ONLY)
    if quality in ("rsa", "rsa1024"):
        return _made(whole, _key(2048 if quality == "rsa" else 1024), authority())
    if quality == "md5":
        return _signed_with_md5(whole)
    if quality == "units":
        return issue(f"CN={subject},OU=Pay,OU=Bank,{ACME}", authority())
    return issue(whole, authority())


@cache
def _key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def _made(subject: str, key: PrivateKey, issuer: Identity, *, start: int = -1) -> Identity:
    """A certificate for this key, valid from so many days from now."""
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=start))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=key is issuer.key, path_length=None), critical=True)
    )
    return Identity(builder.sign(issuer.key, hashes.SHA256()), key)


@cache
def _rsa_authority() -> Identity:
    key = _key(2048)
    subject = x509.Name(name("CN=RSA CA,O=Acme,C=GB"))
    return _made("CN=RSA CA,O=Acme,C=GB", key, Identity(_Subject(subject), key))  # type: ignore[arg-type]


class _Subject(NamedTuple):
    """What `_made` wants to know of an issuer that is not there yet."""

    subject: x509.Name


def _signed_with_md5(subject: str) -> Identity:
    """A certificate with an MD5 signature, which the library makes no more: the name of the hash is changed by hand."""
    own, ca = issue(subject).key, _rsa_authority()
    good = _made(subject, own, ca).certificate
    sha256, md5 = (bytes.fromhex(f"06092a864886f70d01010{digit}") for digit in "b4")
    body = good.tbs_certificate_bytes.replace(sha256, md5)
    whole = good.public_bytes(Encoding.DER).replace(sha256, md5)
    assert isinstance(ca.key, rsa.RSAPrivateKey)
    signature = ca.key.sign(body, padding.PKCS1v15(), hashes.MD5())
    return Identity(x509.load_der_x509_certificate(whole[: -len(signature)] + signature), own)
