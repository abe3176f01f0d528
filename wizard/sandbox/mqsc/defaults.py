"""The objects that a new queue manager has: itself, SYSTEM.*, three channel authentication records, authorities of mqm.

Called by crtmqm. Which queues there are is recalled from 9.x queue managers; the attributes are the tables' defaults,
the records and CONNAUTH as in facts 4.2 and 5.4.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any

from wizard.sandbox import installation
from wizard.sandbox.mqsc.authorities import OBJTYPES, administrators_list
from wizard.sandbox.mqsc.context import stamp
from wizard.sandbox.mqsc.kinds import (
    AUTHINFO_TYPES,
    DEFAULT_CHANNELS,
    KINDS,
    objtype_of,
    space_of,
    table_of,
)
from wizard.sandbox.mqsc.oam import SELF
from wizard.sandbox.state import State

_LARGE = {"MAXDEPTH": "999999999"}
_PERSISTENT = {"DEFPSIST": "YES"}
_BROKER = {"DEFPSIST": "YES", "MAXDEPTH": "999999999"}
_EVENTS = {"MAXDEPTH": "3000"}
_NO_SHARE = {"SHARE": "NO"}

LOCAL_QUEUES: dict[str, dict[str, str]] = {
    "SYSTEM.ADMIN.ACCOUNTING.QUEUE": _EVENTS,
    "SYSTEM.ADMIN.ACTIVITY.QUEUE": _EVENTS,
    "SYSTEM.ADMIN.CHANNEL.EVENT": _EVENTS,
    "SYSTEM.ADMIN.COMMAND.EVENT": _EVENTS,
    "SYSTEM.ADMIN.COMMAND.QUEUE": _EVENTS,
    "SYSTEM.ADMIN.CONFIG.EVENT": _EVENTS,
    "SYSTEM.ADMIN.LOGGER.EVENT": _EVENTS,
    "SYSTEM.ADMIN.PERFM.EVENT": _EVENTS,
    "SYSTEM.ADMIN.PUBSUB.EVENT": _EVENTS,
    "SYSTEM.ADMIN.QMGR.EVENT": _EVENTS,
    "SYSTEM.ADMIN.STATISTICS.QUEUE": _EVENTS,
    "SYSTEM.ADMIN.TRACE.ACTIVITY.QUEUE": _EVENTS,
    "SYSTEM.ADMIN.TRACE.ROUTE.QUEUE": _EVENTS,
    "SYSTEM.AMQP.COMMAND.QUEUE": {},
    "SYSTEM.AUTH.DATA.QUEUE": {**_PERSISTENT, **_NO_SHARE},
    "SYSTEM.BROKER.ADMIN.STREAM": _BROKER,
    "SYSTEM.BROKER.CONTROL.QUEUE": _BROKER,
    "SYSTEM.BROKER.DEFAULT.STREAM": _BROKER,
    "SYSTEM.BROKER.INTER.BROKER.COMMUNICATIONS": _BROKER,
    "SYSTEM.CHANNEL.INITQ": {},
    "SYSTEM.CHANNEL.SYNCQ": _PERSISTENT,
    "SYSTEM.CHLAUTH.DATA.QUEUE": {**_PERSISTENT, **_NO_SHARE},
    "SYSTEM.CICS.INITIATION.QUEUE": {},
    "SYSTEM.CLUSTER.COMMAND.QUEUE": _PERSISTENT,
    "SYSTEM.CLUSTER.HISTORY.QUEUE": _PERSISTENT,
    "SYSTEM.CLUSTER.REPOSITORY.QUEUE": _PERSISTENT,
    "SYSTEM.CLUSTER.TRANSMIT.QUEUE": {**_BROKER, "USAGE": "XMITQ"},
    "SYSTEM.DDELAY.LOCAL.QUEUE": {},
    "SYSTEM.DEAD.LETTER.QUEUE": _LARGE,
    "SYSTEM.DEFAULT.INITIATION.QUEUE": {},
    "SYSTEM.DEFAULT.LOCAL.QUEUE": {},
    "SYSTEM.DOTNET.XARECOVERY.QUEUE": _PERSISTENT,
    "SYSTEM.DURABLE.SUBSCRIBER.QUEUE": {**_PERSISTENT, **_NO_SHARE},
    "SYSTEM.HIERARCHY.STATE": {**_PERSISTENT, **_NO_SHARE},
    "SYSTEM.INTER.QMGR.CONTROL": _BROKER,
    "SYSTEM.INTER.QMGR.FANREQ": _BROKER,
    "SYSTEM.INTER.QMGR.PUBS": _BROKER,
    "SYSTEM.INTERNAL.REPLY.QUEUE": {},
    "SYSTEM.PENDING.DATA.QUEUE": {},
    "SYSTEM.PROTECTION.ERROR.QUEUE": {},
    "SYSTEM.PROTECTION.POLICY.QUEUE": _PERSISTENT,
    "SYSTEM.REST.REPLY.QUEUE": {},
    "SYSTEM.RETAINED.PUB.QUEUE": {**_PERSISTENT, **_NO_SHARE},
    "SYSTEM.SELECTION.EVALUATION.QUEUE": {},
    "SYSTEM.SELECTION.VALIDATION.QUEUE": {},
}

MODEL_QUEUES: dict[str, dict[str, str]] = {
    "SYSTEM.CLUSTER.TRANSMIT.MODEL.QUEUE": {"DEFTYPE": "PERMDYN", "USAGE": "XMITQ"},
    "SYSTEM.DEFAULT.MODEL.QUEUE": {},
    "SYSTEM.DURABLE.MODEL.QUEUE": {"DEFTYPE": "PERMDYN"},
    "SYSTEM.JMS.TEMPQ.MODEL": {},
    "SYSTEM.MQEXPLORER.REPLY.MODEL": {},
    "SYSTEM.MQSC.REPLY.QUEUE": {},
    "SYSTEM.NDURABLE.MODEL.QUEUE": {},
}

TOPICS = {
    "SYSTEM.BASE.TOPIC": "",
    "SYSTEM.DEFAULT.TOPIC": "",
    "SYSTEM.ADMIN.TOPIC": "$SYS/MQ",
    "SYSTEM.BROKER.DEFAULT.STREAM": "SYSTEM.BROKER.DEFAULT.STREAM",
    "SYSTEM.BROKER.DEFAULT.SUBPOINT": "SYSTEM.BROKER.DEFAULT.SUBPOINT",
    "SYSTEM.BROKER.ADMIN.STREAM": "SYSTEM.BROKER.ADMIN.STREAM",
}
_BASE_TOPIC = {
    "PUB": "ENABLED",
    "SUB": "ENABLED",
    "DURSUB": "YES",
    "DEFPSIST": "NO",
    "DEFPRTY": "0",
    "DEFPRESP": "SYNC",
    "PMSGDLV": "ALLDUR",
    "NPMSGDLV": "ALLAVAIL",
    "PUBSCOPE": "ALL",
    "SUBSCOPE": "ALL",
    "MDURMDL": "SYSTEM.DURABLE.MODEL.QUEUE",
    "MNDURMDL": "SYSTEM.NDURABLE.MODEL.QUEUE",
    "MCAST": "DISABLED",
    "USEDLQ": "YES",
}

OTHERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("QALIAS", "SYSTEM.DEFAULT.ALIAS.QUEUE", {}),
    ("QREMOTE", "SYSTEM.DEFAULT.REMOTE.QUEUE", {}),
    ("LISTENER", "SYSTEM.DEFAULT.LISTENER.TCP", {}),
    ("NAMELIST", "SYSTEM.DEFAULT.NAMELIST", {}),
    (
        "NAMELIST",
        "SYSTEM.QPUBSUB.QUEUE.NAMELIST",
        {
            "NAMES": ["SYSTEM.BROKER.DEFAULT.STREAM", "SYSTEM.BROKER.ADMIN.STREAM"],
            "DESCR": "A list of queues for the queued Pub/Sub interface to monitor",
        },
    ),
    ("PROCESS", "SYSTEM.DEFAULT.PROCESS", {}),
    ("SERVICE", "SYSTEM.DEFAULT.SERVICE", {}),
    ("COMMINFO", "SYSTEM.DEFAULT.COMMINFO.MULTICAST", {}),
    ("SUB", "SYSTEM.DEFAULT.SUB", {}),
)

CHLAUTH = (
    (
        "SYSTEM.ADMIN.SVRCONN",
        "ADDRESSMAP",
        {
            "DESCR": "Default rule to allow MQ Explorer access",
            "ADDRESS": "*",
            "USERSRC": "CHANNEL",
            "CHCKCLNT": "ASQMGR",
        },
    ),
    (
        "SYSTEM.*",
        "ADDRESSMAP",
        {
            "DESCR": "Default rule to disable all SYSTEM channels",
            "ADDRESS": "*",
            "USERSRC": "NOACCESS",
            "WARN": "NO",
        },
    ),
    (
        "*",
        "BLOCKUSER",
        {"DESCR": "Default rule to disallow privileged users", "USERLIST": ["*MQADMIN"], "WARN": "NO"},
    ),
)

Row = tuple[str, str, str, str, dict[str, Any]]
"""Noun, subtype, name, stored kind, and what differs from the table's defaults."""


