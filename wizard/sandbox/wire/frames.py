"""The sandbox's own conversation between client and listener, after TLS: frames of JSON.

A frame is the magic word, four bytes of length, and one JSON object. It replaces MQ's FAP, which nobody
outside IBM may write; everything before it on the connection (TCP, TLS) is real. Both ends bound what they
read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from typing import Any

from wizard.sandbox.wire.streams import Stream

MAGIC = b"TSHW"
FIRST_LIMIT = 64 * 1024
"""How long the first frame may be: its sender is not known yet."""
LIMIT = 160 * 1024 * 1024
"""The longest message of MQ (100 MB) with its base64 growth."""

Frame = dict[str, Any]


class FrameError(Exception):
    """What arrived is no frame: not from a sandbox client."""


def send(stream: Stream, frame: Frame) -> None:
    body = json.dumps(frame).encode()
    stream.write(MAGIC + len(body).to_bytes(4, "big") + body)


def receive(stream: Stream, limit: int = LIMIT) -> Frame:
    """The next frame; raises FrameError, and StreamEndError when the other end has gone."""
    head = stream.read(8)
    length = int.from_bytes(head[4:], "big")
    if head[:4] != MAGIC or length > limit:
        raise FrameError
    try:
        frame = json.loads(stream.read(length))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FrameError from error
    if not isinstance(frame, dict):
        raise FrameError
    return frame


def packed(content: bytes) -> str:
    """Bytes as JSON text."""
    return base64.b64encode(content).decode("ascii")


def unpacked(text: object) -> bytes:
    """The bytes of `packed`; raises FrameError."""
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise FrameError from error


def obscured(password: str) -> str:
    """A password for a connection without TLS: an encoding as MQ's password protection is at its
    lowest, no secrecy.
    """
    nonce = secrets.token_bytes(16)
    return packed(nonce + _mixed(password.encode("utf-8", "surrogateescape"), nonce))


def revealed(text: object) -> str:
    """The password in `obscured`; raises FrameError."""
    content = unpacked(text)
    return _mixed(content[16:], content[:16]).decode("utf-8", "surrogateescape")


def _mixed(content: bytes, nonce: bytes) -> bytes:
    stream = hashlib.shake_256(nonce).digest(len(content))
    return bytes(left ^ right for left, right in zip(content, stream, strict=True))
