from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from judges import verdict

from wizard.pki.certificates import (
    Certificate,
    issue,
    issue_for_key,
    read_request,
    request,
    self_signed,
)
from wizard.pki.errors import CertificateError, DistinguishedNameError
from wizard.pki.keys import KeyKind, PrivateKey, public_key_digest

Keys = Callable[..., PrivateKey]


def loaded(certificate: Certificate) -> x509.Certificate:
    return x509.load_pem_x509_certificate(certificate.pem)


def test_a_certificate_serves_both_ends_of_a_channel(
    issued: Callable[..., Certificate],
) -> None:
    made = issued("CN=QM1,OU=Messaging,O=Example,C=GB")
    assert made.extended_key_usage == ("clientAuth", "serverAuth")
    assert made.key_usage == ("digitalSignature", "keyEncipherment")
    assert made.subject == "CN=QM1,OU=Messaging,O=Example,C=GB"
    assert made.issuer == "CN=MQ CA,O=Example"
    assert (made.is_ca, made.self_signed, made.version, made.key) == (False, False, 3, "RSA 2048")


def test_an_elliptic_key_deciphers_nothing(issued: Callable[..., Certificate]) -> None:
    made = issued("CN=app1", KeyKind.EC_P256)
    assert made.key_usage == ("digitalSignature",)
    assert made.key == "EC P-256"


def test_a_root_signs_certificates_and_revocation_lists_only(root: Certificate) -> None:
    assert root.is_ca and root.self_signed
    assert root.key_usage == ("keyCertSign", "cRLSign")
    assert root.extended_key_usage is None
    constraints = loaded(root).extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical and constraints.value.path_length == 0


@pytest.mark.parametrize(
    ("kind", "used"),
    [
        (KeyKind.RSA_2048, "SHA-256"),
        (KeyKind.RSA_3072, "SHA-256"),
        (KeyKind.EC_P256, "SHA-256"),
        (KeyKind.EC_P384, "SHA-384"),
        (KeyKind.EC_P521, "SHA-512"),
    ],
)
def test_the_signature_is_as_strong_as_the_key(kind: KeyKind, used: str, key: Keys, now: datetime) -> None:
    made = self_signed("CN=app1", key(kind), now=now, days=30)
    assert made.signature_hash == used
    assert x509.load_pem_x509_csr(request("CN=a", key(kind))).is_signature_valid


def test_it_is_valid_from_an_hour_ago_for_the_days_asked(key: Keys, now: datetime) -> None:
    made = self_signed("CN=app1", key(KeyKind.EC_P256), now=now, days=30)
    assert made.not_before == now - timedelta(hours=1)
    assert made.not_after == now + timedelta(days=30)


def test_it_never_outlives_its_ca(root: Certificate, root_key: PrivateKey, key: Keys, now: datetime) -> None:
    asked = request("CN=app1", key(KeyKind.EC_P256))
    made = issue(asked, ca_certificate=root, ca_key=root_key, now=now, days=20_000)
    assert made.not_after == root.not_after


def test_serial_numbers_are_random_and_long(key: Keys, now: datetime) -> None:
    serials = {self_signed("CN=a", key(KeyKind.EC_P256), now=now, days=1).serial for _ in range(20)}
    assert len(serials) == 20
    assert all(int(serial, 16) < 1 << 159 for serial in serials)
    assert max(int(serial, 16) for serial in serials) > 1 << 150


def test_the_serial_number_is_shown_as_mq_shows_it(issued: Callable[..., Certificate]) -> None:
    made = dataclasses.replace(issued("CN=QM1"), serial="05")
    assert made.ssl_peer == "SERIALNUMBER=05,CN=QM1"
    assert dataclasses.replace(made, serial="78402654E5D480E4").mq_serial == "78:40:26:54:E5:D4:80:E4"


def test_host_names_and_addresses_stand_where_the_ca_put_them(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime
) -> None:
    asked = request("CN=QM1", key(KeyKind.EC_P256), ["mqhost.example.com", "192.0.2.1", "::1"])
    assert read_request(asked).san == ("mqhost.example.com", "192.0.2.1", "::1")
    kept = issue(asked, ca_certificate=root, ca_key=root_key, now=now, days=9)
    assert kept.san == ("mqhost.example.com", "192.0.2.1", "::1")
    other = issue(asked, ca_certificate=root, ca_key=root_key, now=now, days=9, san=["*.example.org"])
    assert other.san == ("*.example.org",)


def test_mail_addresses_and_uris_stand_beside_host_names(key: Keys) -> None:
    names = ("mq@example.com", "https://example.com/mq")
    assert read_request(request("CN=QM1", key(KeyKind.EC_P256), names)).san == names


@pytest.mark.parametrize("name", ["", "a b", "münchen.example.com", "-a.example.com", "a..b", "x" * 300])
def test_what_is_no_host_name_is_refused(name: str, key: Keys) -> None:
    with pytest.raises(DistinguishedNameError, match="neither a host name"):
        request("CN=QM1", key(KeyKind.EC_P256), [name])


def test_a_request_cannot_make_itself_a_ca(root: Certificate, root_key: PrivateKey, key: Keys, now: datetime) -> None:
    greedy = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "app1")]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key(KeyKind.EC_P256), hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    made = issue(greedy, ca_certificate=root, ca_key=root_key, now=now, days=9)
    assert not made.is_ca


