"""Commands with a secret in them: a reference until the moment of sending, stars wherever they are shown.

A `Secretful` is a command in parts. Texts stand as they are sent; a `SecretRef` stands for a value that
only `wizard/run` can look up. No function here returns a text with a secret but `revealed`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wizard.mq.quoting import quote

STARS = "********"


@dataclass(frozen=True)
class SecretRef:
    """The name of a secret; the value is not here."""

    name: str

    def __str__(self) -> str:
        return STARS


Secretful = tuple[str | SecretRef, ...]


def parts(command: str | Secretful) -> Secretful:
    """A command in parts, whether or not it holds a secret."""
    return (command,) if isinstance(command, str) else command


def masked(command: str | Secretful) -> str:
    """The command as it may be shown, logged and kept: stars in quotes where secrets stand."""
    return "".join(part if isinstance(part, str) else quote(STARS) for part in parts(command))


def revealed(command: str | Secretful, reveal: Callable[[SecretRef], str]) -> str:
    """The command as it is sent, each secret looked up and quoted.

    Only the runner calls this. Raises UnquotableValue, without the value, where a secret holds a control
    character.
    """
    return "".join(part if isinstance(part, str) else quote(reveal(part)) for part in parts(command))


def secrets_in(command: str | Secretful) -> tuple[SecretRef, ...]:
    """The references that a command needs, in their order."""
    return tuple(part for part in parts(command) if isinstance(part, SecretRef))
