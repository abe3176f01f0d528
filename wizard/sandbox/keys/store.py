"""Key stores: the one way in for runmqakm, for the listener and for the clients.

`open_store` follows MQ's rules for SSLKEYR and MQSSLKEYR and tells the three ways in which opening fails
apart, as the error logs do; `Store` is what was read; `ssl_files` gives it in the form that Python's `ssl`
loads.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from wizard.sandbox.keys import files, pbe, pkcs12
from wizard.sandbox.keys.entries import Entry, chain_of

FULL_NAMES_FROM = (9, 3)
"""From this release a PKCS#12 file may serve, and SSLKEYR may name a file with its extension."""


class StoreFormat(Enum):
    """The two formats that queue managers and C clients read."""

    CMS = "cms"
    PKCS12 = "pkcs12"


class StoreProblem(Enum):
    """Why a store does not open, with the message that MQ writes."""

    CANNOT_OPEN = "AMQ9657"
    PASSWORD = "AMQ9660"  # noqa: S105 - a message id
    WRONG_TYPE = "AMQ9657 type"

    @property
    def message(self) -> str:
        return self.value.split()[0]


class StoreError(Exception):
    """A key store cannot be used; `problem` says which way, `path` which file."""

    def __init__(self, problem: StoreProblem, path: Path, detail: str = "") -> None:
        super().__init__(f"{problem.message}: {path}" + (f": {detail}" if detail else ""))
        self.problem = problem
        self.path = path
        self.detail = detail


@dataclass(frozen=True)
class Store:
    """A key store as read: entries in the file's order; labels are unique without regard to case."""

    path: Path
    format: StoreFormat
    password: str = field(repr=False)
    entries: tuple[Entry, ...] = ()

    def find(self, label: str) -> Entry | None:
        """The entry with exactly this label, else one that differs only in case."""
        exact = next((entry for entry in self.entries if entry.label == label), None)
        return exact or next((one for one in self.entries if one.label.casefold() == label.casefold()), None)

    def having(self, entries: Iterable[Entry]) -> Store:
        return replace(self, entries=tuple(entries))


class SslFiles(NamedTuple):
    """PEM texts; chain and key are empty when the store has no such personal certificate."""

    chain: str
    key: str
    trusted: str


def resolve(value: str, *, folder: Path, version: str) -> Path:
    """The file that SSLKEYR or MQSSLKEYR means: up to 9.2 always `value` + .kdb; later only without an
    extension.

    A value that is not absolute counts from `folder`. Only the last part can hold an extension (recalled).
    """
    path = folder / value
    if release(version) >= FULL_NAMES_FROM and path.suffix:
        return path
    return path.with_name(path.name + ".kdb")


def release(version: str) -> tuple[int, int]:
    """(9, 4) of 9.4.0.0."""
    major, minor = [*version.split("."), "0"][:2]
    return int(major), int(minor)


def stash_path(path: Path) -> Path:
    return path.with_suffix(".sth")


def open_store(
    value: str, *, password: str | None, folder: Path, version: str, readable_by: int | None = None
) -> Store:
    """Open the store that SSLKEYR or MQSSLKEYR names; without a password the stash beside it serves.

    `readable_by` is the id of the group mqm: given, a file that this group may not read counts as
    unreadable, because a queue manager runs as mqm whoever made the file. Raises StoreError.
    """
    path = resolve(value, folder=folder, version=version)
    data = _contents(path, readable_by, StoreProblem.CANNOT_OPEN)
    secret = password if password is not None else _stashed(path, readable_by)
    store = parse(path, data, secret)
    if store.format is StoreFormat.PKCS12 and release(version) < FULL_NAMES_FROM:
        raise StoreError(StoreProblem.WRONG_TYPE, path, "PKCS#12 serves from 9.3 on")
    return store


def parse(path: Path, data: bytes, password: str) -> Store:
    """A store of its bytes, the format told by the bytes themselves; raises StoreError."""
    sealed = files.kind_of(data) is files.Kind.CERTIFICATES
    try:
        if sealed:
            inner = files.unseal(data, files.Kind.CERTIFICATES, password)
            entries = pkcs12.decode(inner, password) if inner else []
        else:
            entries = pkcs12.decode(data, password)
    except pbe.WrongPasswordError as error:
        raise StoreError(StoreProblem.PASSWORD, path, "the password is not right") from error
    except (files.DamagedError, pkcs12.NotPkcs12Error) as error:
        raise StoreError(StoreProblem.WRONG_TYPE, path, "neither CMS nor PKCS#12") from error
    return Store(path, StoreFormat.CMS if sealed else StoreFormat.PKCS12, password, tuple(entries))


def serialize(store: Store, version: str) -> bytes:
    """The bytes of the store's main file, in the form that the release writes."""
    if store.format is StoreFormat.PKCS12:
        legacy = release(version) < FULL_NAMES_FROM
        return pkcs12.encode(store.entries, store.password, legacy=legacy)
    inner = pkcs12.encode(store.entries, store.password) if store.entries else b""
    return files.seal(files.Kind.CERTIFICATES, inner, store.password)


def _contents(path: Path, readable_by: int | None, problem: StoreProblem) -> bytes:
    try:
        status = path.stat()
        if readable_by is not None and not _mqm_may_read(status, readable_by):
            raise StoreError(problem, path, "group mqm may not read it")
        return path.read_bytes()
    except OSError as error:
        raise StoreError(problem, path, error.strerror or "") from error


def _mqm_may_read(status: os.stat_result, group: int) -> bool:
    by_group = status.st_gid == group and status.st_mode & 0o040
    return bool(status.st_mode & 0o004 or by_group or _is_mqm(status.st_uid))


def _is_mqm(uid: int) -> bool:
    try:
        return pwd.getpwuid(uid).pw_name == "mqm"
    except KeyError:
        return False


def _stashed(path: Path, readable_by: int | None) -> str:
    stash = stash_path(path)
    try:
        return files.unstash(_contents(stash, readable_by, StoreProblem.PASSWORD))
    except files.DamagedError as error:
        raise StoreError(StoreProblem.PASSWORD, stash, "not a stash file") from error


def ssl_files(store: Store, label: str | None) -> SslFiles:
    """Certificate with its chain as far as the store holds it, unencrypted key, and all trusted
    certificates, as PEM.

    The label must match exactly. Self-signed personal certificates are trusted too (recalled).
    """
    trusted = [one for one in store.entries if one.trusted and (not one.personal or one.self_signed)]
    roots = "".join(dict.fromkeys(one.pem for one in trusted))
    own = next((one for one in store.entries if one.label == label), None)
    if own is None or own.key is None:
        return SslFiles("", "", roots)
    chain = [own, *chain_of(own.certificate, store.entries)]
    key = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return SslFiles("".join(one.pem for one in chain), key, roots)
