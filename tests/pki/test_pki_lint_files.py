"""Files as people hand them over: what they are, and what is wrong with what they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from wizard.pki.certificates import Certificate, read_certificates, request, self_signed
from wizard.pki.findings import Rule
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem
from wizard.pki.lint_files import FileKind, lint_contents, read_file
from wizard.pki.passwords import strong_password
from wizard.pki.store import write_pkcs12
from wizard.pki.values import Entry

Keys = Callable[..., PrivateKey]
Issue = Callable[..., Certificate]

PASSWORD = strong_password()


@pytest.fixture
def found(now: datetime) -> Callable[..., list[Rule]]:
    """The rules that a file breaks."""

    def rules(data: bytes, *known: Certificate, password: str | None = None, cipher_spec: str = "") -> list[Rule]:
        contents = read_file(data, password)
        return [one.rule for one in lint_contents(contents, now=now, known=known, cipher_spec=cipher_spec)]

    return rules


Found = Callable[..., list[Rule]]


def odd(subject: x509.Name, key: PrivateKey, now: datetime, *extensions: tuple[x509.ExtensionType, bool]) -> bytes:
    """A self-signed certificate with any name and any extensions."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1000))
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def name(**attributes: str) -> x509.Name:
    oids = {"CN": NameOID.COMMON_NAME, "serialNumber": NameOID.SERIAL_NUMBER, "surname": NameOID.SURNAME}
    return x509.Name([x509.NameAttribute(oids[key], value) for key, value in attributes.items()])


def test_a_leaf_with_its_root_has_nothing_wrong(found: Found, issued: Issue, root: Certificate) -> None:
    assert found(issued("CN=app1").pem + root.pem) == []


def test_a_chain_may_lie_in_several_files(found: Found, issued: Issue, root: Certificate) -> None:
    leaf = issued("CN=app1")
    assert found(leaf.pem) == [Rule.CHAIN_INCOMPLETE]
    assert found(leaf.pem, root) == []


def test_a_root_before_its_leaf_is_out_of_order(found: Found, issued: Issue, root: Certificate) -> None:
    assert found(root.pem + issued("CN=app1").pem) == [Rule.CHAIN_ORDER]


def test_a_file_of_cas_is_judged_as_signers(found: Found, root: Certificate) -> None:
    assert found(root.pem) == []


def test_a_private_key_in_a_file_is_an_error_and_must_be_that_of_a_certificate(
    found: Found, key: Keys, now: datetime
) -> None:
    own, other = key(KeyKind.EC_P256, 1), key(KeyKind.EC_P256, 2)
    made = self_signed("CN=app1", own, now=now, days=365)
    assert found(made.pem + key_to_pem(own, None)) == [Rule.PRIVATE_KEY]
    assert found(key_to_pem(other, None) + made.pem) == [Rule.PRIVATE_KEY, Rule.KEY_DIFFERS]


def test_a_request_is_judged_by_its_key_and_name(found: Found, key: Keys) -> None:
    assert found(request("CN=app1", key(KeyKind.EC_P256))) == []
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    weak = builder.sign(ec.generate_private_key(ec.SECP224R1()), hashes.SHA256())
    assert found(weak.public_bytes(serialization.Encoding.PEM)) == [Rule.WEAK_KEY, Rule.SUBJECT_EMPTY]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\xfe\xed\xfe\xed rest", "Java store"),
        ("-----BEGIN CERTIFICATE-----\r\nMIIB\r\n".encode("cp500"), "z/OS"),
        (b"-----BEGIN TRUSTED CERTIFICATE-----\n", "OpenSSL"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB", "END line"),
        (b"\x30\x82\x03\x00" + b"\x0d\x0a" * 60, "sent as text"),
    ],
)
def test_what_cannot_be_read_is_named_for_what_it_is(data: bytes, words: str) -> None:
    failure = read_file(data).failure
    assert failure is not None
    assert words in failure.what
    assert failure.remedy


def test_a_store_asks_for_its_password_and_tells_a_wrong_one(found: Found, issued: Issue, root: Certificate) -> None:
    store = write_pkcs12([Entry("ca", root.pem)], PASSWORD)
    assert read_file(store).kind is FileKind.STORE
    assert found(store) == [Rule.UNREADABLE]
    assert found(store, password="wrong") == [Rule.UNREADABLE]
    assert found(store, password=PASSWORD) == []


