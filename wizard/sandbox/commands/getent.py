"""getent: looks up users, groups and host names of the simulated machine, in the layout of glibc's getent."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import hosts, users
from wizard.sandbox.errors import MqError, SandboxError

HELP = "Try `getent --help' or `getent --usage' for more information."
NOT_FOUND = 2
GLIBC_DATABASES = ("aliases", "ethers", "gshadow", "initgroups", "netgroup", "networks", "protocols", "rpc")
LEFT_OUT = (*GLIBC_DATABASES, "services", "shadow", "ahostsv6")


def main(argv: list[str], folder: Path) -> int:
    """Print the entries of the keys, or all: 0; 1 usage, 2 a key was not found."""
    if not argv:
        raise MqError(f"getent: wrong number of arguments\n{HELP}", 1)
    database, *keys = argv
    if database in LEFT_OUT:
        raise SandboxError(f"The sandbox does not simulate getent {database}.")
    if database not in ("passwd", "group", "hosts", "ahosts", "ahostsv4"):
        raise MqError(f"Unknown database: {database}\n{HELP}", 1)
    status = 0
    for found in _lookups(folder, database, keys):
        if found is None:
            status = NOT_FOUND
        else:
            sys.stdout.write(found)
    return status


def _lookups(folder: Path, database: str, keys: list[str]) -> list[str | None]:
    if database in ("passwd", "group"):
        return _accounts(users.read(folder), folder, database, keys)
    if not keys:
        return [_host_line(address, names) for address, names in hosts.entries(folder)]
    if database == "hosts":
        return [_host(folder, key) for key in keys]
    return [_addresses(folder, key) for key in keys]


def _accounts(accounts: users.Accounts, folder: Path, database: str, keys: list[str]) -> list[str | None]:
    if database == "passwd":
        lines = {user.name: _passwd(accounts, folder, user) for user in accounts.users.values()}
        numbers = {str(user.uid): user.name for user in reversed(accounts.users.values())}
    else:
        lines = {
            group.name: f"{group.name}:x:{group.gid}:{','.join(group.members)}\n" for group in accounts.groups.values()
        }
        numbers = {str(group.gid): group.name for group in reversed(accounts.groups.values())}
    if not keys:
        return list(lines.values())
    return [lines.get(numbers.get(key, key)) for key in keys]


def _passwd(accounts: users.Accounts, folder: Path, user: users.User) -> str:
    gid = accounts.groups[user.group].gid if user.group in accounts.groups else user.uid
    home = user.home or str(folder / "home" / user.name)
    return f"{user.name}:x:{user.uid}:{gid}:{user.comment}:{home}:{user.shell}\n"


def _host_line(address: str, names: list[str]) -> str:
    return f"{address:<15} {' '.join(names)}\n"


def _host(folder: Path, key: str) -> str | None:
    for address, names in hosts.entries(folder):
        if key == address or key in names:
            return _host_line(address, [key] if names == ["*"] else names)
    resolved = hosts.resolve(folder, key)
    return None if resolved is None else _host_line(resolved, [key])


def _addresses(folder: Path, key: str) -> str | None:
    address = hosts.resolve(folder, key)
    if address is None:
        return None
    return f"{address:<15} STREAM {key}\n{address:<15} DGRAM  \n{address:<15} RAW    \n"
