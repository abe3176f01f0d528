"""Secrets: a value that does not show itself, and the store that finds, makes known and hides such values.

Used by everything in `run` that sends a password, and by whoever writes a line for people:
`SecretStore.redact` turns every secret the store ever handed out into stars. Recipes and plans carry
references only:

    env:NAME          an environment variable
    file:PATH         a file of one line that nobody else may read; a relative path starts at the recipe
    prompt[:LABEL]    asked at the terminal, once per run
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn, SupportsIndex

from wizard.errors import Refused
from wizard.mq.secret_text import STARS
from wizard.run.terminal import typable

LONGEST = 4_000
"""Bytes a secret may have: a terminal cuts a line at 4,095 without a word."""

TELLING_LENGTH = 8
"""A secret this long inside another text is a leak; a shorter one may be there by chance (`app1`)."""


class Secret:
    """A value that no text form, copy or pickle gives away; only `reveal` does."""

    __slots__ = ("_hidden",)

    def __init__(self, value: str) -> None:
        self._hidden = value

    def reveal(self) -> str:
        """The value itself, for the line that goes to the program that needs it and nowhere else."""
        return self._hidden

    def __repr__(self) -> str:
        return STARS

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret is never pickled")


class SecretStore:
    """Resolves references to secrets and hides every value it knows from texts for people."""

    def __init__(
        self,
        *,
        environment: Mapping[str, str] | None = None,
        base: Path | None = None,
        ask: Callable[[str], str] | None = None,
    ) -> None:
        """`base` is where relative file references start; `ask` gets a question and returns the typed answer.

        Without `ask` there is no terminal, and a `prompt` reference is refused.
        """
        self._environment = os.environ if environment is None else environment
        self._base = base or Path()
        self._ask = ask
        self._known: dict[str, Secret] = {}
        self._extra: list[Secret] = []
        self._pattern: re.Pattern[str] | None = None
        self._telling: tuple[str, ...] = ()

    def hide(self, secret: Secret) -> Secret:
        """Make a secret known that no reference names, so that it is hidden too; returns it."""
        self._extra.append(secret)
        self._rebuild()
        return secret

    def resolve(self, reference: str, purpose: str = "") -> Secret:
        """The secret behind a reference, the same each time; `purpose` says in a question what it is for.

        Refused, with the remedy, where it is unknown, unset, empty, readable by others, too long or not
        typable.
        """
        if reference in self._known:
            return self._known[reference]
        scheme, _, rest = reference.partition(":")
        readers = {"env": self._from_environment, "file": self._from_file, "prompt": self._from_terminal}
        if scheme not in readers or (not rest and scheme != "prompt"):
            raise Refused(
                f"{reference} is no reference to a secret.",
                remedy="Write env:NAME, file:PATH or prompt.",
            )
        value = _one_line(reference, readers[scheme](rest, reference, purpose))
        return self._remember(reference, Secret(value))

    def redact(self, text: str) -> str:
        """The text with every known secret, plain or with quotes doubled as MQSC does, turned into stars."""
        return self._pattern.sub(STARS, text) if self._pattern else text

    def leaks(self, text: str) -> bool:
        """Whether the text carries a known secret of eight characters or more."""
        return any(value in text for value in self._telling)

    def _all(self) -> list[Secret]:
        return [*self._known.values(), *self._extra]

    def _remember(self, reference: str, secret: Secret) -> Secret:
        self._known[reference] = secret
        self._rebuild()
        return secret

    def _rebuild(self) -> None:
        forms: set[str] = set()
        for secret in self._all():
            value = secret.reveal()
            forms |= {value, value.replace("'", "''")}
        ordered = sorted(filter(None, forms), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None
        self._telling = tuple(form for form in ordered if len(form) >= TELLING_LENGTH)

    def _from_environment(self, name: str, reference: str, purpose: str) -> str:
        value = self._environment.get(name)
        if value is None:
            raise Refused(
                f"The environment variable {name} is not set{_for(purpose)}.",
                f"The recipe takes a secret from {reference}.",
                f"Set {name} in the environment of mqwizard, or change the reference.",
            )
        return value

    def _from_file(self, name: str, reference: str, purpose: str) -> str:
        path = self._base / name
        try:
            with path.open("rb") as file:
                _check_mode(path, os.fstat(file.fileno()), reference)
                content = file.read(LONGEST + 2)
        except OSError as error:
            raise Refused(
                f"{path} cannot be read: {error.strerror}{_for(purpose)}.",
                f"The recipe takes a secret from {reference}.",
                "Put the secret in that file, mode 0600, or change the reference.",
            ) from error
        try:
            return content.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as error:
            raise Refused(f"{path} is not UTF-8 text.", f"{reference} must hold one line of text.") from error

    def _from_terminal(self, label: str, reference: str, purpose: str) -> str:
        if self._ask is None:
            raise Refused(
                f"There is no terminal to ask for the secret {reference}{_for(purpose)}.",
                remedy="Run at a terminal, or give the secret as env:NAME or file:PATH.",
            )
        return self._ask(purpose or label or "Password")


def _for(purpose: str) -> str:
    return f" ({purpose})" if purpose else ""


def _check_mode(path: Path, status: os.stat_result, reference: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Refused(f"{path} is not a regular file.", f"The recipe takes a secret from {reference}.")
    if status.st_mode & 0o077:
        raise Refused(
            f"{path} has mode {stat.S_IMODE(status.st_mode):04o}: others than its owner can reach it.",
            "A secret that others can read or change is none.",
            f"chmod 600 {path}",
        )
    if status.st_uid not in {0, os.geteuid()}:
        raise Refused(
            f"{path} belongs to another user (uid {status.st_uid}).",
            "Its owner decides what the secret is.",
            f"Make the file your own: chown {os.geteuid()} {path}",
        )


def _one_line(reference: str, value: str) -> str:
    if not value:
        raise Refused(f"The secret {reference} is empty.", remedy="Give it a value.")
    if "\t" in value or not typable(value):
        raise Refused(
            f"The secret {reference} holds more than one line, or control characters.",
            "It is typed at a terminal, where those mean something else.",
            "Give it one line of printable characters.",
        )
    if len(value.encode()) > LONGEST:
        raise Refused(f"The secret {reference} is longer than {LONGEST} bytes.", remedy="Give a shorter one.")
    return value
