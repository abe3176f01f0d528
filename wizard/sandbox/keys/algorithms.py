"""Key types, key sizes and signature algorithms as -size and -sig_alg name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.keys.entries import PrivateKey
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.recalled import recalled, recalled_status

HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "SHA256": hashes.SHA256,
    "SHA384": hashes.SHA384,
    "SHA512": hashes.SHA512,
    "SHA3": hashes.SHA384,  # deprecated aliases, not the SHA-3 family
    "SHA5": hashes.SHA512,
}
CURVES: dict[int, type[ec.EllipticCurve]] = {256: ec.SECP256R1, 384: ec.SECP384R1, 521: ec.SECP521R1}
CURVE_SIZE_OF_HASH = {"SHA256": 256, "SHA384": 384, "SHA512": 521}
RSA_SIZES = (1024, 2048, 3072, 4096)
WEAK = re.compile(r"MD[25]|SHA1?|SHA224")
FORMS = (
    re.compile(r"(?P<hash>[A-Z0-9]+?)_?WITH_?(?P<kind>RSA|ECDSA)"),
    re.compile(r"EC_ECDSA_WITH_(?P<hash>[A-Z0-9]+)(?P<kind>)"),
    re.compile(r"(?P<hash>MD[25]|SHA[0-9]*)(?P<kind>)"),
)


@dataclass(frozen=True)
class Algorithm:
    """How to make and sign with a key; `elliptic` tells the key type."""

    name: str
    elliptic: bool

    @property
    def hash(self) -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512:
        return HASHES[self.name]()


def algorithm(text: str | None) -> Algorithm:
    """The algorithm of a -sig_alg value in any of its spellings; none means the default.

    Raises SandboxError for MD2, MD5, SHA-1 and SHA-224, which the sandbox does not make, and CommandError for
    what is no name.
    """
    upper = (text or recalled("keys.default.sig_alg")).upper()
    for form in FORMS:
        match = form.fullmatch(upper)
        if match is None:
            continue
        name = match["hash"]
        if WEAK.fullmatch(name):
            raise SandboxError(f"The sandbox does not sign with {text}: it is weak.")
        if name in HASHES:
            return Algorithm(name, elliptic=match["kind"] == "ECDSA" or upper.startswith("EC_"))
    raise failure("option-value", option="-sig_alg", value=text or "")


def generate(wanted: Algorithm, size: str | None) -> PrivateKey:
    """A new key; without a size the default for RSA, and the curve that fits the hash (recalled)."""
    number = _size(wanted, size)
    if wanted.elliptic:
        return ec.generate_private_key(CURVES[number]())
    return rsa.generate_private_key(public_exponent=65537, key_size=number)


def _size(wanted: Algorithm, size: str | None) -> int:
    if size is None:
        return CURVE_SIZE_OF_HASH[wanted.name] if wanted.elliptic else recalled_status("keys.default.size")
    allowed = tuple(CURVES) if wanted.elliptic else RSA_SIZES
    if not (size.isascii() and size.isdigit()) or int(size) not in allowed:
        raise failure("option-value", option="-size", value=size)
    return int(size)


def for_key(key: PrivateKey, text: str | None) -> Algorithm:
    """The algorithm to sign with `key`; none named: the one that fits it. Raises CommandError when they differ."""
    elliptic = isinstance(key, ec.EllipticCurvePrivateKey)
    if text is None:
        fitting = {size: name for name, size in CURVE_SIZE_OF_HASH.items()}
        return Algorithm(fitting.get(key.key_size, "SHA256") if elliptic else "SHA256", elliptic=elliptic)
    wanted = algorithm(text)
    short = text.upper() in HASHES
    if not short and wanted.elliptic != elliptic:
        raise failure("option-value", option="-sig_alg", value=text)
    return Algorithm(wanted.name, elliptic=elliptic)
