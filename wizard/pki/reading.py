"""Certificates and requests out of whatever people send: PEM with text around it, DER, PKCS#7.

Used by `certificates`, `store` and `ca`, and by the run floor on files of the exchange folder. Input is
bounded; what cannot be read is named for what it is, with what mends it.
"""

from __future__ import annotations

import base64
import binascii
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs7

from wizard.pki.describe import UNREADABLE, describe, describe_request
from wizard.pki.errors import CertificateError
from wizard.pki.values import Certificate, Request

_LARGEST = 1024 * 1024
_MOST = 200  # MQ itself takes 100 certificates in a store as the most
_BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9#/ ]{1,40})-----")
_CERTIFICATE = frozenset({b"CERTIFICATE", b"X509 CERTIFICATE"})
_PKCS7 = frozenset({b"PKCS7", b"CMS", b"PKCS #7 SIGNED DATA"})
_PRIVATE = re.compile(rb"-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----")
_REQUEST = frozenset({b"CERTIFICATE REQUEST", b"NEW CERTIFICATE REQUEST"})


def read_certificates(data: bytes) -> list[Certificate]:
    """Every certificate in the data, in its order: PEM, several of them, DER, or PKCS#7 in either form.

    Raises CertificateError when there is none, one is damaged, or the data is over 1 MiB or 200 certificates.
    """
    text = _checked(data)
    blocks = list(_pem_blocks(text, _CERTIFICATE | _PKCS7))
    found: list[x509.Certificate] = []
    with quiet():
        for position, (label, der) in enumerate(blocks, start=1):
            try:
                found += _from_pkcs7(der) if label in _PKCS7 else _from_der(der)
            except UNREADABLE as error:
                raise _damaged(f"Certificate {position} of {len(blocks)}") from error
            if len(found) > _MOST:
                raise CertificateError(
                    f"There are more than {_MOST} certificates in it.", "", "Send only those that MQ needs."
                )
        if not blocks:
            found = _from_bare(text)
        return [_described(one, position) for position, one in enumerate(found, start=1)]


def read_request(data: bytes) -> Request:
    """The request in a PEM text or DER, once its signature shows that the sender has the key.

    Raises CertificateError when it cannot be read or its signature is wrong.
    """
    return read_and_load_request(data)[0]


def read_and_load_request(data: bytes) -> tuple[Request, x509.CertificateSigningRequest]:
    """The request in words and as cryptography's own object. Raises CertificateError like `read_request`."""
    text = _checked(data)
    block = next(_pem_blocks(text, _REQUEST), None)
    if block is None and _BEGIN.search(text):
        raise CertificateError(
            "There is no certificate request in it.",
            _nature(text),
            "Send the file that runmqakm -certreq made.",
        )
    try:
        with quiet():
            request = x509.load_der_x509_csr(block[1] if block else text)
            described = describe_request(request)
            signed = request.is_signature_valid
    except UNREADABLE as error:
        raise CertificateError(
            "The certificate request cannot be read.", _nature(text), "Make it again and send it as PEM text."
        ) from error
    if not signed:
        raise CertificateError(
            "The signature of the certificate request is wrong.",
            "It was changed on the way, or its sender does not have the private key.",
            "Ask for the request again and compare its fingerprint.",
        )
    return described, request


def load_certificate(pem: bytes) -> x509.Certificate:
    """cryptography's own object for the PEM of a `Certificate`."""
    with quiet():
        return x509.load_pem_x509_certificate(pem)


