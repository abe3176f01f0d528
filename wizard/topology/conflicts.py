"""Orders that contradict one another, or that this version does not carry out, each at its place in the recipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizard.errors import Problem, RecipeError
from wizard.mq import chlauth
from wizard.recipe.schema import Recipe
from wizard.topology.clients import rules
from wizard.topology.values import Client, QueueManager, Trust

NOT_YET = "not part of this version"


def refuse_not_yet(recipe: Recipe) -> None:
    """Raise RecipeError for what a recipe may order and this version does not do, before anything is touched."""
    _raise(_not_yet(recipe))


def refuse_conflicts(recipe: Recipe, clients: Iterable[Client]) -> None:
    """Raise RecipeError where two clients of a channel disagree on its TLS, or no rule tells one from the other."""
    _raise(_conflicts(recipe, clients))


def refuse_repeated_rules(recipe: Recipe, queue_managers: Iterable[QueueManager]) -> None:
    """Raise RecipeError where a rule under `chlauth` is about the same partners as a client's, or another's there."""
    _raise(problem for one in queue_managers for problem in _repeated_rules(recipe, one))


def _raise(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise RecipeError(found)


def _not_yet(recipe: Recipe) -> Iterator[Problem]:
    if recipe.trust.kind == "external":
        yield recipe.problem(("trust",), f"External CAs are {NOT_YET}.", "Use ca or self-signed.")
    if recipe.mqsc:
        yield recipe.problem(("mqsc",), f"MQSC files are {NOT_YET}.", "Write their objects under `objects`.")
    if len({entry.host for entry in recipe.queue_managers.values()}) > 1:
        what = f"Queue managers on several hosts are {NOT_YET}."
        yield recipe.problem(("queue_managers",), what, "Write one recipe for each host.")
    for name, entry in recipe.clients.items():
        if entry.host and entry.tls == "mutual":
            yield recipe.problem(
                ("clients", name, "host"),
                f"The key of {name} would be made on {entry.host}; exchanging certificates is {NOT_YET}.",
                "Leave out host: then its key is made here and stands in its kit.",
            )


def _conflicts(recipe: Recipe, clients: Iterable[Client]) -> Iterator[Problem]:
    sharing: dict[tuple[str, str], Client] = {}
    matched: dict[tuple[str, ...], Client] = {}
    for one in clients:
        first = sharing.setdefault((one.queue_manager, one.channel), one)
        if (first.tls, first.cipher) != (one.tls, one.cipher):
            yield _at_channel(
                recipe,
                one,
                f"{one.name} and {first.name} share channel {one.channel} but not its TLS: "
                f"{_tls(first)} and {_tls(one)}.",
                "Give one of them a channel of its own, or the same tls and cipher.",
            )
        for keyword in _disagreeing(recipe, first, one):
            yield recipe.problem(
                ("clients", one.name, "attributes", keyword),
                f"{one.name} and {first.name} share channel {one.channel} but not its {keyword}.",
                "Say it once, under `channels`.",
            )
        for rule in rules(one, "", Trust.CA):
            other = matched.setdefault((one.queue_manager, *rule.key), one)
            if other is not one and other.account != one.account:
                who = rule.text("SSLPEER") or rule.text("CLNTUSER") or rule.text("ADDRESS")
                yield _at_channel(
                    recipe,
                    one,
                    f"Nothing tells {one.name} from {other.name} on channel {one.channel}: "
                    f"both match {rule.text('TYPE')} {who}.",
                    "Give one of them another certificate name, user, address or channel.",
                )


def _disagreeing(recipe: Recipe, one: Client, other: Client) -> list[str]:
    """The attributes of their channel to which two clients give different values."""
    mine, theirs = recipe.clients[one.name].attributes, recipe.clients[other.name].attributes
    return [keyword for keyword in theirs if keyword in mine and mine[keyword] != theirs[keyword]]


def _repeated_rules(recipe: Recipe, queue_manager: QueueManager) -> Iterator[Problem]:
    """The rules of the recipe's own words stand behind those of the clients."""
    first = len(queue_manager.rules) - len(recipe.queue_managers[queue_manager.name].chlauth)
    seen: set[tuple[str, ...]] = set()
    for index, rule in enumerate(queue_manager.rules):
        if chlauth.identity(rule) in seen:
            yield recipe.problem(
                ("queue_managers", queue_manager.name, "chlauth", index - first),
                f"Another rule on {rule.name} is about the same partners; MQ keeps only one of them.",
                "Take this one out, or set what it says at the client.",
            )
        seen.add(chlauth.identity(rule))


def _tls(one: Client) -> str:
    return f"{one.tls} {one.cipher}".strip()


def _at_channel(recipe: Recipe, one: Client, what: str, remedy: str) -> Problem:
    named = recipe.clients[one.name].channel is not None
    return recipe.problem(("clients", one.name, "channel") if named else ("clients", one.name), what, remedy)
