"""Reads PKCS#12 stores, by whichever tool they were written: several keys, signers, old and new encryption.

Used through `store.read_pkcs12`. Input is bounded, so are rounds, bags and nesting; whatever is wrong with
the bytes comes out as StoreError, a wrong password as StorePasswordError.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import cms, pkcs12
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from wizard.pki import names
from wizard.pki.describe import issued_by
from wizard.pki.errors import StoreError
from wizard.pki.keys import PrivateKey, key_to_pem
from wizard.pki.pbe import check_seal, decrypt, seal
from wizard.pki.reading import quiet
from wizard.pki.values import Entry

_LARGEST = 5 * 1024 * 1024
_MOST_BAGS = 1000
_DEEPEST = 4
_LONGEST_CHAIN = 10
# What asn1crypto and cryptography raise for bytes that do not mean what they claim.
_NONSENSE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
    x509.InvalidVersion,
)
_ATTRIBUTES = frozenset({"friendly_name", "local_key_id", "trusted_key_usage"})
# These need RC2 with 40 bits, which cryptography has only inside its own reader of whole stores.
_OLD_CIPHERS = frozenset({"pkcs12_sha1_rc2_40"})


@dataclass(frozen=True)
class _Key:
    label: str
    key_id: bytes | None
    key: PrivateKey = field(repr=False)


@dataclass(frozen=True)
class _Held:
    label: str
    key_id: bytes | None
    certificate: x509.Certificate
    trusted: bool = False


@dataclass
class _Contents:
    checks_keys: bool
    keys: list[_Key] = field(default_factory=list)
    certificates: list[_Held] = field(default_factory=list)


def read_pkcs12(data: bytes, password: str, *, own: bool = False) -> list[Entry]:
    """The entries of a store: personal ones with key and chain first, then all others as signers.

    A certificate without a label is named by its subject. With `own` the store is one that we wrote, and the proof that
    the numbers of each RSA key belong together, which takes longest, is left out. Raises StorePasswordError for a wrong
    password, StoreError for what is no PKCS#12, cut, over 5 MiB, without a MAC, or encrypted by an unknown method.
    """
    if len(data) > _LARGEST:
        raise StoreError(
            f"A store of {len(data)} bytes is too large.",
            f"At most {_LARGEST} are read; MQ itself takes some 100 certificates.",
            "Check that it is the store that was meant.",
        )
    _refuse_other_kinds(data)
    try:
        with quiet():
            return _entries(_contents(data, password, checks_keys=not own))
    except UnsupportedAlgorithm as error:
        raise StoreError(
            "The store holds a key of a kind that is not known here.",
            "MQ uses RSA, and EC on the NIST curves.",
            "Take that certificate out of the store, and read it again.",
        ) from error
    except _NONSENSE as error:
        raise StoreError(
            "The store is damaged.",
            "It starts like a PKCS#12 store and does not go on like one.",
            "Copy it again in binary mode, or take the last backup.",
        ) from error


def _refuse_other_kinds(data: bytes) -> None:
    signs = (
        (not data, "It is empty."),
        (data[:4] in (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"), "It is a Java store (JKS or JCEKS)."),
        (b"-----BEGIN " in data[:2000], "It is PEM text."),
        (data[:1] != b"\x30", "It may be a CMS store (.kdb), or was transferred as text."),
    )
    for is_so, words in signs:
        if is_so:
            raise StoreError(
                "This is no PKCS#12 store.",
                words,
                "Give a .p12 file; runmqakm -keydb -convert makes one of a .kdb.",
            )
    length, header = _announced(data)
    if len(data) < header + length:
        raise StoreError(
            f"The store is cut: {len(data)} bytes of {header + length} are there.",
            "It was not copied whole.",
            "Copy it again in binary mode.",
        )


def _announced(data: bytes) -> tuple[int, int]:
    """The length that the outermost ASN.1 header claims, and the header's own; 0 where it does not say."""
    first = data[1] if len(data) > 1 else 0
    if first < 0x80:
        return first, 2
    octets = first & 0x7F
    return int.from_bytes(data[2 : 2 + octets], "big") if octets <= 4 else 0, 2 + octets


def _contents(data: bytes, password: str, *, checks_keys: bool) -> _Contents:
    store = pkcs12.Pfx.load(data)
    if store["auth_safe"]["content_type"].native != "data":
        raise StoreError(
            "The store is sealed by a signature, not by a password.", "", "Export it again with a password."
        )
    content = store["auth_safe"]["content"].native
    if not isinstance(store["mac_data"], pkcs12.MacData):
        raise StoreError(
            "The store has no MAC.",
            "Nobody can tell whether it was changed or whether the password is right.",
            "Export it again with a password and a MAC.",
        )
    check_seal(store["mac_data"], content, password)
    contents = _Contents(checks_keys)
    for part in pkcs12.AuthenticatedSafe.load(content):
        _read_part(part, password, contents)
    return contents


