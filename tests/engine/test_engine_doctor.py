"""The doctor on sandboxes: healthy ones, and each with one thing wrong."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from engine_reports import ONE_CLIENT, MakePlace
from engine_support import Place

from wizard.engine import doctor
from wizard.engine.doctor import Examination, examine
from wizard.engine.practice import Practice, prepare_sandbox
from wizard.engine.request import Request
from wizard.errors import RecipeError, UsageError
from wizard.run.doctor.findings import Finding, Severity
from wizard.run.transcript import now

UNWELL = {Severity.WARNING, Severity.PROBLEM}

ENDED = "It does not run: Ended"


def look(place: Place, *, recipe: str | None = None, days: int = 0, version: str | None = None) -> Examination:
    """What the doctor finds in a place, after some days have passed."""

    def clock() -> datetime:
        return now() + timedelta(days=days)

    request = Request(
        recipe=recipe or "",
        sandbox=place.sandbox,
        mq_version=version,
        state=place.state,
        arguments=("mqwizard", "doctor"),
    )
    return examine(request, clock=clock)


def unwell(found: Examination) -> list[Finding]:
    return [one for one in found.findings if one.severity in UNWELL]


def what(found: Examination) -> str:
    """What is unwell, as one text."""
    return "\n".join(f"{one.severity}: {one.what} {one.means} {one.remedy}" for one in unwell(found))


def store_of(place: Place, ending: str = ".p12") -> Path:
    return place.sandbox / f"var/mqm/qmgrs/QM1/ssl/key{ending}"


@pytest.fixture
def done(make_place: MakePlace) -> Place:
    """A place in which a recipe was carried out."""
    place: Place = make_place(ONE_CLIENT)
    ended = place.run("--no-proof")
    assert ended.status == 0, ended.said
    return place


@contextmanager
def taken(address: str, port: int) -> Iterator[None]:
    """Somebody else holds a port."""
    with socket.create_server((address, port)):
        yield


@pytest.mark.parametrize("version", ["9.1", "9.4", "10.0"])
def test_a_fresh_sandbox_is_healthy(version: str, make_place: MakePlace) -> None:
    found = look(make_place(ONE_CLIENT), version=version)
    assert what(found) == ""
    assert found.healthy
    assert f"IBM MQ {version}" in found.title
    lacks = any("has no PKCS#12" in one.what for one in found.findings)
    assert lacks is (version == "9.1")


def test_a_fresh_sandbox_has_what_a_recipe_needs(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    found = look(place, recipe=str(place.folder / "r.yaml"))
    assert found.healthy, what(found)
    assert any(one.area.startswith("recipe ") and "QM1 is not there yet" in one.what for one in found.findings)
    assert not place.state.exists()


def test_a_finished_set_up_is_healthy_and_nothing_is_changed_by_looking(done: Place) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.state.rglob("*")}
    found = look(done, recipe=str(done.folder / "r.yaml"))
    assert found.healthy, what(found)
    assert {path: path.stat().st_mtime_ns for path in done.state.rglob("*")} == before
    told = "\n".join(one.what for one in found.findings)
    assert "The certificate qm1 (CN=QM1,OU=MQ,O=Example) is valid for" in told
    assert "LISTENER.TCP listens on port 1414." in told


def test_a_set_up_of_an_old_release_is_healthy(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT, "--mq-version", "9.1")
    assert place.run("--no-proof").status == 0
    found = look(place)
    assert found.healthy, what(found)
    assert any("key.kdb: only its owner" in one.what for one in found.findings)


@pytest.mark.parametrize("ending", [".p12", ".sth"])
def test_a_store_that_everybody_can_read_is_a_problem(ending: str, done: Place) -> None:
    store_of(done, ending).chmod(0o644)
    (finding,) = unwell(look(done))
    assert finding.severity is Severity.PROBLEM
    assert f"key{ending}" in finding.what
    assert finding.remedy.startswith("chmod 640")


def test_a_store_without_its_stash_is_a_problem(done: Place) -> None:
    store_of(done, ".sth").unlink()
    assert "no stash file, no KEYRPWD" in what(look(done))


@pytest.mark.parametrize(
    ("days", "severity", "words"),
    [(345, Severity.NOTE, "ends in"), (360, Severity.WARNING, "ends in"), (400, Severity.PROBLEM, "ended")],
)
def test_a_certificate_near_or_past_its_end(days: int, severity: Severity, words: str, done: Place) -> None:
    found = look(done, days=days)
    (finding,) = [one for one in found.findings if one.what.startswith("The certificate qm1")]
    assert finding.severity is severity
    assert words in finding.what


def test_a_queue_manager_that_was_ended_matters_to_its_recipe(done: Place) -> None:
    done.command("endmqm", "-i", "QM1")
    alone = look(done)
    assert alone.healthy
    (finding,) = [one for one in alone.findings if ENDED in one.what]
    assert finding.remedy == "Start it: strmqm QM1"
    assert ENDED in what(look(done, recipe=str(done.folder / "r.yaml")))


def test_a_missing_runmqakm_names_its_package(done: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(folder: Path, version: str | None) -> Practice:
        made = prepare_sandbox(folder, version)
        (folder / "bin" / "runmqakm").unlink()
        return made

    monkeypatch.setattr(doctor, "prepare_sandbox", without)
    (finding,) = unwell(look(done))
    assert finding.severity is Severity.PROBLEM
    assert finding.what.startswith("runmqakm is missing")
    assert "MQSeriesGSKit" in finding.remedy


def test_a_port_that_a_recipe_wants_and_somebody_else_has(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    practice = prepare_sandbox(place.sandbox, None)
    with taken(practice.address, 1414):
        found = look(place, recipe=str(place.folder / "r.yaml"))
    (finding,) = unwell(found)
    assert finding.severity is Severity.PROBLEM
    assert "port 1414" in finding.what


def test_a_listener_whose_port_somebody_else_has(done: Place) -> None:
    done.mqsc("STOP LISTENER(LISTENER.TCP)")
    assert "START LISTENER(LISTENER.TCP)" in what(look(done))
    with taken(prepare_sandbox(done.sandbox, None).address, 1414):
        (finding,) = unwell(look(done))
    assert finding.severity is Severity.PROBLEM
    assert "LISTENER.TCP cannot listen: port 1414 is taken by" in finding.what


def test_doors_left_open_are_warnings(done: Place) -> None:
    done.mqsc("ALTER QMGR CHLAUTH(DISABLED) CONNAUTH(' ')")
    found = what(look(done))
    assert "CHLAUTH(DISABLED)" in found and "CONNAUTH is blank" in found


def test_a_label_that_names_no_certificate_is_a_problem(done: Place) -> None:
    done.mqsc("ALTER QMGR CERTLABL('other')")
    assert "There is no certificate other" in what(look(done))


def test_a_state_folder_that_others_can_look_into_is_a_warning(done: Place) -> None:
    done.state.chmod(0o755)
    (finding,) = unwell(look(done))
    assert "has mode 0755" in finding.what


def test_a_run_that_failed_is_remembered_with_the_command_to_go_on(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    failing = {"SANDBOX_FAULTS": "runmqsc:DEFINE QLOCAL:1=AMQ8145E"}
    assert place.run("--no-proof", environment=failing).status == 1
    found = what(look(place))
    assert "did not come to its end" in found and "on the recipe r," in found
    recipe = str(place.folder / "r.yaml")
    assert f"mqwizard --recipe {recipe}" in what(look(place, recipe=recipe))


def test_a_queue_manager_that_gives_no_answer_does_not_hide_the_others(
    done: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    done.command("crtmqm", "QM2")
    done.command("strmqm", "QM2")
    monkeypatch.setenv("SANDBOX_FAULTS", "runmqsc:DISPLAY LISTENER:1=kill")
    found = look(done)
    assert "It runs, but could not be asked." in what(found)
    asked = [one.area for one in found.findings if one.what == "It runs, and takes commands."]
    assert len(asked) == 1


def test_no_secret_is_shown(done: Place) -> None:
    secrets = [path.read_text(encoding="utf-8").strip() for path in (done.folder / "kits").glob("*.password")]
    assert secrets
    said = done.run("doctor").said + done.run("doctor", "--json").said
    assert "queue manager QM1" in said
    assert not [secret for secret in secrets if secret in said]


def test_the_command_line_says_it_in_text_and_in_json_lines(done: Place) -> None:
    text = done.run("doctor")
    assert text.status == 0, text.said
    assert text.out.startswith("Doctor: ")
    assert "Nothing to mend: " in text.out
    store_of(done).chmod(0o644)
    lines = done.run("doctor", "--json")
    assert lines.status == 1
    *findings, summary = (json.loads(line) for line in lines.out.splitlines())
    assert {line["type"] for line in findings} == {"finding"}
    assert summary["totals"]["problem"] == 1


def test_options_may_stand_before_or_after_the_word(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    before = place.run("doctor")
    after = place.run("doctor", "--recipe", "r.yaml", "--sandbox", "sb", "--state", "elsewhere")
    assert "recipe r.yaml" in before.out and "recipe r.yaml" in after.out
    assert "elsewhere" in after.out and "elsewhere" not in before.out


def test_a_wrong_recipe_is_a_mistake_in_the_order(make_place: MakePlace) -> None:
    place = make_place("mqwizard: 1\nnonsense: 1\n")
    with pytest.raises(RecipeError):
        look(place, recipe=str(place.folder / "r.yaml"))
    with pytest.raises(UsageError):
        look(place, recipe="no-such-recipe")


@pytest.mark.parametrize("root", [True, False])
def test_on_a_real_machine_root_looks_into_no_queue_manager(
    root: bool, done: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = prepare_sandbox(done.sandbox, None)
    for name in ("PATH", "MQ_INSTALLATION_PATH", "MQ_DATA_PATH"):
        monkeypatch.setenv(name, practice.environment[name])
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1_000)
    found = examine(Request(recipe="", state=done.folder / "none", arguments=("mqwizard", "doctor")))
    areas = {one.area for one in found.findings}
    assert ("queue manager QM1" in areas) is not root
    assert ("sudo -u mqm -- mqwizard doctor" in what(found)) is root
    assert {"IBM MQ", "commands", "release", "data path"} <= areas


@pytest.mark.skipif(os.path.exists("/opt/mqm"), reason="this machine has an IBM MQ of its own")  # noqa: PTH110
def test_without_mq_it_says_what_can_be_done_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MQ_INSTALLATION_PATH", raising=False)
    found = examine(Request(recipe="", state=tmp_path / "state", arguments=("mqwizard", "doctor")))
    assert not found.healthy
    assert "--dry-run" in what(found) and "--sandbox" in what(found)
    assert "no IBM MQ" in found.title


def test_a_recipe_is_looked_at_without_mq_too(make_place: MakePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place(ONE_CLIENT)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.delenv("MQ_INSTALLATION_PATH", raising=False)
    recipe = str(place.folder / "r.yaml")
    found = examine(Request(recipe=recipe, state=place.state, arguments=("mqwizard", "doctor")))
    assert any(one.area == f"recipe {recipe}" for one in found.findings)
