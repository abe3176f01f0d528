"""What a certificate or a request says, in the words of an administrator.

Used by `reading` and by whatever makes certificates. Nothing is judged here; `lint` does that.
"""

from __future__ import annotations

import hashlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from wizard.pki import names
from wizard.pki.values import Certificate, Request

# What cryptography raises for contents that are nonsense, and for kinds of keys that it does not know.
UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
_OTHER_KEYS = {
    dsa.DSAPublicKey: "DSA",
    ed25519.Ed25519PublicKey: "Ed25519",
    ed448.Ed448PublicKey: "Ed448",
}
_KEY_USAGES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "cRLSign",
}
_PURPOSES = {
    ExtendedKeyUsageOID.CLIENT_AUTH: "clientAuth",
    ExtendedKeyUsageOID.SERVER_AUTH: "serverAuth",
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE: "anyExtendedKeyUsage",
}


def describe(certificate: x509.Certificate) -> Certificate:
    """The certificate in words. Raises one of UNREADABLE where its contents are nonsense."""
    key = certificate.public_key()
    key_type, key_bits = _key_facts(key)
    extensions = {extension.oid: extension.value for extension in certificate.extensions}
    constraints = extensions.get(x509.BasicConstraints.oid)
    is_ca = isinstance(constraints, x509.BasicConstraints) and constraints.ca
    crl, ocsp = _crl_addresses(extensions), _ocsp_addresses(extensions)
    return Certificate(
        pem=certificate.public_bytes(serialization.Encoding.PEM),
        subject=names.mq_text(certificate.subject),
        issuer=names.mq_text(certificate.issuer),
        serial=serial_text(certificate.serial_number),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(":").upper(),
        public_key=_digest(key),
        key_type=key_type,
        key_bits=key_bits,
        signature_hash=_signature_hash(certificate),
        version=certificate.version.value + 1,
        is_ca=is_ca,
        self_signed=issued_by(certificate, certificate),
        common_name=names.common_name(certificate.subject),
        san=_alternative_names(extensions.get(x509.SubjectAlternativeName.oid)),
        key_usage=_key_usage(extensions.get(x509.KeyUsage.oid)),
        extended_key_usage=_purposes(extensions.get(x509.ExtendedKeyUsage.oid)),
        revocation=(*crl, *ocsp),
        ocsp=ocsp,
        path_length=constraints.path_length if isinstance(constraints, x509.BasicConstraints) else None,
        constraints_critical=_critical(certificate, x509.BasicConstraints.oid),
        unknown=names.unknown_attributes(certificate.subject),
    )


def describe_request(request: x509.CertificateSigningRequest) -> Request:
    """The request in words. Raises one of UNREADABLE where its contents are nonsense."""
    key = request.public_key()
    key_type, key_bits = _key_facts(key)
    extensions = {extension.oid: extension.value for extension in request.extensions}
    return Request(
        pem=request.public_bytes(serialization.Encoding.PEM),
        subject=names.mq_text(request.subject),
        public_key=_digest(key),
        key_type=key_type,
        key_bits=key_bits,
        san=_alternative_names(extensions.get(x509.SubjectAlternativeName.oid)),
    )


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether the issuer's name stands in the certificate and the issuer's key made its signature."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def serial_text(number: int) -> str:
    """A serial number in upper-case hexadecimal, whole bytes; small ones as `05`."""
    text = f"{abs(number):X}"
    return ("-" if number < 0 else "") + text.zfill(len(text) + len(text) % 2)


def _key_facts(key: object) -> tuple[str, int]:
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        # A curve of the same size from elsewhere (secp256k1, Brainpool) is no curve that a CipherSpec knows.
        known = key.curve.name.startswith("sec") and key.curve.name.endswith("r1")
        return ("EC", key.curve.key_size) if known else (f"EC {key.curve.name}", 0)
    return next((name for kind, name in _OTHER_KEYS.items() if isinstance(key, kind)), "unknown"), 0


def _digest(key: CertificatePublicKeyTypes) -> str:
    encoded = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()


def _signature_hash(certificate: x509.Certificate) -> str:
    try:
        used = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return ""
    return "" if used is None else used.name.upper().replace("SHA", "SHA-", 1)


def _key_usage(extension: x509.ExtensionType | None) -> tuple[str, ...] | None:
    if not isinstance(extension, x509.KeyUsage):
        return None
    return tuple(word for attribute, word in _KEY_USAGES.items() if getattr(extension, attribute))


def _purposes(extension: x509.ExtensionType | None) -> tuple[str, ...] | None:
    if not isinstance(extension, x509.ExtendedKeyUsage):
        return None
    return tuple(_PURPOSES.get(oid, oid.dotted_string) for oid in extension)


def _alternative_names(extension: x509.ExtensionType | None) -> tuple[str, ...]:
    """Host names, addresses, mail addresses and URIs; MQ itself looks at none of them."""
    if not isinstance(extension, x509.SubjectAlternativeName):
        return ()
    plain = (x509.DNSName, x509.IPAddress, x509.RFC822Name, x509.UniformResourceIdentifier)
    return tuple(names.printable(str(name.value)) for name in extension if isinstance(name, plain))


def _crl_addresses(extensions: dict[x509.ObjectIdentifier, x509.ExtensionType]) -> tuple[str, ...]:
    points = extensions.get(x509.CRLDistributionPoints.oid)
    if not isinstance(points, x509.CRLDistributionPoints):
        return ()
    return tuple(names.printable(str(name.value)) for point in points for name in point.full_name or ())


def _ocsp_addresses(extensions: dict[x509.ObjectIdentifier, x509.ExtensionType]) -> tuple[str, ...]:
    access = extensions.get(x509.AuthorityInformationAccess.oid)
    if not isinstance(access, x509.AuthorityInformationAccess):
        return ()
    ocsp = AuthorityInformationAccessOID.OCSP
    return tuple(names.printable(str(one.access_location.value)) for one in access if one.access_method == ocsp)


def _critical(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> bool:
    """Whether an extension is marked critical; one that is absent has nothing to mark."""
    return next((one.critical for one in certificate.extensions if one.oid == oid), True)
