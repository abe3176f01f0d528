"""The same with self-signed certificates, with stores of releases before 9.3, and with the password in KEYRPWD."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from kill_jobs import OLD_STORES, PASSWORD_IN_KEYRPWD, SELF_SIGNED, Job, goes_on
from kill_points import KillAt, moments

ABOUT_STORES = ("/key-repository", "/signer/", "/certificate/", "app1/kit")


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> object:
    """The end state of each job when nobody disturbs it, made once."""
    return cache(lambda job: job.end_state(tmp_path_factory.mktemp("whole") / "job"))


def _moments(job: Job, *about: str, between: bool) -> list[KillAt]:
    found = moments(job.recipe, job.release, between=between)
    return [one for one in found if not about or any(each in one.operation for each in about)]


@pytest.mark.parametrize("moment", _moments(SELF_SIGNED, between=False), ids=str)
def test_a_run_with_self_signed_certificates_goes_on(tmp_path: Path, whole, moment: KillAt) -> None:
    _killed_at(moment, SELF_SIGNED, tmp_path, whole(SELF_SIGNED))


@pytest.mark.parametrize("moment", _moments(OLD_STORES, *ABOUT_STORES, between=True), ids=str)
def test_a_run_that_makes_cms_stores_goes_on(tmp_path: Path, whole, moment: KillAt) -> None:
    _killed_at(moment, OLD_STORES, tmp_path, whole(OLD_STORES))


@pytest.mark.parametrize(
    "moment", _moments(PASSWORD_IN_KEYRPWD, "/key-repository", "/attributes", between=True), ids=str
)
def test_a_run_that_sets_keyrpwd_goes_on(tmp_path: Path, whole, moment: KillAt) -> None:
    _killed_at(moment, PASSWORD_IN_KEYRPWD, tmp_path, whole(PASSWORD_IN_KEYRPWD))


def _killed_at(moment: KillAt, job: Job, folder: Path, uninterrupted: list[str]) -> None:
    with job.place(folder / "job") as place:
        ended = place.run(disturbance=moment)
        assert ended.status == -9, ended.said
        goes_on(place, uninterrupted)
