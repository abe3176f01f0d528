"""Distinguished names as runmqakm takes them in -dn and prints them.

Used for -dn, for listings and for the label of a certificate that has none. GSKit was seen to put the parts
of -dn into its own order (`CN=a,O=b,OU=c,L=d,ST=e,C=f` is printed as `CN=a,OU=c,O=b,L=d,ST=e,C=f`), to drop
blanks around values, and to take any text as a country. Where parts other than CN, OU, O, L, ST and C stand
is recalled.
"""

from __future__ import annotations

import warnings

from cryptography import x509
from cryptography.x509.oid import NameOID

# Most specific first, as GSKit prints; the certificate holds them the other way round.
ORDER: dict[str, x509.ObjectIdentifier] = {
    "SERIALNUMBER": NameOID.SERIAL_NUMBER,
    "MAIL": NameOID.EMAIL_ADDRESS,
    "UID": NameOID.USER_ID,
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
}
ALIASES = {
    "E": "MAIL",
    "EMAIL": "MAIL",
    "EMAILADDRESS": "MAIL",
    "S": "ST",
    "SP": "ST",
    "TITLE": "T",
    "POSTALCODE": "PC",
}
KEYWORDS = {oid: keyword for keyword, oid in ORDER.items()}
SPECIAL = frozenset(',+"\\<>;=#')


class BadNameError(Exception):
    """The text is no distinguished name; the message says where it stops being one."""


def parse(text: str) -> x509.Name:
    """The X.509 name that runmqakm makes of -dn; raises BadNameError."""
    if not text.isprintable():
        raise BadNameError("it holds a character that cannot be printed")
    parts = [(*_keyword_and_value(part), place) for place, part in enumerate(_split(text))]
    if not parts:
        raise BadNameError("the distinguished name is empty")
    ranks = list(ORDER)
    parts.sort(key=lambda part: (ranks.index(part[0]), part[2]))
    return x509.Name([_attribute(keyword, value) for keyword, value, _ in reversed(parts)])


def text_of(name: x509.Name) -> str:
    """`CN=app1,OU=Payments,O=Acme,C=GB`: the order of the certificate reversed, commas without blanks."""
    return ",".join("+".join(_part(attribute) for attribute in rdn) for rdn in reversed(list(name.rdns)))


def _part(attribute: x509.NameAttribute[str | bytes]) -> str:
    value = attribute.value if isinstance(attribute.value, str) else attribute.value.hex()
    return f"{KEYWORDS.get(attribute.oid, attribute.oid.dotted_string)}={escape(value)}"


def escape(value: str) -> str:
    """A value as it must stand in -dn: special characters and blanks at the ends behind a backslash."""
    escaped = "".join("\\" + character if character in SPECIAL else character for character in value)
    if value.endswith(" "):
        escaped = escaped[:-1] + "\\ "
    if value.startswith(" ") and (len(value) > 1 or not escaped.startswith("\\")):
        escaped = "\\" + escaped
    return escaped


def _attribute(keyword: str, value: str) -> x509.NameAttribute[str]:
    oid = ORDER[keyword]
    country = oid == NameOID.COUNTRY_NAME
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a country of more than two letters is taken, as GSKit takes it
        return x509.NameAttribute(oid, value, _validate=not country)


def _keyword_and_value(part: str) -> tuple[str, str]:
    keyword, equals, value = part.partition("=")
    keyword = keyword.strip().upper()
    keyword = ALIASES.get(keyword, keyword)
    if not equals or keyword not in ORDER:
        raise BadNameError(f"'{part.strip()}' is not KEYWORD=value with a known keyword")
    plain = _plain(value)
    if not plain:
        raise BadNameError(f"{keyword} has no value")
    if len(plain) > 64 and keyword not in {"DC", "STREET", "MAIL", "UID"}:
        raise BadNameError(f"the value of {keyword} is longer than 64 characters")
    return keyword, plain


def _split(text: str) -> list[str]:
    """Cut at commas and semicolons that are neither quoted nor escaped."""
    parts, current, quoted, escaped = [], "", False, False
    for character in text:
        if not escaped and not quoted and character in ",;":
            parts.append(current)
            current = ""
            continue
        if character == '"' and not escaped:
            quoted = not quoted
        escaped = character == "\\" and not escaped
        current += character
    if quoted or escaped:
        raise BadNameError("a quote or an escape is not closed")
    parts.append(current)
    return parts if text.strip() else []


def _plain(value: str) -> str:
    """Take quotes and escapes away, and unescaped blanks at both ends."""
    stripped = value.lstrip(" ")
    plain: list[str] = []
    kept = 0  # characters at the end that stay although they are blanks
    quoted = False
    position = 0
    while position < len(stripped):
        character = stripped[position]
        position += 1
        if character == '"':
            quoted = not quoted
            kept = len(plain)
            continue
        literal = quoted
        if character == "\\":
            character, position = stripped[position], position + 1
            literal = True
        plain.append(character)
        if literal:
            kept = len(plain)
    text = "".join(plain)
    return text[:kept] + text[kept:].rstrip(" ")
