"""Undo after a run that was killed half-way, and undo that is killed itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_undo import facts, run, undo
from kill_jobs import OWN_CA, PASSWORD_IN_KEYRPWD
from kill_points import KillAt
from test_kill_proof import PROVEN, KillInProof

SELECTED = (
    KillAt("create authority/ca", "over"),
    KillAt("create QM1/queue-manager", 1),
    KillAt("create QM1/certificate/qm1", 4),
    KillAt("create QM1/listener/LISTENER.TCP", "over"),
    KillAt("create app1/kit", 4),
)

ENDS = (
    KillAt("delete QM1/queue-manager", "begun"),
    KillAt("delete QM1/queue-manager", 3),
    KillAt("delete QM1/queue-manager", "over"),
    KillAt("delete QM1/certificate/qm1", 1),
    KillAt("delete QM1/certificate/qm1", 1),
    KillAt("delete app1/kit", 2),
    KillAt("delete app1/certificate/app1", "over"),
)


@pytest.mark.parametrize("moment", SELECTED, ids=str)
def test_a_run_killed_there_is_undone_as_far_as_it_came(tmp_path: Path, moment: KillAt) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        place.make_sandbox()
        before = facts(place)
        assert place.run(disturbance=moment).status == -9
        undo(place)
        assert facts(place) == before
        assert "Nothing to do" in undo(place).out


def test_a_killed_run_that_went_on_is_undone_together_with_what_it_went_on_from(tmp_path: Path) -> None:
    with PASSWORD_IN_KEYRPWD.place(tmp_path / "job") as place:
        place.make_sandbox()
        before = facts(place)
        assert place.run(disturbance=KillAt("create QM1/certificate/qm1", "over")).status == -9
        run(place)
        assert "undo runs 1, 2" in undo(place).out
        assert facts(place) == before


def test_an_undo_that_is_killed_again_and_again_goes_on(tmp_path: Path) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        place.make_sandbox()
        before = facts(place)
        run(place)
        for moment in ENDS:
            ended = place.run("undo", disturbance=moment)
            assert ended.status == -9, f"{moment}\n{ended.said}"
        undo(place)
        assert facts(place) == before
        assert "Nothing to do" in undo(place).out


def test_nothing_of_a_proof_is_left_but_its_reports(tmp_path: Path) -> None:
    with PROVEN.place(tmp_path / "job") as place:
        place.make_sandbox()
        before = facts(place)
        assert place.run(disturbance=KillInProof("process", "amqsputc")).status == -9
        ended = undo(place)
        assert "PROOF" not in ended.out
        assert facts(place) == before
        assert not any((place.state / "proof").glob("*"))


def test_after_a_killed_undo_the_recipe_is_set_up_again(tmp_path: Path) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        run(place)
        assert place.run("undo", disturbance=KillAt("delete app1/kit", "begun")).status == -9
        assert place.run().status == 0
        assert "Nothing to do" in run(place).out
