"""Places in which the tests here run mqwizard, each cleaned up at the end of its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from engine_reports import MakePlace
from engine_support import Place, place_at
from kill_jobs import Job


@pytest.fixture
def make_place(tmp_path: Path) -> Iterator[MakePlace]:
    """Makes a folder with a recipe, and arguments that every run in it gets."""
    with ExitStack() as places:

        def make(recipe: str, *arguments: str, name: str = "work") -> Place:
            return places.enter_context(place_at(tmp_path / name, recipe, *arguments))

        yield make


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Job], list[str]]:
    """Gives the end state of a job when nobody disturbs it; each is made once."""

    @cache
    def end_state_of(job: Job) -> list[str]:
        return job.end_state(tmp_path_factory.mktemp("whole") / "job")

    return end_state_of
