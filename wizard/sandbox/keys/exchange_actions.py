"""The actions of `runmqakm -cert` that carry certificates and keys between files: extract, import, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wizard.sandbox.keys import making, messages, passwords, reading, repository
from wizard.sandbox.keys.arguments import Options
from wizard.sandbox.keys.entries import Entry, chain_of
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.store import StoreFormat


def extract(options: Options, version: str) -> list[str]:
    """Write one certificate, without key, to a file."""
    repo = making.opened(options, version)
    entry = making.entry_of(repo, options)
    encoding = reading.encoding(options.get("-format"))
    target = making.fresh(options, "-target")
    repository.write(target, entry.certificate.public_bytes(encoding), making.public_mode())
    return []


def take_in(options: Options, version: str) -> list[str]:
    """`-cert -import`: copy entries, keys included, from a PKCS#12 or CMS file.

    `-label` picks one, else all come; `-new_label` goes to every one of them, so that a file with a chain
    then collides with itself (seen). A certificate that is there already fails the whole import (recalled).
    """
    source_path, target_path = Path(options.need("-file")), Path(options.need("-target"))
    repository.read(source_path)
    repository.read(target_path)
    source = repository.open_repository(
        source_path,
        passwords.password(options, source_path),
        version,
        repository.format_of(options.get("-type"), "-type"),
    )
    target = repository.open_repository(
        target_path,
        passwords.password(options, target_path, prefix="-target_", stashed="-target_stashed"),
        version,
        repository.format_of(options.get("-target_type"), "-target_type"),
    )
    one_only = options.get("-label") is not None
    taken = [making.entry_of(source, options)] if one_only else list(source.store.entries)
    if options.get("-new_label") is not None:
        taken = [replace(one, label=options.need("-new_label")) for one in taken]
    joined = [*target.store.entries, *taken]
    if _collide(joined):
        raise messages.duplicate()
    repository.save(target.having(entries=joined))
    return []


def _collide(entries: list[Entry]) -> bool:
    labels = {one.label.casefold() for one in entries}
    certificates = {one.certificate for one in entries}
    return len(labels) < len(entries) or len(certificates) < len(entries)


def export(options: Options, version: str) -> list[str]:
    """Write one entry with its key, and the chain that the repository holds (recalled), to a new repository."""
    repo = making.opened(options, version)
    entry = making.entry_of(repo, options)
    wanted = repository.format_of(options.get("-target_type"), "-target_type") or StoreFormat.PKCS12
    target = making.fresh(options, "-target")
    if entry.key is None:
        raise failure("no-key", label=entry.label)
    chain = [replace(one, key=None) for one in chain_of(entry.certificate, repo.store.entries)]
    made = repository.create(target, passwords.new_password(options, "-target_pw"), wanted, version)
    repository.save(made.having(entries=[entry, *chain]))
    return []
