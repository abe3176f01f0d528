"""What the doctor makes of the session, the installations, the folders and mqwizard's own things."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from doctor_cases import DATA, GIB, MEMORY, MQ, MQM, NOW, PATH, SYSTEM, USER, told, unwell, whole, worst

from wizard.errors import Refused
from wizard.mq.releases import Release
from wizard.run.doctor.judge import judge
from wizard.run.doctor.judge_folders import data_path, space
from wizard.run.doctor.judge_installations import commands, environment, installations, release
from wizard.run.doctor.judge_memory import memory
from wizard.run.doctor.judge_session import clock, system, user
from wizard.run.doctor.seen import FolderSeen, InstallationSeen, LockSeen, MqSeen, RunSeen, UserSeen
from wizard.run.installation import Installation

ARGUMENTS = ("mqwizard", "doctor")


def test_nothing_is_unwell_on_a_machine_where_everything_is_well() -> None:
    assert unwell(judge(whole())) == ""


@pytest.mark.parametrize(
    ("seen", "severity", "remedy"),
    [
        (USER, "ok", ""),
        (UserSeen("root", root=True, mqm=MQM, active=True), "problem", "sudo -u mqm -- mqwizard doctor"),
        (UserSeen("app", mqm=MQM, member=True), "problem", "sg mqm -c 'mqwizard doctor'"),
        (UserSeen("app", mqm=MQM), "problem", "usermod -aG mqm app"),
        (UserSeen("app"), "problem", "Complete the installation"),
        (UserSeen("app", trouble="getent was not found."), "problem", "getent"),
    ],
    ids=["active", "root", "session too old", "no member", "no group", "unknown"],
)
def test_a_user_who_may_not_administer_mq_is_told_how_to(seen: UserSeen, severity: str, remedy: str) -> None:
    finding = user(seen, ARGUMENTS)
    assert finding.severity == severity
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    ("changed", "severity", "part"),
    [
        ({}, "ok", ""),
        ({"open_files": (1_024, 524_288)}, "warning", "ulimit -n 10240"),
        ({"open_files": (1_024, 4_096)}, "warning", "mqm - nofile 10240"),
        ({"open_files": (None, None)}, "ok", "no limit"),
        ({"processes": (1_024, None)}, "warning", "ulimit -u 4096"),
        ({"language": "de_DE.ISO-8859-1"}, "note", "UTF-8"),
        ({"language": ""}, "note", "not set"),
        ({"english_utf8": False}, "warning", "C.UTF-8"),
        ({"english_utf8": None}, "ok", ""),
        ({"commands_missing": ("getent",)}, "problem", "getent"),
    ],
)
def test_limits_and_language_of_a_session(changed: dict[str, object], severity: str, part: str) -> None:
    found = list(system(replace(SYSTEM, **changed), sandboxed=False))  # type: ignore[arg-type]
    assert worst(found) == severity
    assert part in told(found)


def test_low_limits_do_not_matter_to_a_sandbox() -> None:
    low = replace(SYSTEM, open_files=(1_024, 1_024), processes=(100, 100), english_utf8=False)
    assert worst(system(low, sandboxed=True)) == "note"


def test_a_remedy_is_not_offered_that_the_hard_limit_forbids() -> None:
    found = told(system(replace(SYSTEM, open_files=(1_024, 4_096)), sandboxed=False))
    assert "ulimit" not in found


def test_a_clock_before_mq_was_built_is_wrong() -> None:
    assert clock(NOW, MQ).severity == "ok"
    assert clock(datetime(1970, 1, 1, tzinfo=UTC), MqSeen()).severity == "problem"
    assert "before IBM MQ" in clock(NOW, replace(MQ, built="270101")).what


def two_installations(**changed: object) -> MqSeen:
    listed = (InstallationSeen("Old", "/opt/old", "9.2.0.0"), InstallationSeen("New", "/opt/new", "9.4.0.0"))
    return replace(MQ, installations=listed, **changed)  # type: ignore[arg-type]


def test_several_installations_without_a_choice_are_a_problem_that_names_the_option() -> None:
    several = two_installations(refused=Refused("There are several.", "", "Choose one: --installation NAME."))
    found = list(installations(several))
    assert worst(found) == "problem"
    assert "--installation" in unwell(found)
    assert "used now" not in told(found)
    assert {"Old: 9.2.0.0, in /opt/old.", "New: 9.4.0.0, in /opt/new."} <= {one.what for one in found}


def test_without_mq_the_dry_run_and_the_sandbox_are_offered() -> None:
    refused = Refused("IBM MQ was not found.", "", "--dry-run shows the plan; --sandbox practises it.")
    (found,) = installations(MqSeen(refused=refused))
    assert found.severity == "problem"
    assert "--dry-run" in found.remedy and "--sandbox" in found.remedy


def test_an_installation_that_is_not_available_is_a_warning() -> None:
    half = replace(MQ, installations=(InstallationSeen("Installation1", PATH, state="Unavailable"),))
    assert "Unavailable" in unwell(installations(half))


@pytest.mark.parametrize(
    ("changed", "severity", "part"),
    [
        ({}, "ok", ""),
        ({"set_up": "", "on_path": ""}, "note", ". /opt/mqm/bin/setmqenv -s"),
        ({"set_up": "/opt/old"}, "warning", "--installation /opt/old"),
        ({"on_path": "/opt/old"}, "warning", "/opt/old"),
        ({"steering": ("MQSERVER",)}, "note", "unset MQSERVER"),
    ],
)
def test_what_a_session_points_at(changed: dict[str, object], severity: str, part: str) -> None:
    found = list(environment(replace(MQ, **changed)))  # type: ignore[arg-type]
    assert worst(found) == severity
    assert part in told(found)


@pytest.mark.parametrize(
    ("missing", "severity", "package"),
    [
        ("crtmqm", "problem", "MQSeriesServer"),
        ("runmqakm", "problem", "MQSeriesGSKit"),
        ("amqsputc", "warning", "MQSeriesSamples"),
        ("runmqktool", "note", "MQSeriesJRE"),
        ("setmqaut", "note", "MQSeriesRuntime"),
    ],
)
def test_a_missing_command_names_the_package_that_brings_it(missing: str, severity: str, package: str) -> None:
    found = list(commands(replace(MQ, missing=frozenset({missing}))))
    assert worst(found) == severity
    assert missing in told(found) and package in told(found)


def test_gskit_9_without_the_icu_library_names_libicu() -> None:
    assert "libicu" in unwell(commands(replace(MQ, gskit9=True, icu=False)))
    assert worst(commands(replace(MQ, gskit9=True, icu=True))) == "ok"


@pytest.mark.parametrize(
    ("version", "severity", "lacking"),
    [
        (Release(9, 4), "ok", 0),
        (Release(9, 3), "note", 1),
        (Release(9, 2), "note", 5),
        (Release(9, 1), "note", 8),
        (Release(9, 0), "problem", 8),
    ],
)
def test_what_a_release_cannot_do_is_said_with_what_is_done_instead(
    version: Release, severity: str, lacking: int
) -> None:
    found = list(release(version))
    assert worst(found) == severity
    assert sum("has no" in one.what and bool(one.means) for one in found) == lacking


@pytest.mark.parametrize(
    ("folder", "severity", "part"),
    [
        (FolderSeen("/var/mqm", gid=MQM), "ok", ""),
        (FolderSeen("/var/mqm", gid=MQM, exists=False), "problem", "missing"),
        (FolderSeen("/var/mqm", gid=MQM, mode=0o777), "problem", "chmod o-w"),
        (FolderSeen("/var/mqm", gid=MQM, mode=0o1777), "ok", ""),
        (FolderSeen("/var/mqm", gid=0), "warning", "chgrp mqm"),
        (FolderSeen("/var/mqm", gid=MQM, writable=False), "note", "locks"),
    ],
)
def test_the_data_path(folder: FolderSeen, severity: str, part: str) -> None:
    found = list(data_path(replace(DATA, folders=(folder,)), MQM))
    assert worst(found) == severity
    assert part in told(found)


def test_an_errors_folder_that_takes_nothing_is_a_problem() -> None:
    assert "errors" in unwell(data_path(replace(DATA, errors=FolderSeen("/var/mqm/errors", writable=False)), MQM))


def test_incident_reports_are_a_warning_while_they_are_new() -> None:
    assert worst(data_path(replace(DATA, incidents=3, newest_incident=90.0), MQM)) == "note"
    assert "3 incident reports" in unwell(data_path(replace(DATA, incidents=3, newest_incident=1.0), MQM))


@pytest.mark.parametrize(
    ("free", "inodes", "severity"),
    [
        (50 * GIB, 0.9, "ok"),
        (50 * GIB, None, "ok"),
        (GIB // 2, 0.9, "warning"),
        (50 * GIB, 0.01, "warning"),
        (1_000, 0.9, "problem"),
        (50 * GIB, 0.0, "problem"),
    ],
)
def test_a_file_system_that_is_nearly_full(free: int, inodes: float | None, severity: str) -> None:
    folders = (FolderSeen("/var/mqm", gid=MQM, device=1, free=free, inodes=inodes),)
    found = list(space(whole(data=replace(DATA, folders=folders), queue_managers=())))
    assert worst(found) == severity
    assert "/var/mqm" in told(found)


def test_each_file_system_is_told_once() -> None:
    assert len(list(space(whole(queue_managers=())))) == 2


STATE = MEMORY.folder


@pytest.mark.parametrize(
    ("folder", "own", "severity", "part"),
    [
        (STATE, True, "ok", ""),
        (replace(STATE, mode=0o755), True, "warning", "chmod 700"),
        (replace(STATE, writable=False), True, "problem", "--state"),
        (STATE, False, "warning", "another user"),
    ],
)
def test_the_state_folder(folder: FolderSeen, own: bool, severity: str, part: str) -> None:
    found = list(memory(replace(MEMORY, folder=folder, own=own), ""))
    assert worst(found) == severity
    assert part in told(found)


def test_a_state_folder_that_is_not_there_must_be_one_that_can_be_made() -> None:
    gone = replace(MEMORY, folder=FolderSeen("/home/app/state", exists=False))
    assert worst(memory(replace(gone, parent=FolderSeen("/home/app")), "")) == "ok"
    assert worst(memory(replace(gone, parent=FolderSeen("/home", writable=False)), "")) == "problem"


OPEN = RunSeen("r-0123456789abcdef", "r", user="app", begun="2026-11-19 08:00", open=("QM1 queue Q1",))


def test_a_run_that_did_not_come_to_its_end_names_the_command_to_go_on() -> None:
    found = unwell(memory(replace(MEMORY, runs=(replace(OPEN, ours=True),)), "r.yaml"))
    assert "QM1 queue Q1" in found and "mqwizard --recipe r.yaml" in found


def test_of_another_recipe_only_the_word_in_its_key_is_known() -> None:
    found = unwell(memory(replace(MEMORY, runs=(OPEN,)), "other.yaml"))
    assert "recipe r, as app" in found and "other.yaml" not in found


@pytest.mark.parametrize(
    ("run", "severity", "part"),
    [
        (RunSeen("k", "r"), "ok", ""),
        (RunSeen("k", "r", owed=("QM1 refresh ssl",)), "warning", "due: QM1 refresh ssl"),
        (RunSeen("k", "r", at_work=(4711,), open=("QM1",)), "note", "4711"),
        (RunSeen("k", "r", trouble="The journal is damaged."), "problem", "damaged"),
    ],
)
def test_what_earlier_runs_left(run: RunSeen, severity: str, part: str) -> None:
    found = list(memory(replace(MEMORY, runs=(run,)), ""))
    assert worst(found) == severity
    assert part in told(found)


@pytest.mark.parametrize(("held", "part"), [(True, "at work"), (False, "killed"), (None, "cannot be seen")])
def test_locks_are_notes(held: bool | None, part: str) -> None:
    found = list(memory(replace(MEMORY, locks=(LockSeen("/var/mqm/mqwizard-QM1.lock", held, "app"),)), ""))
    assert worst(found) == "note"
    assert part in told(found)


def test_as_root_nothing_is_said_about_queue_managers() -> None:
    seen = whole(user=replace(USER, root=True), queue_managers=())
    assert "There are no queue managers" not in told(judge(seen))


def test_another_installation_than_the_usual_one_is_shown_as_used() -> None:
    chosen = Installation("New", Path("/opt/new"), Release(9, 4), Path("/var/mqm"))
    found = told(installations(two_installations(chosen=chosen, set_up="/opt/new", on_path="/opt/new")))
    assert "New: 9.4.0.0, in /opt/new, used now." in found
