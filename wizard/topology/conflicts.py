"""Orders that contradict one another, or that this version does not carry out, each at its place in the recipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizard.errors import Problem, RecipeError
from wizard.mq import chlauth
from wizard.mq.objects import MqObject
from wizard.recipe.nodes import Path
from wizard.recipe.schema import Recipe
from wizard.topology.clients import rules
from wizard.topology.values import Client, QueueManager, Topology, Trust

NOT_YET = "not part of this version"


def refuse_not_yet(recipe: Recipe) -> None:
    """Raise RecipeError for what a recipe may order and this version does not do, before anything is touched."""
    refuse(_not_yet(recipe))


def refuse_conflicts(recipe: Recipe, clients: Iterable[Client]) -> None:
    """Raise RecipeError where clients of a channel disagree about it, or no rule tells one from the other."""
    refuse(_conflicts(recipe, clients))


def refuse_doubles(recipe: Recipe, topology: Topology) -> None:
    """Raise RecipeError where two rules, two certificates or two files want the same place."""
    managers, clients = topology.queue_managers, topology.clients
    refuse(
        [
            *(problem for one in managers for problem in _repeated_rules(recipe, one)),
            *(problem for one in managers for problem in _labels_taken(recipe, topology, one)),
            *(problem for one in clients for problem in _client_labels_taken(recipe, one)),
            *_files_taken(recipe, topology),
        ]
    )


def refuse(problems: Iterable[Problem]) -> None:
    """Raise RecipeError with the problems in reading order, where there are any."""
    found = sorted(problems, key=lambda problem: (problem.line, problem.column))
    if found:
        raise RecipeError(found)


def _not_yet(recipe: Recipe) -> Iterator[Problem]:
    if len({entry.host for entry in recipe.queue_managers.values()}) > 1:
        what = f"Queue managers on several hosts are {NOT_YET}."
        yield recipe.problem(("queue_managers",), what, "Write one recipe for each host.")
    for name, entry in recipe.clients.items():
        if entry.host and entry.tls == "mutual" and recipe.trust.kind != "ca":
            yield recipe.problem(
                ("clients", name, "host"),
                f"The key of {name} is made on {entry.host}; exchange of certificates with trust: {recipe.trust.kind} "
                f"is {NOT_YET}.",
                "Say trust: ca, or leave out host: then its key is made here and stands in its kit.",
            )


def _conflicts(recipe: Recipe, clients: Iterable[Client]) -> Iterator[Problem]:
    sharing: dict[tuple[str, str], list[Client]] = {}
    for one in clients:
        others = sharing.setdefault((one.queue_manager, one.channel), [])
        if others:
            yield from _disagreements(recipe, others[0], one)
        for other in others:
            yield from _not_told_apart(recipe, other, one)
        others.append(one)


def _disagreements(recipe: Recipe, first: Client, one: Client) -> Iterator[Problem]:
    """What two clients of one channel want of it and it cannot be at once."""
    if (first.tls, first.cipher) != (one.tls, one.cipher):
        yield recipe.problem(
            _channel_of(recipe, one),
            f"{one.name} and {first.name} share channel {one.channel} but not its TLS: {_tls(first)} and {_tls(one)}.",
            "Give one of them a channel of its own, or the same tls and cipher.",
        )
    mine, theirs = recipe.clients[first.name].attributes, recipe.clients[one.name].attributes
    for keyword in theirs:
        if keyword in mine and mine[keyword] != theirs[keyword]:
            yield recipe.problem(
                ("clients", one.name, "attributes", keyword),
                f"{one.name} and {first.name} share channel {one.channel} but not its {keyword}.",
                "Say it once, under `channels`.",
            )


def _not_told_apart(recipe: Recipe, other: Client, one: Client) -> Iterator[Problem]:
    """Rules of two clients that MQ takes for one record, or refuses side by side."""
    for rule in rules(one, "", Trust.CA):
        who = rule.text("SSLPEER") or rule.text("CLNTUSER") or rule.text("ADDRESS")
        for theirs in rules(other, "", Trust.CA):
            if chlauth.identity(rule) == chlauth.identity(theirs) and one.account != other.account:
                yield recipe.problem(
                    _channel_of(recipe, one),
                    f"Nothing tells {one.name} from {other.name} on channel {one.channel}: "
                    f"both match {rule.text('TYPE')} {who}.",
                    "Give one of them another certificate name, user, address or channel.",
                )
            elif _but_for_address(rule) == _but_for_address(theirs) and chlauth.conflicting_addresses(rule, theirs):
                yield recipe.problem(
                    ("clients", one.name, "address"),
                    f"{rule.text('ADDRESS')} and {theirs.text('ADDRESS')} of {other.name} overlap on channel "
                    f"{one.channel}, and neither lies inside the other.",
                    "MQ takes only one of them: write ranges that are apart, or one inside the other.",
                )


def _but_for_address(rule: MqObject) -> tuple[str, ...]:
    return chlauth.identity(rule)[:-1]


def _repeated_rules(recipe: Recipe, queue_manager: QueueManager) -> Iterator[Problem]:
    """The rules of the recipe's own words stand behind those of the clients."""
    first = len(queue_manager.rules) - len(recipe.queue_managers[queue_manager.name].chlauth)
    seen: set[tuple[str, ...]] = set()
    for index, rule in enumerate(queue_manager.rules):
        if index >= first and chlauth.identity(rule) in seen:
            yield recipe.problem(
                ("queue_managers", queue_manager.name, "chlauth", index - first),
                f"Another rule on {rule.name} is about the same partners; MQ keeps only one of them.",
                "Take this one out, or set what it says at the client.",
            )
        seen.add(chlauth.identity(rule))


