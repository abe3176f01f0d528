"""Small programs in a client's kit, one for each kind: each connects, puts a message and gets that same one back.

Used by `kits.files`. They do what the recipe grants and no more: they get their own message by its identifier, never
somebody else's. Those on the C client take every setting from `settings.sh`; Java, JMS and .NET carry theirs.
"""

from __future__ import annotations

from wizard.kits.programs import c, dotnet, go, java, jms, nodejs, python
from wizard.topology.values import Client, Tls

MAKERS = {
    "c": c.program,
    "java": java.program,
    "jms": jms.program,
    "dotnet": dotnet.program,
    "nodejs": nodejs.program,
    "python": python.program,
    "go": go.program,
}
"""Kind of program, as recipes name it → what writes it: a pair of file name and text."""

OWN_STORE = frozenset({"java", "jms"})
"""Kinds that read PKCS#12 only, and so none of the stores of a client before 9.3."""


def program_files(client: Client) -> dict[str, str]:
    """The programs of a client's kit: file name → text."""
    made = (MAKERS[kind](client) for kind in kinds(client))
    return dict(made)


def kinds(client: Client) -> tuple[str, ...]:
    """The kinds of programs that a kit is for, in the order of the page."""
    wanted = client.programs or tuple(MAKERS)
    readable = client.tls is Tls.NONE or client.release.pkcs12_repository
    return tuple(kind for kind in MAKERS if kind in wanted and (readable or kind not in OWN_STORE))
