"""A queue manager with a listener inside the test process, certificates, and clients, for the tests
of the wire.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from wizard.sandbox import users
from wizard.sandbox.install import prepare
from wizard.sandbox.keys import files
from wizard.sandbox.keys.entries import Entry, PrivateKey
from wizard.sandbox.keys.store import Store, StoreFormat, serialize, stash_path
from wizard.sandbox.state import State
from wizard.sandbox.wire.client import ConnectError, Connection, Program, connect
from wizard.sandbox.wire.client_settings import KeySettings
from wizard.sandbox.wire.definitions import Definition
from wizard.sandbox.wire.identity import Credentials
from wizard.sandbox.wire.session import Service, Session

QMGR = "QM1"
CHANNEL = "APP1.SVRCONN"
QUEUE = "APP.Q"
VERSION = "9.4.0.0"
STORE_PASSWORD = "Passw0rd.of.tests"
PATIENCE = 10.0
"""Seconds that a test waits for another process at the most."""

OIDS = {
    "CN": NameOID.COMMON_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "C": NameOID.COUNTRY_NAME,
}


class Identity(NamedTuple):
    """A certificate and its key."""

    certificate: x509.Certificate
    key: PrivateKey


def name(text: str) -> x509.Name:
    """`CN=app1,O=Acme` as a certificate holds it, most general part first."""
    parts = [part.partition("=") for part in text.split(",")]
    return x509.Name([x509.NameAttribute(OIDS[keyword], value) for keyword, _, value in reversed(parts)])


@cache
def key(kind: str = "ec") -> PrivateKey:
    """One key of each kind for all tests: making RSA keys is slow."""
    return rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())


def issue(
    subject: str,
    issuer: Identity | None = None,
    *,
    days: int = 30,
    kind: str = "ec",
    is_ca: bool = False,
    usages: Sequence[x509.ObjectIdentifier] = (),
    signs: bool = True,
) -> Identity:
    """A certificate from `issuer`, self-signed without one; `days` may be negative for an expired one."""
    own = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else key(kind)
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(issuer.certificate.subject if issuer else name(subject))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    if not signs:
        builder = builder.add_extension(_key_usage(), critical=True)
    return Identity(builder.sign(issuer.key if issuer else own, hashes.SHA256()), own)


def _key_usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=True,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def write_store(path: Path, personal: Mapping[str, Identity], signers: Sequence[x509.Certificate]) -> Path:
    """A PKCS#12 key repository with its stash, as runmqakm would leave it."""
    entries = [Entry(label, one.certificate, one.key) for label, one in personal.items()]
    entries += [Entry(f"signer{number}", one) for number, one in enumerate(signers)]
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, serialize(Store(path, StoreFormat.PKCS12, STORE_PASSWORD, tuple(entries)), VERSION), 0o640)
    files.write(stash_path(path), files.stash(STORE_PASSWORD), 0o640)
    return path


@cache
def authority(subject: str = "CN=Acme CA,O=Acme,C=GB") -> Identity:
    return issue(subject, is_ca=True)


@dataclass
class Site:
    """A sandbox with one running queue manager, one queue, one channel, and users app1 and pat."""

    folder: Path
    sessions: list[Session] = field(default_factory=list)
    port: int = 0
    service: Service | None = None

    @property
    def address(self) -> str:
        with self.state() as state:
            return state.meta("address")

    @contextlib.contextmanager
    def state(self) -> Iterator[State]:
        state = State(self.folder)
        try:
            yield state
        finally:
            state.close()

    def define(self, space: str, object_name: str, kind: str, **attributes: Any) -> None:
        """Make an object, or change the attributes of one."""
        with self.state() as state:
            found = state.object(QMGR, space, object_name)
            merged = {**(found[1] if found else {}), **attributes}
            state.put_object(QMGR, space, object_name, kind, merged)

    def alter_qmgr(self, **attributes: Any) -> None:
        self.define("QMGR", QMGR, "QMGR", **attributes)

    def channel(self, **attributes: Any) -> None:
        self.define("CHANNEL", CHANNEL, "SVRCONN", CHLTYPE="SVRCONN", **attributes)

    def rule(self, profile: str, kind: str, **attributes: Any) -> None:
        with self.state() as state:
            state.db.execute(
                "INSERT INTO chlauth (qmgr, profile, type, attributes) VALUES (?, ?, ?, ?)",
                (QMGR, profile, kind, json.dumps(attributes)),
            )

    def grant(self, group: str, objtype: str, profile: str, *authorities: str) -> None:
        with self.state() as state:
            state.db.execute(
                "INSERT OR REPLACE INTO authrec VALUES (?, ?, ?, 'GROUP', ?, ?)",
                (QMGR, profile, objtype, group, json.dumps(authorities)),
            )

    def refresh(self, kind: str) -> None:
        with self.state() as state:
            column = f"{kind.lower()}_generation"
            state.db.execute(f"UPDATE qmgr SET {column} = {column} + 1 WHERE name = ?", (QMGR,))

    def log(self, qmgr: str | None = QMGR) -> str:
        """The error log of the queue manager, or of the machine's clients."""
        below = f"qmgrs/{qmgr}/errors" if qmgr else "errors"
        return (self.folder / "var" / "mqm" / below / "AMQERR01.LOG").read_text()

    def says(self, text: str, qmgr: str | None = QMGR) -> bool:
        """Whether an error log holds a text, however its lines are broken."""
        return " ".join(text.split()) in " ".join(self.log(qmgr).split())

    def messages(self, qmgr: str | None = QMGR) -> list[str]:
        """The message ids in an error log, oldest first."""
        return [line.partition(":")[0] for line in self.log(qmgr).splitlines() if line.startswith("AMQ")]

    def bodies(self, queue: str = QUEUE) -> list[bytes]:
        with self.state() as state:
            rows = state.db.execute("SELECT body FROM message WHERE queue = ? ORDER BY id", (queue,))
            return [bytes(row["body"]) for row in rows]

    def status(self) -> list[dict[str, Any]]:
        """The channel instances that DISPLAY CHSTATUS would show."""
        with self.state() as state:
            return [json.loads(row["attributes"]) for row in state.db.execute("SELECT * FROM chstatus")]

    def trust(self, *signers: Identity, **personal: Identity) -> Path:
        """The queue manager's key repository, in SSLKEYR."""
        path = self.folder / "var/mqm/qmgrs" / QMGR / "ssl" / "key.p12"
        self.alter_qmgr(SSLKEYR=str(path))
        return write_store(path, personal, [one.certificate for one in signers])

    def client_store(self, *signers: Identity, **personal: Identity) -> KeySettings:
        """A client's key repository; its first personal certificate is the one to send."""
        path = self.folder / "client" / f"{len(list(self.folder.glob('client/*')))}.p12"
        write_store(path, personal, [one.certificate for one in signers])
        return KeySettings(str(path), label=next(iter(personal), "none"))

    def connect(
        self,
        cipher: str = "",
        keys: KeySettings | None = None,
        *,
        channel: str = CHANNEL,
        qmgr: str = QMGR,
        user: str = "somebody",
        credentials: Credentials | None = None,
        origin: str = "",
        peer: str = "",
    ) -> Connection:
        """A client program's MQCONNX."""
        environment = {"SANDBOX_USER": user} | ({"SANDBOX_ADDRESS": origin} if origin else {})
        program = Program(self.folder, "amqsputc", "9.4.0.0", environment, credentials)
        where = Definition(channel, (("mqhost", self.port),), qmgr, cipher, peer=peer)
        return connect(program, qmgr, [where], keys or KeySettings())

    def refusal(self, *arguments: Any, **options: Any) -> int:
        """The reason code of a connection that must fail."""
        with pytest.raises(ConnectError) as error:
            self.connect(*arguments, **options)
        self.settle()
        return error.value.reason

    def settle(self) -> None:
        """Wait until every connection of the listener has ended, so that the log is whole."""
        for session in self.sessions:
            session.join(PATIENCE)
            assert not session.is_alive()


