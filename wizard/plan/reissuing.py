"""From self-signed certificates to those of our own authority, while clients that know only the old ones are connected.

The new certificate stands under a label of its own beside the old one. Kits that trust both are made first; the queue
manager goes on showing the old certificate and trusting the old ones of its clients. With the consent `delete` it
shows the new one, and the old rules and signers go. docs/raising-security.md says why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from wizard.mq.objects import MqObject
from wizard.plan.adopt import own_label
from wizard.plan.facts import CertificateFact, Facts, QueueManagerFact, StoreFact
from wizard.plan.operations import Consent
from wizard.plan.stores import other_certificate, same_subject
from wizard.topology.values import Authority, Client, Closing, Identity, QueueManager, Signer, Topology

SELF_SIGNED = "with a self-signed certificate"

MOST_LABELS = 9
"""Labels that are tried for one certificate."""


def reissued(topology: Topology, facts: Facts, allowed: Collection[Consent]) -> Topology:
    """The topology with a new label wherever a certificate of another issuer stands under the one that is wanted."""
    own = topology.authority
    if own is None:
        return topology
    managers = tuple(_manager(one, facts, own, closes=Consent.DELETE in allowed) for one in topology.queue_managers)
    by_name = {one.name: one for one in managers}
    clients = tuple(_client(one, by_name[one.queue_manager], facts, own) for one in topology.clients)
    return replace(topology, queue_managers=managers, clients=clients)


def _manager(wanted: QueueManager, facts: Facts, own: Authority, *, closes: bool) -> QueueManager:
    fact = facts.queue_managers.get(wanted.name)
    store = fact.store if fact else None
    if wanted.adopted or wanted.identity is None or fact is None or store is None or not store.usable:
        return wanted
    identity = replace(wanted.identity, label=_label(store, wanted.identity, own))
    shown = gives_way(fact, identity, own)
    if shown is None or closes:
        return replace(wanted, identity=identity)
    name = f"exchange/{wanted.file_stem}-{shown.label.replace('/', '-').replace(' ', '-')}.pem"
    return replace(
        wanted,
        identity=identity,
        shows=shown.label,
        gives=(Signer(shown.label, identity.subject, name),),
        closings=tuple(Closing(one.name, SELF_SIGNED) for one in wanted.channels if one.text("SSLCIPH")),
    )


def gives_way(fact: QueueManagerFact, wanted: Identity, own: Authority) -> CertificateFact | None:
    """The certificate that a queue manager shows now, where another one of the same name takes its place and whoever
    trusts only the old one would be shut out.
    """
    shown = fact.store.certificate(own_label(fact.own)) if fact.store and fact.own else None
    if shown is None or not shown.personal or shown.label.lower() == wanted.label.lower():
        return None
    return shown if same_subject(shown.subject, wanted.subject) and other_certificate(shown, wanted, own) else None


def _label(store: StoreFact, wanted: Identity, own: Authority) -> str:
    """The wanted label, or one beside it where a certificate of the same name and another issuer stands there.

    One that holds the right certificate already comes before one that is free.
    """
    free = ""
    for number in range(1, MOST_LABELS + 1):
        label = wanted.label if number == 1 else f"{wanted.label}-{number}"
        there = store.certificate(label)
        if there is None:
            free = free or label
            continue
        if not there.personal or (there.subject and not same_subject(there.subject, wanted.subject)):
            return free or wanted.label
        if not other_certificate(there, wanted, own):
            return label
    return free or wanted.label


def _client(client: Client, queue_manager: QueueManager, facts: Facts, own: Authority) -> Client:
    signers = (*client.signers, *queue_manager.gives) if queue_manager.shows and client.signers else client.signers
    client = replace(client, signers=signers)
    kit = facts.kits.get(client.name)
    if client.identity is None or kit is None or kit.store is None:
        return client
    label = _label(kit.store, client.identity, own)
    definition = MqObject(
        client.definition.kind, client.definition.name, {**client.definition.attributes, "CERTLABL": label}
    )
    return replace(client, identity=replace(client.identity, label=label), definition=definition)
