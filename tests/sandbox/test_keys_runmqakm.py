"""runmqakm at work: repositories, self-signed certificates, what is listed and shown."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from keys_calls import EC, PASSWORD, Machine, made, put, root

from wizard.sandbox.keys.entries import PrivateKey

LEGEND = ["Certificates found", "* default, - personal, ! trusted, # secret key"]


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path, capsys)


def sizes(folder: Path, stem: str) -> dict[str, tuple[int, int]]:
    found = sorted(folder.glob(f"{stem}.*"))
    return {one.name: (one.stat().st_size, stat.S_IMODE(one.stat().st_mode)) for one in found}


def test_a_new_cms_repository_is_four_files_of_the_seen_sizes(machine: Machine) -> None:
    machine.create("key.kdb")
    assert sizes(machine.folder, "key") == {
        "key.crl": (88, 0o600),
        "key.kdb": (88, 0o600),
        "key.rdb": (88, 0o600),
        "key.sth": (193, 0o600),
    }
    assert machine.done("key.kdb", "-cert -list") == ["No certificates were found."]


def test_a_new_pkcs12_repository_is_one_file_and_its_stash(machine: Machine) -> None:
    machine.create("key.p12")
    assert list(sizes(machine.folder, "key")) == ["key.p12", "key.sth"]


def test_without_a_type_a_repository_is_cms_whatever_its_name(machine: Machine) -> None:
    assert machine.run("-keydb", "-create", "-db", machine.path("key.p12"), "-pw", PASSWORD).status == 0
    assert sorted(sizes(machine.folder, "key")) == ["key.crl", "key.p12", "key.rdb"]


@pytest.mark.parametrize("name", ["key.kdb", "key.p12"])
def test_self_signed_and_signer_are_listed_with_their_marks(machine: Machine, name: str) -> None:
    machine.create(name)
    machine.done(name, "-cert -create", "-label", "qm1", "-dn", "CN=QM1,O=Acme,C=GB", *EC)
    machine.done(name, "-cert -add", "-label", "My Root CA 2", "-file", put(machine, "ca.pem", root().certificate))
    assert machine.done(name, "-cert -list") == [*LEGEND, "-\tqm1", '!\t"My Root CA 2"']
    assert machine.done(name, "-cert -list personal") == [*LEGEND, "-\tqm1"]
    assert machine.done(name, "-cert -list CA", "-v") == [
        *LEGEND,
        '!\t"My Root CA 2"  CN=Root CA,O=Acme  CN=Root CA,O=Acme',
    ]


def test_a_certificate_is_made_as_asked(machine: Machine) -> None:
    machine.create("key.p12")
    asked = ["-san_dnsname", "mq1.example.com,mq2.example.com", "-san_ipaddr", "192.0.2.1", "-eku",
             "serverAuth,clientAuth", "-san_emailaddr", "ops@example.com", "-expire", "90"]  # fmt: skip
    machine.done("key.p12", "-cert -create -label qm1 -dn CN=QM1 -size 384", *EC, *asked)
    found, key = made(machine, "key.p12", "qm1")
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["mq1.example.com", "mq2.example.com"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["192.0.2.1"]
    assert names.get_values_for_type(x509.RFC822Name) == ["ops@example.com"]
    usages = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usages) == [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert key.key_size == 384
    # Seen: valid from the day before, and eight octets of serial number.
    assert found.not_valid_after_utc - found.not_valid_before_utc == timedelta(days=91)
    assert found.not_valid_before_utc < datetime.now(UTC)
    assert 0 < found.serial_number < 1 << 63


@pytest.mark.parametrize(
    ("words", "kind", "size", "digest"),
    [
        ("", rsa.RSAPrivateKey, 2048, "sha256"),
        ("-size 3072 -sig_alg SHA512_WITH_RSA", rsa.RSAPrivateKey, 3072, "sha512"),
        ("-sig_alg sha384 -size 2048", rsa.RSAPrivateKey, 2048, "sha384"),
        ("-sig_alg SHA3WithRSA", rsa.RSAPrivateKey, 2048, "sha384"),
        ("-sig_alg EC_ecdsa_with_SHA384", ec.EllipticCurvePrivateKey, 384, "sha384"),
        ("-sig_alg SHA512WithECDSA", ec.EllipticCurvePrivateKey, 521, "sha512"),
        ("-sig_alg EC_ecdsa_with_SHA256 -size 521", ec.EllipticCurvePrivateKey, 521, "sha256"),
    ],
)
def test_algorithm_names_decide_key_and_signature(
    machine: Machine, words: str, kind: type[PrivateKey], size: int, digest: str
) -> None:
    machine.create("key.p12")
    machine.done("key.p12", f"-cert -create -label a -dn CN=a {words}")
    found, key = made(machine, "key.p12", "a")
    assert isinstance(key, kind)
    assert key.key_size == size
    assert found.signature_hash_algorithm is not None
    assert found.signature_hash_algorithm.name == digest


@pytest.mark.parametrize("name", ["key.kdb", "key.p12"])
def test_a_new_password_holds_for_everything_and_for_the_stash_when_asked(machine: Machine, name: str) -> None:
    machine.create(name)
    machine.done(name, "-cert -create -label qm1 -dn CN=QM1", *EC)
    machine.done(name, "-certreq -create -label new -dn CN=new", "-file", machine.path("a.csr"), *EC)
    change = ["-keydb", "-changepw", "-db", machine.path(name), "-new_pw", "another one"]
    assert machine.run(*change, "-pw", PASSWORD) == (0, [])
    assert machine.db(name, "-cert -list").status != 0
    stash = ["-keydb", "-stashpw", "-db", machine.path(name), "-pw", "another one"]
    assert machine.run(*stash) == (0, [])
    assert machine.labels(name) == ["- qm1"]
    assert machine.done(name, "-certreq -list")[1:] == ["\tnew"]
    assert machine.run("-keydb", "-changepw", "-db", machine.path(name), "-new_pw", PASSWORD, "-pw", "another one",
                       "-stash") == (0, [])  # fmt: skip
    assert machine.labels(name) == ["- qm1"]


def test_cms_is_converted_to_pkcs12(machine: Machine) -> None:
    machine.create("key.kdb")
    machine.done("key.kdb", "-cert -create -label qm1 -dn CN=QM1", *EC)
    words = ["-keydb", "-convert", "-db", machine.path("key.kdb"), "-pw", PASSWORD, "-new_format", "pkcs12"]
    assert machine.run(*words, "-target", machine.path("new.p12"), "-stash") == (0, [])
    assert machine.labels("new.p12") == ["- qm1"]
    assert sorted(sizes(machine.folder, "new")) == ["new.p12", "new.sth"]


def test_deleting_a_repository_leaves_nothing(machine: Machine) -> None:
    machine.create("key.kdb")
    assert machine.run("-keydb", "-delete", "-db", machine.path("key.kdb"), "-pw", PASSWORD) == (0, [])
    assert sizes(machine.folder, "key") == {}


def test_entries_are_renamed_trusted_and_deleted(machine: Machine) -> None:
    machine.create("key.p12")
    machine.done("key.p12", "-cert -add -label ca", "-file", put(machine, "ca.pem", root().certificate))
    machine.done("key.p12", "-cert -modify -label ca -trust disable")
    assert machine.labels("key.p12") == [" ca"]
    assert machine.done("key.p12", "-cert -details -label ca")[-1] == "Trust Status : Disabled"
    machine.done("key.p12", "-cert -modify -label ca -trust enable")
    machine.done("key.p12", "-cert -rename -label ca -new_label CA")
    assert machine.labels("key.p12") == ["! CA"]
    machine.done("key.p12", "-cert -delete -label CA")
    assert machine.done("key.p12", "-cert -list") == ["No certificates were found."]


DETAILS = """\
Label : qm1
Key Size : 2048
Version : X509 V3
Serial : [0-9a-f]+
Issuer : "CN=QM1,OU=MQ Team,O=Acme,C=GB"
Subject : "CN=QM1,OU=MQ Team,O=Acme,C=GB"
Not Before : [A-Z][a-z]+ \\d+, \\d{4} \\d+:\\d\\d:\\d\\d [AP]M GMT[+-]\\d\\d:\\d\\d

