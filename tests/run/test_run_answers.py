"""Answers of a CA as they really arrive: any form, any name, in any order, with text around them, among other files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7

from wizard.mq.releases import Release
from wizard.pki.certificates import Certificate, issue, request, self_signed
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem, make_key
from wizard.pki.names import name_from_mq
from wizard.pki.reading import load_certificate, read_certificates
from wizard.plan.facts import AnswerFact, RequestFact
from wizard.recipe.reader import read_recipe
from wizard.run.answers import answer_facts, request_facts
from wizard.topology.build import build

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
TOPOLOGY = build(
    read_recipe(
        "mqwizard: 1\norganization: Example\ntrust: external\nqueue_managers: {QM1: {}}\n"
        "clients: {app1: {connects_to: QM1, tls: server}}\n",
        source="r.yaml",
    ),
    Release(9, 4),
)
SUBJECT = "CN=QM1,OU=MQ,O=Example"


def authority(subject: str, key: PrivateKey, issuer: str, signing: PrivateKey) -> Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(name_from_mq(subject))
        .issuer_name(name_from_mq(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1000))
        .not_valid_after(NOW + timedelta(days=900))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    signed = builder.sign(signing, hashes.SHA256())
    return read_certificates(signed.public_bytes(serialization.Encoding.PEM))[0]


class Site:
    """An exchange folder with a request in it, and the CA that answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exchange = folder / "exchange"
        self.exchange.mkdir()
        self.key, self.root_key, self.issuing_key = (make_key(KeyKind.EC_P256) for _ in range(3))
        self.root = authority("CN=Corp Root", self.root_key, "CN=Corp Root", self.root_key)
        self.issuing = authority("CN=Corp Issuing CA", self.issuing_key, "CN=Corp Root", self.root_key)
        self.leaf = self.answer(SUBJECT)
        (self.exchange / "QM1.csr").write_bytes(request(SUBJECT, self.key))

    def answer(self, subject: str, key: PrivateKey | None = None, days: int = 90) -> Certificate:
        asked = request(subject, key or self.key)
        return issue(asked, ca_certificate=self.issuing, ca_key=self.issuing_key, now=NOW, days=days)

    def put(self, name: str, content: bytes) -> None:
        (self.exchange / name).write_bytes(content)

    def read(self) -> tuple[AnswerFact, tuple[str, ...]]:
        machine = SimpleNamespace(path=lambda name: self.folder / name)
        answers, unread = answer_facts(machine, TOPOLOGY, NOW)  # type: ignore[arg-type]
        return answers["QM1"], unread


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def der(one: Certificate) -> bytes:
    return load_certificate(one.pem).public_bytes(serialization.Encoding.DER)


def shapes(site: Site) -> dict[str, dict[str, bytes]]:
    whole = [load_certificate(one.pem) for one in (site.root, site.leaf, site.issuing)]
    return {
        "one PEM file in the right order": {"qm1.pem": site.leaf.pem + site.issuing.pem + site.root.pem},
        "root first, text around": {
            "mail.txt": b"Dear customer,\r\n" + site.root.pem + b"\nand\n" + site.leaf.pem + site.issuing.pem + b"Bye\n"
        },
        "PKCS#7 DER": {"answer.p7b": pkcs7.serialize_certificates(whole, serialization.Encoding.DER)},
        "PKCS#7 PEM": {"answer.p7c": pkcs7.serialize_certificates(whole, serialization.Encoding.PEM)},
        "three DER files": {"a.cer": der(site.issuing), "b.crt": der(site.leaf), "c.der": der(site.root)},
        "a text of Windows": {
            "a.cer": (site.leaf.pem + site.issuing.pem + site.root.pem).decode().encode("utf-16"),
        },
    }


@pytest.mark.parametrize("shape", range(6))
def test_an_answer_is_known_by_its_key_in_whatever_form_it_comes(site: Site, shape: int) -> None:
    files = list(shapes(site).values())[shape]
    for name, content in files.items():
        site.put(name, content)
    found, unread = site.read()
    assert found.usable, found
    assert (found.subject, found.issuer) == (SUBJECT, "CN=Corp Issuing CA")
    assert [(one.label, one.fingerprint) for one in found.chain] == [
        ("corp-issuing-ca", site.issuing.fingerprint),
        ("corp-root", site.root.fingerprint),
    ]
    assert unread == ()


def test_without_an_answer_the_request_alone_is_known(site: Site) -> None:
    site.put("other.pem", site.answer("CN=other", make_key(KeyKind.EC_P256)).pem)
    found, _ = site.read()
    assert found == AnswerFact()


