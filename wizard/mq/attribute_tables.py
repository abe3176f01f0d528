"""Looks attributes up by kind of object, keyword and sub-type."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from wizard.mq.attribute_type import Attribute, Type
from wizard.mq.attributes_channel import CHANNEL
from wizard.mq.attributes_pubsub import COMMINFO, SUB, TOPIC
from wizard.mq.attributes_qmgr import QMGR
from wizard.mq.attributes_queue import QALIAS, QLOCAL, QMODEL, QREMOTE
from wizard.mq.attributes_security import AUTHINFO, AUTHREC, CHLAUTH
from wizard.mq.attributes_service import LISTENER, NAMELIST, PROCESS, SERVICE
from wizard.mq.objects import Kind, MqObject

_TABLES: Mapping[Kind, tuple[Attribute, ...]] = {
    Kind.QMGR: QMGR,
    Kind.QLOCAL: QLOCAL,
    Kind.QREMOTE: QREMOTE,
    Kind.QALIAS: QALIAS,
    Kind.QMODEL: QMODEL,
    Kind.CHANNEL: CHANNEL,
    Kind.LISTENER: LISTENER,
    Kind.AUTHINFO: AUTHINFO,
    Kind.NAMELIST: NAMELIST,
    Kind.TOPIC: TOPIC,
    Kind.PROCESS: PROCESS,
    Kind.SERVICE: SERVICE,
    Kind.SUB: SUB,
    Kind.COMMINFO: COMMINFO,
    Kind.CHLAUTH: CHLAUTH,
    Kind.AUTHREC: AUTHREC,
}

SUBTYPE_KEYWORDS: Mapping[Kind, str] = {
    Kind.CHANNEL: "CHLTYPE",
    Kind.AUTHINFO: "AUTHTYPE",
    Kind.CHLAUTH: "TYPE",
    Kind.LISTENER: "TRPTYPE",
    Kind.COMMINFO: "TYPE",
}
"""The keyword that DEFINE and ALTER need first, and that says which other attributes there are."""

_SYNONYMS = {"TARGQ": "TARGET"}

FLAGS = frozenset(attribute.keyword for table in _TABLES.values() for attribute in table if attribute.type is Type.FLAG)
"""The attributes that are written as bare keywords, X and NOX."""


LISTS = frozenset(attribute.keyword for table in _TABLES.values() for attribute in table if attribute.type is Type.LIST)
"""The attributes that hold several values."""

LONG_TEXTS = frozenset(
    attribute.keyword
    for table in _TABLES.values()
    for attribute in table
    if attribute.type in {Type.TEXT, Type.DN} and attribute.length > 30
)
"""The attributes whose value may be any text that fills a line of DISPLAY."""


def canonical_keyword(keyword: str) -> str:
    """The keyword as DISPLAY shows it: in capitals, and one name where MQ has two."""
    upper = keyword.strip().upper()
    return _SYNONYMS.get(upper, upper)


def flag(keyword: str) -> tuple[str, str] | None:
    """The attribute and its value that a bare keyword stands for, NOSHARE for SHARE with NO; None where it
    is no flag.
    """
    upper = keyword.upper()
    if upper in FLAGS:
        return upper, "YES"
    if upper.startswith("NO") and upper[2:] in FLAGS:
        return upper[2:], "NO"
    return None


def subtype(obj: MqObject) -> str:
    """The CHLTYPE, AUTHTYPE, TYPE or TRPTYPE of an object, where its kind has such a thing and it is given."""
    keyword = SUBTYPE_KEYWORDS.get(obj.kind)
    return obj.text(keyword).upper() if keyword else ""


@cache
def attributes(kind: Kind, chltype: str = "") -> Mapping[str, Attribute]:
    """The attributes of a kind of object by keyword; with a sub-type only those that it has.

    Without one, a keyword that differs by sub-type gives its first row.
    """
    found: dict[str, Attribute] = {}
    for row in _TABLES[kind]:
        if not chltype or not row.chltypes or chltype.upper() in row.chltypes:
            found.setdefault(row.keyword, row)
    return MappingProxyType(found)


def attribute(kind: Kind, keyword: str, chltype: str = "") -> Attribute | None:
    """One attribute, or None where the kind (of that sub-type) has none of that keyword."""
    return attributes(kind, chltype).get(canonical_keyword(keyword))
