"""Journal and history: whatever kills a run, the next one knows what may have happened."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import OperationFailed, Refused
from wizard.mq.secret_text import STARS
from wizard.run import history, processes
from wizard.run.history import Outcome
from wizard.run.journal import Begun, Done, Journal, run_key
from wizard.run.secrets import Secret, SecretStore

KEY = run_key(host="mqhost", recipe="/home/a/app.yaml")
STORE = SecretStore(environment={})
PLANTED = "Pl4nted-s3cret'word"
STORE.hide(Secret(PLANTED))


def begun(folder: Path) -> Journal:
    return Journal.open(folder, KEY, redact=STORE.redact, digests={"recipe": "ab12"}, change="CHG1")


def lines(journal: Journal) -> list[dict[str, object]]:
    return [json.loads(line) for line in journal.path.read_text(encoding="utf-8").splitlines()]


def test_runs_are_told_apart_by_host_recipe_and_sandbox() -> None:
    keys = {
        run_key(host=host, recipe=recipe, sandbox=sandbox)
        for host in ("a", "b")
        for recipe in ("/x/app.yaml", "/y/app.yaml")
        for sandbox in ("", "/tmp/s")
    }
    assert len(keys) == 8
    assert all(key.startswith("app-") for key in keys)
    assert "/" not in run_key(host="h", recipe="../../etc/passwd", sandbox="/")


def test_each_run_has_its_own_private_file_that_says_who_and_what(tmp_path: Path) -> None:
    first, second = begun(tmp_path), begun(tmp_path)
    assert [first.path.name, second.path.name] == ["0001.jsonl", "0002.jsonl"]
    assert stat.S_IMODE(first.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.path.parent.stat().st_mode) == 0o700
    (line,) = lines(second)
    assert (line["v"], line["type"], line["run"], line["change"]) == (1, "run-begin", 2, "CHG1")
    assert line["digests"] == {"recipe": "ab12"}
    assert {"user", "sudo_user", "host", "pid", "time", "key"} <= set(line)


def test_an_operation_is_unfinished_until_it_is_done(tmp_path: Path) -> None:
    journal = begun(tmp_path)
    journal.begin([Begun("1", "QM1/channel/A", "create"), Begun("2", "QM1/queue/Q", "change", {"MAXDEPTH": "10"})])
    journal.step("2", "ALTER QLOCAL(Q) MAXDEPTH(20)")
    told = history.read(tmp_path, KEY)
    assert [each.resource for each in told.unfinished()] == ["QM1/channel/A", "QM1/queue/Q"]
    assert told.unfinished()[1].former == {"MAXDEPTH": "10"}
    assert told.unfinished()[1].steps == ("ALTER QLOCAL(Q) MAXDEPTH(20)",)
    journal.done([Done("1", {"fingerprint": "aa:bb"}), Done("2")])
    told = history.read(tmp_path, KEY)
    assert told.unfinished() == ()
    assert told.details("QM1/channel/A") == {"fingerprint": "aa:bb"}


def test_what_an_earlier_run_left_open_is_settled_by_doing_it_again(tmp_path: Path) -> None:
    begun(tmp_path).begin([Begun("1", "QM1/queue/Q", "create")])
    second = begun(tmp_path)
    second.begin([Begun("1", "QM1/queue/Q", "create")])
    assert len(history.read(tmp_path, KEY).unfinished()) == 1
    second.done([Done("1")])
    assert history.read(tmp_path, KEY).unfinished() == ()


@pytest.mark.parametrize(("outcome", "left"), [("done", 0), ("failed", 1), ("waiting", 1)])
def test_a_run_that_did_all_settles_everything_before_it(tmp_path: Path, outcome: str, left: int) -> None:
    begun(tmp_path).begin([Begun("1", "QM1/queue/Q", "create")])
    begun(tmp_path).end(outcome)
    assert len(history.read(tmp_path, KEY).unfinished()) == left


def test_a_failed_operation_is_open_only_where_it_may_have_changed_something(tmp_path: Path) -> None:
    journal = begun(tmp_path)
    journal.begin([Begun("1", "QM1/queue/A", "create"), Begun("2", "QM1/queue/B", "create")])
    journal.failed("1", "AMQ8150E: IBM MQ object already exists.", changed=False)
    journal.failed("2", "AMQ8145E: Connection broken.", changed=True)
    told = history.read(tmp_path, KEY)
    assert [each.resource for each in told.unfinished()] == ["QM1/queue/B"]
    assert not told.ours("QM1/queue/A")
    assert told.ours("QM1/queue/B")


def test_ours_is_what_we_created_and_have_not_deleted(tmp_path: Path) -> None:
    journal = begun(tmp_path)
    work = [Begun("1", "a", "create"), Begun("2", "b", "change", {"X": "1"}), Begun("3", "c", "create")]
    journal.begin(work)
    journal.done([Done("1"), Done("2"), Done("3")])
    journal.begin([Begun("4", "a", "delete", {"X": "1"})])
    assert history.read(tmp_path, KEY).ours("a")
    journal.done([Done("4")])
    told = history.read(tmp_path, KEY)
    assert [told.ours(name) for name in "abcd"] == [False, False, True, False]
    assert told.resources() == {"c"}
    begun(tmp_path).end("done")
    assert history.read(tmp_path, KEY).resources() == {"c"}


def test_work_is_owed_until_it_is_paid_even_by_another_run(tmp_path: Path) -> None:
    journal = begun(tmp_path)
    journal.owe("QM1 refresh ssl")
    journal.owe("QM2 refresh ssl")
    journal.end("done")
    later = begun(tmp_path)
    later.paid("QM1 refresh ssl")
    assert history.read(tmp_path, KEY).owed() == {"QM2 refresh ssl"}


def test_a_command_that_a_run_has_left_behind_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "start_time", lambda _: 1)
    journal = begun(tmp_path)
    monkeypatch.undo()
    with subprocess.Popen([sys.executable, "-ISc", "input()"], stdin=subprocess.PIPE) as process:
        journal.process(process.pid, processes.start_time(process.pid), ["crtmqm", "QM1"])
        journal.process(process.pid, 1, ["strmqm", "an earlier process of that number"])
        (running,) = history.read(tmp_path, KEY).left_behind()
        assert running.command == ("crtmqm", "QM1")
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert history.read(tmp_path, KEY).left_behind() == ()


def test_a_command_of_a_run_that_is_still_at_work_is_not_left_behind(tmp_path: Path) -> None:
    begun(tmp_path).process(os.getpid(), processes.start_time(os.getpid()), ["crtmqm", "QM1"])
    assert history.read(tmp_path, KEY).left_behind() == ()


def test_no_secret_gets_into_a_journal(tmp_path: Path) -> None:
    journal = begun(tmp_path)
    journal.begin([Begun("1", PLANTED, "create", {"deep": [{"text": f"x{PLANTED}x"}]}, {"k": (PLANTED,)})])
    journal.process(1, 2, ["cmd", PLANTED])
    journal.failed("1", f"refused {PLANTED}", changed=False)
    text = journal.path.read_text(encoding="utf-8")
    assert PLANTED not in text
    assert json.dumps(PLANTED)[1:-1] not in text
    assert text.count(STARS) == 5


def test_reading_creates_nothing(tmp_path: Path) -> None:
    told = history.read(tmp_path / "state" / "journals", KEY)
    assert (told.unfinished(), told.owed(), told.ours("x")) == ((), frozenset(), False)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a journal of six operations."""
    journal = begun(tmp_path_factory.mktemp("whole"))
    for number in range(6):
        journal.begin([Begun(str(number), f"QM1/queue/Ä{number}", "create")])
        journal.done([Done(str(number))])
    journal.end("done")
    return journal.path.read_bytes()