def create_default_objects(state: State, qmgr: str) -> int:
    """Make the queue manager object and all default objects; how many there are of these.

    The queue manager's row must exist. What is there already is made anew, as `crtmqm` and `strmqm -c` do.
    """
    version = installation.numbers(state.meta("version", installation.DEFAULT_VERSION))
    date, time = stamp()
    with state.change() as db:
        own = _queue_manager(state, qmgr, version)
        own.update({"ALTDATE": date, "ALTTIME": time, "CRDATE": date, "CRTIME": time})
        state.put_object(qmgr, "QMGR", qmgr, "QMGR", own)
        count = 0
        for noun, subtype, name, stored, given in _rows():
            kind = KINDS[noun]
            attributes = _attributes(noun, subtype, version, given)
            attributes.update({"ALTDATE": date, "ALTTIME": time})
            if "CRDATE" in attributes:
                attributes.update({"CRDATE": date, "CRTIME": time})
            state.put_object(qmgr, space_of(kind, subtype), name, stored, attributes)
            objtype = objtype_of(kind, subtype)
            if objtype:
                _grant(db, qmgr, name, objtype)
            count += 1
        _grant(db, qmgr, SELF, "QMGR")
        for objtype in OBJTYPES:
            if objtype not in ("QMGR", "RQMNAME"):
                _grant(db, qmgr, "@CLASS", objtype, '["CRT"]')
        _chlauth(db, qmgr, date, time)
    return count


