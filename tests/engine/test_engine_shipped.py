"""Every shipped recipe, from nothing to a proven set-up, and once more to find nothing to do."""

from __future__ import annotations

import pytest
from conftest import MakePlace
from engine_reports import assert_proven, definitions, made, operations, topology_of

import recipes


@pytest.mark.parametrize("name", recipes.names())
def test_a_shipped_recipe_is_set_up_and_proven_and_a_second_run_finds_nothing_to_do(
    name: str, make_place: MakePlace
) -> None:
    place = make_place(recipes.text(name), "--recipe", name)
    assert_proven(place, place.run(), topology_of(place.recipe))

    before = definitions(place), made(place)
    again = place.run("--no-proof")
    assert again.status == 0, again.said
    assert "Nothing to do" in again.out
    assert operations(place) == []
    assert (definitions(place), made(place)) == before
