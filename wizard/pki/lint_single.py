"""The checks that a certificate by itself can pass or fail: dates, strength, flags, usages.

Used by `lint`. Each function yields what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from wizard.pki.findings import LintFinding, Rule, Severity, error, note, warning
from wizard.pki.values import Certificate, key_in_words

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


def key_strength(who: str, key_type: str, key_bits: int) -> Iterator[LintFinding]:
    """A key that MQ or its partners refuse."""
    least = {"RSA": 2048, "EC": 256}.get(key_type)
    remedy = "Ask for a certificate on a new key, RSA 2048 or EC P-256 and up."
    if least is None:
        kind = key_in_words(key_type, key_bits)
        yield error(Rule.WEAK_KEY, f"{who} has a key of kind {kind}; MQ uses RSA, and EC on the NIST curves.", remedy)
    elif key_bits < least:
        yield error(Rule.WEAK_KEY, f"{who} has a key of {key_bits} bits.", remedy)


def strength(certificate: Certificate) -> Iterator[LintFinding]:
    """A key or a signature that MQ or its partners refuse."""
    yield from key_strength(certificate.subject, certificate.key_type, certificate.key_bits)
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
        if certificate.is_ca and not certificate.constraints_critical:
            yield warning(
                Rule.CA_FLAG_NOT_CRITICAL,
                f"The basic constraints of the CA {certificate.subject} are not marked critical.",
                "runmqakm may refuse it with CTGSK2052W; ask the CA for a certificate that marks them.",
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


def subject(certificate: Certificate) -> Iterator[LintFinding]:
    """Names that MQ cannot tell partners apart by.

    That a serialNumber in a subject makes Java clients fail is IT39745 (facts tls 6).
    """
    if not certificate.subject:
        yield error(
            Rule.SUBJECT_EMPTY,
            f"The certificate with serial number {certificate.mq_serial} has no subject.",
            "SSLPEER has nothing to match, whatever its SAN says; ask for one with a CN.",
        )
    if "serialNumber" in certificate.unknown:
        yield warning(
            Rule.SUBJECT_UNMATCHED,
            f"The subject of {certificate.subject} holds a serialNumber: Java clients may fail with 2399.",
            "Ask for a subject without it; in MQ, SERIALNUMBER means that of the certificate.",
        )
    others = [name for name in certificate.unknown if name != "serialNumber"]
    if others:
        yield note(
            Rule.SUBJECT_UNMATCHED,
            f"{certificate.subject} holds what SSLPEER cannot match: {', '.join(others)}.",
            "Tell partners apart by CN, OU and O.",
        )


def ocsp(certificate: Certificate) -> Iterator[LintFinding]:
    """A certificate that sends whoever checks it to an OCSP server, which a firewall may hide (AMQ9716)."""
    if certificate.ocsp:
        yield note(
            Rule.OCSP_ASKED,
            f"{certificate.subject} names an OCSP server, {certificate.ocsp[0]}, which the other end asks.",
            "Open the firewall to it from there; where it cannot be reached, channels fail with AMQ9716.",
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
