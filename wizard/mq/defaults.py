"""The objects that definitions start from: what DEFINE does not say comes from the SYSTEM.DEFAULT object of its kind.

Names as IBM's list of system and default objects has them.
"""

from __future__ import annotations

from collections.abc import Mapping

from wizard.mq.objects import Kind

_BY_KIND: Mapping[Kind, str] = {
    Kind.QLOCAL: "SYSTEM.DEFAULT.LOCAL.QUEUE",
    Kind.QREMOTE: "SYSTEM.DEFAULT.REMOTE.QUEUE",
    Kind.QALIAS: "SYSTEM.DEFAULT.ALIAS.QUEUE",
    Kind.QMODEL: "SYSTEM.DEFAULT.MODEL.QUEUE",
    Kind.LISTENER: "SYSTEM.DEFAULT.LISTENER.TCP",
    Kind.NAMELIST: "SYSTEM.DEFAULT.NAMELIST",
    Kind.TOPIC: "SYSTEM.DEFAULT.TOPIC",
    Kind.PROCESS: "SYSTEM.DEFAULT.PROCESS",
    Kind.SERVICE: "SYSTEM.DEFAULT.SERVICE",
    Kind.SUB: "SYSTEM.DEFAULT.SUB",
    Kind.COMMINFO: "SYSTEM.DEFAULT.COMMINFO.MULTICAST",
}

_CHANNELS: Mapping[str, str] = {
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


def default_object(kind: Kind, subtype: str = "") -> str:
    """The name of the object that a new one of this kind and sub-type starts from; empty where there is none."""
    if kind is Kind.CHANNEL:
        return _CHANNELS.get(subtype, "")
    if kind is Kind.AUTHINFO:
        return f"SYSTEM.DEFAULT.AUTHINFO.{subtype}" if subtype else ""
    return _BY_KIND.get(kind, "")
