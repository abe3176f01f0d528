"""The files of a key store other than PKCS#12: `.kdb`, `.rdb`, `.crl` and the stash `.sth`.

These formats are the sandbox's own; only their names, modes and some of their sizes are IBM's: an empty
database has 88 bytes and a stash 193, as seen on real machines. Files are written beside their place and
moved into it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from enum import Enum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wizard.sandbox.keys import pbe

HEADER_BYTES, SALT_BYTES, CHECK_BYTES, NONCE_BYTES = 40, 16, 32, 12
STASH_MAGIC = b"mqwizard sandbox stash 1\0\0\0\0\0\0\0\0"
STASH_BYTES = 193
LONGEST_PASSWORD = 128
PATTERN = 0xF5


class Kind(Enum):
    """What a sealed file holds; PKCS12_REQUESTS are the pending requests of a PKCS#12 store."""

    CERTIFICATES = b"mqwizard sandbox CMS certificates 1"
    REQUESTS = b"mqwizard sandbox CMS requests 1"
    REVOCATIONS = b"mqwizard sandbox CMS revocations 1"
    PKCS12_REQUESTS = b"mqwizard sandbox PKCS12 requests 1"

    @property
    def header(self) -> bytes:
        return self.value.ljust(HEADER_BYTES, b"\0")


class DamagedError(Exception):
    """The file is not what its name says."""


def kind_of(data: bytes) -> Kind | None:
    """Which sealed database these bytes are, if any."""
    return next((kind for kind in Kind if data.startswith(kind.header)), None)


def seal(kind: Kind, content: bytes, password: str) -> bytes:
    """A database file: header, salt, proof of the password, encrypted content; no content gives 88 bytes."""
    salt = os.urandom(SALT_BYTES)
    check, key = _derive(password, salt)
    head = kind.header + salt + check
    if not content:
        return head
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, content, kind.header)


def unseal(data: bytes, kind: Kind, password: str) -> bytes:
    """The content of a database file; raises DamagedError, or pbe.WrongPasswordError."""
    start = HEADER_BYTES + SALT_BYTES
    if kind_of(data) is not kind or len(data) < start + CHECK_BYTES:
        raise DamagedError
    check, key = _derive(password, data[HEADER_BYTES:start])
    if not hmac.compare_digest(check, data[start : start + CHECK_BYTES]):
        raise pbe.WrongPasswordError
    rest = data[start + CHECK_BYTES :]
    if not rest:
        return b""
    try:
        return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], kind.header)
    except (InvalidTag, ValueError) as error:
        raise DamagedError from error


def _derive(password: str, salt: bytes) -> tuple[bytes, bytes]:
    derived = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, pbe.ROUNDS, 2 * CHECK_BYTES)
    return derived[:CHECK_BYTES], derived[CHECK_BYTES:]


def stash(password: str) -> bytes:
    """A stash file: an encoding, not an encryption, like the real one; raises ValueError when too long."""
    secret = password.encode()
    if len(secret) > LONGEST_PASSWORD:
        raise ValueError(f"a password has at most {LONGEST_PASSWORD} bytes")
    padded = bytes([len(secret)]) + secret + secrets.token_bytes(LONGEST_PASSWORD - len(secret))
    hidden = bytes(byte ^ PATTERN for byte in padded)
    return STASH_MAGIC + hashlib.sha256(hidden).digest() + hidden


def unstash(data: bytes) -> str:
    """The password in a stash file; raises DamagedError."""
    head = len(STASH_MAGIC)
    check, hidden = data[head : head + CHECK_BYTES], data[head + CHECK_BYTES :]
    whole = len(data) == STASH_BYTES and data.startswith(STASH_MAGIC)
    if not whole or hashlib.sha256(hidden).digest() != check:
        raise DamagedError
    padded = bytes(byte ^ PATTERN for byte in hidden)
    return padded[1 : 1 + padded[0]].decode()


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put `content` at `path` in one step; an existing file keeps mode and group, a new one gets `mode`."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    before = path.stat() if path.exists() else None
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        if before is not None:
            with contextlib.suppress(PermissionError):
                os.chown(temporary, -1, before.st_gid)
        temporary.chmod(before.st_mode & 0o7777 if before is not None else mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
