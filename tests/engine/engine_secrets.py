"""Finds secrets where they must not be: in files, in what was said, in the argument list of any process."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine_support import Place

from wizard.sandbox.keys.files import unstash

ARGUMENTS = "arguments.log"

KEPT = ("kits/*.password", "ca/ca.passphrase")
"""Where mqwizard keeps the passwords that it makes itself."""

SANDBOX_OWN = ("sb/sandbox.db", "sb/sandbox.db-wal", "sb/sandbox.db-shm", "sb/users")
"""What stands for the queue manager's and the machine's own memory."""


def record_arguments(log: Path) -> None:
    """Note the argument list of every process that mqwizard starts, and of every simulated command that these start.

    A disturbance of a run: mqwizard starts all its processes through one terminal class, and every command of a sandbox
    is a file that the sandbox writes.
    """
    from wizard.run import terminal
    from wizard.sandbox import install

    start, launcher = terminal.Terminal.__init__, install._launcher

    def recorded_start(self: Any, argv: list[str], *more: Any, **named: Any) -> None:
        with log.open("a", encoding="utf-8") as lines:
            lines.write("\x1f".join(argv) + "\n")
        start(self, argv, *more, **named)

    def recorded_launcher(name: str) -> str:
        note = f"open({str(log)!r}, 'a').write('\\x1f'.join(sys.argv) + '\\n')"
        return launcher(name).replace("import sys\n", f"import sys; {note}\n", 1)

    terminal.Terminal.__init__ = recorded_start  # type: ignore[method-assign]
    install._launcher = recorded_launcher


def kept(place: Place) -> dict[str, str]:
    """Every password that mqwizard made and kept, by the file that holds it, which only its owner may read."""
    found = {}
    for pattern in KEPT:
        for path in place.folder.glob(pattern):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
            found[str(path.relative_to(place.folder))] = path.read_text(encoding="utf-8").strip()
    return found


def stashed(place: Place) -> dict[str, str]:
    """The password of each stash file, which nobody but the queue manager and its tools needs."""
    return {
        f"the password in {path.name}": unstash(path.read_bytes())
        for path in place.sandbox.glob("var/mqm/qmgrs/*/ssl/*.sth")
    }


def places_of(secret: str, folder: Path) -> set[str]:
    """The files below a folder that hold a secret, as it is or with its quotes doubled."""
    forms = {form.encode(code) for form in (secret, secret.replace("'", "''")) for code in ("utf-8", "utf-16-le")}
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if any(form in content for form in forms):
                found.add(str(path.relative_to(folder)))
    return found


def assert_hidden(place: Place, secrets: Mapping[str, str]) -> None:
    """No file below the place holds a secret but the one that keeps it; `secrets` are by that file, or by any name."""
    assert secrets
    for keeper, secret in secrets.items():
        assert len(secret) >= 12, f"{keeper} holds no strong secret"
        found = places_of(secret, place.folder) - set(SANDBOX_OWN)
        assert found == ({keeper} if (place.folder / keeper).is_file() else set()), keeper
