"""What runmqakm says when it fails: the lines it prints and its exit status.

Used by every action. Texts that were seen on real machines stand here; recalled ones come from the table of
recalled facts. Where a number is not known it is written as `????`, so that nobody can match on it.
"""

from __future__ import annotations

from pathlib import Path

from cryptography import x509

from wizard.sandbox.keys.names import text_of
from wizard.sandbox.recalled import recalled, recalled_status

DUPLICATE = "CTGSK2021W A duplicate certificate already exists in the database."
VALIDATION = "CTGSK2043W Key entry validation failed."
UNTRANSLATED = "Additional untranslated info:"


class CommandError(Exception):
    """The command fails as IBM's would: `lines` are what it prints, `status` its exit status."""

    def __init__(self, status: int, *lines: str) -> None:
        super().__init__(lines[-1] if lines else "")
        self.status = status
        self.lines = lines


def failure(key: str, **values: object) -> CommandError:
    """A failure whose text is recalled: `key` names it in the table, `values` fill its places."""
    return CommandError(recalled_status("keys.rc.failed"), recalled(f"keys.{key}").format(**values))


def duplicate() -> CommandError:
    return CommandError(recalled_status("keys.rc.duplicate"), DUPLICATE)


def not_imported(path: Path) -> CommandError:
    """Seen with exit status 26 when -cert -add without a label meets a certificate that is there already."""
    return CommandError(26, f'CTGSK3046W The key file "{path}" could not be imported.')


def no_entry(label: str) -> CommandError:
    """The label is unknown; that it stands in quotes is recalled."""
    text = f'CTGSK3029W The database doesn\'t contain an entry with label "{label}".'
    return CommandError(recalled_status("keys.rc.failed"), text)


def no_chain(certificate: x509.Certificate) -> CommandError:
    """An issuer is missing in the store."""
    return CommandError(
        recalled_status("keys.rc.validation"),
        "CTGSK2146W An invalid certificate chain was found.",
        f"{UNTRANSLATED} No certificate chain built",
        f"{UNTRANSLATED} GSKKM_VALIDATIONFAIL_SUBJECT: {_place(certificate)}",
        VALIDATION,
    )


def bad_constraint(certificate: x509.Certificate) -> CommandError:
    """A certificate authority of the chain has no critical basicConstraints with ca true."""
    issuer, subject = text_of(certificate.issuer), text_of(certificate.subject)
    serial = serial_text(certificate)
    native = f"[IssuerName=]{issuer}[Serial#=]{serial}[SubjectName=]{subject}"
    return CommandError(
        recalled_status("keys.rc.validation"),
        "CTGSK2052W An invalid basic constraint extension was found.",
        UNTRANSLATED,
        "GSKKM_LAST_VALIDATION_ERROR: GSKVAL_ERR_CA_MISSING_CRITICAL_BASIC_CONSTRAINT (575051)",
        f"GSKKM_VALIDATIONFAIL_SUBJECT: GSKNativeValidator:: {native}{_place(certificate)}",
        VALIDATION,
    )


def not_valid_now(certificate: x509.Certificate) -> CommandError:
    """A certificate of the chain is expired or not yet valid; the first line is recalled."""
    return CommandError(
        recalled_status("keys.rc.validation"),
        recalled("keys.validity"),
        f"{UNTRANSLATED} GSKKM_VALIDATIONFAIL_SUBJECT: {_place(certificate)}",
        VALIDATION,
    )


def _place(certificate: x509.Certificate) -> str:
    issuer, subject = text_of(certificate.issuer), text_of(certificate.subject)
    return f"[Class=]GSKVALMethod::PKIX[Issuer=]{issuer}[#=]{serial_text(certificate)}[Subject=]{subject}"


def serial_text(certificate: x509.Certificate) -> str:
    """The serial number as its DER octets in hexadecimal: a leading 00 where the first bit is set."""
    number = certificate.serial_number
    return number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True).hex()
