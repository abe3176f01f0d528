from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import pkcs12
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import pkcs12 as other_pkcs12
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judges import verdict
from mutations import DAMAGE, Damage, damaged

from wizard.pki.certificates import Certificate, issue, request, self_signed
from wizard.pki.errors import StoreError, StorePasswordError
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem
from wizard.pki.pbe import seal
from wizard.pki.store import Entry, Strength, read_pkcs12, write_pkcs12

PASSWORD = "Trr0ub4dor-and-3"
Keys = Callable[..., PrivateKey]
FIXTURES_STAY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


def personal(label: str, certificate: Certificate, key: PrivateKey, *chain: Certificate) -> Entry:
    return Entry(label, certificate.pem, tuple(one.pem for one in chain), key_to_pem(key, None))


@pytest.fixture
def entries(root: Certificate, issued: Callable[..., Certificate], key: Keys, now: datetime) -> list[Entry]:
    """The store of a queue manager: its key, the CA, and one self-signed partner."""
    partner = self_signed("CN=partner,O=Elsewhere", key(KeyKind.EC_P384), now=now, days=90)
    return [
        personal("qm1", issued("CN=QM1,O=Example"), key(KeyKind.RSA_2048), root),
        Entry("mq-ca", root.pem),
        Entry("partner", partner.pem),
    ]


@pytest.fixture
def written(entries: list[Entry]) -> bytes:
    return write_pkcs12(entries, PASSWORD)


@pytest.fixture
def written_old(entries: list[Entry]) -> bytes:
    return write_pkcs12(entries, PASSWORD, strength=Strength.LEGACY)


@pytest.mark.parametrize("strength", Strength)
def test_a_store_comes_back_as_it_was_written(entries: list[Entry], strength: Strength) -> None:
    assert read_pkcs12(write_pkcs12(entries, PASSWORD, strength=strength), PASSWORD) == entries


def test_a_store_of_our_own_comes_back_the_same_without_the_proof_of_its_keys(
    entries: list[Entry], written: bytes
) -> None:
    assert read_pkcs12(written, PASSWORD, own=True) == entries


def test_two_personal_certificates_keep_each_its_own_key(
    root: Certificate, issued: Callable[..., Certificate], key: Keys
) -> None:
    both = [
        personal("qm1-2025", issued("CN=QM1"), key(KeyKind.RSA_2048), root),
        personal("qm1-2026", issued("CN=QM1", KeyKind.EC_P256), key(KeyKind.EC_P256), root),
        Entry("mq-ca", root.pem),
    ]
    assert read_pkcs12(write_pkcs12(both, PASSWORD), PASSWORD) == both


def test_two_certificates_of_one_key_keep_their_labels(
    root: Certificate, issued: Callable[..., Certificate], key: Keys
) -> None:
    both = [
        personal("old", issued("CN=QM1"), key(KeyKind.RSA_2048), root),
        personal("new", issued("CN=QM1"), key(KeyKind.RSA_2048), root),
        Entry("mq-ca", root.pem),
    ]
    assert read_pkcs12(write_pkcs12(both, PASSWORD), PASSWORD) == both


def test_a_store_of_signers_only_and_an_empty_one_are_written(entries: list[Entry]) -> None:
    assert read_pkcs12(write_pkcs12(entries[1:], PASSWORD), PASSWORD) == entries[1:]
    assert read_pkcs12(write_pkcs12([], PASSWORD), PASSWORD) == []


def test_a_certificate_of_a_chain_is_labelled_by_its_name_and_never_like_the_key(
    root: Certificate, issued: Callable[..., Certificate], key: Keys
) -> None:
    made = [personal("mq ca", issued("CN=QM1"), key(KeyKind.RSA_2048), root)]
    found = read_pkcs12(write_pkcs12(made, PASSWORD), PASSWORD)
    assert [entry.label for entry in found] == ["mq ca", "MQ CA 2"]
    assert [entry.personal for entry in found] == [True, False]


