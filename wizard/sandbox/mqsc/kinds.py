"""The kinds of object: name space, attribute table, replies, default object, authority type.

Used by every command that works on objects. A kind with subtypes (CHLTYPE, AUTHTYPE, TRPTYPE) has a table for each.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from wizard.sandbox.mqsc.attributes import Table, table


class Kind(NamedTuple):
    """One kind of object; `objtype` is how SET AUTHREC calls it, empty for kinds without authorities."""

    noun: str
    space: str
    replies: str
    name_length: int = 48
    default: str = ""
    objtype: str = ""
    subtype: str = ""
    extra_name_characters: str = ""


KINDS = {
    kind.noun: kind
    for kind in (
        Kind("QLOCAL", "QUEUE", "queue", default="SYSTEM.DEFAULT.LOCAL.QUEUE", objtype="QUEUE"),
        Kind("QREMOTE", "QUEUE", "queue", default="SYSTEM.DEFAULT.REMOTE.QUEUE", objtype="QUEUE"),
        Kind("QALIAS", "QUEUE", "queue", default="SYSTEM.DEFAULT.ALIAS.QUEUE", objtype="QUEUE"),
        Kind("QMODEL", "QUEUE", "queue", default="SYSTEM.DEFAULT.MODEL.QUEUE", objtype="QUEUE"),
        Kind("CHANNEL", "CHANNEL", "channel", 20, objtype="CHANNEL", subtype="CHLTYPE"),
        Kind(
            "LISTENER",
            "LISTENER",
            "listener",
            default="SYSTEM.DEFAULT.LISTENER.TCP",
            objtype="LISTENER",
            subtype="TRPTYPE",
        ),
        Kind("AUTHINFO", "AUTHINFO", "authinfo", objtype="AUTHINFO", subtype="AUTHTYPE"),
        Kind("NAMELIST", "NAMELIST", "namelist", default="SYSTEM.DEFAULT.NAMELIST", objtype="NAMELIST"),
        Kind("TOPIC", "TOPIC", "topic", default="SYSTEM.DEFAULT.TOPIC", objtype="TOPIC"),
        Kind("PROCESS", "PROCESS", "process", default="SYSTEM.DEFAULT.PROCESS", objtype="PROCESS"),
        Kind("SERVICE", "SERVICE", "service", default="SYSTEM.DEFAULT.SERVICE", objtype="SERVICE"),
        Kind("COMMINFO", "COMMINFO", "comminfo", default="SYSTEM.DEFAULT.COMMINFO.MULTICAST", objtype="COMMINFO"),
        Kind("SUB", "SUB", "sub", 10240, default="SYSTEM.DEFAULT.SUB"),
        Kind("QMGR", "QMGR", "qmgr"),
    )
}

QUEUE_KINDS = ("QLOCAL", "QREMOTE", "QALIAS", "QMODEL")
CHANNEL_TYPES = ("SDR", "SVR", "RCVR", "RQSTR", "CLNTCONN", "SVRCONN", "CLUSSDR", "CLUSRCVR", "AMQP")
AUTHINFO_TYPES = ("CRLLDAP", "OCSP", "IDPWOS", "IDPWLDAP")
SUBTYPES = {"CHLTYPE": CHANNEL_TYPES, "AUTHTYPE": AUTHINFO_TYPES, "TRPTYPE": ("TCP",)}

DEFAULT_CHANNELS = {
    "SDR": "SYSTEM.DEF.SENDER",
    "SVR": "SYSTEM.DEF.SERVER",
    "RCVR": "SYSTEM.DEF.RECEIVER",
    "RQSTR": "SYSTEM.DEF.REQUESTER",
    "CLNTCONN": "SYSTEM.DEF.CLNTCONN",
    "SVRCONN": "SYSTEM.DEF.SVRCONN",
    "CLUSSDR": "SYSTEM.DEF.CLUSSDR",
    "CLUSRCVR": "SYSTEM.DEF.CLUSRCVR",
    "AMQP": "SYSTEM.DEF.AMQP",
}


def default_name(kind: Kind, subtype: str) -> str:
    """The object whose attributes a new one gets."""
    if kind.noun == "CHANNEL":
        return DEFAULT_CHANNELS[subtype]
    if kind.noun == "AUTHINFO":
        return f"SYSTEM.DEFAULT.AUTHINFO.{subtype}"
    return kind.default


def space_of(kind: Kind, subtype: str) -> str:
    """The name space; client-connection channels have their own."""
    return "CLNTCONN" if subtype == "CLNTCONN" else kind.space


def objtype_of(kind: Kind, subtype: str) -> str:
    """The object type of the authority records."""
    return "CLNTCONN" if subtype == "CLNTCONN" else kind.objtype


@cache
def table_of(noun: str, subtype: str, version: tuple[int, ...]) -> Table:
    """The attributes of a kind (and subtype) in a release, in DISPLAY order."""
    return table(_text(noun, subtype), version)


def _text(noun: str, subtype: str) -> str:
    # Each table is loaded when first needed: runmqsc starts often and mostly needs one or two of them.
    if noun in QUEUE_KINDS:
        from wizard.sandbox.mqsc import table_queues as queues

        return queues.qmodel() if noun == "QMODEL" else str(getattr(queues, noun))
    if noun == "CHANNEL":
        from wizard.sandbox.mqsc import table_channels

        return table_channels.of_type(subtype)
    if noun == "QMGR":
        from wizard.sandbox.mqsc import table_qmgr

        return table_qmgr.QMGR
    from wizard.sandbox.mqsc import table_others

    return str(getattr(table_others, subtype if noun == "AUTHINFO" else noun))
