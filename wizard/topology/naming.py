"""Names that the recipe does not give: made from its naming patterns, and put together to distinguished names."""

from __future__ import annotations

from wizard.mq.dn_text import written
from wizard.recipe.patterns import fill
from wizard.recipe.schema import Certificate, Recipe
from wizard.topology.values import Identity


def subject(recipe: Recipe, name: str, queue_manager: str, wanted: str | None = None) -> str:
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


def identity(recipe: Recipe, certificate: str, queue_manager: str, wanted: Certificate) -> Identity:
    """The certificate of that name: from the entry's own fields, then the recipe's, then the defaults."""
    return Identity(
        label=wanted.label or certificate.lower(),
        subject=subject(recipe, certificate, queue_manager, wanted.distinguished_name),
        key=wanted.key or recipe.certificates.key,
        days=wanted.days or recipe.certificates.days,
    )
