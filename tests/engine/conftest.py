"""Places in which the tests here run mqwizard, each cleaned up at the end of its test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from engine_reports import MakePlace
from engine_support import Place, place_at


@pytest.fixture
def make_place(tmp_path: Path) -> Iterator[MakePlace]:
    """Makes a folder with a recipe, and arguments that every run in it gets."""
    with ExitStack() as places:

        def make(recipe: str, *arguments: str, name: str = "work") -> Place:
            return places.enter_context(place_at(tmp_path / name, recipe, *arguments))

        yield make
