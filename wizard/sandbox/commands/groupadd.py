"""groupadd: makes a group of the simulated machine."""

from __future__ import annotations

from pathlib import Path

from wizard.sandbox import accounts, users
from wizard.sandbox.errors import MqError

USAGE = "groupadd [options] GROUP"
SHORT = "frg:"
LONG = {"force": "f", "system": "r", "gid": "g"}


def main(argv: list[str], folder: Path) -> int:
    """Make the group: 0; 3 bad name, 4 number taken, 9 name taken (0 with -f)."""
    options, operands = accounts.given(argv, USAGE, SHORT, LONG)
    name = accounts.only_operand(operands, USAGE)
    if not accounts.is_name(name):
        raise MqError(f"groupadd: '{name}' is not a valid group name", accounts.BAD_ARGUMENT)
    with users.change(folder) as known:
        if name in known.groups:
            if "f" in options:
                return 0
            raise MqError(f"groupadd: group '{name}' already exists", accounts.NAME_TAKEN)
        known.groups[name] = users.Group(name, _gid(known, options))
    return 0


def _gid(known: users.Accounts, options: dict[str, str]) -> int:
    taken = {group.gid for group in known.groups.values()}
    if "g" not in options:
        return accounts.free_number(taken, system="r" in options)
    if not (options["g"].isascii() and options["g"].isdigit()):
        raise MqError(f"groupadd: invalid group ID '{options['g']}'", accounts.BAD_ARGUMENT)
    gid = int(options["g"])
    if gid in taken:
        raise MqError(f"groupadd: GID '{gid}' already exists", accounts.NUMBER_TAKEN)
    return gid
