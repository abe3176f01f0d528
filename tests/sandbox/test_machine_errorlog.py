"""The error logs: layout, place, and what happens when they are full."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from machine_calls import Machine

from wizard.sandbox import errorlog
from wizard.sandbox.install import prepare

ENTRY = re.compile(
    r"""
    \d\d/\d\d/\d\d\ \d\d:\d\d:\d\d\ -\ Process\(\d+\.1\)\ User\(\S+\)\ Program\(amqrmppa\)\n
    \ {20}Host\(\S+\)\ Installation\(Installation1\)\n
    \ {20}VRMF\(9\.4\.0\.0\)(?P<qmgr>\ QMgr\(\S+\))?\n
    \ {20}Time\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\)\n
    (?P<arith>\ {20}ArithInsert1\(7\)\ ArithInsert2\(8\)\n)?
    (?P<comments>(?:\ {20}CommentInsert\d\(.*\)\n)*)
    \ {19}\n
    (?P<text>AMQ\d{4}[IWEST]:\ .*\n(?:.+\n)*)
    \n
    EXPLANATION:\n(?P<explanation>(?:.+\n)+)
    ACTION:\n(?P<action>(?:.+\n)+)
    -----\ amqxloga\.c\ :\ 3150\ -{55}\n
    """,
    re.VERBOSE,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepare(tmp_path / "box").folder


def write(folder: Path, qmgr: str | None, text: str = "Something happened.") -> None:
    errorlog.write(folder, qmgr, "AMQ9999E", text, inserts=[7, "one", 8, "two"], program="amqrmppa")


def test_an_entry_has_mqs_layout(folder: Path) -> None:
    Machine(folder).add_qmgr("QM.1", "Running")
    errors = folder / "var/mqm/qmgrs/QM!1/errors"
    errors.mkdir(parents=True)
    write(folder, "QM.1", "A text that is longer than the line is wide. " * 3)
    entry = ENTRY.fullmatch((errors / "AMQERR01.LOG").read_text())
    assert entry is not None
    assert entry["qmgr"] == " QMgr(QM.1)"
    assert entry["arith"]
    assert entry["comments"].split() == ["CommentInsert1(one)", "CommentInsert2(two)"]
    assert len(entry["text"].splitlines()) > 1
    assert all(len(line) <= 79 for line in entry["text"].splitlines())


def test_what_concerns_no_queue_manager_goes_to_the_machines_log(folder: Path) -> None:
    errorlog.write(folder, None, "AMQ9999E", "Alone.", program="amqrmppa")
    write(folder, "GONE")
    log = (folder / "var/mqm/errors/AMQERR01.LOG").read_text()
    first, second = ENTRY.finditer(log)
    assert first["qmgr"] is None
    assert first["arith"] is None
    assert second["qmgr"] == " QMgr(GONE)"


def test_many_writers_lose_no_entry_when_the_log_rolls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errorlog, "SIZE_LIMIT", 20_000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write(folder, None, f"Entry {number:03}."), range(80)))
    logs = [folder / f"var/mqm/errors/AMQERR0{number}.LOG" for number in (1, 2, 3)]
    entries = [match["text"] for log in logs for match in ENTRY.finditer(log.read_text())]
    assert sorted(entries) == [f"AMQ9999E: Entry {number:03}.\n" for number in range(80)]
    assert logs[1].stat().st_size > 20_000
