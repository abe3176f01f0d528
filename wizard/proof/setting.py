"""Everything that the checks of one client look at together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wizard.errors import OperationFailed
from wizard.mq.addresses import AddressPattern, AddressProblem
from wizard.mq.display import Block, blocks
from wizard.mq.mqsc import display_runcheck
from wizard.proof.attempt import Target
from wizard.proof.errorlog import About, ErrorLog
from wizard.proof.stage import Stage
from wizard.proof.values import Check, How, Verdict
from wizard.run.machine import Machine, Request
from wizard.run.secrets import Secret
from wizard.topology.values import Client, QueueManager, Tls, Topology

STRANGERS = ("192.0.2.77", "198.51.100.77", "203.0.113.77", "127.0.0.77")
"""Addresses of the documentation ranges: nobody's, so a rule that matches one of them is a wide one."""


NO_CERTIFICATE = "CN=no certificate"
"""Stands for the missing certificate of a client with one-way TLS."""


@dataclass(frozen=True)
class Admission:
    """What a queue manager says would happen to a connection: it runs as `user`, or it is refused.

    Neither where the answer is not understood, so that no silence counts as a refusal.
    """

    said: str
    user: str = ""
    refused: bool = False


@dataclass(frozen=True)
class Setting:
    """One client before its queue manager, with the stage set for it."""

    machine: Machine
    topology: Topology
    queue_manager: QueueManager
    client: Client
    stage: Stage
    errors: Path
    """The folder of the queue manager's error log."""
    made_here: bool
    """The queue manager is one of ours, so tests that must fail disturb nobody."""
    prove_refusals: bool
    password: Secret | None = field(default=None, repr=False)
    stores_closed: bool = False
    """No CMS store can be made here for a try: runmqakm cannot be given a password that nobody sees."""

    @property
    def kit(self) -> Path:
        return self.machine.path(self.client.kit)

    def target(self, kit: Path, queue: str, *, password: Secret | None = None) -> Target:
        """Where an attempt puts or gets, with the kit's own password file where a throw-away kit has one."""
        apart = kit / "password"
        settings = (("KIT_PASSWORD", str(apart)),) if apart.exists() else ()
        return Target(kit, queue, self.queue_manager.name, password, settings)

    def log(self, about: About) -> ErrorLog:
        """What the queue manager's error log says from now on about an attempt."""
        return ErrorLog(self.errors, about)

    def check(self, name: str, detail: str, how: How, verdict: Verdict, **more: str) -> Check:
        """A check of the ladder."""
        return Check(self.client.name, self.queue_manager.name, name, detail, how, verdict, **more)  # type: ignore[arg-type]

    def address(self) -> str:
        """The IP address behind the queue manager's name. OperationFailed where the name is not known."""
        name = self.queue_manager.address
        if re.fullmatch(r"[0-9.]+|.*:.*", name):
            return name
        found = self.machine.run(Request(("getent", "ahosts", name))).output.split()
        if not found:
            raise OperationFailed(
                f"The host name {name} is not known on {self.machine.host}.",
                "Clients that use it from here cannot connect.",
                "Correct the recipe's address, or make the name known (DNS, /etc/hosts).",
            )
        return found[0]

    def trusted_pem(self) -> str:
        """The certificates that the client trusts, from its kit."""
        parts = [self.kit / signer.copy for signer in self.client.signers]
        return "\n".join(part.read_text(encoding="ascii") for part in parts if part.exists())

    def runcheck(self, address: str, *, user: str, issuer: str = "") -> Admission:
        """What the queue manager says would happen to this client (MATCH(RUNCHECK), facts tls 4.5).

        On a TLS channel it wants a certificate's name (recalled), so a client without one is told of by a name that no
        certificate has. `issuer` stands for the one that really issued the client's certificate.
        """
        issued_by = issuer or self._shown_issuer
        partner = {"ADDRESS": address, "CLNTUSER": user, "SSLPEER": self._shown_subject, "SSLCERTI": issued_by}
        command = display_runcheck(self.client.channel, partner)
        reply = self.machine.ask({self.queue_manager.name: [command]})[self.queue_manager.name][0]
        return admission(blocks(reply.text.splitlines()))

    @property
    def _shown_subject(self) -> str:
        if self.client.identity:
            return self.client.identity.subject
        return NO_CERTIFICATE if self.client.tls is Tls.SERVER else ""

    @property
    def _shown_issuer(self) -> str:
        """The issuer's name in the client's certificate."""
        if self.client.identity is None:
            return ""
        own = self.topology.authority
        return own.subject if own else self.client.identity.issuer or self.client.identity.subject

    def accepted_from(self, address: str) -> bool:
        """Whether the recipe lets this client come from an address."""
        return not self.client.addresses or any(matches(pattern, address) for pattern in self.client.addresses)

    def example_address(self, local: str) -> str:
        """An address that the client may come from: the one it has here, or one that its first pattern covers."""
        if self.accepted_from(local):
            return local
        parts = [part.partition("-")[0].replace("*", "1") for part in self.client.addresses[0].split(".")]
        return ".".join((parts + ["1"] * 4)[:4])

    def strangers(self) -> tuple[str, ...]:
        """Addresses that no rule of the client covers: nobody's, and those just beside the ones it may come from.

        Where others share its channel, one of theirs is no stranger's.
        """
        sharing = [
            one for one in self.topology.clients_of(self.queue_manager.name) if one.channel == self.client.channel
        ]
        known = [pattern for one in sharing for pattern in one.addresses]
        beside = [address for pattern in self.client.addresses for address in _beside(pattern)]
        tried = dict.fromkeys([*STRANGERS, *beside])
        return tuple(one for one in tried if not any(matches(pattern, one) for pattern in known))


def matches(pattern: str, address: str) -> bool:
    """Whether an address pattern of a rule covers an IP address; a host name covers none that is known here."""
    try:
        return AddressPattern.parse(pattern).matches(address)
    except AddressProblem:
        return False


def _beside(pattern: str) -> tuple[str, ...]:
    """Addresses just outside a pattern; of a host name none is known."""
    try:
        return AddressPattern.parse(pattern).beside()
    except AddressProblem:
        return ()


def admission(found: Sequence[Block]) -> Admission:
    """What the reply to a RUNCHECK means. A rule that only warns, WARN(YES), refuses nobody (facts tls 4.6)."""
    said = ", ".join(f"{block.message_id} {block.text}".strip() for block in found)
    for block in found:
        runs_as = re.search(r"MCAUSER\('([^']*)'\)", block.text)
        if block.message_id == "AMQ9783" and runs_as:
            return Admission(said, user=runs_as[1])
        if block.attributes.get("USERSRC") == "NOACCESS" or block.attributes.get("USERLIST"):
            warns = block.attributes.get("WARN") == "YES"
            return Admission(f"{said}, which only warns" if warns else said, refused=not warns)
        if block.attributes.get("MCAUSER"):
            return Admission(said, user=str(block.attributes["MCAUSER"]))
    return Admission(said or "no answer")
