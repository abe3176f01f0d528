"""Fits the topology to what a CA elsewhere has answered: whom to trust, which issuer the rules name, what still waits.

With `trust: external` the chain is known only once an answer is there, or stands in a store already. Until then
whatever depends on it is left out of the plan, and the plan waits. A rule without its issuer is never set: every CA
that the store trusts could then issue the name.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.mq.dn import DistinguishedName
from wizard.mq.objects import MqObject
from wizard.plan.adopt import vouching
from wizard.plan.facts import AnswerFact, CertificateFact, Facts, StoreFact
from wizard.plan.stores import same_subject
from wizard.topology.clients import rules
from wizard.topology.values import Client, Identity, QueueManager, Signer, Tls, Topology, Trust


def with_answers(topology: Topology, facts: Facts) -> Topology:
    """The topology with the chains that are known by now; itself where no certificate comes from elsewhere."""
    if topology.trust is not Trust.EXTERNAL:
        return topology
    managers = {one.name: _queue_manager(one, facts) for one in topology.queue_managers}
    clients = [_client(one, managers[one.queue_manager], facts) for one in topology.clients]
    fitted = [
        _admitting(one, [each for each in clients if each.queue_manager == name]) for name, one in managers.items()
    ]
    waits = [one.name for one in fitted if one.awaits]
    notes = (
        (f"{', '.join(waits)}: channels, rules and listener follow once the certificate is there.",) if waits else ()
    )
    return replace(topology, queue_managers=tuple(fitted), clients=tuple(clients), notes=(*topology.notes, *notes))


def _queue_manager(wanted: QueueManager, facts: Facts) -> QueueManager:
    if wanted.identity is None or not wanted.identity.requested or wanted.gives:
        return wanted
    fact = facts.queue_managers.get(wanted.name)
    chain, issuer = _chain(wanted.identity, fact.store if fact else None, facts.answers.get(wanted.name))
    if not issuer:
        return replace(wanted, awaits=True)
    given = chain if _held(wanted.identity, fact.store if fact else None) else ()
    return replace(wanted, identity=replace(wanted.identity, issuer=issuer), signers=chain, gives=given)


def _held(identity: Identity, store: StoreFact | None) -> CertificateFact | None:
    there = store.certificate(identity.label) if store and store.usable else None
    return there if there and there.personal else None


def _chain(identity: Identity, store: StoreFact | None, answer: AnswerFact | None) -> tuple[tuple[Signer, ...], str]:
    """Whom to trust for a certificate, the root first, and who issued it: from the store that has it, else the answer.

    runmqakm takes a certificate only after everybody above it (facts tls 7.2).
    """
    there = _held(identity, store)
    if there and there.issuer:
        above = [one for one in vouching(there, store) if one is not there]
        signers = tuple(Signer(one.label, one.subject, f"exchange/ca-{one.label}.pem") for one in reversed(above))
        return signers, str(DistinguishedName.parse(there.issuer))
    if answer and answer.usable:
        return tuple(Signer(one.label, one.subject, one.file) for one in reversed(answer.chain)), answer.issuer
    return (), ""


def _client(client: Client, queue_manager: QueueManager, facts: Facts) -> Client:
    if client.tls is Tls.NONE:
        return client
    kit = facts.kits.get(client.name)
    own: tuple[Signer, ...] = ()
    identity, waits = client.identity, queue_manager.awaits
    if identity and identity.requested:
        own, issuer = _chain(identity, kit.store if kit else None, facts.answers.get(client.name))
        identity = replace(identity, issuer=issuer or _known_issuer(client, facts))
        waits = waits or not issuer
    trusted = queue_manager.gives or queue_manager.signers
    return replace(client, identity=identity, signers=_distinct((*trusted, *own)), awaits=waits)


def _known_issuer(client: Client, facts: Facts) -> str:
    """The issuer that a rule on the queue manager names already, so that a lost certificate does not shut a door."""
    fact = facts.queue_managers.get(client.queue_manager)
    plain = rules(client, "", Trust.EXTERNAL)
    for rule in fact.rules.values() if fact else ():
        if any(rule.name == one.name and rule.text("SSLPEER") == one.text("SSLPEER") for one in plain):
            return rule.text("SSLCERTI")
    return ""


def _admitting(wanted: QueueManager, clients: list[Client]) -> QueueManager:
    """The rules of its clients with their issuers; none for a client whose issuer is not known yet."""
    asked = [one for one in clients if one.identity and one.identity.requested]
    replaced: dict[tuple[str, ...], MqObject | None] = {}
    for client in asked:
        issuer = client.identity.issuer if client.identity else ""
        after = rules(client, issuer, Trust.EXTERNAL) if issuer else ()
        for number, before in enumerate(rules(client, "", Trust.EXTERNAL)):
            replaced[before.key] = after[number] if after else None
    kept = tuple(found for rule in wanted.rules if (found := replaced.get(rule.key, rule)) is not None)
    roots = [signer for one in asked if not one.awaits for signer in one.signers]
    return replace(wanted, rules=kept, signers=_distinct((*wanted.signers, *roots)))


def _distinct(signers: tuple[Signer, ...]) -> tuple[Signer, ...]:
    found: list[Signer] = []
    for one in signers:
        if not any(same_subject(one.subject, other.subject) for other in found):
            found.append(one)
    return tuple(found)
