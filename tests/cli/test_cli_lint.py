"""`mqwizard lint` as people and pipelines use it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wizard.cli.main import main

CLEAN = "DEFINE QLOCAL(Q1) DEFPSIST(YES) REPLACE\n"
NOTED = "DEFINE LISTENER(L) TRPTYPE(TCP) PORT(1414) CONTROL(QMGR) REPLACE\n"
WRONG = "* ours\nDEFINE QLOCAL(Q1) MAXDEPHT(7) REPLACE\nALTER QMGR CHLAUTH(DISABLED)\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("clean", CLEAN), ("noted", NOTED), ("wrong", WRONG)):
        (tmp_path / f"{name}.mqsc").write_text(text, encoding="utf-8")
    return tmp_path


def lint(*words: str) -> int:
    return main(("lint", *words), lambda _options, _words: 2)


def test_findings_stand_one_a_line_with_file_and_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("wrong.mqsc") == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "wrong.mqsc:2: error: MAXDEPHT: QLOCAL has no attribute MAXDEPHT (unknown-keyword). Was MAXDEPTH meant?",
        "wrong.mqsc:3: warning: CHLAUTH(DISABLED): no channel authentication record is applied, whatever is set "
        "(chlauth-off). Leave it ENABLED and let partners in by records.",
    ]
    assert said.err == "1 error, 1 warning in one script.\n"


def test_a_clean_script_and_one_with_notes_only_are_fine(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("clean.mqsc") == 0
    assert capsys.readouterr().err == "Nothing found in one script.\n"
    assert lint("clean.mqsc", "noted.mqsc") == 0
    said = capsys.readouterr()
    assert said.out.startswith("noted.mqsc:1: note: ")
    assert said.err == "1 note in 2 scripts.\n"


def test_json_lines_hold_the_same_and_a_summary(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("wrong.mqsc", "--json") == 1
    said = capsys.readouterr()
    first, second, summary = (json.loads(line) for line in said.out.splitlines())
    assert first == {
        "v": 1,
        "type": "finding",
        "file": "wrong.mqsc",
        "line": 2,
        "severity": "error",
        "rule": "unknown-keyword",
        "what": "MAXDEPHT: QLOCAL has no attribute MAXDEPHT.",
        "remedy": "Was MAXDEPTH meant?",
    }
    assert (second["line"], second["severity"]) == (3, "warning")
    assert summary == {
        "v": 1,
        "type": "summary",
        "files": 1,
        "release": "9.4.0.0",
        "errors": 1,
        "warnings": 1,
        "notes": 0,
    }
    assert said.err == ""


def test_the_release_and_that_a_script_is_run_once_can_be_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "x.mqsc").write_text("DEFINE CHANNEL(A) CHLTYPE(SVRCONN) SSLCIPH(ANY) MCAUSER('*X')\n", encoding="utf-8")
    assert lint("x.mqsc") == 1
    assert "define-without-replace" in capsys.readouterr().out
    assert lint("x.mqsc", "--once") == 0
    assert lint("x.mqsc", "--once", "--mq-version", "9.1") == 1
    assert "known from 9.1.4" in capsys.readouterr().out


def test_a_script_comes_from_standard_input(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert lint("-") == 1
    assert capsys.readouterr().out.startswith("-:2: error: ")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "No script was named"),
        (("missing.mqsc",), "missing.mqsc cannot be read: No such file"),
        (("clean.mqsc", "."), ". cannot be read: Is a directory"),
        (("big.mqsc",), "larger than 1,000,000 bytes"),
        (("clean.mqsc", "--mq-version", "new"), "'new' is not a release of IBM MQ"),
    ],
)
def test_what_cannot_be_looked_at_is_wrong_usage(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], part: str
) -> None:
    (here / "big.mqsc").write_bytes(b"*" * 1_000_001)
    assert lint(*words) == 2
    assert part in capsys.readouterr().err


def test_the_rules_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("--rules") == 0
    listed = capsys.readouterr().out.splitlines()
    assert "chlauth-off              warning  CHLAUTH(DISABLED)." in listed
    assert len(listed) > 80


def test_a_script_that_is_not_utf_8_is_looked_at_all_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "latin.mqsc").write_bytes("DEFINE QLOCAL(A) DESCR('Schlüssel') REPLACE".encode("latin-1"))
    assert lint("latin.mqsc") == 0
    assert "(encoding)" in capsys.readouterr().out


def test_it_needs_no_mq_no_state_folder_and_nothing_heavy(here: Path) -> None:
    heavy = "textual", "cryptography", "pydantic", "pexpect", "ruamel"
    code = (
        "import sys\nfrom wizard.cli.main import main\nstatus = main(('lint', 'clean.mqsc'), lambda *_: 2)\n"
        f"assert status == 0 and not [name for name in {heavy!r} if name in sys.modules], sorted(sys.modules)"
    )
    environment = {**os.environ, "PATH": "/nowhere", "HOME": str(here / "home"), "XDG_STATE_HOME": str(here / "state")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert not (here / "home").exists() and not (here / "state").exists()
