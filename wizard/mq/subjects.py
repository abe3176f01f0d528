"""What the subject of a new certificate may be: the attributes that MQ can match, within the bounds of X.509.

Used by the recipe's checks, so that a name that no certificate can have is found with its line, and by `pki`, which
makes the certificates.
"""

from __future__ import annotations

import re

from wizard.mq.dn import KEYWORDS, LENGTH, REPEATED, DistinguishedName, DnProblem

ATTRIBUTES = tuple(keyword for keyword in KEYWORDS if keyword != "SERIALNUMBER")
_ASCII_ONLY = frozenset({"DC", "MAIL"})  # IA5 strings
_PRINTABLE_STRING = re.compile(r"[A-Za-z0-9 '()+,./:=?-]*")  # DNQ
# Upper bounds of X.520; GSKit and Java refuse longer values in some places, so nobody gets them from here.
_LONGEST = {"C": 2, "L": 128, "ST": 128, "STREET": 128, "PC": 40, "MAIL": 255, "DC": 63, "UID": 256}
_USUAL_LONGEST = 64


def subject(text: str) -> DistinguishedName:
    """The name in a text such as `CN=app1,OU=Payments,O=Example`, fit for a certificate.

    Raises DnProblem for an attribute MQ does not know, one given twice (other than OU and DC), and an empty,
    unprintable or too long value.
    """
    parts = _parsed(text)
    for keyword, value in parts:
        _refuse_keyword(keyword)
        _refuse_value(keyword, value)
        _refuse_form(keyword, value)
    return DistinguishedName(parts)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _parsed(text: str) -> tuple[tuple[str, str], ...]:
    if len(text) > LENGTH:
        raise DnProblem(
            f"A distinguished name of {len(text)} characters is too long.",
            f"SSLPEER takes {LENGTH}.",
            "Shorten it.",
        )
    parts = DistinguishedName.parse(text).parts
    if not parts:
        raise DnProblem(
            "The distinguished name is empty.",
            "MQ tells partners apart by it.",
            "Give at least a CN, such as CN=app1.",
        )
    keywords = [keyword for keyword, _ in parts]
    for keyword in keywords:
        if keywords.count(keyword) > 1 and keyword not in REPEATED:
            raise DnProblem(
                f"{keyword} stands twice in one distinguished name.",
                "MQ compares one of them only.",
                "Keep one; only OU and DC may be repeated.",
            )
    return parts


def _refuse_keyword(keyword: str) -> None:
    if keyword == "SERIALNUMBER":
        raise DnProblem(
            "SERIALNUMBER cannot be part of a subject.",
            "In MQ it means the certificate's own serial number, which the issuer chooses.",
            "Leave it out of the name.",
        )
    if keyword not in ATTRIBUTES:
        raise DnProblem(
            f"“{_printable(keyword[:40])}” is no attribute that MQ could match.",
            "It would tell no partner from another.",
            f"Use one of: {', '.join(ATTRIBUTES)}.",
        )


def _refuse_value(keyword: str, value: str) -> None:
    longest = _LONGEST.get(keyword, _USUAL_LONGEST)
    if not value.strip():
        raise DnProblem(f"{keyword} has no value.", "", f"Give it one, or leave {keyword} out.")
    if not value.isprintable():
        raise DnProblem(
            f"The value of {keyword} holds a character that cannot be printed.", "", "Type it again by hand."
        )
    size = len(value.encode())
    if size > longest:
        raise DnProblem(
            f"The value of {keyword} takes {size} bytes.",
            f"X.509 allows {longest} there; a letter with an accent takes two.",
            "Shorten it.",
        )


def _refuse_form(keyword: str, value: str) -> None:
    """The attributes whose values have a string type of their own."""
    if keyword in _ASCII_ONLY and not value.isascii():
        raise DnProblem(f"The value of {keyword} may only hold ASCII characters.", "", "Write it without accents.")
    if keyword == "DNQ" and not _PRINTABLE_STRING.fullmatch(value):
        raise DnProblem(
            "The value of DNQ may only hold letters, digits, blanks and ' ( ) + , - . / : = ?",
            "X.509 gives it a narrow kind of string.",
            "Write it with these.",
        )
    if keyword == "C" and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise DnProblem(
            f"C={value} is no country code.",
            "X.509 wants two letters.",
            "Write for example C=GB, or leave C out.",
        )
