"""usermod: changes a user of the simulated machine."""

from __future__ import annotations

from pathlib import Path

from wizard.sandbox import accounts, users
from wizard.sandbox.errors import MqError

USAGE = "usermod [options] LOGIN"
SHORT = "aG:g:s:d:c:"
LONG = {"append": "a", "groups": "G", "gid": "g", "shell": "s", "home": "d", "comment": "c"}


def main(argv: list[str], folder: Path) -> int:
    """Change the user: 0; 2 usage, 6 unknown user or group."""
    options, operands = accounts.given(argv, USAGE, SHORT, LONG)
    name = accounts.only_operand(operands, USAGE)
    if "a" in options and "G" not in options:
        raise MqError(f"usermod: -a flag is only allowed with the -G flag\nUsage: {USAGE}", accounts.USAGE_STATUS)
    with users.change(folder) as known:
        user = known.users.get(name)
        if user is None:
            raise MqError(f"usermod: user '{name}' does not exist", accounts.NO_SUCH)
        if "g" in options:
            user = user._replace(group=accounts.group_named(known, options["g"], "usermod").name)
        known.users[name] = user._replace(
            shell=options.get("s", user.shell),
            home=options.get("d", user.home),
            comment=options.get("c", user.comment),
        )
        if "G" in options:
            wanted = accounts.groups_named(known, options["G"], "usermod")
            if "a" not in options:
                _leave_all(known, name)
            accounts.join(known, name, wanted)
    return 0


def _leave_all(known: users.Accounts, name: str) -> None:
    for group in list(known.groups.values()):
        members = tuple(member for member in group.members if member != name)
        known.groups[group.name] = group._replace(members=members)
