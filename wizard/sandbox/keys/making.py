"""What the actions that make certificates and requests share: names, labels, profiles, files to write."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography import x509

from wizard.sandbox.keys import messages, names, passwords, repository
from wizard.sandbox.keys.arguments import Options
from wizard.sandbox.keys.certificates import Profile
from wizard.sandbox.keys.entries import Entry
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.repository import Repository


def opened(options: Options, version: str) -> Repository:
    """The repository of -db; raises CommandError."""
    path = Path(options.need("-db"))
    wanted = repository.format_of(options.get("-type"), "-type")
    repository.read(path)  # a missing file is told before a password is asked for
    return repository.open_repository(path, passwords.password(options, path), version, wanted)


def entry_of(repo: Repository, options: Options) -> Entry:
    """The entry that -label names; raises CommandError."""
    label = options.need("-label")
    found = repo.store.find(label)
    if found is None:
        raise messages.no_entry(label)
    return found


def new_label(options: Options, repo: Repository, option: str = "-label") -> str:
    """A label that no entry has in whatever case; raises CommandError."""
    label = options.need(option)
    if not label.strip() or not label.isprintable() or not is_latin(label):
        raise failure("option-value", option=option, value=label)
    if repo.store.find(label) is not None:
        raise messages.duplicate()
    return label


def is_latin(label: str) -> bool:
    return all(character <= "\xff" for character in label)


def name_of(options: Options) -> x509.Name:
    """The name of -dn; raises CommandError."""
    text = options.need("-dn")
    try:
        return names.parse(text)
    except names.BadNameError as error:
        raise failure("dn", dn=text, why=error) from error


def profile(options: Options) -> Profile:
    """The extensions that the options ask for; raises CommandError for a -ca that is neither true nor false."""
    authority = options.get("-ca") or "false"
    if authority.lower() not in {"true", "false"}:
        raise failure("option-value", option="-ca", value=authority)
    return Profile(
        dns_names=options.get("-san_dnsname") or "",
        addresses=options.get("-san_ipaddr") or "",
        mail_addresses=options.get("-san_emailaddr") or "",
        usages=options.get("-eku") or "",
        authority=authority.lower() == "true",
    )


def fresh(options: Options, option: str) -> Path:
    """The file that the command will write; one that is there already is refused (recalled)."""
    path = Path(options.need(option))
    if path.exists():
        raise failure("exists", path=path)
    return path


def public_mode() -> int:
    """The mode of a file without secrets: what the umask leaves of 0666."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
