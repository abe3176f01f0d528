"""id: shows a user's numbers and groups on the simulated machine, in the layout of coreutils' id."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import users
from wizard.sandbox.errors import MqError

LONG = {"--user": "u", "--group": "g", "--groups": "G", "--name": "n", "--real": "r"}
HELP = "Try 'id --help' for more information."


def main(argv: list[str], folder: Path) -> int:
    """Show each named user, or the invoking one: 0; 1 usage or unknown user."""
    letters, names = _read(argv)
    chosen = [letter for letter in letters if letter in "ugG"]
    if len(set(chosen)) > 1:
        raise MqError('id: cannot print "only" of more than one choice', 1)
    if not chosen and letters:
        raise MqError("id: cannot print only names or real IDs in default format", 1)
    accounts = users.read(folder)
    status = 0
    for name in names or [users.invoker()]:
        user = accounts.users.get(name) or _by_number(accounts, name)
        if user is None:
            sys.stderr.write(f"id: '{name}': no such user\n")
            status = 1
            continue
        sys.stdout.write(_shown(accounts, user, chosen[0] if chosen else "", named="n" in letters) + "\n")
    return status


def _read(argv: list[str]) -> tuple[str, list[str]]:
    letters, names = "", []
    for word in argv:
        if not word.startswith("-") or word == "-":
            names.append(word)
        elif word.startswith("--"):
            if word not in LONG:
                raise MqError(f"id: unrecognized option '{word}'\n{HELP}", 1)
            letters += LONG[word]
        else:
            letters += word[1:].replace("a", "")
    wrong = next((letter for letter in letters if letter not in "ugGnr"), None)
    if wrong:
        raise MqError(f"id: invalid option -- '{wrong}'\n{HELP}", 1)
    return letters, names


def _by_number(accounts: users.Accounts, text: str) -> users.User | None:
    return next((user for user in accounts.users.values() if str(user.uid) == text), None)


def _shown(accounts: users.Accounts, user: users.User, choice: str, *, named: bool) -> str:
    groups = [accounts.groups[name] for name in accounts.groups_of(user.name) if name in accounts.groups]
    if choice == "u":
        return user.name if named else str(user.uid)
    if choice:
        wanted = groups[:1] if choice == "g" else groups
        return " ".join(group.name if named else str(group.gid) for group in wanted)
    listed = [f"{group.gid}({group.name})" for group in groups]
    return f"uid={user.uid}({user.name}) gid={listed[0] if listed else user.uid} groups={','.join(listed)}"
