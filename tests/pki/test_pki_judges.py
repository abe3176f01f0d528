"""What other people's tools find in the stores and revocation lists made here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from judges import judge, verdict

from wizard.pki.certificates import Certificate, self_signed
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem
from wizard.pki.store import Entry, Strength, read_pkcs12, write_pkcs12

PASSWORD = "Trr0ub4dor-and-3"


@pytest.fixture
def store(
    tmp_path: Path,
    root: Certificate,
    issued: Callable[..., Certificate],
    key: Callable[..., PrivateKey],
    now: datetime,
) -> Path:
    """Two personal certificates, their CA, and a partner with an accent in its label."""
    partner = self_signed("CN=partner,O=Elsewhere", key(KeyKind.EC_P384), now=now, days=90)
    entries = [
        Entry("qm1", issued("CN=QM1").pem, (root.pem,), key_to_pem(key(KeyKind.RSA_2048), None)),
        Entry("qm1-ec", issued("CN=QM1", KeyKind.EC_P256).pem, (), key_to_pem(key(KeyKind.EC_P256), None)),
        Entry("mq-ca", root.pem),
        Entry("zürich", partner.pem),
    ]
    path = tmp_path / "key.p12"
    path.write_bytes(write_pkcs12(entries, PASSWORD))
    (tmp_path / "old.p12").write_bytes(write_pkcs12(entries, PASSWORD, strength=Strength.LEGACY))
    (tmp_path / "password").write_text(PASSWORD)
    return path


def test_java_tells_personal_certificates_from_signers(store: Path) -> None:
    said = verdict(
        "keytool", "-list", "-keystore", store, "-storetype", "PKCS12",
        "-storepass:file", store.parent / "password",
        "-J-Dfile.encoding=UTF-8", "-J-Dstdout.encoding=UTF-8",
    )  # fmt: skip
    listed = dict(re.findall(r"^(\S+), .*, (PrivateKeyEntry|trustedCertEntry),", said, re.MULTILINE))
    assert {label: kind for label, kind in listed.items() if label.isascii()} == {
        "qm1": "PrivateKeyEntry",
        "qm1-ec": "PrivateKeyEntry",
        "mq-ca": "trustedCertEntry",
    }
    assert sorted(listed.values()).count("trustedCertEntry") == 2, "the partner too, however its ü is shown"


def test_java_keeps_key_and_signers_when_it_writes_the_store_again(
    store: Path, key: Callable[..., PrivateKey], now: datetime
) -> None:
    added = store.parent / "added.pem"
    added.write_bytes(self_signed("CN=late", key(KeyKind.EC_P256, 9), now=now, days=9).pem)
    before = read_pkcs12(store.read_bytes(), PASSWORD)
    verdict(
        "keytool", "-importcert", "-noprompt", "-alias", "late", "-file", added,
        "-keystore", store, "-storepass:file", store.parent / "password",
    )  # fmt: skip
    after = read_pkcs12(store.read_bytes(), PASSWORD)
    assert {one.label for one in after} == {one.label for one in before} | {"late"}
    assert {one.label for one in after if one.personal} == {"qm1", "qm1-ec"}


@pytest.mark.parametrize("name", ["key.p12", "old.p12"])
def test_openssl_opens_the_store_and_lists_the_labels(store: Path, name: str) -> None:
    shown = verdict(
        "openssl", "pkcs12", "-in", store.with_name(name), "-passin", f"file:{store.parent / 'password'}",
        "-info", "-noenc", *(["-legacy"] if name == "old.p12" else []),
    )  # fmt: skip
    assert set(re.findall(r"friendlyName: (\S+)", shown)) >= {"qm1", "qm1-ec", "mq-ca"}
    assert shown.count("BEGIN CERTIFICATE") == 4
    assert shown.count("BEGIN PRIVATE KEY") == 2
    expected = "PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256"
    assert (expected in shown) == (name == "key.p12")


def test_nss_takes_the_store_in_and_knows_which_certificates_are_its_own(store: Path) -> None:
    database = store.parent / "nss"
    database.mkdir()
    judge("pk12util")
    verdict("certutil", "-N", "-d", f"sql:{database}", "--empty-password")
    password = store.parent / "password"
    verdict("pk12util", "-i", store, "-d", f"sql:{database}", "-w", password, "-K", "")
    listed = verdict("certutil", "-L", "-d", f"sql:{database}")
    flags = dict(re.findall(r"^(\S+)\s+([uCTcPpw]*,[uCTcPpw]*,[uCTcPpw]*)\s*$", listed, re.MULTILINE))
    assert flags["qm1"] == flags["qm1-ec"] == "u,u,u"
    assert flags["mq-ca"] == flags["zürich"] == ",,"


def test_gnutls_opens_the_store(store: Path) -> None:
    shown = verdict("certtool", "--p12-info", "--inder", "--infile", store, "--password", PASSWORD)
    assert set(re.findall(r"Friendly name: (\S+)", shown)) == {"qm1", "qm1-ec", "mq-ca", "zürich"}
    assert "MAC: SHA256" in shown and "PBES2-AES256-CBC" in shown


def test_openssl_does_not_open_it_with_another_password(store: Path) -> None:
    with pytest.raises(AssertionError, match="invalid password"):
        verdict("openssl", "pkcs12", "-in", store, "-passin", "pass:Wrong", "-noout")


def test_the_moment_of_these_certificates_is_the_one_the_judges_are_told(now: datetime) -> None:
    assert now == datetime.fromtimestamp(1795170600, UTC)


def test_an_absent_judge_is_named_and_is_a_failure_where_judges_are_required(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JUDGES", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"certtool is absent; install gnutls-bin"):
        judge("certtool")
    monkeypatch.setenv("JUDGES", "required")
    with pytest.raises(pytest.fail.Exception, match=r"certtool is absent"):
        judge("certtool")
