"""The actions of `runmqakm -keydb`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wizard.sandbox.keys import making, passwords, repository
from wizard.sandbox.keys.arguments import Options
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.repository import Repository
from wizard.sandbox.keys.store import StoreFormat
from wizard.sandbox.recalled import recalled


def create(options: Options, version: str) -> list[str]:
    """Make an empty repository; without -type it is CMS, whatever its name."""
    path = Path(options.need("-db"))
    wanted = repository.format_of(options.get("-type"), "-type") or StoreFormat.CMS
    _check_expiry(options)
    if path.exists() and not options.flag("-f"):
        raise failure("exists", path=path)
    made = repository.create(path, passwords.new_password(options), wanted, version)
    _stash(options, made)
    return []


def change_password(options: Options, version: str) -> list[str]:
    """Encrypt the repository under a new password; the stash changes with -stash only."""
    opened = making.opened(options, version)
    _check_expiry(options)
    fresh = passwords.new_password(options, "-new_pw")
    changed = replace(opened, store=replace(opened.store, password=fresh))
    if changed.store.format is StoreFormat.CMS:
        repository.write_revocations(changed.store)
    repository.save(changed)
    _stash(options, changed)
    return []


def stash_password(options: Options, version: str) -> list[str]:
    """Write the stash file; the password must be the right one."""
    repository.stash(making.opened(options, version))
    return []


def convert(options: Options, version: str) -> list[str]:
    """Write the repository's entries and requests into a new repository of another format, same password."""
    opened = making.opened(options, version)
    target = Path(options.need("-target"))
    wanted = repository.format_of(options.need("-new_format"), "-new_format")
    if repository.format_of(options.get("-old_format"), "-old_format") not in (None, opened.store.format):
        raise failure("type", path=opened.store.path)
    if target.exists():
        raise failure("exists", path=target)
    made = repository.create(target, opened.store.password, wanted or StoreFormat.CMS, version)
    repository.save(made.having(entries=opened.store.entries, requests=opened.requests))
    _stash(options, made)
    return []


def delete(options: Options, version: str) -> list[str]:
    """Delete the repository and its other files."""
    repository.delete(making.opened(options, version))
    return []


def formats(options: Options, version: str) -> list[str]:
    """The formats that the tool knows."""
    del options, version
    return recalled("keys.formats").split()


def _stash(options: Options, opened: Repository) -> None:
    if options.flag("-stash"):
        repository.stash(opened)


def _check_expiry(options: Options) -> None:
    """The password's days to live are taken and not kept: nothing that MQ does depends on them."""
    value = options.get("-expire")
    if value is not None and not (value.isascii() and value.isdigit()):
        raise failure("option-value", option="-expire", value=value)


ACTIONS = {
    "-create": create,
    "-changepw": change_password,
    "-stashpw": stash_password,
    "-convert": convert,
    "-delete": delete,
    "-list": formats,
}
