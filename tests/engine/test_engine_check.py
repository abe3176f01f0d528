"""`mqwizard check` tells monitoring by its exit status whether a set-up is still what the recipe wants."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from wizard.cli.main import main

RECIPE = """\
mqwizard: 1
queue_managers:
  QM1: {listener: 1414, queues: {Q1: {MAXDEPTH: 5000}}}
clients:
  app1: {connects_to: QM1, tls: none, address: 127.*, queues: [Q1]}
"""


def mqwizard(*arguments: str) -> int:
    return main([*arguments, "--sandbox", "sb", "--state", "st"], lambda _options, _words: 2)


def test_what_differs_is_named_and_nothing_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.yaml").write_text(RECIPE, encoding="utf-8")
    assert mqwizard("--recipe", "r.yaml", "--yes", "--no-proof") == 0
    assert mqwizard("check", "r.yaml") == 0
    commands = (
        "ALTER QLOCAL(Q1) MAXDEPTH(7)\nSET CHLAUTH('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.*') USERSRC(CHANNEL)\n"
    )
    subprocess.run(["sb/bin/runmqsc", "QM1"], input=commands, text=True, capture_output=True, check=True)
    Path("kits/app1/settings.sh").unlink()
    capsys.readouterr()

    assert mqwizard("check", "r.yaml") == 10
    shown = capsys.readouterr().out
    assert "queue Q1" in shown
    assert "MAXDEPTH 7 → 5000; changed by hand: MAXDEPTH" in shown
    assert "drift: from 10.*: not in the recipe, not ours, left as it is" in shown
    assert "kits/app1: settings.sh" in shown
    assert mqwizard("check", "r.yaml") == 10