def test_every_bag_is_labelled_and_only_signers_are_marked_as_trusted(written: bytes) -> None:
    marked = attributes_by_label(written)
    assert set(marked) == {"qm1", "mq-ca", "partner"}
    assert "trusted_key_usage" not in marked["qm1"]
    assert "local_key_id" in marked["qm1"]
    for signer in ("mq-ca", "partner"):
        assert "trusted_key_usage" in marked[signer]
        assert "local_key_id" not in marked[signer]


def attributes_by_label(store: bytes) -> dict[str, set[str]]:
    """Of each label the kinds of attributes its bags carry."""
    from wizard.pki.pbe import decrypt

    found: dict[str, set[str]] = {}
    for part in pkcs12.Pfx.load(store).authenticated_safe:
        content = part["content"].native
        if part["content_type"].native == "encrypted_data":
            inner = part["content"]["encrypted_content_info"]
            algorithm = inner["content_encryption_algorithm"]
            content = decrypt(algorithm, inner["encrypted_content"].native, PASSWORD)
        for bag in pkcs12.SafeContents.load(content):
            kinds = {one["type"].native: one["values"] for one in bag["bag_attributes"]}
            found.setdefault(kinds["friendly_name"][0].native, set()).update(kinds)
    return found


def test_another_reader_of_the_same_language_agrees(entries: list[Entry], written: bytes) -> None:
    loaded = other_pkcs12.load_pkcs12(written, PASSWORD.encode())
    assert loaded.cert is not None and loaded.cert.friendly_name == b"qm1"
    assert loaded.cert.certificate.public_bytes(serialization.Encoding.PEM) == entries[0].certificate_pem
    assert sorted(one.friendly_name or b"" for one in loaded.additional_certs) == [b"mq-ca", b"partner"]


@pytest.mark.parametrize("password", ["", "Wrong", PASSWORD + " ", PASSWORD.lower(), "\x00", "päßwörd", "😀"])
def test_a_wrong_password_is_called_so(written: bytes, password: str) -> None:
    with pytest.raises(StorePasswordError, match="does not open"):
        read_pkcs12(written, password)


@pytest.mark.parametrize("password", ["", "zürich", "new\nline"])
def test_a_password_other_tools_would_encode_otherwise_is_refused(entries: list[Entry], password: str) -> None:
    with pytest.raises(StoreError, match="printable ASCII"):
        write_pkcs12(entries, password)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("QM1", "collide"),
        ("", "cannot be a label"),
        (" qm2", "cannot be a label"),
        ("x" * 65, "cannot be a label"),
        ("it's", "apostrophe"),
        ("名前", "Latin-1"),
        ("a\x07b", "Latin-1"),
    ],
)
def test_a_label_that_somebody_would_lose_is_refused(label: str, said: str, entries: list[Entry]) -> None:
    with pytest.raises(StoreError, match=said):
        write_pkcs12([entries[0], Entry(label, entries[1].certificate_pem)], PASSWORD)


def test_a_key_that_belongs_to_another_certificate_is_refused(root: Certificate, key: Keys) -> None:
    with pytest.raises(StoreError, match="does not belong to its certificate"):
        write_pkcs12([personal("qm1", root, key(KeyKind.RSA_2048))], PASSWORD)


def test_one_certificate_under_two_labels_is_refused(entries: list[Entry]) -> None:
    with pytest.raises(StoreError, match="the same certificate"):
        write_pkcs12([*entries, Entry("again", entries[1].certificate_pem)], PASSWORD)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"hello", "no PKCS#12"),
        (b"0", "no PKCS#12|cut|damaged"),
        (b"-----BEGIN CERTIFICATE-----", "PEM text"),
        (b"\xfe\xed\xfe\xed\x00\x00\x00\x02", "Java store"),
        (b"\x30" * (5 * 1024 * 1024 + 1), "too large"),
        (b"\x30\x80" * 100_000, "damaged"),
        (b"\x30\x82\xff\xff\x02\x01\x03", "cut"),
    ],
)
def test_what_is_no_store_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(StoreError) as refused:
        read_pkcs12(data, PASSWORD)
    assert any(one in str(refused.value) for one in said.split("|"))


def test_a_store_cut_anywhere_is_called_cut(written: bytes) -> None:
    for length in range(5, len(written), 97):
        with pytest.raises(StoreError, match="cut"):
            read_pkcs12(written[:length], PASSWORD)


