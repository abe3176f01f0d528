"""mqwizard is killed at every change that it makes to a file itself: nothing is lost, and nothing is left lying."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from engine_support import Place
from kill_jobs import OWN_CA, Whole
from kill_points import KillAt, KillAtChange
from kill_state import differences, end_state

WRITTEN = ("ca", "exchange", "kits", "st")
STEP = 4
"""Every which change is tried."""


def test_a_clients_key_certificate_and_kit_are_made_once(tmp_path: Path, whole: Whole) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        before = _killed_before_the_client(place, tmp_path / "before")
        for number in count(2, STEP):
            _restore(place, before)
            killed = place.run(disturbance=KillAtChange(number))
            if killed.status == 0:
                assert number > 20
                return
            assert killed.status == -9, killed.said
            went_on = place.run()
            assert went_on.status == 0, went_on.said
            odd = differences(end_state(place), whole(OWN_CA))
            assert not odd, "\n".join([f"killed at change {number}", *odd, went_on.said])


def _killed_before_the_client(place: Place, copy: Path) -> Path:
    ended = place.run(disturbance=KillAt("create app1/certificate/app1", "begun"))
    assert ended.status == -9, ended.said
    for name in WRITTEN:
        if (place.folder / name).exists():
            shutil.copytree(place.folder / name, copy / name)
    return copy


def _restore(place: Place, copy: Path) -> None:
    for name in WRITTEN:
        shutil.rmtree(place.folder / name, ignore_errors=True)
        if (copy / name).exists():
            shutil.copytree(copy / name, place.folder / name)


def test_run_after_run_is_killed_until_one_comes_through(tmp_path: Path, whole: Whole) -> None:
    """Each run is killed a little later than the one before it, on what those before it have left behind."""
    with OWN_CA.place(tmp_path / "job") as place:
        for number in count(1, 2):
            ended = place.run(disturbance=KillAtChange(number))
            if ended.status == 0:
                break
            assert ended.status == -9, ended.said
        odd = differences(end_state(place), whole(OWN_CA))
        assert not odd, "\n".join([*odd, ended.said])
        assert number > 5
