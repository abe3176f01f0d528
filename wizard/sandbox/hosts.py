"""Which address a host name has in the simulated machine, from the file `hosts` of the sandbox.

Lines are `ADDRESS NAME [NAME...]`; the name `*` stands for every name that no line names. Used by getent, by
listeners and by clients. Nothing outside the sandbox is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wizard.sandbox.state import State

HOSTS = "hosts"
LOCAL_NAMES = ("localhost", "localhost.localdomain", "localhost4", "ip6-localhost")


def entries(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Address and names of every line."""
    for line in (folder / HOSTS).read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].split()
        if len(words) > 1:
            yield words[0], words[1:]


def own_address(folder: Path) -> str:
    """The 127.x.y.z address of this sandbox, where its listeners listen."""
    state = State(folder)
    address = state.meta("address")
    state.close()
    return address


def resolve(folder: Path, name: str) -> str | None:
    """The address of a host name, or of a dotted IPv4 address itself; None for an unknown name.

    The local names are the sandbox's own address: it is the machine's loopback.
    """
    if is_address(name):
        return name
    wanted = name.casefold().rstrip(".")
    others = None
    for address, names in entries(folder):
        if wanted in (known.casefold() for known in names):
            return address
        if "*" in names:
            others = address
    if wanted in LOCAL_NAMES:
        return own_address(folder)
    return others


def is_address(text: str) -> bool:
    """Whether the text is a dotted IPv4 address."""
    parts = text.split(".")
    return len(parts) == 4 and all(part.isascii() and part.isdigit() and int(part) < 256 for part in parts)
