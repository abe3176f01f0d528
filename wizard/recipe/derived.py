"""The names that follow from a recipe's naming patterns where an entry does not give its own."""

from __future__ import annotations

from wizard.mq.dn_text import written
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


def subject_of(recipe: Recipe, name: str, queue_manager: str, wanted: str | None = None) -> str:
    """The distinguished name of a certificate: as the recipe gives it, or by its pattern.

    What is filled in is plain text; where it holds a separator it stands in quotes (facts 3.2).
    """
    text = fill(
        wanted or recipe.certificates.distinguished_name,
        _value(name),
        queue_manager,
        organization=_value(recipe.organization or ""),
        organizational_unit=_value(recipe.organizational_unit),
    )
    if recipe.country and not wanted:
        text += f",C={recipe.country}"
    return text


def _value(text: str) -> str:
    return written(text, in_pattern=False)


def authority_of(recipe: Recipe) -> str:
    """The name of the recipe's own certificate authority."""
    return fill(recipe.trust.name, "", "", organization=recipe.organization or "").strip()
