"""Every command dies, hangs, talks nonsense or refuses: it is told, nothing leaks, and the same command goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_undo import facts, run, undo
from fault_kinds import LOOKING, LOOKING_AGAIN, MAKING, SELF_SIGNED, UNDOING, kinds
from fault_runs import Record, hits
from kill_jobs import OWN_CA, Whole, goes_on
from kill_jobs import SELF_SIGNED as SELF_SIGNED_JOB

PARTS = {"looking": kinds(LOOKING, "useradd:"), "first half": kinds(MAKING[:9]), "second half": kinds(MAKING[9:])}
"""The main job, in parts that run side by side; the second starts from a run that was stopped half-way."""


@pytest.mark.parametrize("part", PARTS)
def test_whatever_fails_in_a_run_the_same_command_goes_on_to_the_same_end(
    tmp_path: Path, whole: Whole, record_property: Record, part: str
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        for kind in PARTS[part]:
            hits(place, kind, record_property)
        goes_on(place, whole(OWN_CA))


def test_whatever_fails_with_self_signed_certificates_the_same_command_goes_on(
    tmp_path: Path, whole: Whole, record_property: Record
) -> None:
    with SELF_SIGNED_JOB.place(tmp_path / "job") as place:
        for kind in kinds(SELF_SIGNED, "runmqsc:ALTER QMGR"):
            hits(place, kind, record_property)
        goes_on(place, whole(SELF_SIGNED_JOB))


def test_whatever_cannot_be_seen_of_a_queue_manager_nothing_is_touched(
    tmp_path: Path, whole: Whole, record_property: Record
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        run(place)
        for kind in kinds(LOOKING_AGAIN):
            assert hits(place, kind, record_property).status == 3
        assert "Nothing to do" in goes_on(place, whole(OWN_CA)).said


def test_whatever_fails_in_an_undo_the_next_one_goes_on_to_the_same_end(
    tmp_path: Path, record_property: Record
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        place.make_sandbox()
        before = facts(place)
        run(place)
        for kind in kinds(UNDOING):
            hits(place, kind, record_property, "undo")
        undo(place)
        assert facts(place) == before
