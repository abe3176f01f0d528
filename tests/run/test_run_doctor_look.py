"""What the doctor sees: on a machine without MQ, through fake commands, in files and journals."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from doctor_cases import NOW, told
from hypothesis import given
from hypothesis import strategies as st
from run_fakes import Fakes

from wizard.mq.releases import Release
from wizard.run import lock
from wizard.run.doctor.asking import hear
from wizard.run.doctor.findings import Finding, Severity
from wizard.run.doctor.judge import judge
from wizard.run.doctor.look import Order, look
from wizard.run.doctor.look_folders import data, folder, nearest
from wizard.run.doctor.look_installations import installations
from wizard.run.doctor.look_memory import memory
from wizard.run.doctor.look_stores import repository
from wizard.run.doctor.report import finding_lines, report_records, report_text
from wizard.run.doctor.seen import Seen
from wizard.run.doctor.wording import amount, days, listed
from wizard.run.journal import Begun, Journal
from wizard.run.keyring import Keyring
from wizard.run.lock import Holder

LEVEL = "Level:       p940-L240605.1"


@pytest.fixture
def bare(fakes: Fakes) -> Fakes:
    """A machine whose PATH holds nothing but the fakes."""
    fakes.driver.environment["PATH"] = str(fakes.bin)
    return fakes


def add_mq(fakes: Fakes, name: str = "Installation1", *, without: str = "") -> Path:
    """An installation with every command of 9.4 but one."""
    path = fakes.folder / name
    binaries = path / "bin"
    binaries.mkdir(parents=True)
    text = f"Version:     9.4.0.0\n{LEVEL}\nInstName:    {name}\nInstPath:    {path}\nDataPath:    {fakes.folder}/var\n"
    every = (
        "crtmqm strmqm endmqm dltmqm dspmq runmqsc runmqlsr dmpmqcfg runmqakm amqsputc amqsgetc runmqktool runmqicred "
        "dspmqinst endmqlsr setmqaut dspmqaut mqrc"
    )
    for command in every.split():
        if command != without:
            (binaries / command).symlink_to(fakes.add(f"{command}-of-{name}", ""))
    (binaries / "dspmqver").symlink_to(fakes.add(f"dspmqver-of-{name}", f"print({text!r})"))
    return path


def order(fakes: Fakes, **changed: object) -> Order:
    state = fakes.folder / "state"
    given: dict[str, object] = {
        "moment": NOW,
        "host": "mqhost",
        "base": fakes.folder,
        "state": state,
        "journals": state / "journals",
        "environment": {"LANG": "C.UTF-8"},
        "arguments": ("mqwizard", "doctor"),
    }
    return Order(**(given | changed))  # type: ignore[arg-type]


def seen(fakes: Fakes) -> Seen:
    return look(fakes.driver, Keyring(environment={}, base=fakes.folder), order(fakes))


def test_a_machine_without_anything_is_looked_at_to_the_end(bare: Fakes) -> None:
    found = judge(seen(bare))
    assert "IBM MQ was not found" in told(found)
    assert "getent" in told(found)
    assert list(bare.folder.glob("state*")) == []


def test_an_installation_is_described_with_what_it_lacks(bare: Fakes) -> None:
    path = add_mq(bare, without="runmqakm")
    bare.driver.environment["MQ_INSTALLATION_PATH"] = str(path)
    mq = installations(bare.driver, {"MQ_INSTALLATION_PATH": f"{path}/", "MQSERVER": "A/TCP/b"}, None)
    assert mq.chosen is not None and mq.chosen.release == Release(9, 4)
    assert mq.missing == {"runmqakm"}
    assert (mq.built, mq.set_up, mq.steering) == ("240605", str(path), ("MQSERVER",))


def test_a_link_on_path_into_the_installation_is_the_installation(bare: Fakes) -> None:
    path = add_mq(bare)
    bare.driver.environment["MQ_INSTALLATION_PATH"] = str(path)
    (bare.bin / "dspmq").symlink_to(path / "bin" / "dspmq")
    assert installations(bare.driver, {}, None).on_path == str(path)


def test_of_several_installations_one_is_looked_through_and_the_choice_stays_a_problem(bare: Fakes) -> None:
    paths = [add_mq(bare, name) for name in ("Old", "New")]
    text = "\n".join(
        f"InstName: {path.name}\nInstPath: {path}\nVersion: 9.4.0.0\nPrimary: {primary}\nState: Available\n"
        for path, primary in zip(paths, ("No", "Yes"), strict=True)
    )
    bare.add("dspmqinst", f"print({text!r})")
    mq = installations(bare.driver, {}, None)
    assert [one.name for one in mq.installations] == ["Old", "New"]
    assert mq.refused is not None
    assert mq.chosen is not None and mq.chosen.path == paths[1]


def test_a_command_that_fails_is_a_trouble_with_its_words(fakes: Fakes) -> None:
    fakes.add("fails", "print('AMQ7077E: You are not authorized.'); raise SystemExit(119)")
    fakes.add("works", "print('fine')")
    failed, worked, missing = hear(fakes.driver, ("fails",), ("works",), ("no-such-command",))
    assert "exit 119" in failed.trouble and "AMQ7077E" in failed.trouble
    assert (worked.output, worked.trouble) == ("fine\n", "")
    assert "not found" in missing.trouble


def test_a_folder_tells_who_may_do_what(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    found = folder(tmp_path)
    assert (found.exists, found.mode, found.uid, found.writable) == (True, 0o750, os.geteuid(), True)
    assert found.free
    assert not folder(tmp_path / "gone").exists
    assert nearest(tmp_path / "gone" / "deeper").path == str(tmp_path)


def test_incident_reports_are_counted(tmp_path: Path) -> None:
    (tmp_path / "errors").mkdir()
    report = tmp_path / "errors" / "AMQ1494.0.FDC"
    report.touch()
    os.utime(report, (NOW.timestamp() - 3 * 86_400,) * 2)
    found = data(tmp_path, NOW)
    assert found.incidents == 1
    assert found.newest_incident == pytest.approx(3.0)


def test_locks_are_seen_without_being_taken(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    holder = Holder(4711, "app", "mqhost", "now", "r.yaml")
    (tmp_path / "mqwizard-OLD.lock").write_text("cut off", encoding="utf-8")
    with lock.hold(["QM1"], data_path=tmp_path, state=tmp_path, holder=holder):
        locks = {Path(one.path).name: one for one in memory(gone, gone, tmp_path, "").locks}
    assert {name: one.held for name, one in locks.items()} == {"mqwizard-OLD.lock": False, "mqwizard-QM1.lock": True}
    assert "process 4711" in locks["mqwizard-QM1.lock"].holder
    assert [Path(one.path).name for one in memory(gone, gone, tmp_path, "").locks] == ["mqwizard-OLD.lock"]


def test_an_interrupted_run_is_seen_with_what_it_left(tmp_path: Path) -> None:
    journals = tmp_path / "journals"
    journal = Journal.open(journals, "r-0123456789abcdef", redact=str, digests={})
    journal.begin([Begun("1", "QM1 queue Q1", "create")])
    journal.owe("QM1 refresh ssl")
    (run,) = memory(tmp_path, journals, None, "r-0123456789abcdef").runs
    assert (run.word, run.ours, run.open, run.owed) == ("r", True, ("QM1 queue Q1",), ("QM1 refresh ssl",))
    journal.end("done")
    (run,) = memory(tmp_path, journals, None, "").runs
    assert (run.open, run.ours) == ((), False)


def test_a_damaged_journal_is_a_trouble_and_not_an_end(tmp_path: Path) -> None:
    place = tmp_path / "journals" / "r-0123456789abcdef"
    place.mkdir(parents=True)
    (place / "0001.jsonl").write_text("nonsense\n{}\n", encoding="utf-8")
    (run,) = memory(tmp_path, tmp_path / "journals", None, "").runs
    assert "damaged" in run.trouble


@pytest.mark.parametrize(
    ("keyr", "release", "path"),
    [
        ("/ssl/key", Release(9, 4), "/ssl/key.kdb"),
        ("/ssl/key.p12", Release(9, 3), "/ssl/key.p12"),
        ("/ssl/key.kdb", Release(9, 2), "/ssl/key.kdb.kdb"),
        ("/Q.M/key", Release(9, 4), "/Q.M/key.kdb"),
    ],
)
def test_the_file_that_sslkeyr_means(keyr: str, release: Release, path: str) -> None:
    assert repository(keyr, release) == Path(path)


FOUND = (
    Finding("session", Severity.OK, "All is well here."),
    Finding("IBM MQ", Severity.PROBLEM, "Something is wrong.", "It means this.", "do that"),
    Finding("session", Severity.NOTE, "By the way."),
)


def test_the_report_shows_areas_states_and_remedies_below() -> None:
    text = report_text("mqhost", FOUND)
    assert text == (
        "Doctor: mqhost\n\n"
        "session\n"
        "  ok       All is well here.\n"
        "  note     By the way.\n\n"
        "IBM MQ\n"
        "  problem  Something is wrong.\n"
        "           It means this.\n"
        "           Remedy: do that\n\n"
        "1 problem, 0 warnings, 1 note, 1 ok.\n"
    )
    assert "Nothing to mend: 1 ok, 0 notes." in report_text("mqhost", FOUND[:1])


def test_json_lines_hold_every_finding_and_a_summary(records: Callable[[str], list[dict[str, object]]]) -> None:
    *lines, summary = records("\n".join(report_records("mqhost", FOUND)))
    assert {line["type"] for line in lines} == {"finding"}
    assert lines[1] == {
        "v": 1,
        "type": "finding",
        "area": "IBM MQ",
        "severity": "problem",
        "what": "Something is wrong.",
        "means": "It means this.",
        "remedy": "do that",
    }
    assert summary["totals"] == {"problem": 1, "warning": 0, "note": 1, "ok": 1}


@pytest.fixture
def records() -> Callable[[str], list[dict[str, object]]]:
    import json

    return lambda text: [json.loads(line) for line in text.splitlines()]


@given(st.text(max_size=400), st.sampled_from(Severity))
def test_no_line_of_a_finding_is_wider_than_the_page_unless_a_word_is(text: str, severity: Severity) -> None:
    for line in finding_lines(Finding("area", severity, text or ".", text, text)):
        assert len(line) <= 118 or " " not in line[19:].strip()


def test_sizes_days_and_lists_are_short() -> None:
    assert [amount(size) for size in (0, 999, 1_536, 10_485_760, 3 * 1024**4)] == [
        "0 bytes",
        "999 bytes",
        "1.5 KiB",
        "10 MiB",
        "3.0 TiB",
    ]
    assert (days(1), days(2)) == ("1 day", "2 days")
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefg"), 3) == "a, b, c and 4 more"
