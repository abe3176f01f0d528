"""What a check of certificates found: how bad, what, the remedy, and by which rule.

Used by `lint` and its parts, and by whoever shows findings: pure values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding means: it will not work, it may hurt, it is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(StrEnum):
    """Which check found something; stable, for programs."""

    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRES_SOON = "expires-soon"
    CA_FLAG_MISSING = "ca-flag-missing"
    CA_FLAG_EXTRA = "ca-flag-extra"
    CHAIN_INCOMPLETE = "chain-incomplete"
    CHAIN_ORDER = "chain-order"
    CHAIN_STRAY = "chain-stray"
    KEY_DIFFERS = "key-differs"
    SUBJECT_DIFFERS = "subject-differs"
    WEAK_KEY = "weak-key"
    WEAK_SIGNATURE = "weak-signature"
    NOT_SIGNED = "not-signed"
    LABEL_COLLIDES = "label-collides"
    LABEL_CASE = "label-case"
    CIPHER_SPEC = "cipher-spec"
    EXTENDED_KEY_USAGE = "extended-key-usage"
    KEY_USAGE = "key-usage"
    DUPLICATE_SERIAL = "duplicate-serial"
    VERSION_1 = "version-1"
    SAME_SUBJECT = "same-subject"
    MIXED_TRUST = "mixed-trust"
    SEVERAL_CAS = "several-cas"
    NO_REVOCATION = "no-revocation"
    OCSP_ASKED = "ocsp-asked"
    PATH_LENGTH = "path-length"
    ENDS_BEFORE = "ends-before"
    CA_FLAG_NOT_CRITICAL = "ca-flag-not-critical"
    SUBJECT_EMPTY = "subject-empty"
    SUBJECT_UNMATCHED = "subject-unmatched"
    PRIVATE_KEY = "private-key"
    UNREADABLE = "unreadable"
    LABEL_ODD = "label-odd"
    STORE_SIZE = "store-size"
    STORE_EMPTY = "store-empty"
    WEAK_PASSWORD = "weak-password"  # noqa: S105 - the name of a rule
    FILE_MODE = "file-mode"


@dataclass(frozen=True)
class LintFinding:
    """One thing that is or may be wrong: a sentence what, a sentence what to do."""

    severity: Severity
    what: str
    remedy: str
    rule: Rule


def error(rule: Rule, what: str, remedy: str) -> LintFinding:
    """A finding that means: this will not work."""
    return LintFinding(Severity.ERROR, what, remedy, rule)


def warning(rule: Rule, what: str, remedy: str) -> LintFinding:
    """A finding that means: this may hurt."""
    return LintFinding(Severity.WARNING, what, remedy, rule)


def note(rule: Rule, what: str, remedy: str) -> LintFinding:
    """A finding that is worth knowing and needs nothing done."""
    return LintFinding(Severity.NOTE, what, remedy, rule)


def worst_first(findings: Iterable[LintFinding]) -> list[LintFinding]:
    """Errors, then warnings, then notes; each kind in the order of its finding."""
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
