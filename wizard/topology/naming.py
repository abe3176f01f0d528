"""Names that the recipe does not give: made from its naming patterns."""

from __future__ import annotations

from wizard.recipe.schema import Certificate, Recipe
from wizard.topology.values import Identity


def named(pattern: str, name: str, **more: str) -> str:
    """A pattern filled in: {name} as written, {NAME} in upper case, and what `more` gives.

    Braces that mean nothing here stay as they are, so a description may hold them.
    """
    values = {"name": name, "NAME": name.upper(), "QM": name, "qm": name.lower(), **more}
    for key, value in values.items():
        pattern = pattern.replace("{" + key + "}", value)
    return pattern


def subject(recipe: Recipe, name: str, wanted: str | None) -> str:
    """The distinguished name of a certificate: as the recipe gives it, or by its pattern."""
    text = named(
        wanted or recipe.certificates.distinguished_name,
        name,
        organization=quoted(recipe.organization or ""),
        organizational_unit=quoted(recipe.organizational_unit),
    )
    if recipe.country and not wanted:
        text += f",C={recipe.country}"
    return text


def quoted(value: str) -> str:
    """A value of a distinguished name; one with a separator in it stands in double quotes (facts 3.2)."""
    return f'"{value}"' if any(mark in value for mark in ",;=") and not value.startswith('"') else value


def identity(recipe: Recipe, name: str, wanted: Certificate) -> Identity:
    """The certificate of a queue manager or client, from its own fields, then the recipe's, then the defaults."""
    certificate = wanted.name or named(recipe.names.certificate, name)
    return Identity(
        label=wanted.label or certificate.lower(),
        subject=subject(recipe, certificate, wanted.distinguished_name),
        key=wanted.key or recipe.certificates.key,
        days=wanted.days or recipe.certificates.days,
    )
