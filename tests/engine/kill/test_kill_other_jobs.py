"""The same with self-signed certificates, with stores of releases before 9.3, and with the password in KEYRPWD."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_jobs import OLD_STORES, PASSWORD_IN_KEYRPWD, SELF_SIGNED, Job, Whole, goes_on_after_each
from kill_points import KillAt, in_a_row, moments

ABOUT = {
    SELF_SIGNED: ("/queue-manager", "/signer/", "/certificate/", "/rule/APP1"),
    OLD_STORES: ("/key-repository", "/certificate/"),
    PASSWORD_IN_KEYRPWD: ("/key-repository", "/attributes"),
}
"""What each does in another way than the main job."""

ROWS = ("queue manager: over", "queue manager: step 1", "client: step 1")


def rows() -> list[tuple[Job, list[KillAt]]]:
    found = []
    for job, about in ABOUT.items():
        wanted = (one for one in moments(job.recipe, job.release) if any(each in one.operation for each in about))
        found += [(job, row) for name, row in in_a_row(wanted).items() if name in ROWS]
    return found


@pytest.mark.parametrize(("job", "row"), rows())
def test_a_killed_run_of_another_job_goes_on(tmp_path: Path, whole: Whole, job: Job, row: list[KillAt]) -> None:
    with job.place(tmp_path / "job") as place:
        goes_on_after_each(place, row, whole(job))
