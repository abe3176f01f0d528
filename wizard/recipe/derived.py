"""The names that follow from a recipe's naming patterns where an entry does not give its own."""

from __future__ import annotations

from wizard.recipe.clients import ClientEntry
from wizard.recipe.patterns import fill
from wizard.recipe.schema import Recipe


def channel_of(recipe: Recipe, name: str, client: ClientEntry) -> str:
    """The channel of a client."""
    return client.channel or fill(recipe.names.channel, name, client.connects_to)


def user_of(recipe: Recipe, name: str, client: ClientEntry) -> str:
    """The user that a client runs as on its queue manager."""
    return client.user or fill(recipe.names.user, name, client.connects_to)


def client_certificate_of(recipe: Recipe, name: str, client: ClientEntry) -> str:
    """The name of a client's certificate."""
    return client.certificate.name or fill(recipe.names.certificate, name, client.connects_to)


def certificate_of(recipe: Recipe, name: str) -> str:
    """The name of a queue manager's certificate."""
    return recipe.queue_managers[name].certificate.name or fill(recipe.names.certificate, name, name)


def dead_letter_queue_of(recipe: Recipe, name: str) -> str:
    """The dead-letter queue of a queue manager."""
    return recipe.queue_managers[name].dead_letter_queue or fill(recipe.names.dead_letter_queue, name, name)


def listener_of(recipe: Recipe, name: str) -> str | None:
    """The name of a queue manager's listener; None where the recipe wants none."""
    listener = recipe.queue_managers[name].listener
    return (listener.name or fill(recipe.names.listener, name, name)) if listener else None
