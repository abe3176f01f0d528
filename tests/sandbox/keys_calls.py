"""Calls of the simulated runmqakm for the tests of key repositories."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from wizard.sandbox.commands import runmqakm
from wizard.sandbox.keys import names, store
from wizard.sandbox.keys.entries import Entry, PrivateKey
from wizard.sandbox.state import State

PASSWORD = "Passw0rd.of.tests"
EC = ("-sig_alg", "EC_ecdsa_with_SHA256")
"""Elliptic curve keys, which are made at once."""


class Answer(NamedTuple):
    """What a command printed and ended with."""

    status: int
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Machine:
    """A sandbox of one release, and runmqakm in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], version: str = "9.4.0.0") -> None:
        self.folder = folder
        self._capsys = capsys
        state = State.create(folder)
        state.set_meta("version", version)
        state.close()

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def run(self, *words: str) -> Answer:
        """Run runmqakm with these words."""
        status = runmqakm.main(list(words), self.folder)
        return Answer(status, self._capsys.readouterr().out.splitlines())

    def db(self, name: str, words: str, *more: str) -> Answer:
        """Run runmqakm for the repository `name`, its password in the stash."""
        return self.run(*words.split(), "-db", self.path(name), "-stashed", *more)

    def done(self, name: str, words: str, *more: str) -> list[str]:
        """Likewise, and it must succeed; what it printed."""
        answer = self.db(name, words, *more)
        assert answer.status == 0, answer
        return answer.lines

    def create(self, name: str) -> None:
        """Make an empty repository, its type as its name says, with a stash."""
        kind = "pkcs12" if name.endswith(".p12") else "cms"
        words = ["-keydb", "-create", "-db", self.path(name), "-type", kind, "-pw", PASSWORD, "-stash"]
        assert self.run(*words) == (0, [])

    def labels(self, name: str) -> list[str]:
        """Marker and label of every entry, as listed."""
        return [line.replace("\t", " ") for line in self.done(name, "-cert -list")[2:]]


class Authority(NamedTuple):
    """A certificate authority made apart from the simulated tools."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def entry(self, label: str) -> Entry:
        return Entry(label, self.certificate)


def certificate(
    dn: str,
    issuer: Authority | None = None,
    key: PrivateKey | None = None,
    authority: bool | None = None,
    critical: bool = True,
    life: tuple[int, int] = (-1, 30),
) -> tuple[x509.Certificate, PrivateKey]:
    """A certificate, self-signed without an issuer, valid from and to so many days from now."""
    own = key or ec.generate_private_key(ec.SECP256R1())
    name, now = names.parse(dn), datetime.now(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=life[0]))
        .not_valid_after(now + timedelta(days=life[1]))
    )
    if authority is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical)
    return builder.sign(issuer.key if issuer else own, hashes.SHA256()), own


def root(dn: str = "CN=Root CA,O=Acme", *, critical: bool = True, issuer: Authority | None = None) -> Authority:
    """A certificate authority."""
    made, key = certificate(dn, issuer, authority=True, critical=critical)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Authority(made, key)


def judge(program: str) -> str:
    """The path of an outside judge; without it the test is skipped, or fails with JUDGES=required."""
    found = shutil.which(program)
    if found is None and os.environ.get("JUDGES") == "required":
        pytest.fail(f"{program} is not installed")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def put(machine: Machine, name: str, made: x509.Certificate) -> str:
    """Write a certificate to a file; its path."""
    (machine.folder / name).write_bytes(made.public_bytes(Encoding.PEM))
    return machine.path(name)


def answered(machine: Machine, request: str, ca: Authority) -> str:
    """The file of an authority's answer to a request."""
    text = (machine.folder / request).read_bytes().replace(b" NEW ", b" ")
    csr = x509.load_pem_x509_csr(text)
    made, _ = certificate("CN=placeholder", ca)
    builder = x509.CertificateBuilder(
        issuer_name=ca.certificate.subject,
        subject_name=csr.subject,
        public_key=csr.public_key(),  # type: ignore[arg-type]
        serial_number=x509.random_serial_number(),
        not_valid_before=made.not_valid_before_utc,
        not_valid_after=made.not_valid_after_utc,
    )
    return put(machine, "answer.crt", builder.sign(ca.key, made.signature_hash_algorithm))


def made(machine: Machine, name: str, label: str) -> tuple[x509.Certificate, PrivateKey | None]:
    """Certificate and key of an entry."""
    opened = store.open_store(machine.path(name), password=PASSWORD, folder=machine.folder, version="9.4.0.0")
    entry = opened.find(label)
    assert entry is not None
    return entry.certificate, entry.key
