"""`mqwizard ca`: what was issued, revoked, and the list that others can check."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from wizard.cli.main import main
from wizard.pki.ca import CertificateAuthority
from wizard.pki.certificates import request
from wizard.pki.keys import KeyKind, make_key

RECIPE = """\
mqwizard: 1
organization: Example
trust: {kind: ca, passphrase: env:CA_PASSPHRASE}
queue_managers: {QM1: {}}
clients: {app1: {connects_to: QM1}}
"""


@pytest.fixture
def serial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CA_PASSPHRASE", "correct horse")
    (tmp_path / "r.yaml").write_text(RECIPE, encoding="utf-8")
    now = datetime.now(UTC)
    own = CertificateAuthority.create(
        tmp_path / "ca", subject="CN=CA", key_kind=KeyKind.EC_P256, days=900, now=now, passphrase="correct horse"
    )
    return own.issue(request("CN=app1", make_key(KeyKind.EC_P256)), now=now, days=90).serial


def ca(*words: str) -> int:
    return main(("ca", "--recipe", "r.yaml", *words), lambda *_: 2)


def test_what_was_issued_is_listed_and_a_revoked_one_stands_in_the_next_list(
    serial: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ca("issued") == 0
    assert capsys.readouterr().out.endswith("CN=app1\n")
    colons = ":".join(serial[at : at + 2] for at in range(0, len(serial), 2))
    assert ca("revoke", colons) == 0
    assert "Nobody is shut out yet" in capsys.readouterr().err
    assert ca("--json", "issued") == 0
    assert json.loads(capsys.readouterr().out)["revoked_at"]
    assert ca("crl", "out.crl") == 0
    listed = x509.load_pem_x509_crl((tmp_path / "out.crl").read_bytes())
    assert [one.serial_number for one in listed] == [int(serial, 16)]


def test_a_number_that_was_never_issued_cannot_be_revoked(serial: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ca("revoke", "05") == 1
    assert "No certificate with the serial number 05" in capsys.readouterr().err


def test_without_an_own_authority_it_says_so(serial: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = RECIPE.replace("{kind: ca, passphrase: env:CA_PASSPHRASE}", "external")
    (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
    assert ca("issued") == 3
    assert "no certificate authority of its own" in capsys.readouterr().err