@given(cut=st.integers(0, 3000), padding=st.sampled_from([b"", b"\0", b"\0" * 50, b"\n"]))
def test_a_journal_cut_off_anywhere_tells_all_its_whole_lines(
    written: bytes, tmp_path_factory: pytest.TempPathFactory, cut: int, padding: bytes
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    (folder / KEY).mkdir()
    left = written[:cut]
    (folder / KEY / "0001.jsonl").write_bytes(left + padding)
    told = history.read(folder, KEY)
    whole = left[: left.rfind(b"\n") + 1].decode()
    assert len(told.operations) in {whole.count('"begin"'), whole.count('"begin"') + 1}
    finished = sum(each.outcome is Outcome.DONE for each in told.operations)
    assert finished in {whole.count('"type": "done"'), whole.count('"type": "done"') + 1}


@pytest.mark.parametrize("damage", ["garbage", "[]", "{}", '{"v": 1, "type": "begin"}', '{"v": 1}'])
def test_damage_in_the_middle_is_refused_with_its_line(tmp_path: Path, damage: str) -> None:
    journal = begun(tmp_path)
    with journal.path.open("a", encoding="utf-8") as file:
        file.write(f"{damage}\n")
    journal.owe("x")
    with pytest.raises(Refused, match=r"damaged in line 2"):
        history.read(tmp_path, KEY)


def test_a_journal_of_a_newer_mqwizard_is_refused(tmp_path: Path) -> None:
    journal = begun(tmp_path)
    with journal.path.open("a", encoding="utf-8") as file:
        file.write('{"v": 2, "type": "begin"}\n')
    with pytest.raises(Refused, match="newer mqwizard"):
        history.read(tmp_path, KEY)


def test_a_journal_that_cannot_be_written_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = begun(tmp_path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OperationFailed, match="No space left"):
        journal.begin([Begun("1", "a", "create")])


def test_a_batch_is_on_disk_once_before_and_once_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = begun(tmp_path)
    flushed = count()
    monkeypatch.setattr(os, "fsync", lambda _: next(flushed))
    journal.begin([Begun(str(n), f"q{n}", "create") for n in range(16)])
    journal.done([Done(str(n)) for n in range(16)])
    assert next(flushed) == 2


KILLED = f"""
import os, signal, sys
from pathlib import Path
from wizard.run.journal import Begun, Done, Journal
journal = Journal.open(Path(sys.argv[1]), {KEY!r}, redact=str, digests={{}})
journal.begin([Begun("1", "QM1", "create")])
journal.done([Done("1")])
journal.begin([Begun("2", "QM1/queue/Q", "create")])
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_killed_between_begin_and_done_leaves_its_operation_open(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    told = history.read(tmp_path, KEY)
    assert [each.resource for each in told.unfinished()] == ["QM1/queue/Q"]
    assert told.resources() == {"QM1", "QM1/queue/Q"}


def test_times_are_those_of_the_clock_that_is_handed_in(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    def clock() -> Iterator[datetime]:
        while True:
            yield datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

    ticks = clock()
    journal = Journal.open(tmp_path, KEY, redact=str, digests={}, clock=lambda: next(ticks))
    assert lines(journal)[0]["time"] == "2026-03-04T05:06:07.000+00:00"
