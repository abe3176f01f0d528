"""X.509 names from the text MQ writes, and back.

Order. In the certificate the attributes go from the highest level to the lowest: C, ST, L, O, OU, CN. LDAP
reads them so, GSKit builds them so (recalled), and MQ prints CN first whatever it finds. Only the order among
several OUs (and among several DCs) means something to MQ: the first OU of a pattern is compared with the
first OU of the certificate. So OUs go into the certificate in the order of the text, highest level first, and
are read back in that order. DC follows the same rule; that MQ prints several DCs so is recalled.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from wizard.mq.dn import KEYWORDS, DistinguishedName, DnProblem
from wizard.mq.subjects import subject
from wizard.pki.errors import DistinguishedNameError

_OIDS = {
    "CN": NameOID.COMMON_NAME,
    "T": NameOID.TITLE,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "DC": NameOID.DOMAIN_COMPONENT,
    "O": NameOID.ORGANIZATION_NAME,
    "STREET": NameOID.STREET_ADDRESS,
    "L": NameOID.LOCALITY_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "PC": NameOID.POSTAL_CODE,
    "C": NameOID.COUNTRY_NAME,
    "MAIL": NameOID.EMAIL_ADDRESS,
    "UID": NameOID.USER_ID,
    "DNQ": NameOID.DN_QUALIFIER,
    "UNSTRUCTUREDNAME": NameOID.UNSTRUCTURED_NAME,
    "UNSTRUCTUREDADDRESS": ObjectIdentifier("1.2.840.113549.1.9.8"),
}
_KEYWORDS = {oid: keyword for keyword, oid in _OIDS.items()}
_NAMED = {
    NameOID.SERIAL_NUMBER: "serialNumber",
    NameOID.SURNAME: "surname",
    NameOID.GIVEN_NAME: "givenName",
    NameOID.ORGANIZATION_IDENTIFIER: "organizationIdentifier",
    NameOID.BUSINESS_CATEGORY: "businessCategory",
}


def name_from_mq(text: str) -> x509.Name:
    """The X.509 name for `CN=app1,OU=Payments,O=Example`, highest level first.

    Raises DistinguishedNameError for an attribute MQ does not know, one given twice (other than OU and DC),
    and an empty, unprintable or too long value.
    """
    try:
        parts = subject(text).parts
    except DnProblem as problem:
        raise DistinguishedNameError(problem.what, problem.means, problem.remedy) from problem
    ordered = [part for keyword in reversed(KEYWORDS) for part in parts if part[0] == keyword]
    return x509.Name([x509.NameAttribute(_OIDS[keyword], value) for keyword, value in ordered])


def mq_text(name: x509.Name) -> str:
    """The name as MQ prints it, without the serial number; what MQ cannot match comes last as `OID.…`."""
    return str(DistinguishedName.of((_keyword(attribute.oid), _text(attribute.value)) for attribute in name))


def printable(text: str) -> str:
    """The text with U+FFFD for each control character, so that a foreign file cannot steer the terminal."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def common_name(name: x509.Name) -> str:
    """The first CN, empty where there is none."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return _text(found[0].value) if found else ""


def unknown_attributes(name: x509.Name) -> tuple[str, ...]:
    """The attributes that MQ has no keyword for, in its words where they have some, else by number."""
    return tuple(_NAMED.get(one.oid, one.oid.dotted_string) for one in name if one.oid not in _KEYWORDS)


def _keyword(oid: x509.ObjectIdentifier) -> str:
    return _KEYWORDS.get(oid, f"OID.{oid.dotted_string}")


def _text(value: str | bytes) -> str:
    return value.hex() if isinstance(value, bytes) else printable(value)
