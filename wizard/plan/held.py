"""What the key repositories of a recipe hold: who uses each certificate, which nobody asked for, which ends next. Pure.

Used by `mqwizard certs`. A certificate in a store that the recipe does not name is pointed out: a signer that nobody
asked for lets in everybody it ever vouched for.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wizard.plan.facts import CertificateFact, Facts, StoreFact
from wizard.plan.stores import EXPIRES_SOON
from wizard.topology.values import Authority, Client, QueueManager, Tls, Topology


class Role(StrEnum):
    """What a certificate is where it lies."""

    PERSONAL = "personal"
    SIGNER = "signer"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class Held:
    """One certificate in one place.

    `used_by` names channels, clients and queue managers; `expected` is false for one that the recipe does not name, and
    `removal` is then the command that takes it out.
    """

    owner: str
    store: str
    role: Role
    fact: CertificateFact
    used_by: tuple[str, ...] = ()
    expected: bool = True
    removal: str = ""

    @property
    def ended(self) -> bool:
        return self.fact.days_left is not None and self.fact.days_left < 0

    @property
    def ends_soon(self) -> bool:
        return self.fact.days_left is not None and 0 <= self.fact.days_left <= EXPIRES_SOON

    @property
    def needs_care(self) -> bool:
        """Whether somebody should do something about it."""
        return self.ended or self.ends_soon or (self.role is Role.SIGNER and not self.expected)


@dataclass(frozen=True)
class Inventory:
    """Every certificate that was found, store by store, and the stores that could not be looked into, with why."""

    held: tuple[Held, ...]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def next_to_end(self) -> Held | None:
        """The one that ends first of those that have not ended."""
        living = [one for one in self.held if one.fact.days_left is not None and one.fact.days_left >= 0]
        return min(living, key=lambda one: one.fact.days_left or 0, default=None)

    @property
    def needs_care(self) -> bool:
        return bool(self.unread) or any(one.needs_care for one in self.held)


def inventory(topology: Topology, facts: Facts) -> Inventory:
    """What the stores of the topology hold by the facts."""
    held: list[Held] = []
    unread: list[tuple[str, str]] = []
    for wanted in topology.queue_managers:
        if wanted.repository is None:
            continue
        fact = facts.queue_managers.get(wanted.name)
        store = fact.store if fact else None
        if fact is None or store is None or not store.usable:
            unread.append((wanted.name, _unread(fact.running if fact else None, store)))
            continue
        held += _of_queue_manager(topology, wanted, store, fact.secured_channels)
    for client in topology.clients:
        kit = facts.kits.get(client.name)
        if kit and kit.store and kit.store.usable:
            held += _of_client(client, kit.store)
        elif client.store_here:
            unread.append((client.name, _unread(True, kit.store if kit else None)))
    if topology.authority and facts.authority.state == "whole":
        held.append(_authority(topology, topology.authority, facts))
    return Inventory(tuple(held), tuple(unread))


def _unread(running: bool | None, store: StoreFact | None) -> str:
    if running is None:
        return "there is no such queue manager here"
    if not running:
        return "the queue manager is not running, so that nobody says where its key repository is"
    if store is None or not store.exists:
        return "its key repository is not there"
    return f"{store.path} does not open with the password that is known"


def _of_queue_manager(
    topology: Topology, wanted: QueueManager, store: StoreFact, secured: frozenset[str]
) -> Iterator[Held]:
    channels = {one.name: one.text("CERTLABL") for one in wanted.channels if one.text("SSLCIPH")}
    channels |= dict.fromkeys(secured - channels.keys(), "")
    own = wanted.identity.label if wanted.identity else ""
    signers = {one.label.lower() for one in (*wanted.signers, *wanted.gives)}
    for fact in store.certificates:
        if fact.personal:
            users = tuple(
                sorted(name for name, label in channels.items() if (label or own).lower() == fact.label.lower())
            )
            removal = "" if users else _removal(store, fact)
            yield Held(wanted.name, store.path, Role.PERSONAL, fact, users, expected=bool(users), removal=removal)
            continue
        expected = fact.label.lower() in signers or _vouches_for_ours(fact, store, own)
        users = _vouched(topology, wanted, fact)
        removal = "" if expected else _removal(store, fact)
        yield Held(wanted.name, store.path, Role.SIGNER, fact, users, expected=expected, removal=removal)


def _vouches_for_ours(signer: CertificateFact, store: StoreFact, own: str) -> bool:
    """Whether a signer stands in the chain of the queue manager's own certificate, which it must send along."""
    current = store.certificate(own)
    for _ in store.certificates:
        if current is None or not current.issuer:
            return False
        if current.issuer == signer.subject:
            return True
        current = next(
            (one for one in store.certificates if one.subject == current.issuer and one is not current), None
        )
    return False


def _vouched(topology: Topology, wanted: QueueManager, signer: CertificateFact) -> tuple[str, ...]:
    """The clients that get in because of a signer."""
    own = topology.authority
    clients = [one for one in topology.clients_of(wanted.name) if one.tls is Tls.MUTUAL and one.identity]
    if own and any(one.label.lower() == signer.label.lower() for one in wanted.signers):
        return tuple(one.name for one in clients)
    return tuple(one.name for one in clients if one.identity and one.identity.label.lower() == signer.label.lower())


def _removal(store: StoreFact, signer: CertificateFact) -> str:
    words = ["runmqakm", "-cert", "-delete", "-db", store.path, "-stashed" if store.stash else "-pw -"]
    return f"{' '.join(words)} -label {shlex.quote(signer.label)}"


def _of_client(client: Client, store: StoreFact) -> Iterator[Held]:
    signers = {one.label.lower() for one in client.signers}
    own = client.identity.label.lower() if client.identity else ""
    for fact in store.certificates:
        if fact.personal:
            used = (client.channel,) if fact.label.lower() == own else ()
            yield Held(client.name, store.path, Role.PERSONAL, fact, used, expected=bool(used))
            continue
        expected = fact.label.lower() in signers
        used = (client.queue_manager,) if expected else ()
        removal = "" if expected else _removal(store, fact)
        yield Held(client.name, store.path, Role.SIGNER, fact, used, expected=expected, removal=removal)


def _authority(topology: Topology, own: Authority, facts: Facts) -> Held:
    fact = CertificateFact("ca", True, facts.authority.subject, facts.authority.subject, "", facts.authority.days_left)
    users = [one.name for one in topology.queue_managers if one.identity]
    users += [one.name for one in topology.clients if one.identity]
    return Held(own.name, own.folder, Role.AUTHORITY, fact, tuple(users))
