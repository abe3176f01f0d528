"""What useradd, groupadd, usermod and chpasswd share: arguments as getopt reads them, checks, free numbers.

Texts and exit statuses are those of shadow-utils.
"""

from __future__ import annotations

import getopt
from collections.abc import Mapping
from pathlib import Path

from wizard.sandbox.errors import MqError
from wizard.sandbox.users import Accounts, Group

USAGE_STATUS = 2
BAD_ARGUMENT = 3
NUMBER_TAKEN = 4
NO_SUCH = 6
NAME_TAKEN = 9
FIRST_NUMBER = 1000
LAST_SYSTEM_NUMBER = 999
LONGEST_NAME = 32


def given(argv: list[str], usage: str, short: str, long: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The options by their short letter, and the operands; `long` maps long options to letters."""
    program = usage.partition(" ")[0]
    try:
        options, operands = getopt.gnu_getopt(
            argv, short, [f"{name}=" if f"{letter}:" in short else name for name, letter in long.items()]
        )
    except getopt.GetoptError as error:
        option = f"invalid option -- '{error.opt}'" if len(error.opt) == 1 else f"unrecognized option '--{error.opt}'"
        raise MqError(f"{program}: {option}\nUsage: {usage}", USAGE_STATUS) from None
    return {long.get(name.lstrip("-"), name.lstrip("-")): value for name, value in options}, operands


def only_operand(operands: list[str], usage: str) -> str:
    """The one operand; the usage text for none or several."""
    if len(operands) != 1:
        raise MqError(f"Usage: {usage}", USAGE_STATUS)
    return operands[0]


def is_name(text: str) -> bool:
    """Whether shadow-utils takes this as the name of a user or group."""
    kept = text.replace("_", "a").replace(".", "a")
    return (
        0 < len(text) <= LONGEST_NAME
        and kept[0].isascii()
        and kept[0].isalnum()
        and kept.replace("-", "a").isalnum()
        and kept.isascii()
        and not text.isdigit()
        and text not in (".", "..")
    )


def group_named(accounts: Accounts, text: str, program: str) -> Group:
    """A group by name or number; status 6 when there is none."""
    for group in accounts.groups.values():
        if text in (group.name, str(group.gid)):
            return group
    raise MqError(f"{program}: group '{text}' does not exist", NO_SUCH)


def groups_named(accounts: Accounts, text: str, program: str) -> list[str]:
    """The names of a comma-separated list of groups."""
    return [group_named(accounts, word, program).name for word in text.split(",") if word]


def join(accounts: Accounts, user: str, groups: list[str]) -> None:
    """Make the user a member of these groups too."""
    for name in groups:
        group = accounts.groups[name]
        if user not in group.members:
            accounts.groups[name] = group._replace(members=(*group.members, user))


def free_number(taken: set[int], *, system: bool, wanted: int | None = None) -> int:
    """A user or group number that nobody has, as useradd picks one; `wanted` when it is free."""
    if wanted is not None and wanted not in taken:
        return wanted
    if system:
        return next(number for number in range(LAST_SYSTEM_NUMBER, 0, -1) if number not in taken)
    return max(FIRST_NUMBER, 1 + max((number for number in taken if number < 60000), default=0))


def default_home(folder: Path, user: str) -> str:
    """The home directory of a user of the simulated machine, a real path inside the sandbox."""
    return str(folder / "home" / user)
