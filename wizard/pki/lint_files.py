"""Judges a file as people hand it over: certificates in any form, a request, a PKCS#12 store, or what is none of these.

Used by `mqwizard certs lint` and on whatever comes in from others. Bytes in, findings out: what cannot be read is
a finding too, with what the file is instead. Other files may hold the CAs that a chain needs; they are handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from wizard.pki.errors import PkiError, PrivateKeyError
from wizard.pki.findings import LintFinding, Rule, error, note, warning, worst_first
from wizard.pki.keys import key_from_pem, public_key_digest
from wizard.pki.lint import Expected, Use, lint, lint_trust
from wizard.pki.lint_single import key_strength
from wizard.pki.passwords import weakness
from wizard.pki.reading import is_pkcs12, is_request, private_keys, read_certificates, read_request
from wizard.pki.store_reading import read_pkcs12
from wizard.pki.values import Certificate, Entry, Request

STORE_USUAL, STORE_MOST = 50, 100
"""Certificates of a store from which GSKit becomes slow, and that IBM names as the most (facts tls 2.2)."""

_MOST_KEYS = 10  # proving that the numbers of a key belong together takes a while


class FileKind(StrEnum):
    """What a file is."""

    CERTIFICATES = "certificates"
    REQUEST = "request"
    STORE = "store"
    OTHER = "other"


@dataclass(frozen=True)
class FileContents:
    """What was read of a file; `failure` says why nothing could be."""

    kind: FileKind
    certificates: tuple[Certificate, ...] = ()
    entries: tuple[Entry, ...] = ()
    request: Request | None = None
    failure: LintFinding | None = None
    found: tuple[LintFinding, ...] = ()


def read_file(data: bytes, password: str | None = None) -> FileContents:
    """What the bytes of a file hold; never raises for what is in them.

    `password` opens a PKCS#12 store; a store without one is a failure that asks for it.
    """
    try:
        if is_pkcs12(data):
            return _store(data, password)
        found = tuple(_private_keys(data))
        if is_request(data):
            return FileContents(FileKind.REQUEST, request=read_request(data), found=found)
        certificates = tuple(read_certificates(data))
    except PkiError as problem:
        kind = FileKind.STORE if is_pkcs12(data) else FileKind.OTHER
        return FileContents(kind, failure=_failure(problem))
    return FileContents(FileKind.CERTIFICATES, certificates, found=(*found, *_other_keys(data, certificates)))


def lint_contents(
    contents: FileContents, *, now: datetime, known: Sequence[Certificate] = (), cipher_spec: str = ""
) -> list[LintFinding]:
    """What is wrong with what a file holds, the worst first; `known` are the certificates of other files."""
    if contents.failure:
        return [contents.failure]
    found = list(contents.found)
    expected = Expected(cipher_spec=cipher_spec, known=tuple(known))
    if contents.request:
        found += _request(contents.request)
    elif contents.kind is FileKind.STORE:
        found += _entries(contents.entries, now, expected)
    else:
        found += _certificates(contents.certificates, now, expected)
    return worst_first(dict.fromkeys(found))


def _store(data: bytes, password: str | None) -> FileContents:
    if password is None:
        asked = error(
            Rule.UNREADABLE,
            "It is a PKCS#12 store, and no password was given for it.",
            "Name its password: --password env:NAME, file:PATH or prompt.",
        )
        return FileContents(FileKind.STORE, failure=asked)
    entries = tuple(read_pkcs12(data, password))
    certificates = tuple(read_certificates(one.certificate_pem)[0] for one in entries)
    weak = weakness(password)
    found = (
        (note(Rule.WEAK_PASSWORD, f"Its password is weak: {weak}", "Give it one that runmqakm -strong takes."),)
        if weak
        else ()
    )
    return FileContents(FileKind.STORE, certificates, entries, found=found)


def _failure(problem: PkiError) -> LintFinding:
    what = f"{problem.what} {problem.means}".strip()
    return error(Rule.UNREADABLE, what, problem.remedy or "Ask for it again.")


def _private_keys(data: bytes) -> Iterator[LintFinding]:
    if private_keys(data):
        yield error(
            Rule.PRIVATE_KEY,
            "It holds a private key.",
            "Never send it to anybody. If it came from somebody else, tell them: that key is worth nothing any more.",
        )


def _other_keys(data: bytes, certificates: Sequence[Certificate]) -> Iterator[LintFinding]:
    """A key beside certificates that belongs to none of them; an encrypted one cannot be compared."""
    public = {one.public_key for one in certificates}
    for block in private_keys(data)[:_MOST_KEYS]:
        try:
            key = key_from_pem(block)
        except PrivateKeyError:
            continue
        if public_key_digest(key) in public:
            continue
        yield error(
            Rule.KEY_DIFFERS,
            "A private key in it belongs to none of its certificates.",
            "Put each key together with the certificate that was issued for it.",
        )


def _certificates(certificates: Sequence[Certificate], now: datetime, expected: Expected) -> list[LintFinding]:
    """Leaves with the chain that came with them; a file without any holds signers."""
    leaves = [one for one in certificates if not one.is_ca]
    if not leaves:
        return lint(certificates, now=now, expected=replace(expected, use=Use.SIGNER))
    if len(leaves) == 1:
        ordered = [leaves[0], *(one for one in certificates if one is not leaves[0])]
        late = [_late(leaves[0])] if certificates[0] is not leaves[0] else []
        return [*lint(ordered, now=now, expected=expected), *late]
    found: list[LintFinding] = []
    for leaf in leaves:
        rest = [one for one in certificates if one is not leaf]
        found += lint([leaf], now=now, expected=replace(expected, known=(*rest, *expected.known)))
    return found


def _late(leaf: Certificate) -> LintFinding:
    return warning(
        Rule.CHAIN_ORDER,
        f"{leaf.subject} does not stand first, before its issuers.",
        "Put each certificate before its issuer, the root last.",
    )


def _request(asked: Request) -> Iterator[LintFinding]:
    yield from key_strength(asked.subject, asked.key_type, asked.key_bits)
    if not asked.subject:
        yield error(
            Rule.SUBJECT_EMPTY, "The request has no subject.", "Make it again with a distinguished name, CN at least."
        )


def _entries(entries: Sequence[Entry], now: datetime, expected: Expected) -> Iterator[LintFinding]:
    if not entries:
        yield warning(Rule.STORE_EMPTY, "The store holds no certificate.", "Add signers and receive a certificate.")
    yield from _labels(entries)
    yield from _size(len(entries))
    signers = [one for entry in entries if not entry.personal for one in read_certificates(entry.certificate_pem)]
    personal = []
    for entry in (one for one in entries if one.personal):
        own = read_certificates(entry.certificate_pem)[0]
        personal.append(own)
        yield from lint([own], now=now, expected=replace(expected, known=(*signers, *expected.known)))
    yield from lint_trust(signers, now=now, personal=personal)


def _size(count: int) -> Iterator[LintFinding]:
    if count > STORE_MOST:
        yield error(
            Rule.STORE_SIZE,
            f"The store holds {count} certificates; IBM names {STORE_MOST} as the most.",
            "Take out those nobody needs: each is one more who is trusted.",
        )
    elif count > STORE_USUAL:
        yield warning(
            Rule.STORE_SIZE,
            f"The store holds {count} certificates; from some {STORE_USUAL} on every start of a channel gets slower.",
            "Take out those nobody needs: each is one more who is trusted.",
        )


def _labels(entries: Sequence[Entry]) -> Iterator[LintFinding]:
    seen: dict[str, str] = {}
    for entry in entries:
        label = entry.label
        earlier = seen.setdefault(label.casefold(), label)
        if earlier is not label:
            yield error(
                Rule.LABEL_COLLIDES,
                f"Two entries are labelled “{label}” but for their case; Java takes them for one.",
                "Give one of them another label: runmqakm -cert -rename.",
            )
        if entry.personal and label.casefold().startswith("ibmwebspheremq") and label != label.lower():
            yield error(
                Rule.LABEL_CASE,
                f"“{label}” is not found by default: MQ looks for it in lower case.",
                "Rename it in lower case, or name it by CERTLABL.",
            )
        if "'" in label or len(label) > 64:
            yield warning(
                Rule.LABEL_ODD,
                f"“{label}” is no label that every tool can handle.",
                "Use at most 64 characters and no apostrophe.",
            )
