"""Authorities: their names in MQSC and in recipes, and which there are for each type of object.

The words come from IBM's list; which of them go with which type of object is recalled where no captured record shows
it.
"""

from __future__ import annotations

from collections.abc import Iterable

from wizard.errors import UsageError
from wizard.mq.nearness import meant

WORDS = {
    "altusr": "ALTUSR",
    "browse": "BROWSE",
    "chg": "CHG",
    "clr": "CLR",
    "connect": "CONNECT",
    "crt": "CRT",
    "ctrl": "CTRL",
    "ctrlx": "CTRLX",
    "dlt": "DLT",
    "dsp": "DSP",
    "get": "GET",
    "inq": "INQ",
    "passall": "PASSALL",
    "passid": "PASSID",
    "pub": "PUB",
    "put": "PUT",
    "resume": "RESUME",
    "set": "SET",
    "setall": "SETALL",
    "setid": "SETID",
    "sub": "SUB",
    "system": "SYSTEM",
    "all": "ALL",
    "alladm": "ALLADM",
    "allmqi": "ALLMQI",
    "none": "NONE",
}
"""The words of recipes and of setmqaut, and what they are called in AUTHADD and DISPLAY AUTHREC."""

PLAIN_WORDS = {
    "inquire": "INQ",
    "publish": "PUB",
    "subscribe": "SUB",
    "display": "DSP",
    "change": "CHG",
    "create": "CRT",
    "delete": "DLT",
    "clear": "CLR",
    "control": "CTRL",
}
"""Whole words that recipes may use as well."""

MEANINGS = {
    "ALTUSR": "act as another user",
    "BROWSE": "look at messages and leave them there",
    "CHG": "change the definition",
    "CLR": "throw messages away",
    "CONNECT": "connect to the queue manager",
    "CRT": "create objects of this type",
    "CTRL": "start and stop it",
    "CTRLX": "reset and resolve it",
    "DLT": "delete the object",
    "DSP": "see the definition",
    "GET": "take messages",
    "INQ": "ask for attributes",
    "PASSALL": "pass the whole context of a message on",
    "PASSID": "pass the identity context of a message on",
    "PUB": "publish",
    "PUT": "put messages",
    "RESUME": "go on with a subscription",
    "SET": "set attributes by program",
    "SETALL": "set the whole context of a message",
    "SETID": "set the identity context of a message",
    "SUB": "subscribe",
    "SYSTEM": "act as the system itself",
}
"""What the holder of each authority may do."""

_ADMINISTER = "CHG CRT DLT DSP"
_MQI = {
    "QUEUE": "BROWSE GET INQ PASSALL PASSID PUT SET SETALL SETID",
    "QMGR": "ALTUSR CONNECT INQ SET SETALL SETID",
    "TOPIC": "PASSALL PASSID PUB RESUME SETALL SETID SUB",
    "PROCESS": "INQ SET",
    "NAMELIST": "INQ",
    "AUTHINFO": "INQ",
    "RQMNAME": "PUT",
}
_ADMINISTRATION = {
    "QUEUE": f"{_ADMINISTER} CLR",
    "QMGR": f"{_ADMINISTER} CTRL",
    "TOPIC": f"{_ADMINISTER} CLR CTRL",
    "CHANNEL": f"{_ADMINISTER} CTRL CTRLX",
    "LISTENER": f"{_ADMINISTER} CTRL",
    "SERVICE": f"{_ADMINISTER} CTRL",
    "RQMNAME": "",
}
OBJECT_TYPES = (
    "QMGR",
    "QUEUE",
    "TOPIC",
    "CHANNEL",
    "CLNTCONN",
    "LISTENER",
    "NAMELIST",
    "PROCESS",
    "SERVICE",
    "AUTHINFO",
    "COMMINFO",
    "RQMNAME",
)
"""The values of OBJTYPE."""


def _mqi(objtype: str) -> frozenset[str]:
    return frozenset(_MQI.get(objtype, "").split())


def _administration(objtype: str) -> frozenset[str]:
    return frozenset(_ADMINISTRATION.get(objtype, _ADMINISTER).split())


def for_objtype(objtype: str) -> frozenset[str]:
    """The authorities that objects of this type have, by their AUTHADD names, without ALL, ALLADM, ALLMQI and NONE.

    Raises UsageError where there is no such type.
    """
    kind = objtype.upper()
    if kind not in OBJECT_TYPES:
        raise UsageError(f"{objtype!r} is not a type of object", meant(objtype, OBJECT_TYPES), "")
    system = frozenset({"SYSTEM"}) if kind == "QMGR" else frozenset()
    return _mqi(kind) | _administration(kind) | system


def expand(objtype: str, names: Iterable[str]) -> tuple[str, ...]:
    """The authorities with ALL, ALLMQI and ALLADM written out and NONE left out, sorted as DISPLAY AUTHREC shows
    them.
    """
    kind = objtype.upper()
    found: set[str] = set()
    for name in names:
        groups = {"ALL": for_objtype(kind), "ALLMQI": _mqi(kind), "ALLADM": _administration(kind)}
        found |= groups.get(name.upper(), frozenset({name.upper()}) - {"NONE"})
    return tuple(sorted(found))


def held(objtype: str, words: Iterable[str]) -> tuple[str, ...]:
    """The authorities that words of a recipe come to, as DISPLAY AUTHREC shows them: ALL and its like written out.

    Raises UsageError as `authorities` does.
    """
    return expand(objtype, authorities(objtype, words))


def authorities(objtype: str, words: Iterable[str]) -> tuple[str, ...]:
    """The AUTHADD names for words of a recipe, each once and sorted.

    Raises UsageError for a word that is no authority, or none that objects of this type have.
    """
    known = {**WORDS, **PLAIN_WORDS}
    able = for_objtype(objtype) | {"ALL", "ALLADM", "ALLMQI", "NONE"}
    found = set()
    for word in words:
        name = known.get(word.strip().lstrip("+").lower(), "")
        if not name:
            raise UsageError(f"{word!r} is not an authority", "", meant(word, known) or f"Use {_offered(objtype)}.")
        if name not in able:
            raise UsageError(
                f"A {objtype.upper()} has no authority {name}", "", f"It has {', '.join(sorted(for_objtype(objtype)))}."
            )
        found.add(name)
    return tuple(sorted(found))


def _offered(objtype: str) -> str:
    able = for_objtype(objtype)
    return ", ".join(word for word, name in WORDS.items() if name in able)
