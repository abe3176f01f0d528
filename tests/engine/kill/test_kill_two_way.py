"""mqwizard is killed at every operation of the main job, before, between and after its steps: the same command goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_support import TWO_WAY, Place, place_at
from kill_points import KillAt, moments
from kill_state import differences, end_state

EC = TWO_WAY.replace("trust: ca\n", "trust: {kind: ca, key: ec-p256}\ncertificates: {key: ec-p256}\n")


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The end state of a run that nobody disturbs."""
    with place_at(tmp_path_factory.mktemp("whole") / "job", EC, "--no-proof") as place:
        assert place.run().status == 0
        return end_state(place)


def goes_on(place: Place, uninterrupted: list[str]) -> None:
    """The same command ends well, in the same state, and once more has nothing to do."""
    ended = place.run()
    assert ended.status == 0, ended.said
    odd = differences(end_state(place), uninterrupted)
    assert not odd, ended.said
    ended = place.run()
    assert ended.status == 0, ended.said
    assert "Nothing to do" in ended.said
    odd = differences(end_state(place), uninterrupted)
    assert not odd


@pytest.mark.parametrize("moment", moments(EC), ids=str)
def test_a_run_killed_there_goes_on(tmp_path: Path, uninterrupted: list[str], moment: KillAt) -> None:
    with place_at(tmp_path / "job", EC, "--no-proof") as place:
        ended = place.run(disturbance=moment)
        assert ended.status == -9, ended.said
        goes_on(place, uninterrupted)
