"""The one object type: what recipes, MQSC files, DISPLAY output and imports all turn into.

A diff compares two of these. Attribute values are texts as MQ displays them (`1414`, `YES`, `ANY_TLS12_OR_HIGHER`); a
list attribute (NAMES, USERLIST, ADDRLIST, AUTHLIST) is a tuple. A bare keyword pair such as SHARE and NOSHARE is the
attribute SHARE with the value YES or NO.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Value = str | tuple[str, ...]


class Kind(StrEnum):
    """The kinds of MQ object, by their MQSC names."""

    QMGR = "QMGR"
    QLOCAL = "QLOCAL"
    QREMOTE = "QREMOTE"
    QALIAS = "QALIAS"
    QMODEL = "QMODEL"
    CHANNEL = "CHANNEL"
    LISTENER = "LISTENER"
    AUTHINFO = "AUTHINFO"
    NAMELIST = "NAMELIST"
    TOPIC = "TOPIC"
    PROCESS = "PROCESS"
    SERVICE = "SERVICE"
    SUB = "SUB"
    COMMINFO = "COMMINFO"
    CHLAUTH = "CHLAUTH"
    AUTHREC = "AUTHREC"


QUEUE_KINDS = frozenset({Kind.QLOCAL, Kind.QREMOTE, Kind.QALIAS, Kind.QMODEL})

CHLAUTH_KEYS = ("TYPE", "SSLPEER", "SSLCERTI", "CLNTUSER", "QMNAME", "ADDRESS")
"""What tells one channel authentication record of a profile from another (SET CHLAUTH, facts 4.1)."""

AUTHREC_KEYS = ("OBJTYPE", "ENTTYPE", "ENTITY")
"""What tells one authority record of a profile from another, by DISPLAY AUTHREC's keywords."""


@dataclass(frozen=True)
class MqObject:
    """One MQ object: its kind, its name (for CHLAUTH and AUTHREC the profile), its attributes by upper-case keyword."""

    kind: Kind
    name: str
    attributes: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))

    def __hash__(self) -> int:
        return hash(self.key)

    def text(self, keyword: str) -> str:
        """The value of a scalar attribute, or an empty text where the object does not name it."""
        value = self.attributes.get(keyword, "")
        return value if isinstance(value, str) else ",".join(value)

    @property
    def key(self) -> tuple[str, ...]:
        """What no two objects of a queue manager share.

        Queues share one name space; a client-connection channel may stand beside another channel of its name.
        """
        if self.kind in QUEUE_KINDS:
            return ("QUEUE", self.name)
        if self.kind is Kind.CHANNEL:
            return ("CLNTCONN" if self.text("CHLTYPE") == "CLNTCONN" else "CHANNEL", self.name)
        if self.kind is Kind.CHLAUTH:
            return (self.kind, self.name, *(self.text(keyword) for keyword in CHLAUTH_KEYS))
        if self.kind is Kind.AUTHREC:
            return (self.kind, self.name, *(self.text(keyword) for keyword in AUTHREC_KEYS))
        return (self.kind, self.name)
