"""Where a connection goes to and comes from in the simulated machine.

All machines of a sandbox share its 127.x.y.z address. A client says where it comes from by the preface
`FROM address` before any other byte; without `SANDBOX_ADDRESS` it comes from the sandbox's own address, as
a program does that connects to its own host. Nothing outside the sandbox is ever contacted.
"""

from __future__ import annotations

import re
from pathlib import Path

from wizard.sandbox import hosts

CLAIM = "SANDBOX_ADDRESS"
PREFACE = b"FROM "
PREFACE_LIMIT = 80


def destination(folder: Path, host: str) -> str | None:
    """The loopback address that serves a host name or address, by the file `hosts`; None when nothing does.

    An address that is no loopback address stands for another machine, and so for the sandbox when `hosts`
    has a `*` line.
    """
    found = hosts.resolve(folder, host)
    if found is None or found.startswith("127."):
        return found
    others = None
    for address, names in hosts.entries(folder):
        if host in names:
            return address
        if "*" in names:
            others = address
    return others


def listening_address(folder: Path, wanted: str) -> str | None:
    """Where a listener with this IPADDR binds: the sandbox's own address unless it names another
    loopback address.
    """
    return hosts.own_address(folder) if wanted in ("", "*") else destination(folder, wanted)


def name_of(folder: Path, address: str) -> str | None:
    """The host name of an address, as reverse DNS would give it; None when `hosts` has no name for it."""
    for known, names in hosts.entries(folder):
        if known == address and names[0] != "*":
            return names[0]
    return None


def preface(address: str) -> bytes:
    """What a client sends first to come from another address; nothing when it has none to claim."""
    return PREFACE + address.encode("ascii", "replace") + b"\n" if address else b""


def claimed(start: bytes) -> tuple[str, bytes] | None:
    """The address a client claims and what follows; None when its first bytes are no preface."""
    match = re.match(rb"FROM ([0-9A-Fa-f.:]{2,64})\n", start)
    return (match[1].decode("ascii"), start[match.end() :]) if match else None
