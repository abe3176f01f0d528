"""Distinguished names of certificates as MQ prints and compares them (facts 3.1, 3.3).

The subject starts with the certificate's serial number, the issuer does not; then come the attributes in
the order in which IBM lists them, organizational units and domain components highest level first. Other
attributes are left out: MQ cannot filter by them. Where MAIL, UID and the attributes after C stand, and how
a value with a comma is printed, is recalled.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import NameOID

ORDER = (
    ("MAIL", NameOID.EMAIL_ADDRESS),
    ("UID", NameOID.USER_ID),
    ("CN", NameOID.COMMON_NAME),
    ("T", NameOID.TITLE),
    ("OU", NameOID.ORGANIZATIONAL_UNIT_NAME),
    ("DC", NameOID.DOMAIN_COMPONENT),
    ("O", NameOID.ORGANIZATION_NAME),
    ("STREET", NameOID.STREET_ADDRESS),
    ("L", NameOID.LOCALITY_NAME),
    ("ST", NameOID.STATE_OR_PROVINCE_NAME),
    ("PC", NameOID.POSTAL_CODE),
    ("C", NameOID.COUNTRY_NAME),
    ("UNSTRUCTUREDNAME", NameOID.UNSTRUCTURED_NAME),
    ("UNSTRUCTUREDADDRESS", x509.ObjectIdentifier("1.2.840.113549.1.9.8")),
    ("DNQ", NameOID.DN_QUALIFIER),
)
SPECIAL = frozenset(',;"=+\\')


def subject(certificate: x509.Certificate) -> str:
    """`SERIALNUMBER=78:40:26,CN=QM1,OU=Messaging,O=Acme,C=GB`, as SSLPEER of a channel status shows it."""
    return ",".join(part for part in (f"SERIALNUMBER={serial(certificate)}", name_text(certificate.subject)) if part)


def issuer(certificate: x509.Certificate) -> str:
    """`CN=Acme CA,O=Acme,C=GB`, as SSLCERTI shows it."""
    return name_text(certificate.issuer)


def serial(certificate: x509.Certificate) -> str:
    """The serial number as upper-case hex pairs: `05`, `78:40:26`."""
    number = certificate.serial_number
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big").hex(":").upper()


def name_text(name: x509.Name) -> str:
    """A name in MQ's order, comma without blank."""
    return ",".join(
        f"{keyword}={_value(attribute.value)}"
        for keyword, oid in ORDER
        for attribute in name.get_attributes_for_oid(oid)
    )


def described(certificate: x509.Certificate) -> str:
    """A certificate as in AMQ9633 (facts TLS 7.3)."""
    number = serial(certificate).replace(":", "").lower()
    return (
        f"[Class=]GSKVALMethod::X509[Issuer=]{issuer(certificate)}[#=]{number}"
        f"[Subject=]{name_text(certificate.subject)}"
    )


def _value(value: str | bytes) -> str:
    text = value if isinstance(value, str) else value.hex()
    if text != text.strip() or SPECIAL & set(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text
