"""Encryption by a password, as PKCS#5 and PKCS#12 define it, for `store` and `keys`.

Two ways of writing. MODERN: PBES2 with AES-256-CBC, PBKDF2 and the PRF HMAC-SHA256 written out; MAC
HMAC-SHA256. LEGACY: 3DES and a SHA-1 MAC, for GSKit levels that know nothing newer; never a default. Reading
knows both, the other AES lengths and PRFs. Rounds are bounded, so that a store made to waste time is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from enum import Enum

from asn1crypto import algos, core, keys, pkcs12
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from wizard.pki.errors import StoreError, StorePasswordError

STORE_ROUNDS = 10_000
_MOST_ROUNDS = 1_000_000
_MAC_KEY, _CIPHER_KEY, _CIPHER_IV = 3, 1, 2  # the purposes of the PKCS#12 key derivation
_PRFS: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_MAC_HASHES = ("sha1", "sha224", "sha256", "sha384", "sha512")


class Strength(Enum):
    """How a store is encrypted."""

    MODERN = "modern"
    LEGACY = "legacy"


def encrypt(
    plain: bytes, password: str, *, rounds: int = STORE_ROUNDS, strength: Strength = Strength.MODERN
) -> tuple[algos.EncryptionAlgorithm, bytes]:
    """The algorithm with its parameters, and the encrypted bytes; salt and initial vector are new."""
    salt = os.urandom(16)
    if strength is Strength.LEGACY:
        algorithm = algos.EncryptionAlgorithm(
            {"algorithm": "pkcs12_sha1_tripledes_3key", "parameters": {"salt": salt, "iterations": rounds}}
        )
        return algorithm, _run(_legacy_cipher(password, salt, rounds), plain, decrypting=False)
    vector = os.urandom(16)
    derivation = {
        "algorithm": "pbkdf2",
        "parameters": {
            "salt": core.OctetString(salt),
            "iteration_count": rounds,
            "prf": {"algorithm": "sha256"},
        },
    }
    scheme = {"algorithm": "aes256_cbc", "parameters": vector}
    algorithm = algos.EncryptionAlgorithm(
        {"algorithm": "pbes2", "parameters": {"key_derivation_func": derivation, "encryption_scheme": scheme}}
    )
    key = PBKDF2HMAC(hashes.SHA256(), 32, salt, rounds).derive(password.encode())
    return algorithm, _run(Cipher(algorithms.AES(key), modes.CBC(vector)), plain, decrypting=False)


def decrypt(algorithm: algos.EncryptionAlgorithm, encrypted: bytes, password: str) -> bytes:
    """The plain bytes.

    Raises StorePasswordError when the padding shows that the password is wrong, StoreError for an algorithm
    or a number of rounds that is not supported, ValueError and its like for parameters that are nonsense.
    """
    name = algorithm["algorithm"].native
    if name == "pbes2":
        return _run(_pbes2_cipher(algorithm, password), encrypted, decrypting=True)
    if name == "pkcs12_sha1_tripledes_3key":
        rounds = bounded(algorithm.kdf_iterations)
        return _run(_legacy_cipher(password, algorithm.kdf_salt, rounds), encrypted, decrypting=True)
    raise _unsupported(name)


def shroud_key(
    pkcs8: bytes, password: str, *, rounds: int = STORE_ROUNDS, strength: Strength = Strength.MODERN
) -> keys.EncryptedPrivateKeyInfo:
    """An encrypted PKCS#8 key of an unencrypted one, both DER."""
    algorithm, encrypted = encrypt(pkcs8, password, rounds=rounds, strength=strength)
    return keys.EncryptedPrivateKeyInfo({"encryption_algorithm": algorithm, "encrypted_data": encrypted})


def seal(content: bytes, password: str, *, strength: Strength = Strength.MODERN) -> pkcs12.MacData:
    """The MAC that stands at the end of a store."""
    salt = os.urandom(16)
    name = "sha256" if strength is Strength.MODERN else "sha1"
    return pkcs12.MacData(
        {
            "mac": {
                "digest_algorithm": {"algorithm": name},
                "digest": _mac(content, password, name, salt, STORE_ROUNDS),
            },
            "mac_salt": salt,
            "iterations": STORE_ROUNDS,
        }
    )


def check_seal(mac: pkcs12.MacData, content: bytes, password: str) -> None:
    """Raises StorePasswordError when the MAC is not the one that this password makes of this content."""
    name = mac["mac"]["digest_algorithm"]["algorithm"].native
    if name not in _MAC_HASHES:
        raise _unsupported(name)
    made = _mac(content, password, name, mac["mac_salt"].native, bounded(mac["iterations"].native))
    if not hmac.compare_digest(made, mac["mac"]["digest"].native):
        raise StorePasswordError(
            "The password does not open the store.",
            "Or the store was changed after it was written, which is much less likely.",
            "Give the password it was made with; for a stashed one, runmqakm takes -stashed instead.",
        )


