"""Fits the topology to stores of ours that are older than the release, or that took the place of such.

Kits that were made for a client of an older release stay what they are: newer clients read CMS stores too.

A new key repository would be a new key, and a client that has the old kit would be shut out where its certificate
vouches for itself. Whoever wants a new kit takes the old folder away.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.mq.releases import Release
from wizard.plan.facts import Facts
from wizard.topology.values import Client, QueueManager, Topology

LAST_WITH_CMS_ONLY = Release(9, 2)
"""The last release whose clients read no other key repository than CMS (facts tls 2.1)."""


def as_made(topology: Topology, facts: Facts) -> Topology:
    """The topology with stores where they are, and clients of the release that their kits were made for."""
    managers = tuple(_where_it_is(one, facts) for one in topology.queue_managers)
    clients = tuple(_as_made(client, facts) for client in topology.clients)
    return replace(topology, queue_managers=managers, clients=clients)


def _where_it_is(wanted: QueueManager, facts: Facts) -> QueueManager:
    """A store that takes the place of a CMS store must not share its stash, so it has a name of its own."""
    fact = facts.queue_managers.get(wanted.name)
    ours = facts.memory.ours(f"{wanted.name}/queue-manager")
    if wanted.repository is None or fact is None or fact.store is None or not ours:
        return wanted
    if wanted.repository.type != "pkcs12" or fact.store.path.endswith(f"/{wanted.repository.file_name}"):
        return wanted
    return replace(wanted, repository=replace(wanted.repository, file=fact.store.path))


def _as_made(client: Client, facts: Facts) -> Client:
    kit = facts.kits.get(client.name)
    older = kit is not None and kit.store is not None and kit.store.exists and kit.store.path.endswith(".kdb")
    if not older or not client.release.pkcs12_repository:
        return client
    return replace(client, release=LAST_WITH_CMS_ONLY)
