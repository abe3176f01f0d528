"""Topology and facts → plan. Pure: the same values always give the same plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wizard.plan.accounts import account_operations
from wizard.plan.clients import certificate_operation, kit_operations, needs_certificate_first
from wizard.plan.facts import Facts
from wizard.plan.handmade import password_notes
from wizard.plan.leaving import left_notes
from wizard.plan.operations import Consent, Operation, Plan, State
from wizard.plan.queue_managers import queue_manager_operations
from wizard.plan.scene import Scene, consented
from wizard.plan.steps import CreateAuthority, MakeKey
from wizard.plan.stores import days_left, key_words, same_subject
from wizard.topology.values import Authority, Client, Topology, Trust

KitFiles = Mapping[str, Mapping[str, str]]
"""Client → file name in its kit → content."""

NOTHING_ALLOWED: frozenset[Consent] = frozenset()


def build_plan(
    topology: Topology,
    facts: Facts,
    kits: KitFiles,
    *,
    name: str,
    allowed: Collection[Consent] = NOTHING_ALLOWED,
) -> Plan:
    """Every operation that leads from `facts` to `topology`, in the order of the run.

    An operation that needs a consent not in `allowed` is refused, saying which consent it would take.
    """
    early = [client for client in topology.clients if needs_certificate_first(topology, client)]
    scenes = [
        Scene(topology, facts, wanted, facts.queue_managers.get(wanted.name)) for wanted in topology.queue_managers
    ]
    lanes = [queue_manager_operations(scene) for scene in scenes]
    operations = [
        *account_operations(topology, facts),
        *_authority(topology.authority, facts),
        *(one for client in early for one in certificate_operation(topology, facts, client)),
        *(one for lane in lanes for one in lane.opening),
        *(one for client in topology.clients for one in _client(topology, facts, client, kits[client.name])),
        *(one for lane in lanes for one in lane.closing),
    ]
    words = {scene.name: scene.word for scene in scenes}
    words |= {client.name: client.host or "here" for client in topology.clients}
    if topology.authority:
        words[topology.authority.name] = "here"
    goes = any(one.state is State.DELETE for one in operations)
    left = left_notes(topology, facts.memory.made, something_goes=goes)
    return Plan(
        title=_title(name, facts),
        operations=tuple(consented(operation, allowed) for operation in operations),
        notes=(*_notes(topology, facts), *left),
        sections=words,
    )


def _client(topology: Topology, facts: Facts, client: Client, files: Mapping[str, str]) -> list[Operation]:
    """A client's certificate, unless its queue manager needed that first, and its kit."""
    early = needs_certificate_first(topology, client)
    certificate = [] if early else certificate_operation(topology, facts, client)
    if _waits_for_certificate(topology, facts, client):
        return certificate
    return [*certificate, *kit_operations(topology, facts, client, files)]


def _waits_for_certificate(topology: Topology, facts: Facts, client: Client) -> bool:
    """Whether its queue manager stands still and has no self-signed certificate yet: its kit is planned after that."""
    fact = facts.queue_managers.get(client.queue_manager)
    public = next(one.public for one in topology.queue_managers if one.name == client.queue_manager)
    still = fact is not None and not fact.running
    return still and topology.trust is Trust.SELF_SIGNED and public not in facts.exchange


def _title(name: str, facts: Facts) -> str:
    where = f"{name} on {facts.host}, IBM MQ {facts.release}"
    if facts.assumed:
        return f"{where} assumed, an empty machine assumed"
    return f"{where} ({facts.installation}), facts of {facts.taken}"


def _authority(own: Authority | None, facts: Facts) -> list[Operation]:
    """Our own certificate authority, made once and kept for good."""
    if own is None:
        return []
    fact = facts.authority
    work = CreateAuthority(
        folder=own.folder, subject=own.subject, key=own.key, days=own.days, passphrase=own.passphrase
    )
    kept = fact.state == "whole"
    state = State.KEEP if kept else State.CREATE
    reason = (
        f"{fact.subject}, {days_left(fact.days_left)}"
        if kept
        else f"{own.subject}  {key_words(own.key)}  {own.days} days, in {own.folder}, its key encrypted"
    )
    if kept and not same_subject(fact.subject, own.subject):
        state = State.REFUSE
        reason = f"{fact.subject} is in folder {own.folder}, {own.subject} is wanted: give trust another folder"
    return [
        Operation(
            section=own.name,
            state=state,
            what="certificate authority",
            resource=f"authority/{own.folder}",
            reason=reason,
            steps=() if kept else (MakeKey(work),),
            undo="stays: certificates that it issued depend on it",
        )
    ]


def _notes(topology: Topology, facts: Facts) -> tuple[str, ...]:
    """What a reader of the plan should know besides its lines."""
    notes = []
    if facts.assumed and facts.plays_root:
        notes.append("The sandbox is not there yet, and a dry run makes none: the plan assumes an empty one.")
    elif facts.assumed:
        notes.append("No IBM MQ was found: the plan assumes an empty machine. Use --sandbox to practise.")
    if any(client.tls == "none" for client in topology.clients):
        notes.append("A client without TLS sends everything in clear and is known by its address alone.")
    if topology.authority is None and topology.trust == "self-signed" and topology.clients:
        notes.append("Self-signed: each new client costs a new signer in the queue manager's store and a refresh.")
    if topology.authority:
        notes.append("Our own authority publishes no revocation list yet: a lost key is shut out by its rule.")
    return (*notes, *password_notes(topology, facts), *topology.notes)
