"""The password-based encryption and the MAC of PKCS#12 files (RFC 7292, RFC 8018).

Used by `pkcs12`. The form of today is PBES2 with AES-256-CBC and the PRF HMAC-SHA256, 10,000 rounds; the
form that GSKit wrote before is 3DES. Both are written and read; PBES2 is read with any AES key length and
any PRF of the SHA family.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from asn1crypto import algos, core
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

ROUNDS = 10_000
LEGACY_ROUNDS = 1024
MAXIMUM_ROUNDS = 5_000_000
DIGESTS = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512"})
AES_KEY_BYTES = {"aes128_cbc": 16, "aes192_cbc": 24, "aes256_cbc": 32}
KEY_PURPOSE, IV_PURPOSE, MAC_PURPOSE = 1, 2, 3


class UnknownEncryptionError(Exception):
    """The file is encrypted in a way that this reader does not know."""


class WrongPasswordError(Exception):
    """The password does not open what it was tried on."""


def encrypt(plain: bytes, password: str, *, legacy: bool = False) -> tuple[algos.EncryptionAlgorithm, bytes]:
    """Encrypt under `password`; returns the algorithm to write beside the encrypted bytes."""
    if legacy:
        parameters = {"salt": os.urandom(8), "iterations": LEGACY_ROUNDS}
        old = algos.EncryptionAlgorithm({"algorithm": "pkcs12_sha1_tripledes_3key", "parameters": parameters})
        return old, _encrypted(*_cipher(old, password), plain)
    salt, iv = os.urandom(16), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS, 32)
    kdf = {
        "salt": algos.Pbkdf2Salt(name="specified", value=core.OctetString(salt)),
        "iteration_count": ROUNDS,
        "prf": {"algorithm": "sha256", "parameters": core.Null()},
    }
    algorithm = algos.EncryptionAlgorithm(
        {
            "algorithm": "pbes2",
            "parameters": {
                "key_derivation_func": {"algorithm": "pbkdf2", "parameters": kdf},
                "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": iv},
            },
        }
    )
    return algorithm, _encrypted(algorithms.AES(key), iv, plain)


def _encrypted(cipher: BlockCipherAlgorithm, iv: bytes, plain: bytes) -> bytes:
    padder = PKCS7(cipher.block_size).padder()
    encryptor = Cipher(cipher, modes.CBC(iv)).encryptor()
    padded = padder.update(plain) + padder.finalize()
    return encryptor.update(padded) + encryptor.finalize()


def decrypt(algorithm: algos.EncryptionAlgorithm, sealed: bytes, password: str) -> bytes:
    """Undo `encrypt`, and the older forms; raises UnknownEncryptionError or WrongPasswordError."""
    cipher, iv = _cipher(algorithm, password)
    decryptor = Cipher(cipher, modes.CBC(iv)).decryptor()
    unpadder = PKCS7(cipher.block_size).unpadder()
    try:
        padded = decryptor.update(sealed) + decryptor.finalize()
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError as error:
        raise WrongPasswordError from error


def is_modern(algorithm: algos.EncryptionAlgorithm) -> bool:
    """PBES2, which GSKit levels before 9.4 are recalled not to read in a file made elsewhere."""
    return bool(algorithm["algorithm"].native == "pbes2")


def _cipher(algorithm: algos.EncryptionAlgorithm, password: str) -> tuple[BlockCipherAlgorithm, bytes]:
    name, parameters = algorithm["algorithm"].native, algorithm["parameters"]
    if name == "pkcs12_sha1_tripledes_3key":
        salt, rounds = parameters["salt"].native, _rounds(parameters["iterations"].native)
        key = pkcs12_kdf("sha1", password, salt, rounds, purpose=KEY_PURPOSE, length=24)
        return TripleDES(key), pkcs12_kdf("sha1", password, salt, rounds, purpose=IV_PURPOSE, length=8)
    if name != "pbes2":
        raise UnknownEncryptionError(str(name))
    scheme, kdf = parameters["encryption_scheme"], parameters["key_derivation_func"]["parameters"]
    length = AES_KEY_BYTES.get(scheme["algorithm"].native)
    prf = kdf["prf"]["algorithm"].native
    if length is None or prf not in DIGESTS:
        raise UnknownEncryptionError(f"{scheme['algorithm'].native} with {prf}")
    rounds = _rounds(kdf["iteration_count"].native)
    key = hashlib.pbkdf2_hmac(prf, password.encode(), kdf["salt"].native, rounds, length)
    return algorithms.AES(key), scheme["parameters"].native


def _rounds(number: int) -> int:
    if not 0 < number <= MAXIMUM_ROUNDS:
        raise UnknownEncryptionError(f"{number} rounds")
    return number


def pkcs12_kdf(digest: str, password: str, salt: bytes, rounds: int, *, purpose: int, length: int) -> bytes:
    """RFC 7292 appendix B.2: the derivation that MACs and the 3DES form use."""
    block = hashlib.new(digest).block_size
    secret = password.encode("utf-16-be") + b"\0\0"
    filled = _fill(salt, block) + _fill(secret, block)
    derived = b""
    while len(derived) < length:
        part = bytes([purpose]) * block + filled
        for _ in range(rounds):
            part = hashlib.new(digest, part).digest()
        derived += part
        added = int.from_bytes(_fill(part, block)[:block], "big") + 1
        pieces = (filled[start : start + block] for start in range(0, len(filled), block))
        sums = ((int.from_bytes(piece, "big") + added) % (1 << (8 * block)) for piece in pieces)
        filled = b"".join(number.to_bytes(block, "big") for number in sums)
    return derived[:length]


def _fill(value: bytes, block: int) -> bytes:
    """Repeat `value` to the next full block; nothing stays nothing."""
    size = -(-len(value) // block) * block
    return (value * (size // len(value) + 1))[:size] if value else b""


def mac(digest: str, password: str, salt: bytes, rounds: int, content: bytes) -> bytes:
    """The MAC over the content of a PKCS#12 file; raises UnknownEncryptionError for a MAC of another kind."""
    if digest not in DIGESTS:
        raise UnknownEncryptionError(f"a MAC by {digest}")
    size = hashlib.new(digest).digest_size
    key = pkcs12_kdf(digest, password, salt, _rounds(rounds), purpose=MAC_PURPOSE, length=size)
    return hmac.digest(key, content, digest)
