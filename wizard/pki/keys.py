"""Private keys: made, written as PKCS#8 PEM, read again.

Used by the run floor (MakeKey), by `certificates`, `store` and `ca`. A key never appears in a text form, an
error or a log. `KeyKind` alone can be had from `values` without loading cryptography.
"""

from __future__ import annotations

import hashlib

from asn1crypto import pem
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from wizard.pki.errors import PrivateKeyError
from wizard.pki.pbe import shroud_key
from wizard.pki.values import KeyKind

__all__ = [
    "KeyKind",
    "PrivateKey",
    "PublicKey",
    "key_from_pem",
    "key_to_pem",
    "kind_of",
    "make_key",
    "public_key_digest",
]

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

_LARGEST = 64 * 1024
# Slows down whoever guesses the passphrase of a stolen key file; about a tenth of a second for the owner.
_ROUNDS = 300_000
_CURVES = {KeyKind.EC_P256: ec.SECP256R1(), KeyKind.EC_P384: ec.SECP384R1(), KeyKind.EC_P521: ec.SECP521R1()}
_RSA_BITS = {KeyKind.RSA_2048: 2048, KeyKind.RSA_3072: 3072, KeyKind.RSA_4096: 4096}


def make_key(kind: KeyKind) -> PrivateKey:
    """A new private key from the system's random source."""
    if kind in _CURVES:
        return ec.generate_private_key(_CURVES[kind])
    return rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS[kind])


def key_to_pem(key: PrivateKey, passphrase: str | None) -> bytes:
    """PKCS#8 PEM; with a passphrase encrypted by AES-256, PBKDF2 with HMAC-SHA256 and 300,000 rounds.

    The rounds are this module's own: cryptography's best available encryption makes 2,048.
    """
    if passphrase is None:
        return _plain(key, serialization.Encoding.PEM)
    if not passphrase:
        raise PrivateKeyError("The passphrase of a private key is empty.", "", "Give one.")
    shrouded = shroud_key(_plain(key, serialization.Encoding.DER), passphrase, rounds=_ROUNDS)
    armored: bytes = pem.armor("ENCRYPTED PRIVATE KEY", shrouded.dump())
    return armored


def key_from_pem(data: bytes, passphrase: str | None = None, *, checked: bool = True) -> PrivateKey:
    """The RSA or EC key in a PEM text; a passphrase for a key that is not encrypted is not used.

    Checking an RSA key takes a tenth of a second in which no other thread works; a key that was made or checked in
    this run need not be `checked` again.
    Raises PrivateKeyError when the passphrase is missing or wrong, or the key is none MQ can use.
    """
    if len(data) > _LARGEST:
        raise PrivateKeyError(f"{len(data)} bytes are too many for a private key.", "", "Give the PEM file of one key.")
    encrypted = b"ENCRYPTED" in data
    if encrypted and passphrase is None:
        raise PrivateKeyError("The private key is encrypted.", "", "Give its passphrase.")
    secret = passphrase.encode() if encrypted and passphrase is not None else None
    try:
        key = serialization.load_pem_private_key(data, secret, unsafe_skip_rsa_key_validation=not checked)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # The cause is not chained: it may quote what was read.
        raise PrivateKeyError(
            "The private key cannot be read.",
            "It is damaged, not a PEM private key, or the passphrase is wrong.",
            "Check the passphrase; give a file that holds one BEGIN … PRIVATE KEY block.",
        ) from None
    if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        return key
    raise PrivateKeyError(
        "The private key is neither RSA nor elliptic curve.",
        "No CipherSpec of MQ works with another kind.",
        "Make a new key: RSA 2048 or EC P-256 and up.",
    )


def kind_of(key: PrivateKey) -> KeyKind | None:
    """The kind of a key; None for one that is not made here, such as RSA with 1,024 bits."""
    if isinstance(key, rsa.RSAPrivateKey):
        return next((kind for kind, bits in _RSA_BITS.items() if bits == key.key_size), None)
    return next((kind for kind, curve in _CURVES.items() if curve.name == key.curve.name), None)


def public_key_digest(key: PrivateKey | PublicKey) -> str:
    """SHA-256 of the SubjectPublicKeyInfo: the same for a key, its request and its certificate."""
    public = key.public_key() if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) else key
    encoded = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()


def _plain(key: PrivateKey, encoding: serialization.Encoding) -> bytes:
    return key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