def bounded(rounds: int) -> int:
    """The rounds, when they are few enough to be meant seriously."""
    if 1 <= rounds <= _MOST_ROUNDS:
        return rounds
    raise StoreError(
        f"The store asks for {rounds} rounds of key derivation.",
        f"More than {_MOST_ROUNDS} only keep a machine busy; honest stores have some 10,000.",
        "Ask whoever made the store for another one.",
    )


def _pbes2_cipher(algorithm: algos.EncryptionAlgorithm, password: str) -> Cipher[modes.CBC]:
    if algorithm.kdf != "pbkdf2" or algorithm.kdf_hmac not in _PRFS:
        raise _unsupported(algorithm.kdf)
    if algorithm.encryption_mode != "cbc" or algorithm.encryption_cipher not in ("aes", "tripledes"):
        raise _unsupported(algorithm["parameters"]["encryption_scheme"]["algorithm"].native)
    length = algorithm.key_length
    if length not in (16, 24, 32):
        raise _unsupported(f"a key of {length} bytes")
    prf = _PRFS[algorithm.kdf_hmac]()
    rounds = bounded(algorithm.kdf_iterations)
    key = PBKDF2HMAC(prf, length, algorithm.kdf_salt, rounds).derive(password.encode())
    block = algorithms.AES(key) if algorithm.encryption_cipher == "aes" else TripleDES(key)
    return Cipher(block, modes.CBC(algorithm.encryption_iv))


def _legacy_cipher(password: str, salt: bytes, rounds: int) -> Cipher[modes.CBC]:
    derivation = _Derivation("sha1", password, salt, rounds)
    return Cipher(TripleDES(derivation.bytes_for(_CIPHER_KEY, 24)), modes.CBC(derivation.bytes_for(_CIPHER_IV, 8)))


def _run(cipher: Cipher[modes.CBC], data: bytes, *, decrypting: bool) -> bytes:
    """The data through the cipher, with the padding of PKCS#7."""
    block = cipher.algorithm.block_size  # type: ignore[attr-defined]  # every block cipher has one
    if not decrypting:
        padder = padding.PKCS7(block).padder()
        encryptor = cipher.encryptor()
        return encryptor.update(padder.update(data) + padder.finalize()) + encryptor.finalize()
    decryptor = cipher.decryptor()
    unpadder = padding.PKCS7(block).unpadder()
    try:
        return unpadder.update(decryptor.update(data) + decryptor.finalize()) + unpadder.finalize()
    except ValueError:
        raise StorePasswordError(
            "A part of the store does not open with this password.", "", "Give the password it was made with."
        ) from None


def _mac(content: bytes, password: str, name: str, salt: bytes, rounds: int) -> bytes:
    key = _Derivation(name, password, salt, rounds).bytes_for(_MAC_KEY, hashlib.new(name).digest_size)
    return hmac.new(key, content, name).digest()


@dataclass(frozen=True)
class _Derivation:
    """The key derivation of PKCS#12 (RFC 7292, appendix B.2), which cryptography does not offer."""

    hash_name: str
    password: str = field(repr=False)
    salt: bytes
    rounds: int

    def bytes_for(self, purpose: int, size: int) -> bytes:
        block = hashlib.new(self.hash_name).block_size
        mixed = _filled(self.salt, block) + _filled(self.password.encode("utf-16-be") + b"\0\0", block)
        made = b""
        while len(made) < size:
            digest = bytes([purpose]) * block + mixed
            for _ in range(self.rounds):
                digest = hashlib.new(self.hash_name, digest).digest()
            made += digest
            mixed = _stirred(mixed, _filled(digest, block)[:block])
        return made[:size]


def _stirred(mixed: bytes, addend: bytes) -> bytes:
    """Every block of `mixed` plus `addend` plus one, as big numbers of a block's size."""
    block = len(addend)
    added = int.from_bytes(addend, "big") + 1
    blocks = (int.from_bytes(mixed[at : at + block], "big") for at in range(0, len(mixed), block))
    return b"".join(((one + added) % (1 << 8 * block)).to_bytes(block, "big") for one in blocks)


def _filled(data: bytes, block: int) -> bytes:
    """The data repeated until it fills whole blocks."""
    size = -(-len(data) // block) * block
    return (data * (size // len(data) + 1))[:size] if data else b""


def _unsupported(name: str) -> StoreError:
    return StoreError(
        f"The store is encrypted by a method that is not supported here ({name}).",
        "It may be newer or far older than what MQ reads.",
        "Export it again with AES-256, PBKDF2 and an HMAC-SHA256 MAC.",
    )
