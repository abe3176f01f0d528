"""Values of attributes in the one form in which MQ displays them, and whether two of them mean the same."""

from __future__ import annotations

import re

from wizard.mq.attribute_tables import attribute, canonical_keyword
from wizard.mq.attribute_type import Attribute, Type
from wizard.mq.dn import same_pattern
from wizard.mq.objects import Kind, Value

_UNORDERED = frozenset({"USERLIST", "ADDRLIST", "AUTHLIST", "SUITEB"})
_CASE_FREE = frozenset({"ADDRESS", "ADDRLIST", "IPADDR", "LOCLADDR", "DESTCORL", "PUBACCT"})
_PORT = re.compile(r"(.*?)\((\d+)\)", re.ASCII)


def normalise(kind: Kind, keyword: str, value: Value, chltype: str = "") -> Value:
    """The value as MQ displays it: words and CipherSpecs in capitals, numbers without leading zeros,
    trailing blanks gone.

    A list attribute gives a tuple, every other one a text. What is not valid comes back as it was; `check`
    says so.
    """
    found = attribute(kind, keyword, chltype) or attribute(kind, keyword)
    if found is None:
        return value.rstrip(" ") if isinstance(value, str) else tuple(value)
    if found.type is Type.LIST:
        return _normal_list(found, value)
    text = (value if isinstance(value, str) else ",".join(value)).rstrip(" ")
    return _normal_text(found, text)


def _normal_list(found: Attribute, value: Value) -> tuple[str, ...]:
    elements = value.split(",") if isinstance(value, str) else value
    stripped = [element.strip(" ") for element in elements]
    kept = [element for element in stripped if element]
    if found.choices:
        kept = [element.upper() for element in kept]
    if found.keyword == "AUTHLIST":
        kept = sorted(set(kept))
    return tuple(kept)


def _normal_text(found: Attribute, text: str) -> str:
    match found.type:
        case Type.ENUM | Type.CIPHER | Type.FLAG:
            return text.strip().upper()
        case Type.INTEGER:
            stripped = text.strip()
            digits = stripped.isascii() and stripped.isdigit()
            return (stripped.lstrip("0") or "0") if digits else stripped.upper()
        case Type.CONNAME:
            return text.replace(" ", "")
        case Type.NAME | Type.DN:
            return text.strip(" ")
        case _:
            return text


def same(kind: Kind, keyword: str, a: Value, b: Value) -> bool:
    """Whether MQ would behave alike with either value.

    Patterns of distinguished names compare by meaning, connection names by host and port, lists of users,
    addresses and authorities without order. Secrets cannot be compared: two that are there count as the
    same.
    """
    found = attribute(kind, keyword)
    one, other = normalise(kind, keyword, a), normalise(kind, keyword, b)
    if found is None:
        return one == other
    if found.secret:
        return bool(one) == bool(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _comparable(found, one) == _comparable(found, other)
    if isinstance(one, str) and isinstance(other, str):
        if found.type is Type.DN:
            return same_pattern(one, other)
        if found.type is Type.CONNAME:
            return _places(kind, one) == _places(kind, other)
        if canonical_keyword(keyword) in _CASE_FREE:
            return one.casefold() == other.casefold()
    return one == other


def _comparable(found: Attribute, elements: tuple[str, ...]) -> tuple[str, ...]:
    """A list in a form that compares: sorted where order says nothing; no compression and NONE are one."""
    folded = elements or (("NONE",) if "NONE" in found.choices else ())
    if found.keyword in _CASE_FREE:
        folded = tuple(element.casefold() for element in folded)
    return tuple(sorted(set(folded))) if found.keyword in _UNORDERED else folded


def _places(kind: Kind, connection: str) -> tuple[tuple[str, str], ...]:
    """The hosts, without regard to case, and the ports of a connection name; 1414 (389 for LDAP) where none
    is said.
    """
    usual = "389" if kind is Kind.AUTHINFO else "1414"
    places = []
    for place in connection.split(","):
        written = _PORT.fullmatch(place)
        host, port = written.groups() if written else (place, usual)
        places.append((host.casefold(), port.lstrip("0")))
    return tuple(places)
