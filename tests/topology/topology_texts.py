"""Short ways to recipes and topologies for the tests of wizard.topology."""

from __future__ import annotations

import pytest

from wizard.errors import RecipeError
from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Topology

HEAD = "mqwizard: 1\norganization: Example\n"


def topology(text: str, release: str = "9.4") -> Topology:
    """What a recipe's text implies; the head with version and organization is put before it."""
    return build(read_recipe(HEAD + text, source="recipe.yaml"), Release.parse(release))


def refused(text: str, release: str = "9.4") -> list[str]:
    """The problems that building the topology finds in a recipe that reads well."""
    recipe = read_recipe(HEAD + text, source="recipe.yaml")
    with pytest.raises(RecipeError) as caught:
        build(recipe, Release.parse(release))
    return [str(problem) for problem in caught.value.problems]
