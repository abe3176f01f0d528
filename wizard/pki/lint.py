"""Judges certificates before they are added, received or handed out; every finding comes with its remedy.

Used on the files of the exchange, on stores, and by the proof. `lint` looks at one certificate with its
chain, `lint_trust` at all the signers of a store. The clock is handed in; nothing is looked up elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wizard.pki.chains import follow, issuing_ca, order_chain
from wizard.pki.findings import LintFinding, Rule, Severity, error, warning, worst_first
from wizard.pki.lint_chain import ends_before, path_lengths
from wizard.pki.lint_single import dates, key_type_for, ocsp, signer, strength, subject, usages, version
from wizard.pki.values import Certificate

__all__ = [
    "Expected",
    "LintFinding",
    "Rule",
    "Severity",
    "Use",
    "issuing_ca",
    "lint",
    "lint_trust",
    "order_chain",
]


class Use(StrEnum):
    """What the certificate is for here."""

    PERSONAL = "personal"  # with a key of ours, or of the client we make it for
    SIGNER = "signer"  # trusted: a CA, or a partner's self-signed certificate
    ANSWER = "answer"  # what a CA sent back for a request of ours


@dataclass(frozen=True)
class Expected:
    """What the certificate is meant to be; what is not given is not checked.

    `public_key` is the digest of `keys.public_key_digest`. `labels` are those the store already holds,
    `known` the certificates it holds or that the same CA is known to have issued.
    """

    use: Use = Use.PERSONAL
    public_key: str = ""
    subject: str = ""
    cipher_spec: str = ""
    label: str = ""
    labels: tuple[str, ...] = ()
    known: tuple[Certificate, ...] = ()


def lint(certificates: Sequence[Certificate], *, now: datetime, expected: Expected | None = None) -> list[LintFinding]:
    """What is wrong with a certificate (the first) and its chain (the others), the worst first.

    Empty where nothing is. For a signer each of the certificates is judged as a signer of its own.
    """
    meant = expected or Expected()
    found = [*_labels(meant)]
    for position, certificate in enumerate(certificates):
        trusted = meant.use is Use.SIGNER or position > 0
        found += dates(certificate, now)
        found += strength(certificate)
        found += version(certificate)
        found += subject(certificate)
        issues = trusted and meant.use is not Use.SIGNER
        found += signer(certificate, issues=issues) if trusted else _personal(certificate, meant)
    if certificates and meant.use is not Use.SIGNER:
        found += _chain(certificates, meant.known)
    elif meant.use is Use.SIGNER:
        found += _without_root(certificates, meant.known)
    found += _serials([*certificates, *meant.known])
    return worst_first(found)


def lint_trust(
    signers: Sequence[Certificate], *, now: datetime, personal: Sequence[Certificate] = ()
) -> list[LintFinding]:
    """What is wrong with the signers of a store taken together, the worst first; each is judged too."""
    found = lint(signers, now=now, expected=Expected(use=Use.SIGNER, known=tuple(personal)))
    roots = [one for one in signers if one.is_ca and one.self_signed]
    alone = [one for one in signers if one.self_signed and not one.is_ca]
    if roots and alone:
        found.append(
            warning(
                Rule.MIXED_TRUST,
                f"The store trusts a CA ({roots[0].subject}) and a self-signed one ({alone[0].subject}).",
                "Move the self-signed partner to the CA, or keep it on a queue manager of its own.",
            )
        )
    if len(roots) > 1:
        subjects = "; ".join(one.subject for one in roots)
        found.append(
            warning(
                Rule.SEVERAL_CAS,
                f"The store trusts {len(roots)} CAs: {subjects}. Each of them can issue every name.",
                "Remove those nobody needs, and name the issuer in each rule by SSLCERTI.",
            )
        )
    for root in roots:
        issued = [one for one in personal if one.issuer == root.subject]
        if issued and not any(one.revocation for one in issued):
            found.append(
                LintFinding(
                    Severity.NOTE,
                    f"The certificates of {root.subject} name neither a CRL nor an OCSP server.",
                    "A stolen key can be shut out by a rule on its SERIALNUMBER only: keep validity short.",
                    Rule.NO_REVOCATION,
                )
            )
    found += _same_subject(signers)
    return worst_first(found)


def _personal(certificate: Certificate, expected: Expected) -> Iterator[LintFinding]:
    if certificate.is_ca:
        yield warning(
            Rule.CA_FLAG_EXTRA,
            f"{certificate.subject} is a CA; whoever holds its key can issue certificates.",
            "Use a certificate with CA:FALSE for channels.",
        )
    if expected.use is Use.ANSWER and certificate.subject == certificate.issuer:
        yield error(
            Rule.NOT_SIGNED,
            f"The answer for {certificate.subject} is not signed by a CA: its subject is its issuer.",
            "Send the request (not the certificate) to the CA, and receive what comes back.",
        )
    yield from _key(certificate, expected)
    yield from usages(certificate)
    yield from ocsp(certificate)


def _key(certificate: Certificate, expected: Expected) -> Iterator[LintFinding]:
    if expected.public_key and expected.public_key != certificate.public_key:
        yield error(
            Rule.KEY_DIFFERS,
            f"{certificate.subject} belongs to another private key than the one here.",
            "Receive it where its request was made, or send the present request to the CA.",
        )
    if expected.subject and expected.subject != certificate.subject:
        yield warning(
            Rule.SUBJECT_DIFFERS,
            f"The CA changed the name: {expected.subject} was asked for, {certificate.subject} came back.",
            "Tell the partners, and put the new name into their SSLPEER and into the recipe.",
        )
    wanted = key_type_for(expected.cipher_spec)
    if wanted and wanted != certificate.key_type:
        yield error(
            Rule.CIPHER_SPEC,
            f"{expected.cipher_spec} needs an {wanted} key; {certificate.subject} has {certificate.key}.",
            "Use a CipherSpec for both kinds, such as ANY_TLS12_OR_HIGHER, or a key of the other kind.",
        )
    usage = certificate.key_usage
    static = expected.cipher_spec.startswith("TLS_RSA_") and certificate.key_type == "RSA"
    if static and usage is not None and "keyEncipherment" not in usage:
        yield error(
            Rule.KEY_USAGE,
            f"{expected.cipher_spec} needs keyEncipherment, which the key usage of {certificate.subject} lacks.",
            "Use an ECDHE_RSA CipherSpec, which is better anyway, or ask the CA for keyEncipherment too.",
        )


def _chain(certificates: Sequence[Certificate], known: Sequence[Certificate]) -> Iterator[LintFinding]:
    first, *rest = certificates
    way = follow(first, [*rest, *known])
    top = way[-1]
    if not top.self_signed:
        yield error(
            Rule.CHAIN_INCOMPLETE,
            f"The chain of {first.subject} ends at {top.subject}: its issuer {top.issuer} is missing.",
            f"Ask the CA for the certificate of {top.issuer}, and add it first.",
        )
    yield from path_lengths(way)
    yield from ends_before(way)
    given = [one for one in way if one in certificates]
    if given != list(certificates[: len(given)]):
        yield warning(
            Rule.CHAIN_ORDER,
            f"The chain of {first.subject} is out of order.",
            "Put each certificate before its issuer, the root last.",
        )
    used = {one.fingerprint for one in way}
    for stray in (one for one in rest if one.fingerprint not in used):
        yield warning(
            Rule.CHAIN_STRAY,
            f"{stray.subject} is no part of the chain of {first.subject}.",
            "Leave it out, unless it is meant to be trusted for itself.",
        )


def _without_root(certificates: Sequence[Certificate], known: Sequence[Certificate]) -> Iterator[LintFinding]:
    """A signer that is no root is of use only where its root is trusted too."""
    ends = {follow(one, [*certificates, *known])[-1] for one in certificates}
    for top in sorted((one for one in ends if not one.self_signed), key=lambda one: one.fingerprint):
        yield error(
            Rule.CHAIN_INCOMPLETE,
            f"The signer {top.subject} is not a root, and its issuer {top.issuer} is missing.",
            f"Ask for the certificate of {top.issuer}, and add it first.",
        )


def _labels(expected: Expected) -> Iterator[LintFinding]:
    label = expected.label
    for held in expected.labels:
        if label and held.casefold() == label.casefold():
            yield error(
                Rule.LABEL_COLLIDES,
                f"The store holds “{held}” already"
                + (", which Java takes for the same label." if held != label else "."),
                "Use another label; a renewal gets one of its own, such as the name with the year.",
            )
    if label.casefold().startswith("ibmwebspheremq") and label != label.lower():
        yield error(
            Rule.LABEL_CASE,
            f"“{label}” is not found by default: MQ looks for it in lower case.",
            "Write the label in lower case, or name it by CERTLABL.",
        )


def _serials(certificates: Sequence[Certificate]) -> Iterator[LintFinding]:
    seen: dict[tuple[str, str], Certificate] = {}
    for one in certificates:
        earlier = seen.setdefault((one.issuer, one.serial), one)
        if earlier.fingerprint != one.fingerprint:
            yield error(
                Rule.DUPLICATE_SERIAL,
                f"{earlier.subject} and {one.subject} have one serial number of one issuer, {one.mq_serial}.",
                "Have the CA issue one of them again, with random serial numbers.",
            )


def _same_subject(signers: Sequence[Certificate]) -> Iterator[LintFinding]:
    seen: dict[str, Certificate] = {}
    for one in signers:
        earlier = seen.setdefault(one.subject, one)
        if earlier.public_key != one.public_key:
            yield warning(
                Rule.SAME_SUBJECT,
                f"Two signers are called {one.subject} and have different keys.",
                "Remove the one that is no longer used; a chain may be checked against the wrong one.",
            )
