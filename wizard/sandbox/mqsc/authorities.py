"""Which authorities exist for which type of object (facts 6), in MQSC's names.

ALL is ALLMQI, ALLADM and SYSTEM together; CRT is granted by itself (recalled: no source shows what ALL holds exactly).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from wizard.sandbox.mqsc.attributes import words

ORDER = words(
    "ALTUSR BROWSE CHG CLR CONNECT CRT CTRL CTRLX DLT DSP GET INQ PUB PUT PASSALL PASSID RESUME "
    "SET SETALL SETID SUB SYSTEM"
)
"""The order in which DISPLAY AUTHREC lists them (recalled)."""

MQI = {
    "QUEUE": "BROWSE GET INQ PUT PASSALL PASSID SET SETALL SETID",
    "QMGR": "ALTUSR CONNECT INQ SET SETALL SETID",
    "PROCESS": "INQ SET",
    "NAMELIST": "INQ",
    "AUTHINFO": "INQ",
    "TOPIC": "PUB RESUME SUB PASSALL PASSID SETALL SETID",
    "RQMNAME": "PUT",
    "CHANNEL": "",
    "CLNTCONN": "",
    "LISTENER": "",
    "SERVICE": "",
    "COMMINFO": "",
}
ADMINISTRATION = {
    "QUEUE": "CHG CLR DLT DSP",
    "QMGR": "CHG CTRL DLT DSP",
    "PROCESS": "CHG DLT DSP",
    "NAMELIST": "CHG DLT DSP",
    "AUTHINFO": "CHG DLT DSP",
    "TOPIC": "CHG CLR CTRL DLT DSP",
    "RQMNAME": "",
    "CHANNEL": "CHG CTRL CTRLX DLT DSP",
    "CLNTCONN": "CHG DLT DSP",
    "LISTENER": "CHG CTRL DLT DSP",
    "SERVICE": "CHG CTRL DLT DSP",
    "COMMINFO": "CHG DLT DSP",
}
OBJTYPES = tuple(MQI)
GENERIC = ("ALL", "ALLADM", "ALLMQI", "NONE")


@cache
def known(objtype: str) -> frozenset[str]:
    """Every authority that can be granted on a type of object."""
    extra = {"QMGR": {"SYSTEM"}, "RQMNAME": set[str]()}.get(objtype, {"CRT"})
    return frozenset(expanded(objtype, ("ALLMQI", "ALLADM"))) | extra


def expanded(objtype: str, names: Iterable[str]) -> set[str]:
    """The single authorities behind a list of names; a name that the type does not have raises KeyError."""
    found: set[str] = set()
    for name in names:
        if name in ("ALL", "ALLMQI"):
            found.update(MQI[objtype].split())
        if name in ("ALL", "ALLADM"):
            found.update(ADMINISTRATION[objtype].split())
        if name == "ALL" and objtype == "QMGR":
            found.add("SYSTEM")
        if name not in GENERIC:
            if name not in known(objtype):
                raise KeyError(name)
            found.add(name)
    return found


def ordered(names: Iterable[str]) -> list[str]:
    """Authorities in the order in which they are shown."""
    return sorted(names, key=ORDER.index)


@cache
def administrators_list(objtype: str) -> str:
    """What the group mqm gets on a new object, as the state stores it."""
    return json.dumps(ordered(expanded(objtype, ("ALL",))))
