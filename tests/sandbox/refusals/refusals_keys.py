"""Tries rows on runmqakm in this process (`keys`).

Every row finds key.kdb and key.p12, empty and with stash files, ca.p12 with the authority `ca`, and these files:
root.crt and other.crt, two authorities; child.crt, which root has signed; expired.crt, out of date; loose.crt, an
authority without the critical basic constraint, and below.crt, which it has signed; modern.p12, a PKCS#12 file with
AES.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from keys_calls import EC, PASSWORD, Authority, Machine, certificate, root
from refusals_rows import Row, attempts, filled, listed, versions

from wizard.sandbox.recalled import RECALLED


@cache
def _certificates() -> dict[str, x509.Certificate]:
    good, other, loose = root(), root("CN=Other CA,O=Other"), root("CN=Loose CA,O=Acme", critical=False)
    return {
        "root": good.certificate,
        "other": other.certificate,
        "child": certificate("CN=child,O=Acme", good)[0],
        "expired": certificate("CN=Old CA,O=Acme", authority=True, life=(-30, -1))[0],
        "loose": loose.certificate,
        "below": certificate("CN=below,O=Acme", loose)[0],
    }


@cache
def _modern() -> bytes:
    own, key = certificate("CN=mover,O=Acme", Authority(*_signer()))
    chain = [_signer()[0]]
    return pkcs12.serialize_key_and_certificates(b"mover", key, own, chain, BestAvailableEncryption(PASSWORD.encode()))


@cache
def _signer() -> Authority:
    return root("CN=Mover CA,O=Acme")


_prepared: dict[str, Path] = {}


def _machine(folder: Path, capsys: pytest.CaptureFixture[str], release: str) -> Machine:
    """A machine with the prepared files, copied from the first one of its release."""
    if release not in _prepared:
        _prepared[release] = Path(tempfile.mkdtemp(prefix="refusals-"))
        atexit.register(shutil.rmtree, _prepared[release])
        _fill(_prepared[release], capsys, release)
    shutil.copytree(_prepared[release], folder)
    return Machine(folder, capsys, release)


def _fill(folder: Path, capsys: pytest.CaptureFixture[str], release: str) -> None:
    made = Machine(folder, capsys, release)
    for name, one in _certificates().items():
        (folder / f"{name}.crt").write_bytes(one.public_bytes(Encoding.PEM))
    (folder / "modern.p12").write_bytes(_modern())
    for name in ("key.kdb", "key.p12", "ca.p12"):
        made.create(name)
    made.done("ca.p12", "-cert -create -label ca -ca true", "-dn", "CN=The CA,O=Acme", *EC)


def try_words(row: Row, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """All calls but the last must succeed; the last prints and ends as the row expects."""
    for number, (how, expect) in enumerate(attempts(row)):
        for release in versions(row):
            place = folder / f"{number}-{release}"
            made = _machine(place, capsys, release)
            monkeypatch.chdir(place)
            *before, last = listed(how["keys"])
            for text in before:
                # `!` marks a call that is known to fail.
                answer = made.run(*_words(text.removeprefix("! "), place))
                assert (answer.status != 0) == text.startswith("! "), (text, answer)
            answer = made.run(*_words(last, place))
            _check(answer.status, answer.text, expect)
            for name in listed(expect.get("files")):
                assert (place / name).exists()
            for name in listed(expect.get("no_files")):
                assert not (place / name).exists()
            for name, start in expect.get("file_starts", {}).items():
                assert (place / name).read_text().startswith(start)
            for name, mode in expect.get("modes", {}).items():
                assert f"{(place / name).stat().st_mode & 0o777:o}" == str(mode)


def _words(text: str, folder: Path) -> list[str]:
    """Words apart at blanks; `~` stands for a blank inside one, PW for the password of the prepared files."""
    words = filled(text, folder=str(folder)).split()
    return [PASSWORD if word == "PW" else "" if word == "EMPTY" else word.replace("~", " ") for word in words]


def _check(status: int, text: str, expect: dict[str, object]) -> None:
    if "status" in expect:
        assert status == expect["status"], text
    for key in listed(expect.get("recalled")):
        value = RECALLED[key].value
        if isinstance(value, int):
            assert status == value, text
        else:
            assert value.partition("{")[0].strip(' "') in text, text
    if expect.get("fails"):
        assert status != 0, text
    for wanted in listed(expect.get("lines")):
        assert wanted in text.splitlines(), text
    for wanted in listed(expect.get("holds")):
        assert wanted in text
    for unwanted in listed(expect.get("lacks")):
        assert unwanted not in text
    if "last" in expect:
        assert text.splitlines()[-1] == expect["last"]
    if "all" in expect:
        assert text == expect["all"]