def make_site(folder: Path, version: str = "9.4") -> Site:
    """A sandbox with a queue manager made by hand, as small as the tests of the wire need it."""
    prepare(folder, version)
    site = Site(folder)
    data = folder / "var/mqm/qmgrs" / QMGR
    for below in ("errors", "ssl", "@ipcc"):
        (data / below).mkdir(parents=True)
    (data / "errors/AMQERR01.LOG").touch()
    (data / "qm.ini").write_text("SSL:\n   AllowTLSV13=TRUE\nChannels:\n   ChlauthEarlyAdopt=Y\n")
    with site.state() as state:
        state.db.execute("INSERT INTO qmgr (name, directory, status) VALUES (?, ?, 'Running')", (QMGR, QMGR))
    site.alter_qmgr(CHLAUTH="ENABLED", CERTLABL="", CONNAUTH="AUTH", SSLKEYR=str(data / "ssl/key"))
    site.define("AUTHINFO", "AUTH", "IDPWOS", CHCKCLNT="OPTIONAL", ADOPTCTX="YES", FAILDLAY="0")
    site.channel(SSLCIPH="", SSLCAUTH="REQUIRED", SSLPEER="", CERTLABL="", MCAUSER="app1")
    site.define("QUEUE", QUEUE, "QLOCAL", PUT="ENABLED", GET="ENABLED", MAXDEPTH="5000", MAXMSGL="4194304")
    with users.change(folder) as accounts:
        accounts.groups["apps"] = users.Group("apps", 7000)
        accounts.users["app1"] = users.User("app1", 7001, "apps")
        accounts.users["pat"] = users.User("pat", 7002, "apps", users.hashed("right"))
    site.grant("apps", "QMGR", "SELF", "CONNECT", "INQ")
    site.grant("apps", "QUEUE", QUEUE, "PUT", "GET")
    return site


@contextlib.contextmanager
def listening(site: Site) -> Iterator[Site]:
    """Serve connections in this process, as a listener does, without its loop."""
    server = socket.create_server((site.address, 0))
    site.port = server.getsockname()[1]
    service = Service.of(site.folder, QMGR)
    site.service = service

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, caller = server.accept()
                session = Session(service, connection, caller[0])
                session.start()
                site.sessions.append(session)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
        for session in site.sessions:
            session.end()
        site.settle()


@pytest.fixture(name="site")
def plain_site(tmp_path: Path) -> Iterator[Site]:
    """A queue manager with a plain channel, being listened for."""
    with listening(make_site(tmp_path / "sandbox")) as made:
        yield made


@pytest.fixture(name="tls_site")
def two_way_tls_site(site: Site) -> Site:
    """The same with two-way TLS: the queue manager has a certificate from the test CA and trusts that CA."""
    site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    site.alter_qmgr(CERTLABL="qm1")
    site.channel(SSLCIPH="ANY_TLS12_OR_HIGHER")
    return site


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait, for a bounded time, until something that another process does has happened."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        if happened():
            return
        waiting.wait(0.02)
    pytest.fail(f"in vain: {what}")


CLIENT_ONLY = (ExtendedKeyUsageOID.CLIENT_AUTH,)
SERVER_ONLY = (ExtendedKeyUsageOID.SERVER_AUTH,)