def test_a_store_is_judged_with_its_signers_and_labels(
    found: Found, issued: Issue, root: Certificate, key: Keys
) -> None:
    own = Entry("ibmWebSphereMQapp1", issued("CN=app1").pem, key_pem=key_to_pem(key(KeyKind.RSA_2048), None))
    assert found(write_pkcs12([own], PASSWORD), password=PASSWORD) == [Rule.LABEL_CASE, Rule.CHAIN_INCOMPLETE]
    whole = write_pkcs12([own, Entry("ca", root.pem)], PASSWORD)
    assert found(whole, password=PASSWORD) == [Rule.LABEL_CASE, Rule.NO_REVOCATION]


def test_labels_that_other_tools_wrote_are_judged(found: Found, issued: Issue, root: Certificate) -> None:
    cas = [
        pkcs12.PKCS12Certificate(x509.load_pem_x509_certificate(one), label)
        for one, label in ((root.pem, b"it's ours"), (issued("CN=a").pem, b"IT'S ours"))
    ]
    hidden = serialization.BestAvailableEncryption(PASSWORD.encode())
    store = pkcs12.serialize_key_and_certificates(None, None, None, cas, hidden)
    assert set(found(store, password=PASSWORD)) >= {Rule.LABEL_COLLIDES, Rule.LABEL_ODD}


def test_a_weak_password_is_noted_without_being_shown(root: Certificate, now: datetime) -> None:
    contents = read_file(write_pkcs12([Entry("ca", root.pem)], "changeit"), "changeit")
    (noted,) = lint_contents(contents, now=now)
    assert noted.rule is Rule.WEAK_PASSWORD
    assert "changeit" not in repr(contents) + repr(noted)


@pytest.mark.parametrize(
    ("subject", "rules"),
    [
        (name(), [Rule.SUBJECT_EMPTY]),
        (name(CN="app1", serialNumber="7"), [Rule.SUBJECT_UNMATCHED]),
        (name(CN="app1", surname="Mouse"), [Rule.SUBJECT_UNMATCHED]),
    ],
)
def test_subjects_that_mq_cannot_match_are_found(
    subject: x509.Name, rules: list[Rule], found: Found, key: Keys, now: datetime
) -> None:
    assert found(odd(subject, key(KeyKind.EC_P256), now)) == rules


def test_a_curve_of_the_right_size_and_the_wrong_family_is_refused(found: Found, now: datetime) -> None:
    made = odd(name(CN="app1"), ec.generate_private_key(ec.SECP256K1()), now)
    assert read_certificates(made)[0].key == "EC secp256k1"
    assert found(made) == [Rule.WEAK_KEY]


def test_an_ocsp_address_is_noted_since_a_firewall_may_hide_it(found: Found, key: Keys, now: datetime) -> None:
    url = x509.UniformResourceIdentifier("http://ocsp.example.com")
    access = x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, url)])
    assert found(odd(name(CN="app1"), key(KeyKind.EC_P256), now, (access, False))) == [Rule.OCSP_ASKED]


def test_a_ca_that_runmqakm_may_refuse_is_warned_of(found: Found, key: Keys, now: datetime) -> None:
    made = odd(name(CN="CA"), key(KeyKind.EC_P256), now, (x509.BasicConstraints(ca=True, path_length=None), False))
    assert found(made) == [Rule.CA_FLAG_NOT_CRITICAL]


def test_more_cas_than_one_permits_and_a_ca_that_ends_first_are_found(key: Keys, now: datetime) -> None:
    from dataclasses import replace

    from wizard.pki.lint_chain import ends_before, path_lengths

    leaf, middle, root = (self_signed(f"CN={one}", key(KeyKind.EC_P256), now=now, days=90) for one in "abc")
    middle, narrow = replace(middle, self_signed=False), replace(root, path_length=0)
    assert [one.rule for one in path_lengths([leaf, middle, narrow])] == [Rule.PATH_LENGTH]
    assert list(path_lengths([leaf, middle, replace(root, path_length=1)])) == []
    assert list(path_lengths([leaf, narrow])) == []
    early = replace(root, not_after=leaf.not_after - timedelta(days=1))
    assert [one.rule for one in ends_before([leaf, early])] == [Rule.ENDS_BEFORE]
    assert list(ends_before([leaf, root])) == []


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"-----BEGIN CERTIFICATE-----\n", b"\x30\x82\x01\x00\x02\x01\x03\x30"]),
)
def test_no_bytes_make_it_fall_over(data: bytes, start: bytes) -> None:
    contents = read_file(start + data, "password")
    findings = lint_contents(contents, now=datetime(2026, 11, 20, tzinfo=UTC))
    assert contents.failure is None or findings == [contents.failure]