Not After : [A-Z][a-z]+ \\d+, \\d{4} \\d+:\\d\\d:\\d\\d [AP]M GMT[+-]\\d\\d:\\d\\d

Public Key
(    ([0-9A-F]{2} ){15}[0-9A-F]{2}
){18}    ([0-9A-F]{2} ){5}[0-9A-F]{2}
Public Key Type : RSA \\(1.2.840.113549.1.1.1\\)
Fingerprint : SHA1 : 
    ([0-9A-F]{2} ){15}[0-9A-F]{2}
    ([0-9A-F]{2} ){3}[0-9A-F]{2}
Fingerprint : MD5 : 
    ([0-9A-F]{2} ){15}[0-9A-F]{2}
Fingerprint : SHA256 : 
    ([0-9A-F]{2} ){15}[0-9A-F]{2}
    ([0-9A-F]{2} ){15}[0-9A-F]{2}
Fingerprint : HPKP : 
    [A-Za-z0-9+/]{43}=
Extensions
    SubjectKeyIdentifier
      keyIdentifier:
    ([0-9A-F]{2} ){15}[0-9A-F]{2}
    ([0-9A-F]{2} ){3}[0-9A-F]{2}
    AuthorityKeyIdentifier
      keyIdentifier:
    ([0-9A-F]{2} ){15}[0-9A-F]{2}
    ([0-9A-F]{2} ){3}[0-9A-F]{2}
      authorityIdentifier:
      authorityCertSerialNumber:
    eku
        serverAuth
        clientAuth
    basicConstraints
        ca = true
        critical
    key usage: keyCertSign, cRLSign
        critical
