"""X.509 names from the text MQ writes, and back.

Order. In the certificate the attributes go from the highest level to the lowest: C, ST, L, O, OU, CN. LDAP
reads them so, GSKit builds them so (recalled), and MQ prints CN first whatever it finds. Only the order among
several OUs (and among several DCs) means something to MQ: the first OU of a pattern is compared with the
first OU of the certificate. So OUs go into the certificate in the order of the text, highest level first, and
are read back in that order. DC follows the same rule; that MQ prints several DCs so is recalled.
"""

from __future__ import annotations

import re

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from wizard.mq.dn import KEYWORDS, LENGTH, REPEATED, DistinguishedName, DnProblem
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
_ASCII_ONLY = frozenset({"DC", "MAIL"})  # IA5 strings
_PRINTABLE_STRING = re.compile(r"[A-Za-z0-9 '()+,./:=?-]*")  # DNQ
# Upper bounds of X.520; GSKit and Java refuse longer values in some places, so nobody gets them from here.
_LONGEST = {"C": 2, "L": 128, "ST": 128, "STREET": 128, "PC": 40, "MAIL": 255, "DC": 63, "UID": 256}
_USUAL_LONGEST = 64


def name_from_mq(text: str) -> x509.Name:
    """The X.509 name for `CN=app1,OU=Payments,O=Example`, highest level first.

    Raises DistinguishedNameError for an attribute MQ does not know, one given twice (other than OU and DC),
    and an empty, unprintable or too long value.
    """
    parts = _parsed(text)
    for keyword, value in parts:
        _refuse_keyword(keyword)
        _refuse_value(keyword, value)
        _refuse_form(keyword, value)
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


def _parsed(text: str) -> tuple[tuple[str, str], ...]:
    if len(text) > LENGTH:
        raise DistinguishedNameError(
            f"A distinguished name of {len(text)} characters is too long.",
            f"SSLPEER takes {LENGTH}.",
            "Shorten it.",
        )
    try:
        parts = DistinguishedName.parse(text).parts
    except DnProblem as problem:
        raise DistinguishedNameError(problem.what, problem.means, problem.remedy) from problem
    if not parts:
        raise DistinguishedNameError(
            "The distinguished name is empty.",
            "MQ tells partners apart by it.",
            "Give at least a CN, such as CN=app1.",
        )
    keywords = [keyword for keyword, _ in parts]
    for keyword in keywords:
        if keywords.count(keyword) > 1 and keyword not in REPEATED:
            raise DistinguishedNameError(
                f"{keyword} stands twice in one distinguished name.",
                "MQ compares one of them only.",
                "Keep one; only OU and DC may be repeated.",
            )
    return parts


def _refuse_keyword(keyword: str) -> None:
    if keyword == "SERIALNUMBER":
        raise DistinguishedNameError(
            "SERIALNUMBER cannot be part of a subject.",
            "In MQ it means the certificate's own serial number, which the issuer chooses.",
            "Leave it out of the name.",
        )
    if keyword not in _OIDS:
        raise DistinguishedNameError(
            f"“{printable(keyword[:40])}” is no attribute that MQ could match.",
            "It would tell no partner from another.",
            f"Use one of: {', '.join(_OIDS)}.",
        )


def _refuse_value(keyword: str, value: str) -> None:
    longest = _LONGEST.get(keyword, _USUAL_LONGEST)
    if not value.strip():
        raise DistinguishedNameError(f"{keyword} has no value.", "", f"Give it one, or leave {keyword} out.")
    if not value.isprintable():
        raise DistinguishedNameError(
            f"The value of {keyword} holds a character that cannot be printed.", "", "Type it again by hand."
        )
    size = len(value.encode())
    if size > longest:
        raise DistinguishedNameError(
            f"The value of {keyword} takes {size} bytes.",
            f"X.509 allows {longest} there; a letter with an accent takes two.",
            "Shorten it.",
        )


def _refuse_form(keyword: str, value: str) -> None:
    """The attributes whose values have a string type of their own."""
    if keyword in _ASCII_ONLY and not value.isascii():
        raise DistinguishedNameError(
            f"The value of {keyword} may only hold ASCII characters.", "", "Write it without accents."
        )
    if keyword == "DNQ" and not _PRINTABLE_STRING.fullmatch(value):
        raise DistinguishedNameError(
            "The value of DNQ may only hold letters, digits, blanks and ' ( ) + , - . / : = ?",
            "X.509 gives it a narrow kind of string.",
            "Write it with these.",
        )
    if keyword == "C" and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise DistinguishedNameError(
            f"C={value} is no country code.",
            "X.509 wants two letters.",
            "Write for example C=GB, or leave C out.",
        )
