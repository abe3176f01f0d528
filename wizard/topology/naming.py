"""The certificate of an entry, with every field that the recipe leaves open."""

from __future__ import annotations

from wizard.recipe.derived import subject_of
from wizard.recipe.schema import Certificate, Recipe
from wizard.topology.values import Identity


def identity(recipe: Recipe, certificate: str, queue_manager: str, wanted: Certificate) -> Identity:
    """The certificate of that name: from the entry's own fields, then the recipe's, then the defaults."""
    return Identity(
        label=wanted.label or certificate.lower(),
        subject=subject_of(recipe, certificate, queue_manager, wanted.distinguished_name),
        key=wanted.key or recipe.certificates.key,
        days=wanted.days or recipe.certificates.days,
        requested=recipe.trust.kind == "external",
        public_key=wanted.public_key or "",
    )
