"""The states of an own CA's folder: absent, half, whole; and what may be done with each.

Used by `ca` only. A folder that holds anything a certificate may rest on is never written over.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from wizard.pki.errors import AuthorityError, PrivateKeyError
from wizard.pki.keys import KeyKind, PrivateKey, key_from_pem, kind_of
from wizard.pki.register import Register

Presence = Literal["absent", "half", "whole"]


def presence(folder: Path) -> Presence:
    """Whether the folder holds a CA, or only the key or only the certificate of one."""
    parts = [(folder / name).exists() for name in ("ca.key", "ca.pem")]
    if all(parts):
        return "whole"
    return "half" if any(parts) else "absent"


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Turns what the file system refuses into AuthorityError."""
    try:
        yield
    except OSError as error:
        raise AuthorityError(
            f"The CA's folder {folder} cannot be used: {error.strerror or error}.",
            "",
            "Check who owns it and whether its disk is full.",
        ) from error


def refuse_what_was_in_use(folder: Path) -> None:
    """Raises AuthorityError when a new CA here would take the place of one that somebody may trust."""
    if presence(folder) == "whole":
        raise AuthorityError(
            f"There is a CA in {folder} already.",
            "Its certificates are trusted somewhere.",
            "Open it, or choose another folder.",
        )
    if (folder / "ca.pem").exists():
        raise AuthorityError(
            f"{folder} holds the certificate of a CA whose key is missing.",
            "The certificate may be trusted somewhere.",
            "Restore ca.key from the backup, or choose another folder.",
        )
    if Register(folder / "issued.jsonl").issued():
        raise AuthorityError(
            f"The CA in {folder} has issued certificates; its own is missing.",
            "A new one could not stand for them.",
            "Restore ca.pem from the backup, or choose another folder.",
        )


def begun_key(folder: Path, key_kind: KeyKind, passphrase: str) -> PrivateKey | None:
    """The key of a CA that was begun, when it is of the right kind and opens; else it is put aside."""
    path = folder / "ca.key"
    if not path.exists():
        return None
    try:
        key = key_from_pem(path.read_bytes(), passphrase)
    except PrivateKeyError:
        key = None
    if key is not None and b"ENCRYPTED" in path.read_bytes() and kind_of(key) is key_kind:
        path.chmod(0o600)
        return key
    number = 1
    while (folder / f"ca.key.unused-{number}").exists():
        number += 1
    path.rename(folder / f"ca.key.unused-{number}")
    return None


def refuse_open_mode(path: Path) -> None:
    """Raises AuthorityError when group or others have any right on the key."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise AuthorityError(
            f"Others may read or write {path} (mode {mode:04o}).",
            "Its passphrase is then all that protects the CA.",
            f"Run: chmod 600 {path}",
        )


def opened_key(folder: Path, passphrase: str) -> PrivateKey:
    """The key of a whole CA. Raises AuthorityError when it is unencrypted or the passphrase is wrong."""
    pem = (folder / "ca.key").read_bytes()
    if b"ENCRYPTED" not in pem:
        raise AuthorityError(
            f"The key of the CA in {folder} is not encrypted.",
            "Whoever got a copy of it could issue certificates.",
            "Encrypt it: openssl pkcs8 -topk8 -v2 aes256 -in ca.key -out ca.key.new, and rename that.",
        )
    try:
        return key_from_pem(pem, passphrase)
    except PrivateKeyError as error:
        raise AuthorityError(
            f"The passphrase does not open the key of the CA in {folder}.",
            "Or the file is damaged, which is less likely.",
            "Give the passphrase the CA was created with.",
        ) from error
