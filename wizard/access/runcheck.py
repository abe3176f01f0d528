"""What DISPLAY CHLAUTH MATCH(RUNCHECK) would say of a connection: mapping and BLOCKUSER alone (facts TLS 4.5). Pure.

Beside MQ's own answer it shows whether both evaluations agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.access.guard import Guard
from wizard.access.passage import Passage
from wizard.access.steps_rules import blocking, mapping, named
from wizard.access.values import Connection, Reading

NO_CERTIFICATE = "CN=no certificate"
"""Stands for a certificate that is not shown: on a TLS channel RUNCHECK wants a name (recalled)."""


@dataclass(frozen=True)
class Admission:
    """Who the connection would run as, or that it is refused; and by which rule."""

    user: str = ""
    refused: bool = False
    by: str = ""

    @property
    def sentence(self) -> str:
        what = "refused" if self.refused else f"in, as user {self.user or '(blank)'}"
        return f"{what}, by {self.by}" if self.by else what

    def agrees(self, other: Admission) -> bool:
        """Whether both mean the same; by which rule does not matter."""
        return self.refused == other.refused and (self.refused or self.user == other.user)


def partner(guard: Guard, connection: Connection) -> Mapping[str, str]:
    """The parameters by which RUNCHECK is told of a connection."""
    shown = connection.certificate
    channel = guard.channels.get(connection.channel)
    tls = channel is not None and bool(channel.text("SSLCIPH").strip())
    subject = str(shown.subject) if shown else NO_CERTIFICATE if tls else ""
    return {
        "ADDRESS": connection.address,
        "CLNTUSER": "" if connection.queue_manager else connection.user or "somebody",
        "QMNAME": connection.queue_manager,
        "SSLPEER": subject,
        "SSLCERTI": str(shown.issuer) if shown and shown.issuer else "",
    }


def expected(guard: Guard, connection: Connection) -> Admission:
    """What RUNCHECK should answer."""
    passage = Passage(guard, connection, Reading(), user=connection.user)
    refusal = mapping(passage)
    if refusal is None and passage.client:
        refusal = blocking(passage)
    by = named(passage.rule) if passage.rule else ""
    if refusal is not None:
        return Admission(refused=True, by=refusal.why)
    return Admission(passage.user, by=by)