def _rows() -> Iterator[Row]:
    for name, given in LOCAL_QUEUES.items():
        yield "QLOCAL", "", name, "QLOCAL", given
    for name, given in MODEL_QUEUES.items():
        yield "QMODEL", "", name, "QMODEL", given
    for noun, name, given in OTHERS:
        yield noun, "", name, noun, given
    for subtype, name in DEFAULT_CHANNELS.items():
        yield "CHANNEL", subtype, name, "CHANNEL", {"CHLTYPE": subtype}
    for name, subtype in (("SYSTEM.AUTO.RECEIVER", "RCVR"), ("SYSTEM.AUTO.SVRCONN", "SVRCONN")):
        yield "CHANNEL", subtype, name, "CHANNEL", {"CHLTYPE": subtype, "DESCR": "Auto-defined by"}
    for subtype in AUTHINFO_TYPES:
        yield "AUTHINFO", subtype, f"SYSTEM.DEFAULT.AUTHINFO.{subtype}", subtype, {}
    for name, topic in TOPICS.items():
        given = {"TOPICSTR": topic, **(_BASE_TOPIC if name == "SYSTEM.BASE.TOPIC" else {})}
        yield "TOPIC", "", name, "TOPIC", given


def _attributes(noun: str, subtype: str, version: tuple[int, ...], given: dict[str, Any]) -> dict[str, Any]:
    table = table_of(noun, subtype, version)
    attributes: dict[str, Any] = {}
    for keyword, attribute in table.items():
        if attribute.type in ("negative", "bare"):
            continue
        default = attribute.default
        attributes[keyword] = ([default] if default else []) if attribute.is_list else default
    return {**attributes, **given}


def _queue_manager(state: State, qmgr: str, version: tuple[int, ...]) -> dict[str, Any]:
    attributes = _attributes("QMGR", "", version, {})
    row = state.qmgr(qmgr)
    directory = row["directory"] if row else installation.mangled(qmgr)
    padded = (*version, 0, 0, 0, 0)
    date, time = stamp()
    attributes.update(
        {
            "CERTLABL": f"ibmwebspheremq{qmgr.lower()}"[:64],
            "CMDLEVEL": str(padded[0] * 100 + padded[1] * 10 + padded[2]),
            "VERSION": "".join(f"{number:02}" for number in padded[:4]),
            "QMID": f"{qmgr}_{date}_{time}",
            "SSLKEYR": str(installation.qmgr_path(state.folder, directory) / "ssl" / "key"),
        }
    )
    return attributes


def _grant(db: Connection, qmgr: str, profile: str, objtype: str, authorities: str = "") -> None:
    db.execute(
        "INSERT OR REPLACE INTO authrec VALUES (?, ?, ?, 'GROUP', 'mqm', ?)",
        (qmgr, profile, objtype, authorities or administrators_list(objtype)),
    )


def _chlauth(db: Connection, qmgr: str, date: str, time: str) -> None:
    for profile, kind, attributes in CHLAUTH:
        if db.execute(
            "SELECT 1 FROM chlauth WHERE qmgr = ? AND profile = ? AND type = ?", (qmgr, profile, kind)
        ).fetchone():
            continue
        text = json.dumps({"CUSTOM": "", **attributes, "ALTDATE": date, "ALTTIME": time})
        db.execute(
            "INSERT INTO chlauth (qmgr, profile, type, attributes) VALUES (?, ?, ?, ?)", (qmgr, profile, kind, text)
        )
