from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st
from judges import verdict

from wizard.pki.errors import PrivateKeyError
from wizard.pki.keys import (
    KeyKind,
    PrivateKey,
    key_from_pem,
    key_to_pem,
    kind_of,
    public_key_digest,
)

Keys = Callable[..., PrivateKey]


@pytest.mark.parametrize("kind", [kind for kind in KeyKind if kind is not KeyKind.RSA_4096])
def test_each_kind_is_made_as_it_is_called(kind: KeyKind, key: Keys) -> None:
    made = key(kind)
    assert kind.value.endswith(str(made.key_size))
    assert kind_of(made) is kind


def test_a_key_of_another_size_has_no_kind() -> None:
    assert kind_of(rsa.generate_private_key(65537, 1024)) is None


@pytest.mark.parametrize("passphrase", [None, "Correct horse 1", "päßwörd"])
def test_a_key_is_read_again(passphrase: str | None, key: Keys) -> None:
    made = key(KeyKind.EC_P256)
    pem = key_to_pem(made, passphrase)
    assert public_key_digest(key_from_pem(pem, passphrase)) == public_key_digest(made)
    assert (b"ENCRYPTED" in pem) == (passphrase is not None)


def test_openssl_opens_an_encrypted_key_made_with_many_rounds(key: Keys) -> None:
    pem = key_to_pem(key(KeyKind.RSA_2048), "Correct horse 1").decode()
    assert "Key is valid" in verdict(
        "openssl", "pkey", "-check", "-noout", "-passin", "pass:Correct horse 1", given=pem
    )
    shown = verdict("openssl", "asn1parse", given=pem)
    assert ":PBKDF2" in shown and ":hmacWithSHA256" in shown and ":aes-256-cbc" in shown
    assert f":{300_000:06X}" in shown


@pytest.mark.parametrize("passphrase", ["wrong", None, ""])
def test_a_key_does_not_open_with_another_passphrase(passphrase: str | None, key: Keys) -> None:
    pem = key_to_pem(key(KeyKind.EC_P256), "Correct horse 1")
    with pytest.raises(PrivateKeyError):
        key_from_pem(pem, passphrase)


def test_an_empty_passphrase_is_no_encryption_and_is_refused(key: Keys) -> None:
    with pytest.raises(PrivateKeyError, match="empty"):
        key_to_pem(key(KeyKind.EC_P256), "")


def test_a_kind_mq_does_not_use_is_refused() -> None:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(PrivateKeyError, match="neither RSA nor elliptic"):
        key_from_pem(pem)


def test_a_huge_key_file_is_not_read() -> None:
    with pytest.raises(PrivateKeyError, match="too many"):
        key_from_pem(b"x" * 1_000_000)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_key_or_are_refused(data: bytes, framed: bool) -> None:
    text = b"-----BEGIN PRIVATE KEY-----\n" + data + b"\n-----END PRIVATE KEY-----\n" if framed else data
    with pytest.raises(PrivateKeyError) as refused:
        key_from_pem(text)
    assert refused.value.__cause__ is None, "the cause could quote the key"