def test_a_request_somebody_changed_is_refused(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime
) -> None:
    asked = x509.load_pem_x509_csr(request("CN=app1", key(KeyKind.EC_P256)))
    forged = asked.public_bytes(serialization.Encoding.DER).replace(b"app1", b"app2")
    with pytest.raises(CertificateError, match="signature of the certificate request is wrong"):
        issue(forged, ca_certificate=root, ca_key=root_key, now=now, days=9)


@pytest.mark.parametrize(
    ("weak", "said"),
    [
        (rsa.generate_private_key(65537, 1024), "1024 bits"),
        (ec.generate_private_key(ec.SECP192R1()), "192 bits"),
        (ed25519.Ed25519PrivateKey.generate(), "neither RSA nor elliptic"),
    ],
)
def test_a_key_that_mq_would_refuse_gets_no_certificate(
    weak: PrivateKey, said: str, root: Certificate, root_key: PrivateKey, now: datetime
) -> None:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "app1")])
    used = None if isinstance(weak, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    asked = x509.CertificateSigningRequestBuilder().subject_name(name).sign(weak, used)
    pem = asked.public_bytes(serialization.Encoding.PEM)
    with pytest.raises(CertificateError, match=said):
        issue(pem, ca_certificate=root, ca_key=root_key, now=now, days=9)


def test_a_request_without_a_subject_is_refused(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime
) -> None:
    nobody = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    pem = nobody.sign(key(KeyKind.EC_P256), hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    with pytest.raises(CertificateError, match="names no subject"):
        issue(pem, ca_certificate=root, ca_key=root_key, now=now, days=9)


def test_a_ca_that_cannot_issue_says_why(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime, issued: Callable[..., Certificate]
) -> None:
    asked = request("CN=app1", key(KeyKind.EC_P256))
    later = now + timedelta(days=5000)
    with pytest.raises(CertificateError, match="only"):
        issue(asked, ca_certificate=root, ca_key=root_key, now=later, days=9)
    with pytest.raises(CertificateError, match="does not belong"):
        issue(asked, ca_certificate=root, ca_key=key(KeyKind.EC_P384), now=now, days=9)
    with pytest.raises(CertificateError, match="is no CA"):
        issue(asked, ca_certificate=issued("CN=b"), ca_key=key(KeyKind.RSA_2048), now=now, days=9)


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_days_that_no_certificate_can_have_are_refused(days: int, key: Keys, now: datetime) -> None:
    with pytest.raises(CertificateError, match="days"):
        self_signed("CN=a", key(KeyKind.EC_P256), now=now, days=days)


def test_a_certificate_for_a_test_has_exactly_its_times(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime
) -> None:
    ends = now - timedelta(minutes=1)
    made = issue_for_key(
        "CN=app1",
        key(KeyKind.EC_P256).public_key(),
        ca_certificate=root,
        ca_key=root_key,
        not_before=now - timedelta(minutes=2),
        not_after=ends,
    )
    assert made.not_after == ends
    with pytest.raises(CertificateError, match="end before it begins"):
        issue_for_key(
            "CN=app1",
            key(KeyKind.EC_P256).public_key(),
            ca_certificate=root,
            ca_key=root_key,
            not_before=now,
            not_after=now,
        )


def test_key_request_and_certificate_have_one_digest(issued: Callable[..., Certificate], key: Keys) -> None:
    used = key(KeyKind.RSA_2048)
    assert issued("CN=app1").public_key == public_key_digest(used)
    assert read_request(request("CN=app1", used)).public_key == public_key_digest(used)


def test_the_text_form_of_a_certificate_is_short(root: Certificate) -> None:
    assert "BEGIN" not in repr(root)


def test_openssl_is_strict_and_content(root: Certificate, issued: Callable[..., Certificate], tmp_path: Path) -> None:
    roots, leaf = tmp_path / "root.pem", tmp_path / "leaf.pem"
    roots.write_bytes(root.pem)
    for kind in (KeyKind.RSA_2048, KeyKind.EC_P384):
        made = issued("CN=app1,OU=Zahlungsläufe,O=Example", kind)
        leaf.write_bytes(made.pem)
        for purpose in ("sslclient", "sslserver"):
            said = verdict(
                "openssl", "verify", "-x509_strict", "-attime", "1795170600",
                "-purpose", purpose, "-CAfile", roots, leaf,
            )  # fmt: skip
            assert ": OK" in said
        shown = verdict("openssl", "x509", "-in", leaf, "-noout", "-fingerprint", "-sha256")
        assert made.fingerprint in shown


def test_openssl_accepts_a_self_signed_certificate_as_its_own_root(key: Keys, now: datetime, tmp_path: Path) -> None:
    alone = tmp_path / "alone.pem"
    alone.write_bytes(self_signed("CN=partner", key(KeyKind.RSA_2048), now=now, days=30).pem)
    said = verdict(
        "openssl", "verify", "-x509_strict", "-attime", "1795170600",
        "-purpose", "sslclient", "-CAfile", alone, alone,
    )  # fmt: skip
    assert ": OK" in said