def test_a_store_that_asks_for_endless_work_is_refused(written: bytes) -> None:
    store = pkcs12.Pfx.load(written).copy()
    store["mac_data"]["iterations"] = 2_000_000_000
    with pytest.raises(StoreError, match="rounds"):
        read_pkcs12(store.dump(force=True), PASSWORD)


def test_a_store_without_a_mac_is_refused(written: bytes) -> None:
    store = pkcs12.Pfx.load(written)
    bare = pkcs12.Pfx({"version": "v3", "auth_safe": store["auth_safe"]})
    with pytest.raises(StoreError, match="no MAC"):
        read_pkcs12(bare.dump(), PASSWORD)


def test_neither_error_nor_text_form_holds_a_secret(entries: list[Entry], written: bytes) -> None:
    with pytest.raises(StorePasswordError) as refused:
        read_pkcs12(written, "Planted-Secret-1")
    assert "Planted-Secret-1" not in str(refused.value) + repr(refused.value)
    assert "PRIVATE" not in repr(entries[0])


@pytest.mark.parametrize("style", ["-legacy", "-nomaciter", "-certpbe=AES-128-CBC"])
def test_stores_of_openssl_are_read_old_ones_too(style: str, entries: list[Entry], tmp_path: Path) -> None:
    key_file, chain, made = tmp_path / "key.pem", tmp_path / "ca.pem", tmp_path / "made.p12"
    key_file.write_bytes((entries[0].key_pem or b"") + entries[0].certificate_pem)
    chain.write_bytes(entries[1].certificate_pem)
    verdict(
        "openssl", "pkcs12", "-export", *style.split("="), "-in", key_file, "-certfile", chain,
        "-name", "qm1", "-caname", "mq-ca", "-passout", f"pass:{PASSWORD}", "-out", made,
    )  # fmt: skip
    assert read_pkcs12(made.read_bytes(), PASSWORD) == entries[:2]
    with pytest.raises(StorePasswordError):
        read_pkcs12(made.read_bytes(), "Wrong")


@pytest.mark.parametrize("mac", ["sha1", "sha384", "sha512"])
def test_a_store_under_another_hash_is_read(mac: str, entries: list[Entry], tmp_path: Path) -> None:
    pem, made = tmp_path / "all.pem", tmp_path / "made.p12"
    pem.write_bytes((entries[0].key_pem or b"") + entries[0].certificate_pem + entries[1].certificate_pem)
    verdict(
        "openssl", "pkcs12", "-export", "-in", pem, "-name", "qm1", "-caname", "mq-ca", "-macalg", mac,
        "-keypbe", "AES-192-CBC", "-passout", f"pass:{PASSWORD}", "-out", made,
    )  # fmt: skip
    assert read_pkcs12(made.read_bytes(), PASSWORD) == entries[:2]


@pytest.mark.parametrize(
    ("options", "said"),
    [(["-keypbe", "PBE-SHA1-RC4-128", "-legacy"], "not supported here"), (["-nomac"], "no MAC")],
)
def test_what_mq_could_not_read_either_is_told(
    options: list[str], said: str, entries: list[Entry], tmp_path: Path
) -> None:
    pem, made = tmp_path / "all.pem", tmp_path / "made.p12"
    pem.write_bytes((entries[0].key_pem or b"") + entries[0].certificate_pem)
    verdict(
        "openssl", "pkcs12", "-export", "-in", pem, *options, "-passout", f"pass:{PASSWORD}", "-out", made
    )  # fmt: skip
    with pytest.raises(StoreError, match=said):
        read_pkcs12(made.read_bytes(), PASSWORD)


def test_a_key_no_cipherspec_works_with_is_told(now: datetime) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = builder.serial_number(1).not_valid_before(now).not_valid_after(now.replace(year=2030)).sign(key, None)
    store = other_pkcs12.serialize_key_and_certificates(
        b"a", key, made, None, serialization.BestAvailableEncryption(PASSWORD.encode())
    )
    with pytest.raises(StoreError, match="neither RSA nor elliptic"):
        read_pkcs12(store, PASSWORD)


