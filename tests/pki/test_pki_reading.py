from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import DAMAGE, Damage, damaged

from wizard.pki.certificates import Certificate, read_certificates, read_request, request
from wizard.pki.errors import CertificateError
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem

FIXTURES_STAY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


@pytest.fixture
def three(root: Certificate, issued: Callable[..., Certificate]) -> list[Certificate]:
    return [issued("CN=app1"), issued("CN=app2", KeyKind.EC_P256), root]


@pytest.fixture
def asked(key: Callable[..., PrivateKey]) -> bytes:
    pem = request("CN=a,O=b", key(KeyKind.EC_P256), ["a.example.com"])
    return x509.load_pem_x509_csr(pem).public_bytes(serialization.Encoding.DER)


def der(certificate: Certificate) -> bytes:
    return x509.load_pem_x509_certificate(certificate.pem).public_bytes(serialization.Encoding.DER)


def pkcs7_of(certificates: list[Certificate], encoding: serialization.Encoding) -> bytes:
    loaded = [x509.load_pem_x509_certificate(one.pem) for one in certificates]
    return pkcs7.serialize_certificates(loaded, encoding)


def test_several_certificates_come_in_their_order_whatever_text_is_around(three: list[Certificate]) -> None:
    text = b"Dear partner,\r\n" + b"\nand the next:\n".join(one.pem for one in three) + b"\nRegards\n"
    assert read_certificates(text) == three
    assert read_certificates(text.replace(b"\n", b"\r\n")) == three


def test_der_and_both_forms_of_pkcs7_are_read(three: list[Certificate]) -> None:
    assert read_certificates(der(three[0])) == three[:1]
    for encoding in (serialization.Encoding.DER, serialization.Encoding.PEM):
        found = read_certificates(pkcs7_of(three, encoding))
        assert sorted(one.fingerprint for one in found) == sorted(one.fingerprint for one in three)


def test_a_pkcs7_that_calls_itself_a_certificate_is_read(three: list[Certificate]) -> None:
    wrapped = base64.encodebytes(pkcs7_of(three[:1], serialization.Encoding.DER))
    text = b"-----BEGIN CERTIFICATE-----\n" + wrapped + b"-----END CERTIFICATE-----\n"
    assert read_certificates(text) == three[:1]


def test_a_text_saved_by_powershell_is_read(three: list[Certificate]) -> None:
    assert read_certificates(three[0].pem.decode().encode("utf-16")) == three[:1]


def test_the_certificate_beside_a_key_is_read_and_the_key_is_not(
    three: list[Certificate], key: Callable[..., PrivateKey]
) -> None:
    both = key_to_pem(key(KeyKind.RSA_2048), None) + three[0].pem
    assert read_certificates(both) == three[:1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "It is empty"),
        (b"  \n", "It is empty"),
        (b"hello", "Nobody can tell"),
        (b"-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----", "private key"),
        (b"-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----", "a CA must answer"),
        (b"-----BEGIN CERTIFICATE-----\nMIIB", "no END line"),
        (b"-----BEGIN CERTIFICATE-----\n?!\n-----END CERTIFICATE-----", "cannot be read"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "Certificate 1 of 1"),
        (b"\xfe\xed\xfe\xed\x00\x00\x00\x02", "Java store"),
        (b"\x30\x82\x0a\x00\x02\x01\x03\x30\x82", "PKCS#12"),
        (b"\x60\x60\x60\x60\x60\xc2\xc5\xc7\xc9\xd5", "z/OS"),
        (b"-----BEGIN X509 CRL-----\nx\n-----END X509 CRL-----", "revocation list"),
        (b"x" * (1024 * 1024 + 1), "too many"),
    ],
)
def test_what_holds_no_certificate_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(CertificateError) as refused:
        read_certificates(data)
    assert said in str(refused.value)
    assert refused.value.remedy


def test_the_damaged_one_of_several_is_named(three: list[Certificate]) -> None:
    damaged = three[1].pem.replace(b"\nMI", b"\nAA", 1)
    with pytest.raises(CertificateError, match="Certificate 2 of 3"):
        read_certificates(three[0].pem + damaged + three[2].pem)


def test_a_file_with_very_many_certificates_is_refused(root: Certificate) -> None:
    with pytest.raises(CertificateError, match="more than 200"):
        read_certificates(root.pem * 201)


@FIXTURES_STAY
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_certificates_or_are_refused(data: bytes, framed: bool) -> None:
    if framed:
        body = base64.encodebytes(data)
        data = b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"
    with pytest.raises(CertificateError):
        read_certificates(data)


@FIXTURES_STAY
@given(damage=DAMAGE, which=st.integers(0, 2))
def test_a_damaged_certificate_is_read_or_refused(damage: Damage, which: int, three: list[Certificate]) -> None:
    try:
        found = read_certificates(damaged(der(three[which]), damage))
    except CertificateError:
        return
    assert len(found) == 1


@FIXTURES_STAY
@given(damage=DAMAGE)
def test_a_damaged_pkcs7_is_read_or_refused(damage: Damage, three: list[Certificate]) -> None:
    try:
        read_certificates(damaged(pkcs7_of(three, serialization.Encoding.DER), damage))
    except CertificateError:
        return


@FIXTURES_STAY
@given(damage=DAMAGE)
def test_a_damaged_text_is_read_or_refused(damage: Damage, three: list[Certificate]) -> None:
    try:
        read_certificates(damaged(b"".join(one.pem for one in three), damage))
    except CertificateError:
        return


@FIXTURES_STAY
@given(damage=DAMAGE)
def test_a_damaged_request_is_read_or_refused(damage: Damage, asked: bytes) -> None:
    try:
        read_request(damaged(asked, damage))
    except CertificateError:
        return


def test_a_certificate_is_no_request(root: Certificate) -> None:
    with pytest.raises(CertificateError, match="no certificate request"):
        read_request(root.pem)


def test_a_request_in_microsofts_frame_is_read(key: Callable[..., PrivateKey]) -> None:
    text = request("CN=app1", key(KeyKind.EC_P256)).replace(b"CERTIFICATE REQ", b"NEW CERTIFICATE REQ")
    assert read_request(text).subject == "CN=app1"