def test_a_missing_ca_is_named_and_so_is_what_cannot_be_read(site: Site) -> None:
    site.put("leaf.pem", site.leaf.pem + site.issuing.pem)
    site.put("torn.cer", b"-----BEGIN CERTIFICATE-----\nMIIB")
    found, unread = site.read()
    assert not found.usable
    assert found.missing == "Ask the CA for the certificate of CN=Corp Root, and add it first."
    assert unread == ("exchange/torn.cer: A CERTIFICATE block has no END line. The file was cut.",)


def test_a_name_that_the_ca_changed_is_wrong(site: Site) -> None:
    site.put("leaf.pem", site.answer("CN=qm1.example.com").pem + site.issuing.pem + site.root.pem)
    assert "The CA changed the name" in site.read()[0].wrong


def test_a_certificate_that_signs_itself_is_no_answer(site: Site) -> None:
    site.put("leaf.pem", self_signed(SUBJECT, site.key, now=NOW, days=30).pem)
    assert "its subject is its issuer" in site.read()[0].wrong


def test_an_expired_answer_is_wrong_and_a_newer_one_wins(site: Site) -> None:
    chain = site.issuing.pem + site.root.pem
    old = issue(
        request(SUBJECT, site.key),
        ca_certificate=site.issuing,
        ca_key=site.issuing_key,
        now=NOW - timedelta(days=400),
        days=90,
    )
    site.put("old.pem", old.pem + chain)
    assert "expired" in site.read()[0].wrong
    site.put("new.pem", site.leaf.pem)
    assert site.read()[0].usable


def test_two_cas_of_one_name_get_labels_that_differ(site: Site) -> None:
    twin = authority("CN=Corp Root", other := make_key(KeyKind.EC_P256), "CN=Corp Root", other)
    site.put("all.pem", site.leaf.pem + site.issuing.pem + site.root.pem + twin.pem)
    found, _ = site.read()
    assert found.chain[-1].label == f"corp-root-{site.root.fingerprint.replace(':', '')[:8].lower()}"


def test_links_and_files_that_are_too_large_are_not_followed(site: Site, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.pem").write_bytes(site.leaf.pem + site.issuing.pem + site.root.pem)
    (site.exchange / "link.pem").symlink_to(tmp_path / "elsewhere.pem")
    with (site.exchange / "large.pem").open("wb") as file:
        file.truncate(2 * 1024 * 1024)
    assert site.read() == (AnswerFact(), ())


HOSTED = build(
    read_recipe(
        "mqwizard: 1\norganization: Example\nhosts: {apphost: {}}\nqueue_managers: {QM1: {}}\n"
        "clients: {app1: {connects_to: QM1, host: apphost}}\n",
        source="r.yaml",
    ),
    Release(9, 4),
)


def requested(folder: Path, content: bytes) -> RequestFact:
    (folder / "exchange").mkdir(exist_ok=True)
    (folder / "exchange/app1.csr").write_bytes(content)
    machine = SimpleNamespace(path=lambda name: folder / name)
    return request_facts(machine, HOSTED, NOW)["app1"]  # type: ignore[arg-type]


def test_a_request_of_another_host_is_known_by_its_key_and_answered_by_a_certificate_for_it(site: Site) -> None:
    asked = request("CN=app1,OU=MQ,O=Example", site.key)
    found = requested(site.folder, asked)
    assert found == RequestFact(found.public_key)
    assert found.public_key.replace(":", "").lower() == site.leaf.public_key
    site.put("app1.pem", site.leaf.pem)
    assert requested(site.folder, asked).answered
    assert not requested(site.folder, request("CN=app1,OU=MQ,O=Example", make_key(KeyKind.EC_P256))).answered


def test_requests_that_nobody_should_sign_are_named_for_what_they_are(site: Site) -> None:
    asked = request("CN=app1,OU=MQ,O=Example", site.key)
    changed = x509.load_pem_x509_csr(asked).public_bytes(serialization.Encoding.DER)
    cases = {
        "it asks for CN=QM1,OU=MQ,O=Example": request(SUBJECT, site.key),
        "It holds a private key.": asked + key_to_pem(site.key, None),
        "far too large": asked + b" " * 2_000_000,
        "The signature of the certificate request is wrong.": changed.replace(b"app1", b"app2"),
        "it is no certificate request": site.root.pem,
        "It is empty.": b"",
    }
    for words, content in cases.items():
        assert words in requested(site.folder, content).wrong, words


def test_a_request_that_is_a_link_is_not_followed(site: Site, tmp_path: Path) -> None:
    (site.exchange / "app1.csr").symlink_to(site.exchange / "QM1.csr")
    machine = SimpleNamespace(path=lambda name: site.folder / name)
    assert request_facts(machine, HOSTED, NOW) == {}  # type: ignore[arg-type]
