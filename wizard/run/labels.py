"""What `runmqakm -cert -list` and `-details` print, as values (layouts: facts commands 4.3)."""

from __future__ import annotations

import re
from datetime import datetime

from wizard.mq.dn import as_gskit
from wizard.pki.values import key_in_words
from wizard.plan.facts import CertificateFact

_ENTRY = re.compile(r"^([*\-!#]+)\t(.+?)\s*$")
_VERBOSE = re.compile(r'^("[^"]*"|\S.*?)  (\S.*?)  (\S.*)$')


def lists(output: str) -> bool:
    """Whether this is a listing of what a store holds, be it nothing."""
    return "Certificates found" in output or "No certificates were found" in output


def refuses(output: str) -> bool:
    """Whether the key tool itself says why it shows nothing, such as a wrong password (GSKit's messages)."""
    return "CTGSK" in output


def store_entries(output: str) -> list[CertificateFact]:
    """The entries of a listing: personal where a `-` or `*` stands before the label, signer where a `!` does alone.

    A verbose listing gives subject and issuer too.
    """
    entries = []
    for line in output.splitlines():
        found = _ENTRY.match(line)
        if not found:
            continue
        marks, rest = found.groups()
        verbose = _VERBOSE.match(rest)
        label, subject, issuer = verbose.groups() if verbose else (rest, "", "")
        personal = "-" in marks or "*" in marks
        entries.append(CertificateFact(label.strip('"'), personal, as_gskit(subject), as_gskit(issuer)))
    return entries


def request_labels(output: str) -> tuple[str, ...]:
    """The labels of `-certreq -list`: one after a TAB on each line."""
    return tuple(line.strip().strip('"') for line in output.splitlines() if line.startswith("\t"))


def field(details: str, name: str) -> str:
    """One field of `-details`, such as Subject or Issuer, without the quotes around a name with blanks.

    Names come in MQ's order.
    """
    found = re.search(rf"^{re.escape(name)} : (.*)$", details, re.MULTILINE)
    value = found[1].strip() if found else ""
    whole = re.fullmatch(r'"(.*)"', value)
    found_text = whole[1] if whole else value
    return as_gskit(found_text) if name in {"Subject", "Issuer"} else found_text


def key(details: str) -> str:
    """The key of `-details` in words, such as RSA 2048 or EC P-256."""
    kind = "EC" if field(details, "Public Key Type").upper().startswith("EC") else "RSA"
    size = field(details, "Key Size")
    return key_in_words(kind, int(size)) if size.isdigit() else ""


def fingerprint(details: str) -> str:
    """The SHA-256 fingerprint of `-details`, upper-case pairs with colons; empty where it is not shown."""
    found = re.search(r"Fingerprint : SHA256 :\s*\n((?:\s+[0-9A-Fa-f: ]+\n?)+)", details)
    digits = re.sub(r"[^0-9A-Fa-f]", "", found[1]).upper() if found else ""
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))


def end(details: str) -> datetime | None:
    """When a certificate ends, where the date is in a form that we know; it follows the tool's locale."""
    text = re.sub(r"\s+[A-Z]{2,5}([+-]\d\d:?\d\d)?$", "", field(details, "Not After"))
    for form in (
        "%B %d, %Y %I:%M:%S %p",
        "%B %d, %Y at %I:%M:%S %p",
        "%Y-%m-%d %H:%M:%S",
        "%a %b %d %H:%M:%S %Y",
    ):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
