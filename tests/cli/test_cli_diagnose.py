"""`mqwizard diagnose` from what a person has, where no MQ is."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from wizard.cli.main import main

LOG = """\
11/20/26 14:02:01 - Process(4711.5) User(mqm) Program(amqrmppa)
                    VRMF(9.4.0.0) QMgr(QM1)
                    CommentInsert1(APP1.SVRCONN)

AMQ9791E: クライアント・アプリケーションはユーザー ID とパスワードを提供しませんでした。

----- cmqxrsrv.c : 2379 -------------------------------------------------------
"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No MQ, an empty folder, and what the command line does to signals ends with the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.chdir(tmp_path)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(*words: str) -> int:
    return main(["diagnose", *words], lambda: 0)


def test_a_reason_code_alone_shows_what_is_possible_and_what_would_tell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("2540") == 1
    said = capsys.readouterr().out
    assert "MQRC_UNKNOWN_CHANNEL_NAME" in said
    assert "The client asks for another channel." in said
    assert "What would tell" in said


def test_a_log_in_any_language_is_told_by_its_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "AMQERR01.LOG").write_text(LOG, encoding="utf-8")
    assert run("AMQERR01.LOG") == 0
    said = capsys.readouterr().out
    assert "AMQ9791 in the queue manager's log (APP1.SVRCONN)" in said
    assert "Cause: The rule asks for a password, and none was sent." in said


def test_both_logs_together_leave_fewer_causes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q.log").write_text(LOG.replace("AMQ9791E", "AMQ9637E"), encoding="utf-8")
    (tmp_path / "c.log").write_text(LOG.replace("AMQ9791E", "AMQ9642E"), encoding="utf-8")
    run("--log", "q.log", "--json")
    alone = json.loads(capsys.readouterr().out)
    run("--log", "q.log", "--client-log", "c.log", "2393", "--json")
    both = json.loads(capsys.readouterr().out)
    assert len(both["symptoms"]) == 3
    assert {one["key"] for one in both["others"]} <= {one["key"] for one in alone["others"]}


def test_a_mistake_is_explained_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    run("add or receive?")
    assert "Receive the answer to one's own request" in " ".join(capsys.readouterr().out.split())


def test_a_connection_that_got_in_is_explained_with_its_flaws(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--got-in", "--recipe", "plain-client", "--channel", "APP1.SVRCONN", "--user", "mqm", "--state", "st")
    assert run(*words, "--address", "127.0.0.9") == 1
    said = capsys.readouterr().out
    assert "In, as user app1." in said
    assert "What is wrong\n  APP1.SVRCONN has no SSLCIPH." in said
    assert run(*words, "--address", "10.0.0.9") == 0
    assert "It does not get in as it is." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"), [((), "Nothing was said of the failure."), (("--log", "none.log"), "none.log cannot be read")]
)
def test_what_is_missing_from_the_question_is_said(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    assert said in capsys.readouterr().err
