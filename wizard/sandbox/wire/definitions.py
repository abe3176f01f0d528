"""Client channel definitions, from wherever a client program gets them, and the choice among them.

MQSERVER first, then MQCCDTURL, then the binary table of MQCHLLIB and MQCHLTAB (facts 9, TLS 2.8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DEFAULT_PORT = 1414
CONNECTION = re.compile(r"\s*(?P<host>[^()\s,]+)\s*(?:\(\s*(?P<port>\d{1,5})\s*\))?\s*")


@dataclass(frozen=True)
class Definition:
    """One client-connection channel: where it leads and what TLS it wants; `qmgr` selects it."""

    channel: str
    connections: tuple[tuple[str, int], ...]
    qmgr: str = ""
    cipher: str = ""
    label: str = ""
    peer: str = ""
    local_address: str = ""
    weight: int = 0


class DefinitionError(Exception):
    """A definition cannot be understood; the text says what of it."""


def connections(text: str) -> tuple[tuple[str, int], ...]:
    """Host and port of each part of a CONNAME such as `host(1414),other(1415)`; raises DefinitionError."""
    found = []
    for part in text.split(","):
        match = CONNECTION.fullmatch(part)
        if match is None or int(match["port"] or DEFAULT_PORT) > 65535:
            raise DefinitionError(f"connection name {text!r}")
        found.append((match["host"], int(match["port"] or DEFAULT_PORT)))
    return tuple(found)


def from_mqserver(text: str) -> Definition:
    """`CHANNEL/TCP/host(port)`; it cannot carry TLS. Raises DefinitionError."""
    channel, _, rest = text.partition("/")
    transport, _, conname = rest.partition("/")
    if not channel or transport.upper() != "TCP" or not conname:
        raise DefinitionError(f"MQSERVER {text!r}")
    return Definition(channel, connections(conname))


def chosen(definitions: Sequence[Definition], qmgr: str) -> list[Definition]:
    """The definitions that serve MQCONN to this name, in the order in which they are tried.

    A leading `*` means any queue manager of that group; a blank name or `*` alone takes the definitions
    without a queue manager name. Definitions of weight 0 come first, by channel name; then the heavier ones
    before the lighter, where MQ throws dice.
    """
    wanted = qmgr.removeprefix("*")
    fitting = [definition for definition in definitions if definition.qmgr == wanted]
    return sorted(fitting, key=lambda one: (one.weight != 0, -one.weight, one.channel))


def answers_to(qmgr: str, connected: str) -> bool:
    """Whether a program that asked for `qmgr` may stay with the queue manager it was connected to."""
    return qmgr == "" or qmgr.startswith("*") or qmgr == connected
