"""Certificate files that a person names: read within bounds, stores opened, each judged with the others in sight."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import UsageError

if TYPE_CHECKING:
    from wizard.pki.findings import LintFinding
    from wizard.pki.lint_files import FileContents

LARGEST = 5 * 1024 * 1024
"""Bytes of a file; a larger one holds no certificates that MQ could use."""


@dataclass(frozen=True)
class Linted:
    """One file: what it is, what it holds, what is wrong with it."""

    name: str
    contents: FileContents
    findings: tuple[LintFinding, ...]


def lint_files(
    names: Sequence[str],
    *,
    now: datetime,
    password: str = "",
    cipher_spec: str = "",
    ask: Callable[[str], str] | None = None,
) -> list[Linted]:
    """Each file judged; the certificates of the others are known, so that a chain may lie in several.

    `password` is a reference (env:, file:, prompt) for the PKCS#12 stores among them; it is looked up when one is
    there. Raises UsageError for a file that is not there or too large, Refused for a password that cannot be had.
    """
    from wizard.pki.findings import worst_first
    from wizard.pki.lint_files import lint_contents, read_file
    from wizard.pki.reading import is_pkcs12
    from wizard.run.secrets import SecretStore

    secrets = SecretStore(ask=ask)
    held: dict[str, FileContents] = {}
    for name in dict.fromkeys(names):
        found = certificate_file(Path(name))
        opens = is_pkcs12(found) and password
        held[name] = read_file(found, secrets.resolve(password, "key repository").reveal() if opens else None)
    judged = []
    for name, contents in held.items():
        others = [one for other, each in held.items() if other != name for one in each.certificates]
        found_in = lint_contents(contents, now=now, known=others, cipher_spec=cipher_spec)
        judged.append(Linted(name, contents, tuple(worst_first([*found_in, *_mode(Path(name), contents)]))))
    return judged


def certificate_file(path: Path) -> bytes:
    """The content of a file of certificates. Raises UsageError where it is none, cannot be read, or is too large."""
    try:
        # A pipe is opened without waiting for who writes to it.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UsageError(f"{path} is no regular file.", remedy="Name a file that holds certificates.")
            found = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}.", remedy="Name a file that holds certificates."
        ) from error
    if len(found) > LARGEST:
        raise UsageError(
            f"{path} is larger than {LARGEST:,} bytes.", remedy="Check that it is the file that was meant."
        )
    return found


def _mode(path: Path, contents: FileContents) -> list[LintFinding]:
    """A file with a private key that everybody on the host may read."""
    from wizard.pki.findings import Rule, error

    private = any(one.personal for one in contents.entries) or any(
        one.rule is Rule.PRIVATE_KEY for one in contents.found
    )
    mode = stat.S_IMODE(path.stat().st_mode)
    if not private or not mode & 0o007:
        return []
    what = f"It holds a private key, and everybody on this host may reach it (mode {mode:04o})."
    return [error(Rule.FILE_MODE, what, f"chmod o= {path}, and give only those access who must have it.")]
