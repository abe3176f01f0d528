"""mqwizard is killed at every operation of the main job, before, between and after its steps; the next run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_jobs import OWN_CA, Whole, goes_on, has_nothing_more_to_do
from kill_points import KillAt, moments


@pytest.mark.parametrize("moment", moments(OWN_CA.recipe), ids=str)
def test_a_run_killed_there_goes_on(tmp_path: Path, whole: Whole, moment: KillAt) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        ended = place.run(disturbance=moment)
        assert ended.status == -9, ended.said
        goes_on(place, whole(OWN_CA))
        has_nothing_more_to_do(place, whole(OWN_CA))