def _read_part(part: cms.ContentInfo, password: str, into: _Contents) -> None:
    kind = part["content_type"].native
    if kind == "data":
        _read_bags(pkcs12.SafeContents.load(part["content"].native), password, into)
        return
    if kind != "encrypted_data":
        raise StoreError(
            "A part of the store is encrypted for a certificate, not by a password.",
            "",
            "Export it again with a password.",
        )
    encrypted = part["content"]["encrypted_content_info"]
    algorithm = encrypted["content_encryption_algorithm"]
    if algorithm["algorithm"].native in _OLD_CIPHERS:
        into.certificates += _old_certificates(part, password)
        return
    plain = decrypt(algorithm, encrypted["encrypted_content"].native, password)
    _read_bags(pkcs12.SafeContents.load(plain), password, into)


def _read_bags(bags: pkcs12.SafeContents, password: str, into: _Contents, depth: int = 1) -> None:
    for bag in bags:
        if len(into.keys) + len(into.certificates) >= _MOST_BAGS or depth > _DEEPEST:
            raise StoreError(
                f"The store holds more than {_MOST_BAGS} entries, or nests them too deep.",
                "No tool of MQ writes such a one.",
                "Check where it comes from.",
            )
        kind, value = bag["bag_id"].native, bag["bag_value"]
        label, key_id, trusted = _labels(bag)
        if kind == "safe_contents":
            _read_bags(value, password, into, depth + 1)
        elif kind == "cert_bag" and value["cert_id"].native == "x509":
            certificate = x509.load_der_x509_certificate(bytes(value["cert_value"]))
            into.certificates.append(_Held(label, key_id, certificate, trusted))
        elif kind == "pkcs8_shrouded_key_bag":
            plain = decrypt(value["encryption_algorithm"], value["encrypted_data"].native, password)
            into.keys.append(_Key(label, key_id, _usable_key(plain, checked=into.checks_keys)))
        elif kind == "key_bag":
            into.keys.append(_Key(label, key_id, _usable_key(value.dump(), checked=into.checks_keys)))


def _labels(bag: pkcs12.SafeBag) -> tuple[str, bytes | None, bool]:
    """The label of a bag, the identifier that ties a key to its certificate, and whether Java trusts it."""
    found: dict[str, object] = {}
    for attribute in bag["bag_attributes"] or ():
        name = attribute["type"].native
        if name in _ATTRIBUTES and len(attribute["values"]):
            found.setdefault(name, attribute["values"][0].native)
    label, key_id = found.get("friendly_name", ""), found.get("local_key_id")
    return (
        label if isinstance(label, str) else "",
        key_id if isinstance(key_id, bytes) else None,
        "trusted_key_usage" in found,
    )


def _usable_key(pkcs8: bytes, *, checked: bool) -> PrivateKey:
    key = serialization.load_der_private_key(pkcs8, None, unsafe_skip_rsa_key_validation=not checked)
    if isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        return key
    raise StoreError(
        "A private key in the store is neither RSA nor elliptic curve.",
        "No CipherSpec of MQ works with another kind.",
        "Take it out of the store, or make a new key of a usual kind.",
    )


def _old_certificates(part: cms.ContentInfo, password: str) -> list[_Held]:
    """The certificates of a part in an old encryption, by way of a store that holds nothing else."""
    content = pkcs12.AuthenticatedSafe([part]).dump()
    alone = pkcs12.Pfx(
        {
            "version": "v3",
            "auth_safe": {"content_type": "data", "content": content},
            "mac_data": seal(content, password),
        }
    )
    loaded = load_pkcs12(alone.dump(), password.encode())
    return [
        _Held((one.friendly_name or b"").decode("utf-8", "replace"), None, one.certificate)
        for one in loaded.additional_certs
    ]


def _entries(contents: _Contents) -> list[Entry]:
    personal: list[Entry] = []
    own: set[x509.Certificate] = set()
    for key in contents.keys:
        held = _certificate_of(key, contents.certificates)
        if held is None:
            continue  # a key whose certificate has not come yet is no entry that anybody can use
        own.add(held.certificate)
        chain = tuple(_chain(held.certificate, contents.certificates))
        label = key.label or held.label
        personal.append(Entry(_label(label, held), _pem(held.certificate), chain, key_to_pem(key.key, None)))
    signers: dict[x509.Certificate, Entry] = {}
    # Java writes a signer that is also in a chain twice: as itself, and once more under its name in the chain.
    for held in sorted(contents.certificates, key=lambda held: not held.trusted):
        if held.certificate not in own:
            signers.setdefault(held.certificate, Entry(_label(held.label, held), _pem(held.certificate)))
    return personal + list(signers.values())


def _certificate_of(key: _Key, certificates: list[_Held]) -> _Held | None:
    """The certificate of a key: of the same public key, and of the same identifier where several are."""
    public = key.key.public_key()
    same = [held for held in certificates if held.certificate.public_key() == public]
    tied = (held for held in same if held.key_id is not None and held.key_id == key.key_id)
    return next(tied, same[0] if same else None)


def _chain(certificate: x509.Certificate, certificates: list[_Held]) -> Iterator[bytes]:
    """The certificates above this one as far as the store has them, the issuer first."""
    current = certificate
    for _ in range(_LONGEST_CHAIN):
        if current.issuer == current.subject:
            return
        above = next((held for held in certificates if issued_by(current, held.certificate)), None)
        if above is None:
            return
        current = above.certificate
        yield _pem(current)


def _label(label: str, held: _Held) -> str:
    return names.printable(label) or names.mq_text(held.certificate.subject)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
