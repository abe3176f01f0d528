"""Real TLS, in memory, with what comes out of the stores made here."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard.pki.certificates import Certificate, issue, issue_for_key, request, self_signed
from wizard.pki.keys import KeyKind, PrivateKey
from wizard.pki.keys import key_to_pem as to_pem
from wizard.pki.store import Entry, read_pkcs12, write_pkcs12

PASSWORD = "Trr0ub4dor-and-3"
NOW = datetime.now(UTC)  # TLS looks at the clock itself
VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
KINDS = [KeyKind.RSA_2048, KeyKind.EC_P256, KeyKind.EC_P384, KeyKind.EC_P521]


class Authority:
    def __init__(self, name: str, key: PrivateKey) -> None:
        self.key = key
        self.certificate = self_signed(name, key, now=NOW, days=365, ca=True)

    def store(self, subject: str, key: PrivateKey) -> bytes:
        made = issue(request(subject, key), ca_certificate=self.certificate, ca_key=self.key, now=NOW, days=9)
        return store_of(made, key, self.certificate)

    def store_that_ended(self, subject: str, key: PrivateKey) -> bytes:
        made = issue_for_key(
            subject,
            key.public_key(),
            ca_certificate=self.certificate,
            ca_key=self.key,
            not_before=NOW - timedelta(minutes=30),
            not_after=NOW - timedelta(minutes=1),
        )
        return store_of(made, key, self.certificate)


def store_of(certificate: Certificate, key: PrivateKey, *signers: Certificate) -> bytes:
    own = Entry("own", certificate.pem, (), to_pem(key, None))
    others = [Entry(f"signer {number}", one.pem) for number, one in enumerate(signers)]
    return write_pkcs12([own, *others], PASSWORD)


def context(store: bytes, folder: Path, *, server: bool, version: ssl.TLSVersion) -> ssl.SSLContext:
    """What an end of a channel makes of its store: its own certificate, and the signers it trusts."""
    own, *signers = read_pkcs12(store, PASSWORD)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False  # MQ never compares host names
    made.verify_mode = ssl.CERT_REQUIRED
    made.verify_flags |= ssl.VERIFY_X509_STRICT
    made.minimum_version = made.maximum_version = version
    made.load_verify_locations(cadata="".join(one.certificate_pem.decode() for one in signers))
    both = folder / f"{'server' if server else 'client'}.pem"
    both.write_bytes((own.key_pem or b"") + own.certificate_pem)
    made.load_cert_chain(both)
    return made


def connect(server: ssl.SSLContext, client: ssl.SSLContext) -> tuple[ssl.SSLObject, ssl.SSLObject]:
    """Both ends after the handshake and after a byte each way, since TLS 1.3 refuses a client only then."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    there = server.wrap_bio(to_server, to_client, server_side=True)
    here = client.wrap_bio(to_client, to_server)
    waiting: list[Callable[[], object]] = [
        here.do_handshake,
        there.do_handshake,
        lambda: here.write(b"x"),
        lambda: there.read(1),
    ]
    for _ in range(20):
        for step in list(waiting):
            try:
                step()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(step)
    assert not waiting, "the handshake does not end"
    return there, here


@pytest.fixture
def ca(key: Callable[..., PrivateKey]) -> Authority:
    return Authority("CN=MQ CA,O=Example", key(KeyKind.EC_P256, 1))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_two_partners_of_one_ca_connect(
    version: ssl.TLSVersion, kind: KeyKind, ca: Authority, key: Callable[..., PrivateKey], tmp_path: Path
) -> None:
    server = context(ca.store("CN=QM1", key(kind, 2)), tmp_path, server=True, version=version)
    client = context(ca.store("CN=app1", key(kind, 3)), tmp_path, server=False, version=version)
    there, here = connect(server, client)
    assert here.version() == there.version() == version.name.replace("_", ".")
    assert there.getpeercert()["subject"] == ((("commonName", "app1"),),)  # type: ignore[index]


@pytest.mark.parametrize("version", VERSIONS)
def test_two_self_signed_partners_that_hold_each_other_connect(
    version: ssl.TLSVersion, key: Callable[..., PrivateKey], tmp_path: Path
) -> None:
    keys = key(KeyKind.RSA_2048, 2), key(KeyKind.EC_P256, 3)
    qm1, app1 = (self_signed(name, one, now=NOW, days=9) for name, one in zip(["CN=QM1", "CN=app1"], keys, strict=True))
    server = context(store_of(qm1, keys[0], app1), tmp_path, server=True, version=version)
    client = context(store_of(app1, keys[1], qm1), tmp_path, server=False, version=version)
    assert connect(server, client)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_client_of_another_ca_is_refused_though_its_ca_has_the_same_name(
    version: ssl.TLSVersion, ca: Authority, key: Callable[..., PrivateKey], tmp_path: Path
) -> None:
    other = Authority("CN=MQ CA,O=Example", key(KeyKind.EC_P256, 5))
    stranger = key(KeyKind.EC_P256, 6)
    made = issue(request("CN=app1", stranger), ca_certificate=other.certificate, ca_key=other.key, now=NOW, days=9)
    server = context(ca.store("CN=QM1", key(KeyKind.RSA_2048, 2)), tmp_path, server=True, version=version)
    client = context(store_of(made, stranger, ca.certificate), tmp_path, server=False, version=version)
    with pytest.raises(ssl.SSLError):
        connect(server, client)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_expired_client_is_refused_for_that_reason(
    version: ssl.TLSVersion, ca: Authority, key: Callable[..., PrivateKey], tmp_path: Path
) -> None:
    server = context(ca.store("CN=QM1", key(KeyKind.RSA_2048, 2)), tmp_path, server=True, version=version)
    ended = ca.store_that_ended("CN=app1", key(KeyKind.EC_P256, 3))
    client = context(ended, tmp_path, server=False, version=version)
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        connect(server, client)


def test_a_client_does_not_take_a_queue_manager_of_another_ca(
    ca: Authority, key: Callable[..., PrivateKey], tmp_path: Path
) -> None:
    other = Authority("CN=Other CA", key(KeyKind.EC_P256, 5))
    version = ssl.TLSVersion.TLSv1_3
    server = context(other.store("CN=QM1", key(KeyKind.RSA_2048, 2)), tmp_path, server=True, version=version)
    client = context(ca.store("CN=app1", key(KeyKind.EC_P256, 3)), tmp_path, server=False, version=version)
    with pytest.raises(ssl.SSLCertVerificationError):
        connect(server, client)
