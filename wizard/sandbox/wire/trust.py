"""Judges the certificates of a handshake by MQ's rules instead of OpenSSL's.

Differences: extended key usage counts only where MQ looks at it (facts 7.5: RFC 5280 level, 9.4.5 and
later); key usage does count; a certificate signed with MD5 is refused (facts 1.1), and one whose RSA key is
smaller than MinimumRSAKeySize (facts 1.3; its message is recalled); other keys and SHA-1 signatures that
OpenSSL thinks too weak are not. A host name is never compared (facts 7.5).
"""

from __future__ import annotations

from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from OpenSSL import SSL, crypto

from wizard.sandbox.wire import dn
from wizard.sandbox.wire.verdicts import GSKIT_NOT_TRUSTED, OF_VERIFY_ERROR, Event

WRONG_PURPOSE = 26
"""X509_V_ERR_INVALID_PURPOSE: extended key usage, key usage or certificate type does not fit the role."""

CHAIN_FAULTS = frozenset({2, 18, 19, 20, 21})
"""The chain ends in no trusted root, or lacks an issuer."""

WEAK_SIGNATURE = 68
"""X509_V_ERR_CA_MD_TOO_WEAK, here for MD5 alone."""

SMALL_KEY = 66
"""X509_V_ERR_EE_KEY_TOO_SMALL, here for RSA keys smaller than MinimumRSAKeySize asks for."""


class Rejection(NamedTuple):
    """The first thing wrong with a chain: OpenSSL's verify error, and the certificate that is to blame."""

    code: int
    certificate: x509.Certificate


class Judge:
    """Judges one handshake; `rejection` says afterwards what was wrong, None when nothing was."""

    def __init__(self, *, extended_key_usage: bool, smallest_rsa_key: int = 0) -> None:
        self._extended_key_usage = extended_key_usage
        self._smallest_rsa_key = smallest_rsa_key
        self.rejection: Rejection | None = None

    def __call__(self, connection: SSL.Connection, certificate: crypto.X509, code: int, depth: int, ok: int) -> bool:
        """Called by OpenSSL for each certificate of the chain, and for each fault found."""
        del connection
        seen = certificate.to_cryptography()
        rejection = self.rejection
        if rejection is not None:
            rejection = rejection._replace(certificate=seen)
        elif fault := self._fault(seen, code, depth, ok=bool(ok)):
            rejection = Rejection(fault, seen)
        self.rejection = rejection
        # A chain without trusted root is the fault of the certificate it is for: go on until that one comes.
        return rejection is None or (depth > 0 and rejection.code in CHAIN_FAULTS)

    def _fault(self, certificate: x509.Certificate, code: int, depth: int, *, ok: bool) -> int:
        if not ok and (code != WRONG_PURPOSE or self._extended_key_usage):
            return code
        if _weakly_signed(certificate):
            return WEAK_SIGNATURE
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey) and key.key_size < self._smallest_rsa_key:
            return SMALL_KEY
        return WRONG_PURPOSE if depth == 0 and not _may_sign(certificate) else 0


def _weakly_signed(certificate: x509.Certificate) -> bool:
    root = certificate.subject == certificate.issuer
    return not root and isinstance(certificate.signature_hash_algorithm, hashes.MD5)


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False  # malformed
    return usage.digital_signature


def event_of(rejection: Rejection) -> Event:
    """What a rejected certificate means to MQ."""
    return OF_VERIFY_ERROR.get(rejection.code, Event.CERTIFICATE_NOT_TRUSTED)


def described(rejection: Rejection) -> dict[str, str]:
    """The inserts about a rejected certificate: subject, issuer and serial number as GSKit prints them."""
    return {"certificate": dn.described(rejection.certificate), "code": str(GSKIT_NOT_TRUSTED)}
