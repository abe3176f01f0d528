"""Certificates and requests in the files that commands name, PEM or DER, with text around PEM or without.

GSKit was seen to take PEM under `-format binary`, so the bytes decide, not the option.
"""

from __future__ import annotations

import re
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.repository import read

CERTIFICATE = re.compile(rb"-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----.+?-----END \1?CERTIFICATE-----", re.S)
REQUEST = re.compile(rb"-----BEGIN (NEW )?CERTIFICATE REQUEST-----.+?-----END \1?CERTIFICATE REQUEST-----", re.S)


def certificates(path: Path) -> list[x509.Certificate]:
    """Every certificate of a file, in its order; raises CommandError when there is none."""
    data = read(path)
    try:
        found = [x509.load_pem_x509_certificate(match[0]) for match in CERTIFICATE.finditer(data)]
        found = found or [x509.load_der_x509_certificate(data)]
        for one in found:
            _ = one.extensions, one.public_key()  # whatever is wrong in there shows now
        return found
    except (ValueError, UnsupportedAlgorithm) as error:
        raise failure("certificate-unreadable", path=path) from error


def request(path: Path) -> x509.CertificateSigningRequest:
    """The certificate request of a file, its signature checked; raises CommandError."""
    data = read(path)
    match = REQUEST.search(data)
    try:
        if match is None:
            csr = x509.load_der_x509_csr(data)
        else:
            csr = x509.load_pem_x509_csr(match[0].replace(b" NEW ", b" "))
        _ = csr.extensions
        sound = csr.is_signature_valid
    except (ValueError, UnsupportedAlgorithm) as error:
        raise failure("request-unreadable", path=path) from error
    if not sound:
        raise failure("request-unreadable", path=path)
    return csr


def encoding(text: str | None) -> Encoding:
    """What -format names: ascii, which is the default, or binary; raises CommandError for another word."""
    if text is None or text.lower() == "ascii":
        return Encoding.PEM
    if text.lower() == "binary":
        return Encoding.DER
    raise failure("option-value", option="-format", value=text)
