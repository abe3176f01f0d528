"""mqwizard is killed at every operation of the main job, before, between and after its steps: the same command goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_jobs import OWN_CA, goes_on
from kill_points import KillAt, moments


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The end state of a run that nobody disturbs."""
    return OWN_CA.end_state(tmp_path_factory.mktemp("whole") / "job")


@pytest.mark.parametrize("moment", moments(OWN_CA.recipe), ids=str)
def test_a_run_killed_there_goes_on(tmp_path: Path, uninterrupted: list[str], moment: KillAt) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=moment)
        assert ended.status == -9, ended.said
        goes_on(place, uninterrupted)
