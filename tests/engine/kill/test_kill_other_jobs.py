"""The same with self-signed certificates, with stores of releases before 9.3, and with the password in KEYRPWD."""

from __future__ import annotations

from pathlib import Path

import pytest
from kill_jobs import OLD_STORES, PASSWORD_IN_KEYRPWD, SELF_SIGNED, Job, Whole, goes_on
from kill_points import KillAt, moments

STORES = ("/key-repository", "/signer/", "/certificate/", "app1/kit")
PASSWORDS = ("/key-repository", "/attributes")


def _moments(job: Job, *about: str, between: bool = True) -> list[KillAt]:
    found = moments(job.recipe, job.release, between=between)
    return [one for one in found if not about or any(each in one.operation for each in about)]


def _is_killed_and_goes_on(job: Job, moment: KillAt, folder: Path, whole: Whole) -> None:
    with job.place(folder / "job") as place:
        ended = place.run(disturbance=moment)
        assert ended.status == -9, ended.said
        goes_on(place, whole(job))


@pytest.mark.parametrize("moment", _moments(SELF_SIGNED, between=False), ids=str)
def test_a_run_with_self_signed_certificates_goes_on(tmp_path: Path, whole: Whole, moment: KillAt) -> None:
    _is_killed_and_goes_on(SELF_SIGNED, moment, tmp_path, whole)


@pytest.mark.parametrize("moment", _moments(OLD_STORES, *STORES), ids=str)
def test_a_run_that_makes_cms_stores_goes_on(tmp_path: Path, whole: Whole, moment: KillAt) -> None:
    _is_killed_and_goes_on(OLD_STORES, moment, tmp_path, whole)


@pytest.mark.parametrize("moment", _moments(PASSWORD_IN_KEYRPWD, *PASSWORDS), ids=str)
def test_a_run_that_sets_keyrpwd_goes_on(tmp_path: Path, whole: Whole, moment: KillAt) -> None:
    _is_killed_and_goes_on(PASSWORD_IN_KEYRPWD, moment, tmp_path, whole)