Signature Algorithm : SHA256WithRSASignature \\(1.2.840.113549.1.1.11\\)
Value
(    ([0-9A-F]{2} ){15}[0-9A-F]{2}
){16}Trust Status : Enabled"""  # noqa: W291 - blanks at line ends are part of the layout


def test_the_details_of_a_certificate_have_the_seen_layout(machine: Machine) -> None:
    machine.create("key.p12")
    machine.done("key.p12", "-cert -create -label qm1 -eku serverAuth,clientAuth -ca true",
                 "-dn", "CN=QM1,OU=MQ Team,O=Acme,C=GB")  # fmt: skip
    lines = machine.done("key.p12", "-cert -details -label qm1")
    assert re.fullmatch(DETAILS, "\n".join(lines)), "\n".join(lines)


def test_the_details_of_a_request_have_the_seen_layout(machine: Machine) -> None:
    machine.create("key.kdb")
    machine.done("key.kdb", "-certreq -create -label qm1 -size 2048 -sig_alg SHA512WithRSA -dn CN=www.example.com",
                 "-san_dnsname", "www.example.com", "-file", machine.path("a.csr"))  # fmt: skip
    lines = machine.done("key.kdb", "-certreq -details -label qm1")
    assert lines[:4] == ["Label : qm1", "Key Size : 2048", "Subject : CN=www.example.com", "Public Key"]
    start = lines.index("Public Key Type : RSA (1.2.840.113549.1.1.1)")
    fingerprint = lines[start + 2] + lines[start + 3]
    assert re.fullmatch("[0-9a-f]{40}", fingerprint)
    assert lines[start + 1] == "Fingerprint : "
    assert lines[start + 4 : start + 11] == [
        "Attributes",
        "Extension Reqs",
        "Extensions",
        "    subjectAlternativeName",
        "        dNSName: www.example.com",
        "Signature Algorithm : SHA512WithRSASignature (1.2.840.113549.1.1.13)",
        "Value",
    ]
    machine.done("key.kdb", "-certreq -extract -label qm1", "-target", machine.path("b.csr"))
    assert (machine.folder / "a.csr").read_bytes() == (machine.folder / "b.csr").read_bytes()
    machine.done("key.kdb", "-certreq -delete -label qm1")
    assert machine.done("key.kdb", "-certreq -list") == ["No certificate requests were found."]


def test_the_fingerprint_of_pinning_came_with_9_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine(tmp_path, capsys, "9.1.0.0")
    machine.create("key.kdb")
    machine.done("key.kdb", "-cert -create -label qm1 -dn CN=QM1", *EC)
    assert "HPKP" not in "\n".join(machine.done("key.kdb", "-cert -details -label qm1"))
