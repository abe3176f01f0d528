"""What GSKit checks when a certificate is received or validated: chain, authorities, dates.

Adding a certificate is not checked: an intermediate was seen to be added without its root and without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography import x509

from wizard.sandbox.keys import messages
from wizard.sandbox.keys.entries import Entry, chain_of, issued
from wizard.sandbox.keys.messages import CommandError


def problem(certificate: x509.Certificate, entries: Iterable[Entry]) -> CommandError | None:
    """The failure that validation of `certificate` ends in, with what the repository holds; None when it is
    right.

    The chain must reach a self-signed certificate, each authority needs a critical basicConstraints
    extension, and all must be within their dates.
    """
    chain = [entry.certificate for entry in chain_of(certificate, [one for one in entries if one.trusted])]
    last = chain[-1] if chain else certificate
    if last.subject != last.issuer or not issued(last, last):
        return messages.no_chain(certificate)
    for authority in chain:
        if not _is_authority(authority):
            return messages.bad_constraint(authority)
    now = datetime.now(UTC)
    for one in (certificate, *chain):
        if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
            return messages.not_valid_now(one)
    return None


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return found.critical and found.value.ca
