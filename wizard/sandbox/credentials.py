"""The encrypted passwords that runmqicred prints and clients read: `<MQI>!2!base64!base64`.

The sandbox's own cipher; it keeps nothing secret from anyone who has the key, and the default key is in this
file. Used by runmqicred and by the simulated clients.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64decode, b64encode

from wizard.sandbox.recalled import recalled

DEFAULT_KEY = "the sandbox's default initial key"
SALT_LENGTH = 16
CHECK_LENGTH = 8


def encode(password: str, key: str = DEFAULT_KEY) -> str:
    """The encrypted form of a password; a different one each time."""
    salt = os.urandom(SALT_LENGTH)
    plain = password.encode("utf-8", "surrogateescape")
    secret = _check(plain, key) + plain
    hidden = _crossed(secret, salt, key)
    return f"{recalled('runmqicred.prefix')}{b64encode(salt).decode()}!{b64encode(hidden).decode()}"


def is_encoded(text: str) -> bool:
    """Whether the text has the form of an encrypted password; a plain password does not."""
    return text.startswith(recalled("runmqicred.prefix"))


def decode(text: str, key: str = DEFAULT_KEY) -> str | None:
    """The password, or None when the text is damaged or was encrypted with another key."""
    parts = text.removeprefix(recalled("runmqicred.prefix")).split("!")
    if not is_encoded(text) or len(parts) != 2:
        return None
    try:
        salt, hidden = (b64decode(part, validate=True) for part in parts)
    except ValueError:
        return None
    secret = _crossed(hidden, salt, key)
    check, plain = secret[:CHECK_LENGTH], secret[CHECK_LENGTH:]
    if not hmac.compare_digest(check, _check(plain, key)):
        return None
    return plain.decode("utf-8", "surrogateescape")


def _check(plain: bytes, key: str) -> bytes:
    return hmac.digest(_bytes(key), plain, "sha256")[:CHECK_LENGTH]


def _crossed(content: bytes, salt: bytes, key: str) -> bytes:
    stream = hashlib.shake_256(_bytes(key) + b"\0" + salt).digest(len(content))
    return bytes(one ^ other for one, other in zip(content, stream, strict=True))


def _bytes(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")
