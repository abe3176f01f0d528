"""Fits the topology to queue managers that mqwizard did not make: what they have is adopted, not replaced.

Their dead-letter queue, key repository, its password method, certificate label and certificate stay; where store or
certificate is missing it is made under the name that the queue manager gives it already, so that none of its attributes
has to change. Clients then trust whoever vouches for the certificate that is there.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.mq.dn import DistinguishedName, pattern_for
from wizard.mq.objects import MqObject
from wizard.plan.facts import CertificateFact, Facts, QueueManagerFact, StoreFact
from wizard.plan.stores import same_subject
from wizard.topology.values import Client, QueueManager, Repository, Signer, Tls, Topology

LONGEST_CHAIN = 10
"""Certificates above one another; a longer chain is a loop."""


def adopt(topology: Topology, facts: Facts) -> Topology:
    """The topology with what the foreign queue managers of `facts` have in place of what would be made for them."""
    managers = tuple(_adopted(one, facts) for one in topology.queue_managers)
    by_name = {one.name: one for one in managers}
    clients = tuple(_fitted(client, by_name[client.queue_manager]) for client in topology.clients)
    return replace(topology, queue_managers=managers, clients=clients)


def _adopted(wanted: QueueManager, facts: Facts) -> QueueManager:
    fact = facts.queue_managers.get(wanted.name)
    if fact is None or fact.own is None or facts.memory.ours(f"{wanted.name}/queue-manager"):
        return wanted
    own = fact.own
    queues = tuple(one for one in wanted.queues if one.name != wanted.dead_letter_queue or one.attributes)
    wanted = replace(wanted, adopted=True, dead_letter_queue=own.text("DEADQ").strip(), queues=queues)
    if wanted.repository is None or wanted.identity is None:
        return wanted
    label = own_label(own)
    there = fact.store.certificate(label) if fact.store else None
    identity = replace(wanted.identity, label=label)
    ours = facts.memory.ours(f"{wanted.name}/certificate/{label}")
    if there is None or not there.personal or ours:
        return replace(wanted, repository=_repository(wanted.repository, fact), identity=identity)
    identity = replace(identity, subject=str(DistinguishedName.parse(there.subject)))
    return replace(
        wanted,
        repository=_repository(wanted.repository, fact),
        identity=identity,
        gives=tuple(_given(wanted.name, one) for one in vouching(there, fact.store)),
    )


def _repository(wanted: Repository, fact: QueueManagerFact) -> Repository:
    """The store that SSLKEYR names; a name without an ending is that of a CMS store (facts tls 2.2)."""
    file, kind = named_store(fact.own.text("SSLKEYR")) if fact.own else ("", wanted.type)
    stash = fact.store.stash if fact.store and fact.store.exists else wanted.stash
    return replace(wanted, type=kind, file=file, stash=stash)


def named_store(key_repository: str) -> tuple[str, str]:
    """The file and the type of store that a value of SSLKEYR names."""
    name = key_repository.rpartition("/")[2]
    if "." not in name:
        return f"{key_repository}.kdb", "cms"
    return key_repository, "cms" if name.endswith(".kdb") else "pkcs12"


def own_label(own: MqObject) -> str:
    """The label under which a queue manager's certificate stands; MQ derives one where none is set (facts tls 2.4)."""
    return own.text("CERTLABL").strip() or f"ibmwebspheremq{own.name.lower()}"


def vouching(certificate: CertificateFact, store: StoreFact | None) -> tuple[CertificateFact, ...]:
    """Who vouches for a certificate: itself, or every certificate above it that the store holds."""
    if store is None or same_subject(certificate.subject, certificate.issuer):
        return (certificate,)
    chain: list[CertificateFact] = []
    last = certificate
    while len(chain) < LONGEST_CHAIN and not same_subject(last.subject, last.issuer):
        above = next(
            (one for one in store.certificates if one.subject and same_subject(one.subject, last.issuer)), None
        )
        if above is None:
            break
        chain.append(above)
        last = above
    return tuple(chain)


def _given(queue_manager: str, certificate: CertificateFact) -> Signer:
    file = f"exchange/{queue_manager}-{certificate.label.replace('/', '-').replace(' ', '-')}.pem"
    return Signer(certificate.label, str(DistinguishedName.parse(certificate.subject)), file)


def _fitted(client: Client, queue_manager: QueueManager) -> Client:
    """A client that checks the name of the certificate which its queue manager has, and trusts who vouches for it."""
    if not queue_manager.gives or client.tls is Tls.NONE or queue_manager.identity is None:
        return client
    peer = pattern_for(DistinguishedName.parse(queue_manager.identity.subject))
    values = {**client.definition.attributes, "SSLPEER": peer}
    definition = MqObject(client.definition.kind, client.definition.name, values)
    return replace(client, definition=definition, signers=queue_manager.gives)
