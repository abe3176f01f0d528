"""Repositories made by the simulated runmqakm, opened by OpenSSL, Java, NSS and GnuTLS; and the other way round."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from keys_calls import EC, PASSWORD, Machine, judge, root


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    """A machine with a repository of two personal certificates, two signers, one of them no longer trusted."""
    machine = Machine(tmp_path, capsys)
    machine.create("key.p12")
    machine.done("key.p12", "-cert -create -label qm1 -dn CN=QM1,O=Acme,C=GB -size 2048")
    machine.done("key.p12", "-cert -create -label qm1-2027 -dn CN=QM1,O=Acme,C=GB", *EC)
    for label in ("My Root CA", "partner"):
        (tmp_path / "ca.pem").write_bytes(root(f"CN={label}").certificate.public_bytes(Encoding.PEM))
        machine.done("key.p12", "-cert -add", "-label", label, "-file", str(tmp_path / "ca.pem"))
    machine.create("empty.p12")
    return machine


LABELS = ["qm1", "qm1-2027", "My Root CA", "partner"]


def judged(*argv: str, cwd: Path) -> str:
    done = subprocess.run([judge(argv[0]), *argv[1:]], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_openssl_finds_every_label_and_key(machine: Machine) -> None:
    words = ["openssl", "pkcs12", "-passin", f"pass:{PASSWORD}", "-nodes", "-in"]
    shown = judged(*words, "key.p12", cwd=machine.folder)
    assert re.findall("friendlyName: (.+)", shown) == [*LABELS, "qm1", "qm1-2027"]
    assert shown.count("BEGIN PRIVATE KEY") == 2
    assert judged(*words, "empty.p12", cwd=machine.folder) == ""


def test_openssl_sees_the_planned_encryption(machine: Machine) -> None:
    words = ["openssl", "pkcs12", "-passin", f"pass:{PASSWORD}", "-info", "-noout", "-in", "key.p12"]
    shown = judged(*words, cwd=machine.folder)
    assert "MAC: sha256, Iteration 10000" in shown
    encryptions = re.findall(r"PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256", shown)
    assert len(encryptions) == 3  # the certificates, and each of the two keys


def test_nss_finds_every_label_and_takes_the_keys(machine: Machine) -> None:
    shown = judged("pk12util", "-l", "key.p12", "-W", PASSWORD, cwd=machine.folder)
    assert set(re.findall("Friendly Name: (.+)", shown)) == set(LABELS)
    (machine.folder / "nss").mkdir()
    judged("certutil", "-N", "-d", "nss", "--empty-password", cwd=machine.folder)
    judged("pk12util", "-i", "key.p12", "-d", "nss", "-W", PASSWORD, "-K", "", cwd=machine.folder)
    assert len(re.findall("rsa|ec ", judged("certutil", "-K", "-d", "nss", cwd=machine.folder))) == 2


def test_gnutls_finds_every_label(machine: Machine) -> None:
    words = ["certtool", "--p12-info", "--inder", "--password", PASSWORD, "--infile"]
    shown = judged(*words, "key.p12", cwd=machine.folder)
    assert set(re.findall("Friendly name: (.+)", shown)) == set(LABELS)
    assert "Elements: 0" in judged(*words, "empty.p12", cwd=machine.folder)
    machine.done("key.p12", "-cert -modify -label partner -trust disable")
    assert set(re.findall("Friendly name: (.+)", judged(*words, "key.p12", cwd=machine.folder))) == set(LABELS)


def test_java_finds_keys_and_signers_and_what_it_adds_is_listed(machine: Machine) -> None:
    store = ["-keystore", "key.p12", "-storepass", PASSWORD]
    shown = judged("keytool", "-list", *store, cwd=machine.folder)
    kinds = dict(re.findall(r"^(.+?), .*?(PrivateKeyEntry|trustedCertEntry)", shown, re.M))
    assert kinds == {
        "qm1": "PrivateKeyEntry",
        "qm1-2027": "PrivateKeyEntry",
        "my root ca": "trustedCertEntry",
        "partner": "trustedCertEntry",
    }
    (machine.folder / "new.pem").write_bytes(root("CN=new").certificate.public_bytes(Encoding.PEM))
    add = ["-importcert", "-noprompt", "-alias", "new", "-file", "new.pem"]
    judged("keytool", *add, *store, cwd=machine.folder)
    # Some levels of Java write their aliases in small letters.
    listed = [line.lower() for line in machine.labels("key.p12")]
    assert sorted(listed) == ['! "my root ca"', "! new", "! partner", "- qm1", "- qm1-2027"]


def test_java_opens_an_empty_repository(machine: Machine) -> None:
    shown = judged("keytool", "-list", "-keystore", "empty.p12", "-storepass", PASSWORD, cwd=machine.folder)
    assert "contains 0 entries" in shown


def test_what_an_old_release_writes_is_read_by_openssl_and_java(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(tmp_path, capsys, "9.2.0.0")
    machine.create("key.p12")
    machine.done("key.p12", "-cert -create -label app1 -dn CN=app1", *EC)
    words = ["openssl", "pkcs12", "-passin", f"pass:{PASSWORD}", "-nodes", "-info", "-in", "key.p12"]
    shown = judged(*words, cwd=tmp_path)
    assert "pbeWithSHA1And3-KeyTripleDES-CBC" in shown
    shown = judged("keytool", "-list", "-keystore", "key.p12", "-storepass", PASSWORD, cwd=tmp_path)
    assert "PrivateKeyEntry" in shown
