from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from judges import verdict

from wizard.pki import durable
from wizard.pki.ca import CertificateAuthority
from wizard.pki.certificates import read_certificates, request, self_signed
from wizard.pki.errors import AuthorityError, CertificateError, DistinguishedNameError
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem
from wizard.pki.register import Register

PASSPHRASE = "Planted-Passphrase-7"
Keys = Callable[..., PrivateKey]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ca"


@pytest.fixture
def make(folder: Path, now: datetime) -> Callable[..., CertificateAuthority]:
    def create(kind: KeyKind = KeyKind.EC_P256, passphrase: str = PASSPHRASE) -> CertificateAuthority:
        return CertificateAuthority.create(
            folder, subject="CN=MQ CA,O=Example", key_kind=kind, days=3650, now=now, passphrase=passphrase
        )

    return create


@pytest.fixture
def authority(make: Callable[..., CertificateAuthority]) -> CertificateAuthority:
    return make()


@pytest.fixture
def asked(key: Keys) -> bytes:
    return request("CN=app1,O=Example", key(KeyKind.EC_P256, 3))


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def test_a_new_ca_is_whole_and_opens(authority: CertificateAuthority, folder: Path) -> None:
    assert CertificateAuthority.exists(folder) == "whole"
    opened = CertificateAuthority.open(folder, PASSPHRASE)
    assert opened.certificate == authority.certificate
    assert opened.certificate.is_ca and opened.certificate.subject == "CN=MQ CA,O=Example"
    assert opened.issued() == []


def test_key_and_list_are_closed_to_others_whatever_the_umask(
    make: Callable[..., CertificateAuthority], folder: Path, asked: bytes, now: datetime
) -> None:
    before = os.umask(0)
    try:
        made = make().issue(asked, now=now, days=9)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = modes(folder)
    assert found["ca.key"] == found["issued.jsonl"] == found["lock"] == 0o600
    assert found["ca.pem"] == found[f"issued/{made.serial}.pem"] == 0o644
    assert found["issued"] == 0o700


