"""chpasswd: sets passwords of the simulated machine from `name:password` lines on standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import users


def main(argv: list[str], folder: Path) -> int:
    """Set each password: 0; 1 when a line could not be used, the others are set."""
    if argv:
        sys.stderr.write("Usage: chpasswd\n")
        return 2
    status = 0
    with users.change(folder) as known:
        for number, line in enumerate(sys.stdin.read().splitlines(), 1):
            name, colon, password = line.partition(":")
            if not colon:
                sys.stderr.write(f"chpasswd: line {number}: missing new password\n")
                status = 1
            elif name not in known.users:
                sys.stderr.write(f"chpasswd: (line {number}, user {name}) password not changed\n")
                status = 1
            else:
                known.users[name] = known.users[name]._replace(password=users.hashed(password))
    return status
