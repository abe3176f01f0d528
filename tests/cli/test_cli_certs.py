"""`mqwizard certs lint` as people and pipelines use it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard.cli.main import main
from wizard.pki.certificates import self_signed
from wizard.pki.keys import KeyKind, key_to_pem, make_key
from wizard.pki.store import write_pkcs12
from wizard.pki.values import Entry

PASSWORD = "Corect-Hase7Bedynow"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    now = datetime.now(UTC)
    key = make_key(KeyKind.EC_P256)
    good = self_signed("CN=app1", key, now=now, days=365)
    old = self_signed("CN=app2", key, now=now - timedelta(days=400), days=365)
    (tmp_path / "good.pem").write_bytes(good.pem)
    (tmp_path / "old.pem").write_bytes(old.pem)
    entry = Entry("app1", good.pem, key_pem=key_to_pem(key, None))
    (tmp_path / "app1.p12").write_bytes(write_pkcs12([entry], PASSWORD))
    (tmp_path / "app1.p12").chmod(0o644)
    return tmp_path


def lint(*words: str) -> int:
    return main(("certs", "lint", *words), lambda _options, _words: 2)


def test_good_certificates_are_fine(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("good.pem") == 0
    assert capsys.readouterr().err == "Nothing found in one file with one certificate.\n"


def test_an_old_one_is_an_error_with_file_and_remedy(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("good.pem", "old.pem") == 1
    said = capsys.readouterr()
    assert said.out.startswith("old.pem: error: CN=app2 expired on ")
    assert said.out.endswith("(expired) Renew it under a new label, then switch over.\n")
    assert said.err == "1 error in 2 files with 2 certificates.\n"


def test_json_lines_hold_the_same_and_a_summary(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("old.pem", "--json") == 1
    finding, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert (finding["file"], finding["severity"], finding["rule"]) == ("old.pem", "error", "expired")
    assert summary == {"v": 1, "type": "summary", "files": 1, "errors": 1, "warnings": 0, "notes": 0}


def test_a_store_is_opened_by_a_reference_and_its_mode_is_judged(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE_PASSWORD", PASSWORD)
    assert lint("app1.p12", "--password", "env:STORE_PASSWORD") == 1
    said = capsys.readouterr()
    assert said.out == (
        "app1.p12: error: It holds a private key, and everybody on this host may reach it (mode 0644). (file-mode) "
        "chmod o= app1.p12, and give only those access who must have it.\n"
    )
    (here / "app1.p12").chmod(0o640)
    assert lint("app1.p12", "--password", "env:STORE_PASSWORD") == 0


@pytest.mark.parametrize("name", ["absent.pem", ".", "pipe"])
def test_what_is_no_file_is_a_wrong_usage(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import os

    os.mkfifo(here / "pipe")
    assert lint(name) == 2
    assert name in capsys.readouterr().err


def test_a_file_that_is_too_large_is_not_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (here / "large.pem").open("wb") as file:
        file.truncate(6 * 1024 * 1024)
    assert lint("large.pem") == 2
    assert "larger than" in capsys.readouterr().err


def test_a_literal_password_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint("app1.p12", "--password", PASSWORD) == 3
    assert "no reference to a secret" in capsys.readouterr().err


def test_a_named_store_is_listed_with_what_ends_next(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE_PASSWORD", PASSWORD)
    assert main(("certs", "--store", "app1.p12", "--password", "env:STORE_PASSWORD"), lambda _options, _words: 2) == 0
    said = capsys.readouterr()
    assert said.out == "app1.p12: app1.p12\n  app1                 personal  CN=app1  EC P-256  364 days left\n"
    assert said.err == "One certificate. Next to end: app1 of app1.p12, 364 days left.\n"


def test_certs_without_a_recipe_or_a_store_says_what_to_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("certs",), lambda _options, _words: 2) == 2
    assert "--recipe FILE or --store FILE" in capsys.readouterr().err


def test_a_store_without_stash_asks_for_its_password(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("certs", "--store", "app1.p12"), lambda _options, _words: 2) == 3
    assert "--password" in capsys.readouterr().err
