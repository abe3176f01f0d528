"""Passwords at rest: KEYRPWD, INITKEY, LDAPPWD and channel passwords (facts, TLS 2.3).

Stored encrypted with a keystream from the queue manager's initial key, or from a well-known one when INITKEY is not
set. KEYRPWD can be read with the initial key under which it was set and with no other (recalled).
"""

from __future__ import annotations

import hashlib
import hmac
import os

from wizard.sandbox.state import State

WELL_KNOWN_KEY = "the initial key of every installation"
MARK = "<QM>!2!"


def protect(state: State, qmgr: str, text: str) -> str:
    """Encrypt a password of this queue manager."""
    return protect_with(initial_key(state, qmgr), text)


def protect_with(initial: str, text: str) -> str:
    """Encrypt a text with an initial key; an empty one is the well-known key."""
    nonce = os.urandom(16)
    plain = text.encode("utf-8", "surrogateescape")
    hidden = bytes(left ^ right for left, right in zip(plain, _stream(initial, nonce, len(plain)), strict=True))
    return f"{MARK}{nonce.hex()}!{hidden.hex()}!{_tag(initial, nonce, hidden)}"


def reveal(initial: str, stored: str) -> str | None:
    """The text behind `protect_with`; None when it was made with another key or is empty."""
    if not stored.startswith(MARK):
        return None
    nonce, hidden, tag = stored[len(MARK) :].split("!")
    raw = bytes.fromhex(hidden)
    if not hmac.compare_digest(tag, _tag(initial, bytes.fromhex(nonce), raw)):
        return None
    stream = _stream(initial, bytes.fromhex(nonce), len(raw))
    return bytes(left ^ right for left, right in zip(raw, stream, strict=True)).decode("utf-8", "surrogateescape")


def initial_key(state: State, qmgr: str) -> str:
    """The queue manager's INITKEY, empty when it is not set."""
    found = state.object(qmgr, "QMGR", qmgr)
    stored = str(found[1].get("INITKEY", "")) if found else ""
    return reveal("", stored) or ""


def key_repository_password(state: State, qmgr: str) -> str | None:
    """KEYRPWD as the queue manager can read it now; None when it is not set or INITKEY was changed after it."""
    return revealed(state, qmgr, "KEYRPWD")


def revealed(state: State, qmgr: str, keyword: str) -> str | None:
    """A password attribute of the queue manager object."""
    found = state.object(qmgr, "QMGR", qmgr)
    stored = str(found[1].get(keyword, "")) if found else ""
    return reveal(initial_key(state, qmgr), stored)


def _stream(initial: str, nonce: bytes, length: int) -> bytes:
    key = (initial or WELL_KNOWN_KEY).encode("utf-8", "surrogateescape")
    blocks = (hashlib.sha256(key + nonce + number.to_bytes(4, "big")).digest() for number in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def _tag(initial: str, nonce: bytes, hidden: bytes) -> str:
    key = (initial or WELL_KNOWN_KEY).encode("utf-8", "surrogateescape")
    return hmac.new(key, nonce + hidden, "sha256").hexdigest()[:16]