def _labels_taken(recipe: Recipe, topology: Topology, one: QueueManager) -> Iterator[Problem]:
    """Labels in a queue manager's key repository, which does not tell them apart by case."""
    if one.identity is None:
        return
    owners = {client.public: client.name for client in topology.clients}
    taken = {one.identity.label.lower(): f"the certificate of {one.name}"}
    for signer in one.signers:
        client = owners.get(signer.file)
        path: Path = ("clients", client) if client else ("queue_managers", one.name)
        whose = f"the certificate of {client}" if client else "the own CA"
        if other := taken.get(signer.label.lower()):
            yield _label_taken(recipe, (*path, "certificate"), signer.label, other, whose)
        taken.setdefault(signer.label.lower(), whose)


def _client_labels_taken(recipe: Recipe, one: Client) -> Iterator[Problem]:
    for signer in one.signers:
        if one.identity and signer.label.lower() == one.identity.label.lower():
            whose = f"the certificate of {one.name}"
            yield _label_taken(recipe, ("clients", one.name, "certificate"), signer.label, "whom it trusts", whose)


def _label_taken(recipe: Recipe, path: Path, label: str, one: str, other: str) -> Problem:
    what = f"Label {label} would stand for {one} and for {other} in one key repository."
    return recipe.problem(path, what, "Give one of them another label under certificate.")


def _files_taken(recipe: Recipe, topology: Topology) -> Iterator[Problem]:
    """Public certificates of different owners in one file."""
    taken: dict[str, str] = {}
    holders: list[tuple[str, QueueManager | Client]] = [("queue_managers", one) for one in topology.queue_managers]
    holders += [("clients", one) for one in topology.clients]
    for section, one in holders:
        if one.identity is None:
            continue
        if other := taken.get(one.public):
            what = f"The public certificates of {one.name} and of {other} would be one file, {one.public}."
            yield recipe.problem((section, one.name), what, "Give one of them another name.")
        taken.setdefault(one.public, one.name)


def _tls(one: Client) -> str:
    return f"{one.tls} {one.cipher}".strip()


def _channel_of(recipe: Recipe, one: Client) -> Path:
    named = recipe.clients[one.name].channel is not None
    return ("clients", one.name, "channel") if named else ("clients", one.name)