def _checked(data: bytes) -> bytes:
    if len(data) > _LARGEST:
        raise CertificateError(
            f"{len(data)} bytes are too many for certificates.",
            f"At most {_LARGEST} are read.",
            "Send the certificates alone, as PEM text.",
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # a text that PowerShell wrote
        return data.decode("utf-16", "replace").encode("ascii", "replace")
    return data


def _pem_blocks(text: bytes, labels: frozenset[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each block of these labels with its contents. Raises CertificateError for one cut or garbled."""
    for begin in _BEGIN.finditer(text):
        label = begin[1]
        if label not in labels:
            continue
        end = text.find(b"-----END " + label + b"-----", begin.end())
        if end < 0:
            raise CertificateError(
                f"A {label.decode()} block has no END line.", "The file was cut.", "Copy it again, whole."
            )
        try:
            yield label, base64.b64decode(b"".join(text[begin.end() : end].split()), validate=True)
        except binascii.Error as error:
            raise _damaged(f"A {label.decode()} block") from error


def _from_der(der: bytes) -> list[x509.Certificate]:
    try:
        return [x509.load_der_x509_certificate(der)]
    except UNREADABLE:
        # Some CAs put a PKCS#7 into a block that says CERTIFICATE.
        return _from_pkcs7(der)


def _from_pkcs7(der: bytes) -> list[x509.Certificate]:
    return pkcs7.load_der_pkcs7_certificates(der)


def _from_bare(data: bytes) -> list[x509.Certificate]:
    try:
        return _from_der(data)
    except UNREADABLE as error:
        raise CertificateError(
            "There is no certificate in it.", _nature(data), "Ask for the certificate as PEM text."
        ) from error


def _described(certificate: x509.Certificate, position: int) -> Certificate:
    try:
        return describe(certificate)
    except UnsupportedAlgorithm as error:
        raise CertificateError(
            f"Certificate {position} has a key of a kind that is not known here.",
            "MQ uses RSA, and EC on the NIST curves.",
            "Ask for a certificate on such a key.",
        ) from error
    except UNREADABLE as error:
        raise _damaged(f"Certificate {position}") from error


def _damaged(what: str) -> CertificateError:
    return CertificateError(
        f"{what} cannot be read.", "It was damaged on the way.", "Send it again, as text or as a binary file."
    )


def private_keys(data: bytes) -> list[bytes]:
    """The blocks of private keys in a PEM text, encrypted or not, each to the end of its block or of the text."""
    found = []
    for begin in _PRIVATE.finditer(data):
        end = data.find(b"-----END ", begin.end())
        line_end = data.find(b"\n", end) if end >= 0 else -1
        found.append(data[begin.start() : line_end if line_end >= 0 else len(data)])
    return found


def is_pkcs12(data: bytes) -> bool:
    """Whether data begins as a PKCS#12 store does."""
    return data[:1] == b"\x30" and b"\x02\x01\x03\x30" in data[:12]


def is_request(data: bytes) -> bool:
    """Whether data is a certificate request, as PEM text or DER; whether it can be read is another question."""
    if next(_pem_blocks(data, _REQUEST), None):
        return True
    try:
        x509.load_der_x509_csr(data)
    except UNREADABLE:
        return False
    return True


def _nature(data: bytes) -> str:
    """What a file that holds no certificate is instead, as far as its first bytes tell."""
    signs = (
        (not data.strip(), "It is empty."),
        (b"PRIVATE KEY-----" in data, "It holds a private key, which nobody else should ever have."),
        (b"CERTIFICATE REQUEST-----" in data, "It is a request, which a CA must answer first."),
        (
            b"-----BEGIN TRUSTED CERTIFICATE-----" in data,
            "It is OpenSSL's own form; openssl x509 rewrites it.",
        ),
        (b"-----BEGIN X509 CRL-----" in data, "It is a revocation list."),
        (data[:4] in (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"), "It is a Java store (JKS or JCEKS)."),
        (is_pkcs12(data), "It is a PKCS#12 store."),
        (_grew(data), "It was sent as text, which changed line ends inside it; send it as binary."),
        (data[:5] == b"\x60" * 5, "It is in the code page of z/OS: it was sent as binary; send it as text."),
    )
    return next((words for is_so, words in signs if is_so), "Nobody can tell what it is.")


def _grew(data: bytes) -> bool:
    """Whether DER has more line ends of Windows than chance gives: what FTP in text mode does to a binary file."""
    return data[:1] == b"\x30" and data.count(b"\n") > 0 and data.count(b"\n") == data.count(b"\r\n")


@contextmanager
def quiet() -> Iterator[None]:
    """Odd but readable certificates (serial number 0, say) are judged by lint, not by a warning on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
