"""Which commands there are, their synonyms, and where each is carried out.

A synonym is what IBM documents, not any beginning of the word: DEFI is none, and DELETE has none (IBM: so that DEF is
never taken for it).
"""

from __future__ import annotations

from functools import cache

from wizard.sandbox.mqsc.attributes import words

VERB_SYNONYMS = {
    "ALT": "ALTER",
    "ALTER": "ALTER",
    "CLEAR": "CLEAR",
    "DEF": "DEFINE",
    "DEFINE": "DEFINE",
    "DELETE": "DELETE",
    "DIS": "DISPLAY",
    "DISPLAY": "DISPLAY",
    "PING": "PING",
    "PURGE": "PURGE",
    "REF": "REFRESH",
    "REFRESH": "REFRESH",
    "RESET": "RESET",
    "RESOLVE": "RESOLVE",
    "RES": "RESOLVE",
    "RESUME": "RESUME",
    "SET": "SET",
    "STA": "START",
    "START": "START",
    "STOP": "STOP",
    "SUSPEND": "SUSPEND",
}

NOUN_SYNONYMS = {
    "CHL": "CHANNEL",
    "CHS": "CHSTATUS",
    "LSTR": "LISTENER",
    "NL": "NAMELIST",
    "PRO": "PROCESS",
    "Q": "QUEUE",
    "QA": "QALIAS",
    "QC": "QCLUSTER",
    "QL": "QLOCAL",
    "QM": "QMODEL",
    "QR": "QREMOTE",
    "QS": "QSTATUS",
    "SBS": "SBSTATUS",
    "SEC": "SECURITY",
    "TPS": "TPSTATUS",
}

_OBJECTS = words("QLOCAL QREMOTE QALIAS QMODEL CHANNEL LISTENER AUTHINFO NAMELIST TOPIC PROCESS SERVICE SUB COMMINFO")

HANDLERS: dict[tuple[str, str], str] = {
    **{("DEFINE", noun): "objects:define" for noun in _OBJECTS},
    **{("ALTER", noun): "objects:alter" for noun in _OBJECTS},
    **{("DELETE", noun): "objects:delete" for noun in _OBJECTS},
    **{("DISPLAY", noun): "show:objects" for noun in [*_OBJECTS, "QUEUE"]},
    ("ALTER", "QMGR"): "queue_manager:alter",
    ("DISPLAY", "QMGR"): "queue_manager:show",
    ("DISPLAY", "QMSTATUS"): "status:queue_manager",
    ("DISPLAY", "QSTATUS"): "status:queues",
    ("DISPLAY", "CHSTATUS"): "status_channels:channels",
    ("DISPLAY", "CONN"): "status_channels:connections",
    ("DISPLAY", "LSSTATUS"): "status:listeners",
    ("SET", "CHLAUTH"): "chlauth:set_record",
    ("DISPLAY", "CHLAUTH"): "chlauth_show:show",
    ("SET", "AUTHREC"): "authrec:set_record",
    ("DELETE", "AUTHREC"): "authrec:delete_record",
    ("DISPLAY", "AUTHREC"): "authrec:show_records",
    ("DISPLAY", "ENTAUTH"): "authrec:show_entity",
    ("CLEAR", "QLOCAL"): "actions:clear_queue",
    ("PING", "QMGR"): "actions:ping_queue_manager",
    ("REFRESH", "SECURITY"): "actions:refresh_security",
    ("START", "LISTENER"): "actions:start_listener",
    ("STOP", "LISTENER"): "actions:stop_listener",
    ("START", "CHANNEL"): "actions_channels:start",
    ("STOP", "CHANNEL"): "actions_channels:stop",
}

UNSIMULATED = {
    "CLEAR": ("TOPICSTR",),
    "DELETE": ("POLICY",),
    "DISPLAY": (
        "APSTATUS",
        "AUTHSERV",
        "CLUSQMGR",
        "NHASTATUS",
        "POLICY",
        "PUBSUB",
        "QCLUSTER",
        "SBSTATUS",
        "SVSTATUS",
        "TCLUSTER",
        "TPSTATUS",
    ),
    "PING": ("CHANNEL",),
    "PURGE": ("CHANNEL",),
    "REFRESH": ("CLUSTER", "QMGR"),
    "RESET": ("CHANNEL", "CLUSTER", "QMGR"),
    "RESOLVE": ("CHANNEL",),
    "RESUME": ("QMGR",),
    "SET": ("LOG", "POLICY"),
    "START": ("CHINIT", "SERVICE"),
    "STOP": ("CONN", "SERVICE"),
    "SUSPEND": ("QMGR",),
}
"""Commands of MQ that the sandbox refuses loudly."""


@cache
def nouns_of(verb: str) -> tuple[str, ...]:
    """What a verb can be followed by."""
    found = {noun for known, noun in HANDLERS if known == verb}
    return tuple(sorted(found | set(UNSIMULATED.get(verb, ()))))
