"""Reads a password the way MQ's commands do: one `*` for each key at a terminal, else a line of input."""

from __future__ import annotations

import os
import sys
import termios

ENTER = (b"\r", b"\n", b"\x04", b"")
RUBOUT = (b"\x08", b"\x7f")


def read_password() -> str:
    """One line from standard input, without its end."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    sys.stdout.flush()
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    silent = list(before)
    silent[3] = before[3] & ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(keyboard, termios.TCSADRAIN, silent)
    try:
        typed = _typed(keyboard)
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    sys.stdout.write("\n")
    return typed.decode("utf-8", "surrogateescape")


def _typed(keyboard: int) -> bytes:
    typed: list[bytes] = []
    while (key := os.read(keyboard, 1)) not in ENTER:
        if key not in RUBOUT:
            typed.append(key)
            os.write(1, b"*")
        elif typed:
            typed.pop()
            os.write(1, b"\b \b")
    return b"".join(typed)
