"""useradd: makes a user of the simulated machine."""

from __future__ import annotations

from pathlib import Path

from wizard.sandbox import accounts, users
from wizard.sandbox.errors import MqError

USAGE = "useradd [options] LOGIN"
SHORT = "mMrNUg:G:s:d:c:u:"
LONG = {
    "create-home": "m",
    "no-create-home": "M",
    "system": "r",
    "no-user-group": "N",
    "user-group": "U",
    "gid": "g",
    "groups": "G",
    "shell": "s",
    "home-dir": "d",
    "comment": "c",
    "uid": "u",
}
WITHOUT_USER_GROUP = "users"
"""The primary group of -N without -g."""


def main(argv: list[str], folder: Path) -> int:
    """Make the user: 0; 3 bad name, 4 number taken, 6 unknown group, 9 name taken."""
    options, operands = accounts.given(argv, USAGE, SHORT, LONG)
    name = accounts.only_operand(operands, USAGE)
    if not accounts.is_name(name):
        raise MqError(f"useradd: invalid user name '{name}': use --badname to ignore", accounts.BAD_ARGUMENT)
    with users.change(folder) as known:
        if name in known.users:
            raise MqError(f"useradd: user '{name}' already exists", accounts.NAME_TAKEN)
        others = accounts.groups_named(known, options.get("G", ""), "useradd")
        uid = _uid(known, options)
        group = _primary_group(known, name, options, uid)
        home = options.get("d") or accounts.default_home(folder, name)
        known.users[name] = users.User(
            name,
            uid,
            group,
            home=home,
            shell=options.get("s", "/bin/bash"),
            comment=options.get("c", ""),
        )
        accounts.join(known, name, others)
        inside = Path(home).is_relative_to(folder)
        if "m" in options and inside:
            # A home directory elsewhere would be one of the real machine.
            Path(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    return 0


def _uid(known: users.Accounts, options: dict[str, str]) -> int:
    taken = {user.uid for user in known.users.values()}
    if "u" not in options:
        return accounts.free_number(taken, system="r" in options)
    if not (options["u"].isascii() and options["u"].isdigit()):
        raise MqError(f"useradd: invalid user ID '{options['u']}'", accounts.BAD_ARGUMENT)
    uid = int(options["u"])
    if uid in taken:
        raise MqError(f"useradd: UID {uid} is not unique", accounts.NUMBER_TAKEN)
    return uid


def _primary_group(known: users.Accounts, name: str, options: dict[str, str], uid: int) -> str:
    if "g" in options:
        return accounts.group_named(known, options["g"], "useradd").name
    if "N" in options:
        return accounts.group_named(known, WITHOUT_USER_GROUP, "useradd").name
    if name in known.groups:
        raise MqError(
            f"useradd: group {name} exists - if you want to add this user to that group, use -g.",
            accounts.NAME_TAKEN,
        )
    taken = {group.gid for group in known.groups.values()}
    gid = accounts.free_number(taken, system="r" in options, wanted=uid)
    known.groups[name] = users.Group(name, gid)
    return name
