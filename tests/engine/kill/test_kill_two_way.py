"""mqwizard is killed at every operation of the main job, before, between and after its steps; the next run goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_jobs import OWN_CA, Whole, goes_on_after_each, has_nothing_more_to_do
from kill_points import in_a_row, moments

ROWS = in_a_row(moments(OWN_CA.recipe))


@pytest.mark.parametrize("row", ROWS)
def test_whatever_a_killed_run_was_at_the_next_goes_on(tmp_path: Path, whole: Whole, row: str) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        goes_on_after_each(place, ROWS[row], whole(OWN_CA))
        has_nothing_more_to_do(place, whole(OWN_CA))


def test_every_operation_is_killed_before_and_after_its_step() -> None:
    operations = {one.operation for row in ROWS.values() for one in row}
    assert len(operations) > 15
    for when in ("begun", "over"):
        assert {one.operation for row in ROWS.values() for one in row if one.moment == when} == operations
