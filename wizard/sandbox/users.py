"""The simulated machine's users and groups, in the file `users` of the sandbox.

One line each, in any order; `#` starts a comment line:

    group NAME GID [MEMBER,MEMBER]
    user NAME UID PRIMARYGROUP [HASH] [home=PATH] [shell=PATH] [comment=TEXT]

Texts after `=` are percent-encoded; a HASH of `-` is no password. Read by getent, id, the authority checks
and connection authentication, changed by useradd, groupadd, usermod and chpasswd under the folder's lock.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.installation import locked, replace

USERS = "users"
ADMINISTRATORS = "mqm"
NO_PASSWORD = "-"  # noqa: S105 - the mark for an account without one
SCRYPT_COST = 2**10
"""Small on purpose: the accounts are invented and tests log in often."""


class Group(NamedTuple):
    name: str
    gid: int
    members: tuple[str, ...] = ()


class User(NamedTuple):
    """One user; `group` is the name of the primary group, `password` a salted hash or `-`."""

    name: str
    uid: int
    group: str
    password: str = NO_PASSWORD
    home: str = ""
    shell: str = "/bin/bash"
    comment: str = ""

    def __repr__(self) -> str:
        return f"User({self.name!r}, {self.uid}, {self.group!r})"


class Accounts:
    """All users and groups by name, in the order of the file."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}

    def groups_of(self, name: str) -> list[str]:
        """The groups of a user, primary group first; none for an unknown user."""
        user = self.users.get(name)
        if user is None:
            return []
        others = [group.name for group in self.groups.values() if name in group.members and group.name != user.group]
        return [user.group, *others]

    def members_of(self, name: str) -> list[str]:
        """The users of a group: those it lists and those whose primary group it is."""
        listed = self.groups[name].members if name in self.groups else ()
        primary = [user.name for user in self.users.values() if user.group == name and user.name not in listed]
        return [*listed, *primary]

    def is_administrator(self, name: str) -> bool:
        """Whether the user is privileged: mqm, or in the group mqm."""
        return name == ADMINISTRATORS or ADMINISTRATORS in self.groups_of(name)


def invoker() -> str:
    """The name of the OS user who runs this process."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def read(folder: Path) -> Accounts:
    """The accounts of a sandbox; SandboxError names a line that cannot be read."""
    accounts = Accounts()
    for number, line in enumerate((folder / USERS).read_text(encoding="utf-8").splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            _take(accounts, words)
        except (ValueError, IndexError):
            raise SandboxError(f"{folder / USERS}:{number}: cannot be read: {line!r}") from None
    return accounts


def _take(accounts: Accounts, words: list[str]) -> None:
    kind, name, number, *rest = words
    if kind == "group":
        members = tuple(member for member in "".join(rest).split(",") if member)
        accounts.groups[name] = Group(name, int(number), members)
        return
    if kind != "user":
        raise ValueError(kind)
    known = dict(word.split("=", 1) for word in rest[1:] if "=" in word)
    plain = [word for word in rest[1:] if "=" not in word]
    user = User(name, int(number), rest[0], *plain[:1])
    accounts.users[name] = user._replace(
        home=unquote(known.pop("home", "")),
        shell=unquote(known.pop("shell", user.shell)),
        comment=unquote(known.pop("comment", "")),
    )
    if known or plain[1:]:
        raise ValueError(name)


def text(accounts: Accounts) -> str:
    """The accounts as the file's text."""
    lines = [
        " ".join(filter(None, ("group", group.name, str(group.gid), ",".join(group.members))))
        for group in accounts.groups.values()
    ]
    for user in accounts.users.values():
        words = ["user", user.name, str(user.uid), user.group, user.password, f"shell={quote(user.shell)}"]
        words += [f"home={quote(user.home)}"] if user.home else []
        words += [f"comment={quote(user.comment)}"] if user.comment else []
        lines.append(" ".join(words))
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def change(folder: Path) -> Iterator[Accounts]:
    """Change the accounts: what the block leaves is written whole, unless it raises."""
    with locked(folder):
        accounts = read(folder)
        yield accounts
        replace(folder / USERS, text(accounts), 0o600)


def hashed(password: str) -> str:
    """A salted hash of a password, as the users file holds it."""
    return _scrypt(password, os.urandom(12))


def _scrypt(password: str, salt: bytes) -> str:
    import hashlib

    secret = password.encode("utf-8", "surrogateescape")
    digest = hashlib.scrypt(secret, salt=salt, n=SCRYPT_COST, r=8, p=1, dklen=24)
    return f"scrypt${salt.hex()}${digest.hex()}"


def verify_password(folder: Path, name: str, password: str) -> bool:
    """Whether the user exists and this is the password; an account without a password has none that fits."""
    user = read(folder).users.get(name)
    if user is None or not user.password.startswith("scrypt$"):
        return False
    import hmac

    salt = bytes.fromhex(user.password.split("$")[1])
    return hmac.compare_digest(_scrypt(password, salt), user.password)


def create(folder: Path) -> None:
    """Write the users file of a new sandbox.

    The group mqm is the creating process's own group, so that files can really belong to it.
    """
    accounts = Accounts()
    name = invoker()
    accounts.groups["mqm"] = Group("mqm", os.getgid(), (name,) if name != "mqm" else ())
    if os.getgid() != 0:
        accounts.groups["root"] = Group("root", 0)
    accounts.groups["nobody"] = Group("nobody", 65534)
    if name != "root":
        accounts.users["root"] = User("root", 0, "root" if os.getgid() != 0 else "mqm", home="/root")
    accounts.users["nobody"] = User("nobody", 65534, "nobody", home="/", shell="/sbin/nologin")  # noqa: S604 - a field
    accounts.users["mqm"] = User("mqm", os.getuid() if name == "mqm" else 990, "mqm", home="/var/mqm")
    if name != "mqm":
        accounts.users[name] = User(name, os.getuid(), "mqm", home=str(Path.home()))
    replace(folder / USERS, text(accounts), 0o600)
