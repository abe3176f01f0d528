"""Orders that the release of a machine cannot carry out; the release is known only when a topology is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizard.errors import Problem
from wizard.mq import ciphers
from wizard.recipe.schema import Recipe
from wizard.topology.conflicts import refuse
from wizard.topology.values import Client, QueueManager, Topology


def refuse_misfits(recipe: Recipe, topology: Topology) -> None:
    """Raise RecipeError for a key repository or CipherSpec that the release does not know."""
    refuse(
        [
            *(problem for one in topology.queue_managers for problem in _repository(recipe, one)),
            *(problem for one in topology.clients for problem in _cipher(recipe, one, topology)),
        ]
    )


def _repository(recipe: Recipe, one: QueueManager) -> Iterator[Problem]:
    """PKCS#12 and passwords in KEYRPWD came with 9.3 (facts tls 2.1, 2.3)."""
    if one.repository is None:
        return
    path = ("queue_managers", one.name, "key_repository")
    if one.repository.type == "pkcs12" and not one.release.pkcs12_repository:
        what = f"{one.name} runs {one.release}, which reads no PKCS#12 key repository."
        yield recipe.problem((*path, "type"), what, "Leave type out, or say cms.")
    if not one.repository.stash and not one.release.key_repository_password:
        what = f"{one.name} runs {one.release}, which knows no KEYRPWD."
        yield recipe.problem((*path, "password"), what, "Leave password out: then it is stashed.")


def _cipher(recipe: Recipe, one: Client, topology: Topology) -> Iterable[Problem]:
    server = topology.queue_manager(one.queue_manager)
    key_type = "EC" if server.identity and server.identity.key.startswith("ec") else "RSA"
    found = ciphers.problem(one.cipher, min(one.release, server.release), key_type)
    if found:
        named = recipe.clients[one.name].cipher is not None
        path = ("clients", one.name, "cipher") if named else ("channels", one.channel, "cipher")
        yield recipe.problem(path, found.what, found.remedy)
