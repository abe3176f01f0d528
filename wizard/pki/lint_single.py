"""The checks that a certificate by itself can pass or fail: dates, strength, flags, usages.

Used by `lint`. Each function yields what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from wizard.pki.findings import LintFinding, Rule, Severity, error, warning
from wizard.pki.values import Certificate

_BROKEN_HASHES = frozenset({"MD2", "MD4", "MD5", "SHA-1"})
_SOON = ((14, Severity.WARNING), (30, Severity.WARNING), (60, Severity.NOTE))


def dates(certificate: Certificate, now: datetime) -> Iterator[LintFinding]:
    """Expired, not yet valid, or within 60, 30 or 14 days of its end."""
    until = f"{certificate.not_after:%Y-%m-%d %H:%M} UTC"
    if now < certificate.not_before:
        yield error(
            Rule.NOT_YET_VALID,
            f"{certificate.subject} is valid from {certificate.not_before:%Y-%m-%d %H:%M} UTC only.",
            "Check the clocks of this host and of the issuer; else wait until then.",
        )
    if now >= certificate.not_after:
        yield error(
            Rule.EXPIRED,
            f"{certificate.subject} expired on {until}.",
            "Renew it under a new label, then switch over.",
        )
        return
    left = certificate.not_after - now
    for days, severity in _SOON:
        if left < timedelta(days=days):
            yield LintFinding(
                severity,
                f"{certificate.subject} expires on {until}; days left: {left.days}.",
                "Renew it now under a new label; partners need time to take up a new signer.",
                Rule.EXPIRES_SOON,
            )
            return


def strength(certificate: Certificate) -> Iterator[LintFinding]:
    """A key or a signature that MQ or its partners refuse."""
    least = {"RSA": 2048, "EC": 256}.get(certificate.key_type)
    if least is None:
        yield error(
            Rule.WEAK_KEY,
            f"{certificate.subject} has a key of kind {certificate.key}; MQ uses RSA and EC only.",
            "Ask for a certificate on a new key, RSA 2048 or EC P-256 and up.",
        )
    elif certificate.key_bits < least:
        yield error(
            Rule.WEAK_KEY,
            f"{certificate.subject} has a key of {certificate.key_bits} bits.",
            "Ask for a certificate on a new key, RSA 2048 or EC P-256 and up.",
        )
    # Nobody verifies the signature of a root: trust in it comes from its being in the store.
    if certificate.signature_hash in _BROKEN_HASHES and not certificate.self_signed:
        yield error(
            Rule.WEAK_SIGNATURE,
            f"{certificate.subject} is signed with {certificate.signature_hash}, which can be forged.",
            "Ask the CA to issue it again with SHA-256; TLS 1.2 and later refuse MD5.",
        )


def version(certificate: Certificate) -> Iterator[LintFinding]:
    """An old certificate, without extensions."""
    if certificate.version < 3:
        yield warning(
            Rule.VERSION_1,
            f"{certificate.subject} is a certificate of version {certificate.version}, without extensions.",
            "It fails under CERTVPOL(RFC5280) and in Java; ask for a version 3 certificate.",
        )


def signer(certificate: Certificate, *, issues: bool) -> Iterator[LintFinding]:
    """A signer is a CA; one that issues nothing here may be a partner's self-signed certificate."""
    alone = certificate.self_signed and not issues
    if certificate.is_ca or (alone and certificate.version == 3):
        if certificate.is_ca and _lacks(certificate.key_usage, "keyCertSign"):
            yield error(
                Rule.KEY_USAGE,
                f"The CA {certificate.subject} may not sign certificates (key usage without keyCertSign).",
                "Ask the CA for its signing certificate; this one is for something else.",
            )
        return
    if certificate.version < 3:
        return  # said by the version already
    yield error(
        Rule.CA_FLAG_MISSING,
        f"{certificate.subject} is no CA: it lacks CA:TRUE in its basic constraints.",
        "Have the CA make its certificate again with CA:TRUE."
        if certificate.self_signed
        else f"Add the certificate of its issuer instead: {certificate.issuer}.",
    )


def key_type_for(cipher_spec: str) -> str:
    """The kind of key a CipherSpec fixes; TLS 1.3 names and aliases fix none (recalled)."""
    if cipher_spec.startswith("ECDHE_ECDSA_"):
        return "EC"
    return "RSA" if cipher_spec.startswith(("ECDHE_RSA_", "TLS_RSA_")) else ""


def usages(certificate: Certificate) -> Iterator[LintFinding]:
    """Usages without which a handshake is refused."""
    if _lacks(certificate.key_usage, "digitalSignature"):
        yield error(
            Rule.KEY_USAGE,
            f"{certificate.subject} may not sign handshakes (key usage without digitalSignature).",
            "Ask the CA for digitalSignature, and for keyEncipherment too with an RSA key.",
        )
    purposes = certificate.extended_key_usage
    if purposes is None or "anyExtendedKeyUsage" in purposes:
        return
    missing = [purpose for purpose in ("clientAuth", "serverAuth") if purpose not in purposes]
    if missing:
        yield warning(
            Rule.EXTENDED_KEY_USAGE,
            f"{certificate.subject} lacks {' and '.join(missing)} in its extended key usage. The end that"
            " starts a channel needs clientAuth, the other serverAuth, a queue manager both.",
            "Ask the CA for both; public CAs no longer give clientAuth, a private CA does.",
        )


def _lacks(usages: tuple[str, ...] | None, wanted: str) -> bool:
    return usages is not None and wanted not in usages
