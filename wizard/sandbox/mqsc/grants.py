"""The words of setmqaut and dspmqaut: object types, authorities (facts 6)."""

from __future__ import annotations

from wizard.sandbox.mqsc.authorities import GENERIC, ORDER

OBJECT_TYPES = {
    "authinfo": "AUTHINFO",
    "ai": "AUTHINFO",
    "channel": "CHANNEL",
    "chl": "CHANNEL",
    "clntconn": "CLNTCONN",
    "clcn": "CLNTCONN",
    "comminfo": "COMMINFO",
    "listener": "LISTENER",
    "lstr": "LISTENER",
    "namelist": "NAMELIST",
    "nl": "NAMELIST",
    "process": "PROCESS",
    "prcs": "PROCESS",
    "q": "QUEUE",
    "queue": "QUEUE",
    "qmgr": "QMGR",
    "rqmname": "RQMNAME",
    "rqmn": "RQMNAME",
    "service": "SERVICE",
    "srvc": "SERVICE",
    "top": "TOPIC",
    "topic": "TOPIC",
}

NAMES = {name.lower(): name for name in (*ORDER, *GENERIC)}
"""Each authority as setmqaut and as MQSC call it."""

REMOVE = "-remove"


def is_authority(word: str) -> bool:
    """Whether an argument such as `+put`, `-all` or `-remove` is one of the authorities."""
    return word == REMOVE or (word[:1] in ("+", "-") and word[1:].lower() in NAMES)
