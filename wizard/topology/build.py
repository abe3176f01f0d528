"""Recipe → topology: everything the recipe implies, no default left open.

`build` is pure. It raises RecipeError with every conflict that only shows once entries are put together, such as two
clients that disagree about the channel they share.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.errors import Problem, RecipeError
from wizard.mq import chlauth
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.recipe.schema import ClientEntry, Recipe
from wizard.topology.clients import client, grants, rules, server_channel, signer_of
from wizard.topology.naming import named, subject
from wizard.topology.queue_managers import queue_manager
from wizard.topology.values import Authority, Client, QueueManager, Signer, Tls, Topology, Trust


def build(recipe: Recipe, release: Release) -> Topology:
    """Everything `recipe` implies on machines that run `release`, unless a host of the recipe names its own."""
    _refuse_not_yet(recipe)
    trust = Trust(recipe.trust.kind)
    any_tls = any(entry.tls != "none" for entry in recipe.clients.values())
    own = _authority(recipe) if trust is Trust.CA and any_tls else None
    bare = {name: queue_manager(recipe, name, entry, release) for name, entry in recipe.queue_managers.items()}
    clients = [client(recipe, name, entry, bare[entry.connects_to], own) for name, entry in recipe.clients.items()]
    _refuse_conflicts(recipe, clients)
    by_name: dict[str, list[Client]] = {}
    for one in clients:
        by_name.setdefault(one.queue_manager, []).append(one)
    managers = tuple(_furnished(recipe, one, by_name.get(name, []), own, trust) for name, one in bare.items())
    return Topology(trust=trust, authority=own, queue_managers=managers, clients=tuple(clients))


def _refuse_not_yet(recipe: Recipe) -> None:
    """What a recipe may order and this version does not do is said before anything is read or touched."""
    problems = []
    if recipe.trust.kind == "external":
        problems.append(recipe.problem(("trust",), "External CAs are not part of this version.", "Use ca or self-signed."))
    if recipe.mqsc:
        problems.append(recipe.problem(("mqsc",), "MQSC files are not part of this version.", "Use `objects`."))
    if len({entry.host for entry in recipe.queue_managers.values()}) > 1:
        what = "Queue managers on several hosts are not part of this version."
        problems.append(recipe.problem(("queue_managers",), what, "Write one recipe for each host."))
    problems += [
        recipe.problem(
            ("clients", name, "host"),
            f"The key of {name} would be made on {entry.host}, and exchanging certificates is not part of this version.",
            "Leave out host: then its key is made here and stands in its kit.",
        )
        for name, entry in recipe.clients.items()
        if entry.host and entry.tls == "mutual"
    ]
    if problems:
        raise RecipeError(problems)


def _authority(recipe: Recipe) -> Authority:
    name = named(recipe.trust.name, "", organization=recipe.organization or "").strip()
    folder = recipe.trust.folder
    return Authority(
        name=name,
        folder=folder,
        subject=subject(recipe, name, None),
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
        authorities=_distinct([record for one in clients for record in grants(one)]) + bare.authorities,
        identity=bare.identity if needs_tls else None,
        repository=bare.repository if needs_tls else None,
        signers=_signers(clients, own, trust) if needs_tls else (),
        accounts=tuple(dict.fromkeys(one.account for one in clients)),
    )


def back_stop(profile: str) -> MqObject:
    """The rule that keeps out everybody whom no other rule lets in."""
    return chlauth.back_stop(profile)


def _signers(clients: list[Client], own: Authority | None, trust: Trust) -> tuple[Signer, ...]:
    if own:
        return (signer_of(own),)
    if trust is not Trust.SELF_SIGNED:
        return ()
    return tuple(Signer(one.identity.label, one.identity.subject, one.public) for one in clients if one.identity)


def _distinct(objects: list[MqObject]) -> tuple[MqObject, ...]:
    """Objects without repeats; authority records of one entity and profile become one."""
    merged: dict[tuple[str, ...], MqObject] = {}
    for one in objects:
        known = merged.get(one.key)
        if known and one.kind is Kind.AUTHREC:
            words = dict.fromkeys((*known.attributes["AUTHLIST"], *one.attributes["AUTHLIST"]))
            one = MqObject(one.kind, one.name, {**one.attributes, "AUTHLIST": tuple(sorted(words))})
        merged[one.key] = one
    return tuple(merged.values())


def _refuse_conflicts(recipe: Recipe, clients: list[Client]) -> None:
    """Two clients on one channel agree on TLS and cipher, and a rule can tell one from the other."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Client] = {}
    told_apart: dict[tuple[str, ...], Client] = {}
    for one in clients:
        first = seen.setdefault((one.queue_manager, one.channel), one)
        if (first.tls, first.cipher) != (one.tls, one.cipher):
            problems.append(
                _problem(
                    recipe,
                    one,
                    "channel",
                    f"{one.name} and {first.name} share channel {one.channel} but not its TLS: "
                    f"{_words(first)} and {_words(one)}.",
                    "Give one of them a channel of its own, or the same tls and cipher.",
                )
            )
        for rule in rules(one, "", Trust.CA):
            other = told_apart.setdefault((one.queue_manager, *rule.key), one)
            if other is not one and other.account != one.account:
                problems.append(
                    _problem(
                        recipe,
                        one,
                        "channel",
                        f"Nothing tells {one.name} from {other.name} on channel {one.channel}: both match {rule.text('TYPE')} "
                        f"{rule.text('SSLPEER') or rule.text('CLNTUSER') or rule.text('ADDRESS')}.",
                        "Give one of them another certificate name, user, address or channel.",
                    )
                )
    if problems:
        raise RecipeError(problems)


def _words(one: Client) -> str:
    return f"{one.tls} {one.cipher}".strip()


def _problem(recipe: Recipe, one: Client, field: str, what: str, remedy: str) -> Problem:
    entry: ClientEntry = recipe.clients[one.name]
    path = ("clients", one.name, field) if getattr(entry, field) else ("clients", one.name)
    line, column = recipe.place(path)
    return Problem(recipe.source, line, column, what, remedy)
