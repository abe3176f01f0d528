"""What goes to the terminal: results to stdout, everything said about them to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable


def result(text: str) -> None:
    """Write a result."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def say(text: str) -> None:
    """Say something about a result, its making or its failure."""
    sys.stderr.write(text if text.endswith("\n") else text + "\n")
    sys.stderr.flush()


def at_terminal() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def asking() -> Callable[[str], str] | None:
    """What asks a person at the terminal for a secret; None where nobody sits there."""
    return _ask if at_terminal() else None


def _ask(question: str) -> str:
    import getpass

    return getpass.getpass(f"{question}: ")
