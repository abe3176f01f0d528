"""Two-way TLS over real sockets: who passes, who does not, and what both error logs say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from wire_support import (
    CHANNEL,
    CLIENT_ONLY,
    QUEUE,
    SERVER_ONLY,
    Identity,
    Site,
    authority,
    issue,
    listening,
    make_site,
    plain_site,  # noqa: F401 - a fixture
    two_way_tls_site,  # noqa: F401 - a fixture
)

from wizard.sandbox.wire.client_settings import KeySettings

ANY = "ANY_TLS12_OR_HIGHER"
TLS13, TLS12 = "TLS_AES_256_GCM_SHA384", "ECDHE_ECDSA_AES_128_GCM_SHA256"
BOTH_PROTOCOLS = pytest.mark.parametrize("cipher", (TLS13, TLS12))


def app1(site: Site, *, identity: Identity | None = None, trusted: Identity | None = None) -> KeySettings:
    """The key repository of a client that the queue manager should let in, changed as the test wants it."""
    certificate = identity or issue("CN=app1,O=Acme,C=GB", authority())
    return site.client_store(trusted or authority(), app1=certificate)


@contextmanager
def special(folder: Path, *, version: str = "9.4", ini: str = "", **attributes: str) -> Iterator[Site]:
    """A site with two-way TLS whose release, qm.ini or queue manager is out of the ordinary from
    the start.
    """
    made = make_site(folder / "special", version)
    (made.folder / "var/mqm/qmgrs/QM1/qm.ini").write_text(ini)
    made.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    made.alter_qmgr(CERTLABL="qm1", **attributes)
    made.channel(SSLCIPH=ANY)
    with listening(made) as site:
        yield site


@BOTH_PROTOCOLS
def test_the_right_client_gets_in_and_is_shown_with_its_name(tls_site: Site, cipher: str) -> None:
    certificate = issue("CN=app1,OU=Pay,O=Acme,C=GB", authority())
    connection = tls_site.connect(cipher, app1(tls_site, identity=certificate))
    connection.put(connection.open(QUEUE, "put"), b"secret")
    (shown,) = tls_site.status()
    serial = f"{certificate.certificate.serial_number:x}".upper()
    serial = serial.zfill(len(serial) + len(serial) % 2)
    pairs = ":".join(serial[at : at + 2] for at in range(0, len(serial), 2))
    assert shown["SSLPEER"] == f"SERIALNUMBER={pairs},CN=app1,OU=Pay,O=Acme,C=GB"
    assert shown["SSLCERTI"] == "CN=Acme CA,O=Acme,C=GB"
    assert shown["SSLCIPH"] == cipher
    assert shown["SECPROT"] == ("TLSV13" if cipher == TLS13 else "TLSV12")
    connection.disconnect()
    tls_site.settle()
    assert tls_site.messages() == []


def test_two_aliases_settle_on_mqs_first_cipherspec(tls_site: Site) -> None:
    connection = tls_site.connect(ANY, app1(tls_site))
    assert tls_site.status()[0]["SSLCIPH"] == "TLS_CHACHA20_POLY1305_SHA256"
    connection.disconnect()


def test_a_client_without_tls_is_2393(tls_site: Site) -> None:
    assert tls_site.refusal() == 2393
    assert tls_site.messages() == ["AMQ9639E", "AMQ9999E"]
    assert tls_site.messages(None) == ["AMQ9641E", "AMQ9999E"]


def test_a_client_with_tls_on_a_channel_without_is_2539(tls_site: Site) -> None:
    tls_site.channel(SSLCIPH="")
    assert tls_site.refusal(ANY, app1(tls_site)) == 2539
    assert tls_site.messages() == ["AMQ9635E", "AMQ9999E"]


@BOTH_PROTOCOLS
def test_a_client_without_certificate_is_2393(tls_site: Site, cipher: str) -> None:
    assert tls_site.refusal(cipher, tls_site.client_store(authority())) == 2393
    assert tls_site.messages() == ["AMQ9637E", "AMQ9999E"]
    assert tls_site.messages(None) == ["AMQ9642E", "AMQ9999E"]


def test_a_client_without_certificate_gets_in_where_it_is_optional(tls_site: Site) -> None:
    tls_site.channel(SSLCAUTH="OPTIONAL")
    connection = tls_site.connect(ANY, tls_site.client_store(authority()))
    assert tls_site.status()[0]["SSLPEER"] == ""
    connection.disconnect()


def test_a_peer_name_makes_a_certificate_mandatory(tls_site: Site) -> None:
    tls_site.channel(SSLCAUTH="OPTIONAL", SSLPEER="CN=app1")
    assert tls_site.refusal(ANY, tls_site.client_store(authority())) == 2393
    assert tls_site.messages()[0] == "AMQ9637E"


@BOTH_PROTOCOLS
def test_a_client_of_an_unknown_authority_is_2393(tls_site: Site, cipher: str) -> None:
    stranger = issue("CN=app1,O=Acme,C=GB", authority("CN=Other CA,O=Other,C=US"))
    assert tls_site.refusal(cipher, app1(tls_site, identity=stranger)) == 2393
    assert tls_site.messages() == ["AMQ9633E", "AMQ9999E"]
    serial = f"{stranger.certificate.serial_number:x}"
    serial = serial.zfill(len(serial) + len(serial) % 2)
    assert tls_site.says("validation error was 575010")
    details = f"[Issuer=]CN=Other CA,O=Other,C=US[#=]{serial}[Subject=]CN=app1,O=Acme,C=GB"
    assert f"CommentInsert2([Class=]GSKVALMethod::X509{details})" in tls_site.log()
    assert tls_site.messages(None) == ["AMQ9665E", "AMQ9999E"]


@BOTH_PROTOCOLS
@pytest.mark.parametrize("days", (-1, -59))
def test_a_client_whose_certificate_has_expired_is_2393(tls_site: Site, cipher: str, days: int) -> None:
    expired = issue("CN=app1,O=Acme,C=GB", authority(), days=days)
    assert tls_site.refusal(cipher, app1(tls_site, identity=expired)) == 2393
    assert tls_site.messages() == ["AMQ9658E", "AMQ9999E"]
    assert tls_site.messages(None) == ["AMQ9665E", "AMQ9999E"]


def test_an_expired_certificate_of_an_unknown_authority_is_one_that_does_not_validate(tls_site: Site) -> None:
    stranger = issue("CN=app1,O=Acme,C=GB", authority("CN=Other CA,O=Other,C=US"), days=-1)
    assert tls_site.refusal(ANY, app1(tls_site, identity=stranger)) == 2393
    assert tls_site.messages()[0] == "AMQ9633E"


def test_an_expired_authority_is_out_of_date_too(tls_site: Site) -> None:
    old = issue("CN=Old CA,O=Acme,C=GB", is_ca=True, days=-1)
    tls_site.trust(authority(), old, qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    client = issue("CN=app1,O=Acme,C=GB", old)
    assert tls_site.refusal(ANY, app1(tls_site, identity=client)) == 2393
    assert tls_site.messages()[0] == "AMQ9658E"


def test_a_client_with_another_name_is_refused_by_the_channel(tls_site: Site) -> None:
    tls_site.channel(SSLPEER="CN=app1,O=Acme")
    other = issue("CN=app2,O=Acme,C=GB", authority())
    assert tls_site.refusal(ANY, app1(tls_site, identity=other)) == 2393
    assert tls_site.messages() == ["AMQ9636E", "AMQ9999E"]
    assert "CN=app2,O=Acme,C=GB)" in tls_site.log()
    assert tls_site.messages(None) == ["AMQ9643E", "AMQ9999E"]


def test_a_client_with_another_name_is_refused_by_the_rules(tls_site: Site) -> None:
    tls_site.rule(CHANNEL, "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS")
    issuer = "CN=Acme CA,O=Acme,C=GB"
    tls_site.rule(CHANNEL, "SSLPEERMAP", SSLPEER="CN=app1", SSLCERTI=issuer, USERSRC="MAP", MCAUSER="app1")
    tls_site.connect(ANY, app1(tls_site)).disconnect()
    other = issue("CN=app2,O=Acme,C=GB", authority())
    assert tls_site.refusal(ANY, app1(tls_site, identity=other)) == 2035
    assert tls_site.messages() == ["AMQ9777E", "AMQ9999E"]
    assert tls_site.says("SSLCERTI('CN=Acme CA,O=Acme,C=GB')")


def test_a_certificate_map_decides_whatever_user_the_client_asserts(tls_site: Site) -> None:
    tls_site.rule(CHANNEL, "SSLPEERMAP", SSLPEER="CN=app1", USERSRC="MAP", MCAUSER="app1")
    tls_site.channel(MCAUSER="")
    connection = tls_site.connect(ANY, app1(tls_site), user="mqm")
    assert [shown["MCAUSER"] for shown in tls_site.status()] == ["app1"]
    connection.disconnect()


@pytest.mark.parametrize(
    ("channel", "client"),
    [(TLS12, ANY), (TLS13, TLS12), (TLS12, TLS13), ("ANY_TLS13_OR_HIGHER", TLS12), ("ANY_TLS12", ANY)],
)
def test_a_cipherspec_that_the_channel_does_not_want_is_2393(tls_site: Site, channel: str, client: str) -> None:
    tls_site.channel(SSLCIPH=channel)
    assert tls_site.refusal(client, app1(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9631E", "AMQ9999E"]
    assert f"CommentInsert2({channel})" in tls_site.log()
    assert tls_site.messages(None) == ["AMQ9641E", "AMQ9999E"]


def test_a_cipherspec_for_another_kind_of_key_is_not_agreed_on(tls_site: Site) -> None:
    assert tls_site.refusal("ECDHE_RSA_AES_256_GCM_SHA384", app1(tls_site)) == 2393
    assert tls_site.messages() == ["AMQ9616E", "AMQ9999E"]


@pytest.mark.parametrize(
    "cipher", ("ECDHE_RSA_AES_256_CBC_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_AES_128_CCM_8_SHA256")
)
def test_rsa_keys_serve_the_other_cipherspecs(tls_site: Site, cipher: str) -> None:
    tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority(), kind="rsa"))
    connection = tls_site.connect(cipher, app1(tls_site))
    assert tls_site.status()[0]["SSLCIPH"] == cipher
    connection.disconnect()


def test_qm_ini_can_switch_tls13_off(tmp_path: Path) -> None:
    with special(tmp_path, ini="SSL:\n   AllowTLSV13=FALSE\n") as site:
        assert site.refusal(TLS13, app1(site)) == 2393
        assert site.messages() == ["AMQ9616E", "AMQ9999E"]


def test_qm_ini_can_refuse_every_channel_without_tls(tmp_path: Path) -> None:
    with special(tmp_path, ini="TCP:\n   SecureCommsOnly=YES\n") as site:
        site.channel(SSLCIPH="")
        assert site.refusal() == 2393
        assert site.messages() == ["AMQ9639E", "AMQ9999E"]


@pytest.mark.parametrize(
    ("version", "policy", "ini", "is_checked"),
    [
        ("9.4.5", "RFC5280", "", True),
        ("9.4.5", "ANY", "", False),
        ("9.4.5", "RFC5280", "SSL:\n   RFC5280EKUChecks=FALSE\n", False),
        ("9.4.4", "RFC5280", "", False),
    ],
)
def test_extended_key_usage_counts_from_9_4_5_at_rfc_5280_level(
    tmp_path: Path, version: str, policy: str, ini: str, is_checked: bool
) -> None:
    with special(tmp_path, version=version, ini=ini, CERTVPOL=policy) as site:
        keys = app1(site, identity=issue("CN=app1,O=Acme,C=GB", authority(), usages=SERVER_ONLY))
        if is_checked:
            assert site.refusal(ANY, keys) == 2393
            assert site.messages() == ["AMQ9633E", "AMQ9999E"]
        else:
            site.connect(ANY, keys).disconnect()


def test_self_signed_certificates_trust_each_other_when_each_is_added(tls_site: Site) -> None:
    client, server = issue("CN=app1,O=Acme,C=GB"), issue("CN=QM1,O=Acme,C=GB")
    tls_site.trust(client, qm1=server)
    tls_site.connect(ANY, tls_site.client_store(server, app1=client)).disconnect()


def test_an_intermediate_is_sent_by_the_one_who_has_it(tls_site: Site) -> None:
    middle = issue("CN=Acme Issuing CA,O=Acme,C=GB", authority(), is_ca=True)
    client = issue("CN=app1,O=Acme,C=GB", middle)
    with_middle = tls_site.client_store(middle, authority(), app1=client)
    tls_site.connect(ANY, with_middle).disconnect()
    assert tls_site.refusal(ANY, app1(tls_site, identity=client)) == 2393
    assert tls_site.messages() == ["AMQ9633E", "AMQ9999E"]


@pytest.mark.parametrize("usages", (CLIENT_ONLY, SERVER_ONLY))
def test_extended_key_usage_is_not_looked_at(tls_site: Site, usages: tuple[object, ...]) -> None:
    client = issue("CN=app1,O=Acme,C=GB", authority(), usages=usages)
    tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority(), usages=usages))
    tls_site.connect(ANY, app1(tls_site, identity=client)).disconnect()


def test_a_key_that_may_not_sign_is_refused(tls_site: Site) -> None:
    client = issue("CN=app1,O=Acme,C=GB", authority(), signs=False)
    assert tls_site.refusal(ANY, app1(tls_site, identity=client)) == 2393
    assert tls_site.messages()[0] == "AMQ9633E"


def test_a_queue_manager_of_an_unknown_authority_is_2393_at_the_client(tls_site: Site) -> None:
    assert tls_site.refusal(ANY, app1(tls_site, trusted=authority("CN=Other CA,O=Other,C=US"))) == 2393
    assert tls_site.messages(None) == ["AMQ9633E", "AMQ9999E"]
    assert "[Subject=]CN=QM1,O=Acme,C=GB" in tls_site.log(None)
    assert tls_site.messages() == ["AMQ9665E", "AMQ9999E"]


def test_a_queue_manager_whose_certificate_has_expired_is_2393_at_the_client(tls_site: Site) -> None:
    tls_site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority(), days=-1))
    assert tls_site.refusal(ANY, app1(tls_site)) == 2393
    assert tls_site.messages(None) == ["AMQ9658E", "AMQ9999E"]


def test_a_queue_manager_with_another_name_is_2398(tls_site: Site) -> None:
    tls_site.connect(ANY, app1(tls_site), peer="CN=QM1,O=Acme").disconnect()
    assert tls_site.refusal(ANY, app1(tls_site), peer="CN=QM9,O=Acme") == 2398
    assert tls_site.messages(None) == ["AMQ9636E", "AMQ9999E"]


def test_a_malformed_name_pattern_is_2399(tls_site: Site) -> None:
    assert tls_site.refusal(ANY, app1(tls_site), peer="cn=QM1") == 2399
    assert tls_site.messages(None) == ["AMQ9640E", "AMQ9999E"]


def test_a_cipherspec_that_is_weak_is_not_even_offered(tls_site: Site) -> None:
    assert tls_site.refusal("TRIPLE_DES_SHA_US", app1(tls_site)) == 2393
    assert tls_site.messages(None) == ["AMQ9635E", "AMQ9999E"]