def test_a_key_without_its_certificate_is_no_entry(entries: list[Entry], tmp_path: Path) -> None:
    pem, made = tmp_path / "key.pem", tmp_path / "made.p12"
    pem.write_bytes(entries[0].key_pem or b"")
    verdict(
        "openssl", "pkcs12", "-export", "-nocerts", "-inkey", pem, "-in", pem,
        "-passout", f"pass:{PASSWORD}", "-out", made,
    )  # fmt: skip
    assert read_pkcs12(made.read_bytes(), PASSWORD) == []


def test_a_certificate_without_a_label_is_named_by_its_subject(entries: list[Entry]) -> None:
    certificate = x509.load_pem_x509_certificate(entries[1].certificate_pem)
    plain = other_pkcs12.serialize_key_and_certificates(
        None, None, None, [certificate], serialization.BestAvailableEncryption(PASSWORD.encode())
    )
    assert [entry.label for entry in read_pkcs12(plain, PASSWORD)] == ["CN=MQ CA,O=Example"]


def test_a_chain_through_an_intermediate_is_put_together(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime
) -> None:
    middle_key, leaf_key = key(KeyKind.EC_P256, 7), key(KeyKind.EC_P256, 8)
    middle = self_signed("CN=Middle", middle_key, now=now, days=900, ca=True)
    leaf = issue(request("CN=leaf", leaf_key), ca_certificate=middle, ca_key=middle_key, now=now, days=9)
    made = write_pkcs12([personal("leaf", leaf, leaf_key), Entry("a", root.pem), Entry("b", middle.pem)], PASSWORD)
    assert read_pkcs12(made, PASSWORD)[0].chain == (middle.pem,)


@FIXTURES_STAY
@given(data=st.binary(max_size=300))
def test_any_bytes_are_a_store_or_are_refused(data: bytes) -> None:
    for start in (b"", b"\x30\x80", b"\x30\x82\x00\x40\x02\x01\x03\x30"):
        with pytest.raises(StoreError):
            read_pkcs12(start + data, PASSWORD)


@FIXTURES_STAY
@given(damage=DAMAGE)
def test_a_damaged_store_is_read_or_refused(damage: Damage, written: bytes, entries: list[Entry]) -> None:
    try:
        found = read_pkcs12(damaged(written, damage), PASSWORD)
    except StoreError:
        return
    assert found == entries, "the MAC lets nothing pass that was changed"


@FIXTURES_STAY
@given(damage=DAMAGE, old=st.booleans())
def test_nonsense_under_a_right_mac_is_read_or_refused(
    damage: Damage, old: bool, written: bytes, written_old: bytes
) -> None:
    store = pkcs12.Pfx.load(written_old if old else written)
    content = damaged(store["auth_safe"]["content"].native, damage)
    try:
        read_pkcs12(sealed(content), PASSWORD)
    except StoreError:
        return


@FIXTURES_STAY
@given(damage=DAMAGE)
def test_nonsense_in_unencrypted_bags_is_read_or_refused(damage: Damage, entries: list[Entry]) -> None:
    bags = pkcs12.SafeContents([bag_of(entry) for entry in entries]).dump()
    content = pkcs12.AuthenticatedSafe([{"content_type": "data", "content": damaged(bags, damage)}]).dump()
    try:
        read_pkcs12(sealed(content), PASSWORD)
    except StoreError:
        return


def sealed(content: bytes) -> bytes:
    """A store with this content, whatever it is, under a right MAC."""
    store: bytes = pkcs12.Pfx(
        {
            "version": "v3",
            "auth_safe": {"content_type": "data", "content": content},
            "mac_data": seal(content, PASSWORD),
        }
    ).dump()
    return store


def bag_of(entry: Entry) -> pkcs12.SafeBag:
    from asn1crypto import pem
    from asn1crypto import x509 as asn1_x509

    der = pem.unarmor(entry.certificate_pem)[2]
    return pkcs12.SafeBag(
        {
            "bag_id": "cert_bag",
            "bag_value": pkcs12.CertBag({"cert_id": "x509", "cert_value": asn1_x509.Certificate.load(der)}),
            "bag_attributes": [{"type": "friendly_name", "values": [entry.label]}],
        }
    )
