"""What the tests of going on after a kill compare with."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from kill_jobs import Job


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Job], list[str]]:
    """Gives the end state of a job when nobody disturbs it; each is made once."""

    @cache
    def end_state_of(job: Job) -> list[str]:
        return job.end_state(tmp_path_factory.mktemp("whole") / "job")

    return end_state_of
