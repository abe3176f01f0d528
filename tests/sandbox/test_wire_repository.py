"""Key repositories on both ends: what is read when, which label counts, and what goes wrong."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from wire_support import (
    CHANNEL,
    STORE_PASSWORD,
    Site,
    authority,
    issue,
    plain_site,  # noqa: F401 - a fixture
    two_way_tls_site,  # noqa: F401 - a fixture
)

from wizard.sandbox.keys.store import SslFiles, stash_path
from wizard.sandbox.mqsc import secrets
from wizard.sandbox.wire import ciphers
from wizard.sandbox.wire.client_settings import KeySettings
from wizard.sandbox.wire.tls import HandshakeError, Terms, TlsStream
from wizard.sandbox.wire.trust import Judge
from wizard.sandbox.wire.verdicts import Event

ANY = "ANY_TLS12_OR_HIGHER"
_PEM = Encoding.PEM


def client(site: Site) -> KeySettings:
    return site.client_store(authority(), app1=issue("CN=app1,O=Acme,C=GB", authority()))


def presented(site: Site, server_name: str) -> str:
    """The common name of the certificate that the listener shows to a client that sends this SNI."""
    trusted = client(site)
    files = SslFiles("", "", authority().certificate.public_bytes(_PEM).decode())
    assert trusted.repository
    with socket.create_connection((site.address, site.port)) as connection:
        terms = Terms(files, ciphers.USABLE)
        stream = TlsStream.client(connection, terms, Judge(extended_key_usage=False), server_name)
        stream.handshake()
        assert stream.certificate is not None
        return stream.certificate.subject.rfc4514_string()


def test_a_store_that_changed_counts_only_after_a_refresh(tls_site: Site) -> None:
    tls_site.connect(ANY, client(tls_site)).disconnect()
    tls_site.trust(qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    tls_site.connect(ANY, client(tls_site)).disconnect()
    tls_site.refresh("SSL")
    assert tls_site.refusal(ANY, client(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9633E", "AMQ9999E"]


def test_a_label_that_changed_counts_only_after_a_refresh(tls_site: Site) -> None:
    second = issue("CN=QM1-2026,O=Acme,C=GB", authority())
    tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()), second=second)
    assert "CN=QM1," in presented(tls_site, "mqhost")
    tls_site.alter_qmgr(CERTLABL="second")
    assert "CN=QM1," in presented(tls_site, "mqhost")
    tls_site.refresh("SSL")
    assert "CN=QM1-2026," in presented(tls_site, "mqhost")


def test_without_a_label_the_default_one_counts(tls_site: Site) -> None:
    tls_site.trust(authority(), ibmwebspheremqqm1=issue("CN=DEFAULT,O=Acme,C=GB", authority()))
    tls_site.alter_qmgr(CERTLABL="")
    assert "CN=DEFAULT," in presented(tls_site, "mqhost")


def test_a_missing_label_leaves_the_queue_manager_without_certificate(tls_site: Site) -> None:
    tls_site.alter_qmgr(CERTLABL="nosuch")
    assert tls_site.refusal(ANY, client(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9642E", "AMQ9999E"]
    assert "CommentInsert2(nosuch)" in tls_site.log()


def test_a_channel_with_its_own_label_is_found_by_sni(tls_site: Site) -> None:
    own = issue("CN=APP1 CHANNEL,O=Acme,C=GB", authority())
    tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()), own=own)
    tls_site.channel(CERTLABL="own")
    assert "CN=APP1 CHANNEL," in presented(tls_site, "app12e-svrconn.chl.mq.ibm.com")
    assert "CN=QM1," in presented(tls_site, "mqhost.example.com")
    assert "CN=QM1," in presented(tls_site, "other.chl.mq.ibm.com")
    tls_site.connect(ANY, client(tls_site)).disconnect()


def test_a_channel_with_its_own_label_refuses_a_client_that_did_not_name_it(
    tls_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = issue("CN=APP1 CHANNEL,O=Acme,C=GB", authority())
    tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()), own=own)
    tls_site.channel(CERTLABL="own")
    monkeypatch.setattr("wizard.sandbox.wire.sni.encode", lambda _: "mqhost.example.com")
    assert tls_site.refusal(ANY, client(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9673E", "AMQ9999E"]
    tls_site.channel(CERTLABL="qm1")
    tls_site.connect(ANY, client(tls_site)).disconnect()


def test_the_password_may_stand_in_the_queue_manager_instead_of_a_stash(tls_site: Site) -> None:
    path = tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    stash_path(path).unlink()
    assert tls_site.refusal(ANY, client(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9660E", "AMQ9999E"]
    with tls_site.state() as state:
        hidden = secrets.protect(state, "QM1", STORE_PASSWORD)
    tls_site.alter_qmgr(KEYRPWD=hidden)
    tls_site.refresh("SSL")
    tls_site.connect(ANY, client(tls_site)).disconnect()


def test_a_store_that_is_not_there_is_a_matter_for_the_queue_managers_log(tls_site: Site) -> None:
    tls_site.alter_qmgr(SSLKEYR="/nowhere/key")
    assert tls_site.refusal(ANY, client(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9657E", "AMQ9999E"]
    assert "CommentInsert2(/nowhere/key)" in tls_site.log()


def test_a_store_that_mqm_may_not_read_cannot_be_opened(tls_site: Site) -> None:
    path = tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    path.chmod(0o000)
    assert tls_site.refusal(ANY, client(tls_site)) == 2393
    assert tls_site.messages()[0] == "AMQ9657E"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"repository": ""}, "AMQ9657E"),
        ({"repository": "/nowhere/key.p12"}, "AMQ9657E"),
        ({"password": "wrong"}, "AMQ9660E"),
        ({"password": ""}, "AMQ9660E"),
    ],
)
def test_a_clients_store_that_cannot_be_used_is_2381(tls_site: Site, change: dict[str, str], message: str) -> None:
    assert tls_site.refusal(ANY, replace(client(tls_site), **change)) == 2381
    assert tls_site.messages(None) == [message, "AMQ9999E"]


def test_a_clients_store_without_stash_is_2381(tls_site: Site) -> None:
    keys = client(tls_site)
    stash_path(Path(keys.repository)).unlink()
    assert tls_site.refusal(ANY, keys) == 2381
    tls_site.connect(ANY, replace(keys, password=STORE_PASSWORD)).disconnect()


def test_a_clients_missing_label_means_no_certificate(tls_site: Site) -> None:
    assert tls_site.refusal(ANY, replace(client(tls_site), label="nosuch")) == 2393
    assert tls_site.messages() == ["AMQ9637E", "AMQ9999E"]
    assert "CommentInsert2(nosuch)" in tls_site.log(None)


def test_a_clients_default_label_carries_its_user(tls_site: Site) -> None:
    certificate = issue("CN=app1,O=Acme,C=GB", authority())
    keys = tls_site.client_store(authority(), ibmwebspheremqpat=certificate)
    tls_site.connect(ANY, replace(keys, label=""), user="Pat").disconnect()
    assert tls_site.refusal(ANY, replace(keys, label=""), user="kim") == 2393
    assert CHANNEL in tls_site.log()


def test_what_is_no_tls_after_all_is_told_from_tls(tls_site: Site) -> None:
    with socket.create_connection((tls_site.address, tls_site.port)) as caller:
        caller.sendall(b"\x16this is no handshake at all")
        caller.recv(4096)
    tls_site.settle()
    assert tls_site.messages() == ["AMQ9661E", "AMQ9999E"]


def test_a_server_that_hangs_up_at_once_has_not_answered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        server.accept()[0].close()
        terms = Terms(SslFiles("", "", ""), ciphers.USABLE)
        stream = TlsStream.client(caller, terms, Judge(extended_key_usage=False), "x.chl.mq.ibm.com")
        with pytest.raises(HandshakeError) as error:
            stream.handshake()
    assert error.value.event is Event.CLOSED_IN_TLS
    assert not error.value.answered
