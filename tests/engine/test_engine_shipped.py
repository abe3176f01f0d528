"""Every shipped recipe, from nothing to a proven set-up, and once more to find nothing to do."""

from __future__ import annotations

import pytest
from engine_reports import MakePlace, assert_nothing_to_do, assert_proven, topology_of
from engine_secrets import assert_hidden, kept, stashed

import recipes


@pytest.mark.parametrize("name", recipes.names())
def test_a_shipped_recipe_is_set_up_and_proven_and_a_second_run_finds_nothing_to_do(
    name: str, make_place: MakePlace
) -> None:
    place = make_place(recipes.text(name), "--recipe", name)
    assert_proven(place, place.run(), topology_of(place.recipe))
    assert_nothing_to_do(place)
    if secrets := kept(place) | stashed(place):
        assert_hidden(place, secrets)
