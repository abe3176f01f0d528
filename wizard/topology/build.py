"""Recipe → topology: everything the recipe implies, no default left open.

`build` is pure. It raises RecipeError with every conflict that only shows once entries are put together, such as two
clients that disagree about the channel they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.recipe.derived import authority_of, subject_of
from wizard.recipe.schema import Recipe
from wizard.topology.clients import client, grants, rules, server_channel, signer_of
from wizard.topology.conflicts import refuse_conflicts, refuse_doubles, refuse_not_yet
from wizard.topology.queue_managers import queue_manager
from wizard.topology.release_fit import refuse_misfits
from wizard.topology.scripts import scripts_of
from wizard.topology.take_in import fitted, take_in
from wizard.topology.values import Authority, Client, QueueManager, Signer, Tls, Topology, Trust

NO_SCRIPTS: Mapping[str, str] = {}


def build(recipe: Recipe, release: Release, scripts: Mapping[str, str] = NO_SCRIPTS) -> Topology:
    """Everything `recipe` implies on machines that run `release`, unless a host of the recipe names its own.

    `scripts` holds the texts of the MQSC files that the recipe takes in, by the names it gives them.
    """
    refuse_not_yet(recipe)
    trust = Trust(recipe.trust.kind)
    any_tls = any(entry.tls != "none" for entry in recipe.clients.values())
    own = _authority(recipe) if trust is Trust.CA and any_tls else None
    ordered = recipe.queue_managers.items()
    bare = {name: queue_manager(recipe, name, entry, release) for name, entry in ordered}
    scripted = scripts_of(recipe, {name: one.release for name, one in bare.items()}, scripts)
    bare = {name: fitted(recipe, one, scripted[name]) for name, one in bare.items()}
    clients = [client(recipe, name, entry, bare[entry.connects_to], own) for name, entry in recipe.clients.items()]
    refuse_conflicts(recipe, clients)
    by_name: dict[str, list[Client]] = {}
    for one in clients:
        by_name.setdefault(one.queue_manager, []).append(one)
    managers = tuple(_furnished(recipe, one, by_name.get(name, []), own, trust) for name, one in bare.items())
    roots = frozenset(recipe.trust.fingerprint)
    topology = Topology(trust=trust, authority=own, queue_managers=managers, clients=tuple(clients), roots=roots)
    refuse_doubles(recipe, topology)
    refuse_misfits(recipe, topology)
    notes = tuple(warning for one in scripted.values() for warning in one.warnings)
    return replace(topology, queue_managers=take_in(recipe, managers, scripted, clients), notes=notes)


def _authority(recipe: Recipe) -> Authority:
    name = authority_of(recipe)
    folder = recipe.trust.folder
    return Authority(
        name=name,
        folder=folder,
        subject=subject_of(recipe, name, ""),
        key=recipe.trust.key,
        days=recipe.trust.days,
        passphrase=SecretRef(recipe.trust.passphrase or f"kept:{folder}/ca.passphrase"),
    )


def _furnished(
    recipe: Recipe, bare: QueueManager, clients: list[Client], own: Authority | None, trust: Trust
) -> QueueManager:
    """A queue manager with the channels, rules, rights, signers and accounts of its clients."""
    by_channel: dict[str, list[Client]] = {}
    for one in clients:
        by_channel.setdefault(one.channel, []).append(one)
    entries = recipe.clients
    channels = tuple(
        server_channel(recipe, name, users, (entries[one.name] for one in users)) for name, users in by_channel.items()
    )
    issuer = own.subject if own else ""
    needs_tls = any(one.tls is not Tls.NONE for one in clients)
    return replace(
        bare,
        channels=channels,
        rules=_distinct([rule for one in clients for rule in rules(one, issuer, trust)]) + bare.rules,
        authorities=_distinct([*(record for one in clients for record in grants(one)), *bare.authorities]),
        identity=bare.identity if needs_tls else None,
        repository=bare.repository if needs_tls else None,
        signers=_signers(clients, own, trust) if needs_tls else (),
        accounts=tuple(dict.fromkeys(one.account for one in clients)),
    )


def _signers(clients: list[Client], own: Authority | None, trust: Trust) -> tuple[Signer, ...]:
    if own:
        return (signer_of(own),)
    if trust is not Trust.SELF_SIGNED:
        return ()
    return tuple(Signer(one.identity.label, one.identity.subject, one.public) for one in clients if one.identity)


def _distinct(objects: list[MqObject]) -> tuple[MqObject, ...]:
    """Objects without repeats; authority records of one entity and profile become one."""
    merged: dict[tuple[str, ...], MqObject] = {}
    for each in objects:
        known = merged.get(each.key)
        merged[each.key] = _united(known, each) if known and each.kind is Kind.AUTHREC else each
    return tuple(merged.values())


def _united(one: MqObject, other: MqObject) -> MqObject:
    words = sorted({*one.attributes["AUTHLIST"], *other.attributes["AUTHLIST"]})
    return MqObject(one.kind, one.name, {**one.attributes, "AUTHLIST": tuple(words)})
