"""`mqwizard explain` on a recipe, where no MQ is: the table, one connection, what is wrong with the question."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from wizard.cli.main import main
from wizard.pki.certificates import self_signed
from wizard.pki.keys import make_key
from wizard.pki.values import KeyKind
from wizard.run.transcript import now

RECIPE = "two-way-tls-own-ca"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No MQ, an empty folder, and what the command line does to signals ends with the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.delenv("MQ_INSTALLATION_PATH", raising=False)
    monkeypatch.chdir(tmp_path)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def explain(*words: str) -> int:
    return main(["explain", *words, "--state", "st"], lambda: 0)


def test_without_a_connection_the_table_of_the_recipe_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(RECIPE) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Who gets in at QM1, as planned"
    assert any(line.startswith("app1 ") and "in, as app1" in line for line in lines)
    assert any(line.startswith("opens: app2 by APP2.SVRCONN") for line in lines)


def test_a_client_of_the_recipe_gets_in_and_a_change_keeps_it_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(RECIPE, "--client", "app1") == 0
    assert "In, as user app1." in capsys.readouterr().out
    assert explain(RECIPE, "--client", "app1", "--address", "10.0.0.1") == 10
    assert "10.0.0.1 is not 127.*" in capsys.readouterr().out
    assert explain(RECIPE, "--client", "app1", "--no-certificate") == 10
    assert "AMQ9637" in capsys.readouterr().out


def test_a_certificate_file_stands_for_its_names_and_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stranger = self_signed("CN=app1,OU=MQ,O=Example", make_key(KeyKind.EC_P256), now=now(), days=1)
    (tmp_path / "stranger.pem").write_bytes(stranger.pem)
    words = ("--channel", "APP1.SVRCONN", "--address", "127.0.0.1", "--user", "app1")
    assert explain(RECIPE, *words, "--certificate", "stranger.pem") == 10
    assert "nobody whom the key repository trusts issued" in " ".join(capsys.readouterr().out.split())


def test_the_answer_as_json_has_every_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(RECIPE, "--client", "app2", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["type"], found["end"]["user"], found["runcheck"]) == ("answer", "app2", None)
    assert [step["number"] for step in found["steps"]] == list(range(1, len(found["steps"]) + 1))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Neither a recipe nor a queue manager was named."),
        ((RECIPE, "--client", "nobody"), "Its clients are: app1, app2."),
        ((RECIPE, "--queue-manager", "QM9", "--client", "app1"), "--queue-manager and one of: QM1"),
        ((RECIPE, "--user", "x"), "--channel and one of: APP1.SVRCONN, APP2.SVRCONN"),
        ((RECIPE, "--channel", "APP1.SVRCONN", "--subject", "nonsense"), "is not an attribute of a distinguished name"),
        ((RECIPE, "--client", "app1", "--address", "apphost"), "--host-name"),
        ((RECIPE, "--channel", "APP1.SVRCONN", "--certificate", "none.pem"), "none.pem cannot be read"),
    ],
)
def test_what_is_wrong_with_the_question_is_said(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(*words) == 2
    assert said in capsys.readouterr().err
