"""Byte streams over a connected socket: plain here, TLS in `tls`. Both ends of a conversation use them.

A stream reads exactly as many bytes as asked for and writes all it is given; the end of the other side is
an exception.
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Protocol

CHUNK = 65536
LINGER_SECONDS = 2.0


class StreamEndError(Exception):
    """The other end has closed, or the network has failed; nothing more will come."""


class Stream(Protocol):
    """What frames travel over."""

    def read(self, length: int) -> bytes:
        """Exactly `length` bytes; raises StreamEndError."""

    def write(self, content: bytes) -> None:
        """All of `content`; raises StreamEndError."""

    def close(self) -> None:
        """End the connection in good order; never raises."""


class PlainStream:
    """A connection without TLS; `pushed` are bytes that were already read from it."""

    def __init__(self, connection: socket.socket, pushed: bytes = b"") -> None:
        self._connection = connection
        self._buffer = bytearray(pushed)

    def read(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._buffer += received(self._connection)
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken

    def write(self, content: bytes) -> None:
        sent(self._connection, content)

    def close(self) -> None:
        close_gently(self._connection)


def received(connection: socket.socket) -> bytes:
    """The next bytes of a socket; raises StreamEndError at its end."""
    try:
        content = connection.recv(CHUNK)
    except OSError as error:
        raise StreamEndError(str(error)) from error
    if not content:
        raise StreamEndError("closed by the other end")
    return content


def sent(connection: socket.socket, content: bytes) -> None:
    """Send everything; raises StreamEndError."""
    try:
        connection.sendall(content)
    except OSError as error:
        raise StreamEndError(str(error)) from error


def close_gently(connection: socket.socket) -> None:
    """Close without losing what was sent last.

    Closing while unread bytes wait makes the kernel send a reset, and the other end then loses the alert or
    refusal that explains everything. So the sending side is closed first and the rest is read away, for a
    short time.
    """
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        until = time.monotonic() + LINGER_SECONDS
        while (left := until - time.monotonic()) > 0:
            connection.settimeout(left)
            if not connection.recv(CHUNK):
                break
    connection.close()