def test_the_key_is_never_wider_than_its_owner_not_even_while_it_is_written(
    folder: Path, make: Callable[..., CertificateAuthority], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    write = os.write

    def watching(descriptor: int, content: bytes) -> int:
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", watching)
    before = os.umask(0)
    try:
        make()
    finally:
        os.umask(before)
    assert set(seen) == {0o600}


def test_the_key_is_encrypted_and_the_passphrase_is_nowhere(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime
) -> None:
    authority.issue(asked, now=now, days=9)
    assert (folder / "ca.key").read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    for path in folder.rglob("*"):
        assert path.is_dir() or PASSPHRASE.encode() not in path.read_bytes()
    assert PASSPHRASE not in repr(authority) + repr(vars(authority))


@pytest.mark.parametrize("passphrase", ["wrong", "", PASSPHRASE + "x"])
def test_it_does_not_open_with_another_passphrase(
    authority: CertificateAuthority, folder: Path, passphrase: str
) -> None:
    with pytest.raises(AuthorityError, match="passphrase does not open"):
        CertificateAuthority.open(folder, passphrase)


def test_a_key_others_can_read_is_refused_with_the_command(authority: CertificateAuthority, folder: Path) -> None:
    (folder / "ca.key").chmod(0o640)
    with pytest.raises(AuthorityError) as refused:
        CertificateAuthority.open(folder, PASSPHRASE)
    assert "chmod 600" in refused.value.remedy


def test_an_unencrypted_key_is_refused(authority: CertificateAuthority, folder: Path, key: Keys) -> None:
    (folder / "ca.key").write_bytes(key_to_pem(key(KeyKind.EC_P256), None))
    with pytest.raises(AuthorityError, match="not encrypted"):
        CertificateAuthority.open(folder, PASSPHRASE)


def test_a_key_of_another_ca_is_refused(authority: CertificateAuthority, folder: Path, key: Keys) -> None:
    (folder / "ca.key").write_bytes(key_to_pem(key(KeyKind.EC_P256), PASSPHRASE))
    with pytest.raises(AuthorityError, match="do not belong together"):
        CertificateAuthority.open(folder, PASSPHRASE)


def test_a_whole_ca_is_never_overwritten(
    authority: CertificateAuthority, make: Callable[..., CertificateAuthority], folder: Path
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(AuthorityError, match="There is a CA"):
        make()
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_nothing_is_written_for_a_wrong_subject_or_without_a_passphrase(
    folder: Path, now: datetime, make: Callable[..., CertificateAuthority]
) -> None:
    with pytest.raises(DistinguishedNameError):
        CertificateAuthority.create(
            folder, subject="MQ CA", key_kind=KeyKind.EC_P256, days=9, now=now, passphrase=PASSPHRASE
        )
    with pytest.raises(AuthorityError, match="no passphrase"):
        make(passphrase="")
    assert CertificateAuthority.exists(folder) == "absent"
    assert not folder.exists()


def test_a_ca_whose_making_was_cut_after_the_key_is_finished_with_that_key(
    make: Callable[..., CertificateAuthority], folder: Path, now: datetime
) -> None:
    make()
    key = (folder / "ca.key").read_bytes()
    (folder / "ca.pem").unlink()
    assert CertificateAuthority.exists(folder) == "half"
    with pytest.raises(AuthorityError, match="whole"):
        CertificateAuthority.open(folder, PASSPHRASE)
    make()
    assert (folder / "ca.key").read_bytes() == key
    assert CertificateAuthority.open(folder, PASSPHRASE).certificate.is_ca


@pytest.mark.parametrize("begun", ["another passphrase", "another kind", "garbage", "unencrypted"])
def test_a_begun_key_that_is_of_no_use_is_put_aside_not_lost(
    begun: str, make: Callable[..., CertificateAuthority], folder: Path, key: Keys
) -> None:
    contents = {
        "another passphrase": key_to_pem(key(KeyKind.EC_P256), "other"),
        "another kind": key_to_pem(key(KeyKind.EC_P384), PASSPHRASE),
        "garbage": b"-----BEGIN ENC",
        "unencrypted": key_to_pem(key(KeyKind.EC_P256), None),
    }
    folder.mkdir()
    durable.write_whole(folder / "ca.key", contents[begun])
    make()
    assert CertificateAuthority.open(folder, PASSPHRASE)
    assert (folder / "ca.key.unused-1").read_bytes() == contents[begun]


class PowerCut(BaseException):
    """The machine stops here: nothing that follows is done, no clean-up either."""


def cut_at(moment: int, patch: pytest.MonkeyPatch) -> None:
    """Lets the power fail at the nth write, sync or rename."""
    left = iter(range(moment))

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if next(left, None) is None:
                raise PowerCut
            return real(*arguments)

        return call

    for name in ("write", "fsync"):
        patch.setattr(os, name, failing(getattr(os, name)))
    patch.setattr(Path, "replace", failing(Path.replace))


@pytest.mark.parametrize("moment", range(9))
def test_a_power_cut_at_any_moment_of_the_making_leaves_what_can_be_made_again(
    moment: int, make: Callable[..., CertificateAuthority], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        cut_at(moment, patch)
        make()
    if CertificateAuthority.exists(folder) != "whole":
        make()
    assert CertificateAuthority.open(folder, PASSPHRASE).certificate.is_ca


@pytest.mark.parametrize("moment", range(7))
def test_a_power_cut_at_any_moment_of_an_issue_leaves_one_certificate_in_the_end(
    moment: int,
    authority: CertificateAuthority,
    asked: bytes,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        cut_at(moment, patch)
        authority.issue(asked, now=now, days=9)
    made = authority.issue(asked, now=now, days=9)
    assert [one.serial for one in authority.issued()] == [made.serial]


def test_half_a_ca_that_was_in_use_is_left_alone(
    make: Callable[..., CertificateAuthority], folder: Path, asked: bytes, now: datetime
) -> None:
    make().issue(asked, now=now, days=9)
    certificate = (folder / "ca.pem").read_bytes()
    (folder / "ca.pem").unlink()
    with pytest.raises(AuthorityError, match=r"Restore ca\.pem"):
        make()
    (folder / "ca.key").unlink()
    (folder / "ca.pem").write_bytes(certificate)
    with pytest.raises(AuthorityError, match=r"Restore ca\.key"):
        make()


def test_the_same_request_gets_the_same_certificate(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime
) -> None:
    first = authority.issue(asked, now=now, days=9)
    again = CertificateAuthority.open(folder, PASSPHRASE).issue(asked, now=now + timedelta(days=5), days=9)
    assert again == first
    assert len(authority.issued()) == 1


def test_another_key_or_another_name_gets_its_own(
    authority: CertificateAuthority, asked: bytes, now: datetime, key: Keys
) -> None:
    first = authority.issue(asked, now=now, days=9)
    renewed = authority.issue(request("CN=app1,O=Example", key(KeyKind.EC_P256, 4)), now=now, days=9)
    renamed = authority.issue(request("CN=app2,O=Example", key(KeyKind.EC_P256, 3)), now=now, days=9)
    assert len({first.serial, renewed.serial, renamed.serial}) == 3
    assert [one.serial for one in authority.issued()] == [first.serial, renewed.serial, renamed.serial]


@pytest.mark.parametrize("why", ["expired", "revoked", "file lost"])
def test_a_certificate_that_is_no_longer_good_is_not_given_again(
    why: str, authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime
) -> None:
    first = authority.issue(asked, now=now, days=9)
    later = now
    if why == "expired":
        later = now + timedelta(days=9)
    elif why == "revoked":
        authority.revoke(first.mq_serial.lower(), now)
    else:
        (folder / "issued" / f"{first.serial}.pem").unlink()
    assert authority.issue(asked, now=later, days=9).serial != first.serial


def test_the_list_says_what_an_auditor_asks(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime
) -> None:
    made = authority.issue(asked, now=now, days=9)
    line = json.loads((folder / "issued.jsonl").read_text())
    assert line["serial"] == made.serial
    assert line["subject"] == "CN=app1,O=Example"
    assert line["fingerprint"] == made.fingerprint
    assert line["not_after"] == "2026-11-29T10:30:00Z"
    assert read_certificates((folder / line["file"]).read_bytes()) == [made]


def test_a_refused_request_leaves_no_trace(authority: CertificateAuthority, folder: Path, now: datetime) -> None:
    with pytest.raises(CertificateError):
        authority.issue(b"nothing", now=now, days=9)
    assert authority.issued() == []
    assert list((folder / "issued").iterdir()) == []


def test_a_certificate_whose_line_a_crash_kept_out_is_listed_and_given_again(
    authority: CertificateAuthority,
    folder: Path,
    asked: bytes,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise PowerCut

    with monkeypatch.context() as crash, pytest.raises(PowerCut):
        crash.setattr(Register, "add", cut)
        authority.issue(asked, now=now, days=9)
    written = [path.stem for path in (folder / "issued").iterdir()]
    assert len(written) == 1 and authority.issued() == []
    assert authority.issue(asked, now=now, days=9).serial == written[0]
    assert [one.serial for one in authority.issued()] == written


def test_a_line_a_crash_cut_short_is_written_again(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime, key: Keys
) -> None:
    first = authority.issue(asked, now=now, days=9)
    second = authority.issue(request("CN=app2", key(KeyKind.EC_P256, 4)), now=now, days=9)
    path = folder / "issued.jsonl"
    whole = path.read_bytes()
    for length in range(whole.index(b"\n") + 1, len(whole), 29):
        path.write_bytes(whole[:length])
        assert [one.serial for one in authority.issued()] == [first.serial]
        assert authority.issue(asked, now=now, days=9) == first
        assert [one.serial for one in authority.issued()] == [first.serial, second.serial]
        assert path.read_bytes() == whole


def test_a_foreign_certificate_in_the_folder_is_not_taken_for_issued(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime, key: Keys
) -> None:
    stranger = self_signed("CN=stranger", key(KeyKind.EC_P256), now=now, days=9)
    (folder / "issued" / f"{stranger.serial}.pem").write_bytes(stranger.pem)
    authority.issue(asked, now=now, days=9)
    assert [one.subject for one in authority.issued()] == ["CN=app1,O=Example"]


@pytest.mark.parametrize("line", [b"garbage", b"[]", b'{"event": "issued"}', b'{"event": "revoked", "serial": "1"}'])
def test_a_damaged_list_is_not_guessed_at(
    line: bytes, authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime
) -> None:
    (folder / "issued.jsonl").write_bytes(line + b"\n")
    with pytest.raises(AuthorityError, match="Line 1 of"):
        authority.issue(asked, now=now, days=9)


def test_two_at_once_issue_one_certificate(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime
) -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(authority.issue(asked, now=now, days=9).serial)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and len(set(made)) == 1
    assert len(authority.issued()) == 1


def test_another_process_waits_for_the_lock(authority: CertificateAuthority, folder: Path) -> None:
    tries = (
        "import fcntl, os, sys; d = os.open(sys.argv[1], os.O_RDWR)\n"
        "try: fcntl.flock(d, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError: print('waits')\n"
        "else: print('enters')"
    )
    command = [sys.executable, "-c", tries, str(folder / "lock")]

    def other() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    with durable.locked(folder / "lock"):
        assert other() == "waits"
    assert other() == "enters"


def test_certificates_of_a_proof_are_listed_as_such_and_kept_nowhere(
    authority: CertificateAuthority, folder: Path, asked: bytes, now: datetime, key: Keys
) -> None:
    used = key(KeyKind.EC_P256, 3)
    ended = now - timedelta(minutes=1)
    made = authority.issue_for_test("CN=app1,O=Example", used, not_before=now - timedelta(hours=1), not_after=ended)
    assert made.not_after == ended and made.issuer == "CN=MQ CA,O=Example"
    assert [(one.serial, one.test) for one in authority.issued()] == [(made.serial, True)]
    assert list((folder / "issued").iterdir()) == []
    real = authority.issue(asked, now=now - timedelta(minutes=30), days=9)
    assert real.serial != made.serial, "a certificate of a proof never answers a request"


def test_a_revoked_certificate_stands_in_the_next_list(
    authority: CertificateAuthority, asked: bytes, now: datetime, folder: Path, tmp_path: Path
) -> None:
    made = authority.issue(asked, now=now, days=9)
    before = x509.load_pem_x509_crl(authority.crl(now))
    assert len(before) == 0
    authority.revoke(made.mq_serial, now)
    authority.revoke(made.serial, now + timedelta(days=1))
    assert authority.issued()[0].revoked_at == now
    pem = authority.crl(now)
    after = x509.load_pem_x509_crl(pem)
    assert [f"{one.serial_number:X}" for one in after] == [made.serial.lstrip("0")]
    number = x509.CRLNumber
    assert after.extensions.get_extension_for_class(number).value.crl_number == 2
    (tmp_path / "crl.pem").write_bytes(pem + authority.certificate.pem)
    (tmp_path / "app1.pem").write_bytes(made.pem)
    with pytest.raises(AssertionError, match="certificate revoked"):
        verdict(
            "openssl", "verify", "-crl_check", "-attime", "1795170600",
            "-CAfile", tmp_path / "crl.pem", tmp_path / "app1.pem",
        )  # fmt: skip


def test_a_serial_number_that_was_never_issued_cannot_be_revoked(
    authority: CertificateAuthority, now: datetime
) -> None:
    with pytest.raises(AuthorityError, match="No certificate with the serial number 05"):
        authority.revoke("05", now)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AuthorityError, match="cannot be used"):
        CertificateAuthority.create(
            tmp_path / "file" / "ca",
            subject="CN=CA",
            key_kind=KeyKind.EC_P256,
            days=9,
            now=now,
            passphrase=PASSPHRASE,
        )


def test_no_file_is_left_beside_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        durable.write_whole(tmp_path / "ca.key", b"secret")
    assert list(tmp_path.iterdir()) == []
