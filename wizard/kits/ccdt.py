"""The JSON client channel definition table: what a client reads to find and to trust its queue manager.

Keys and values are case-sensitive and none is required but name and type (facts tls 2.8).
"""

from __future__ import annotations

import json
import re
from typing import Any

from wizard.mq.objects import MqObject

Json = dict[str, Any]

NUMBERS = {
    "HBINT": "heartbeatInterval",
    "KAINT": "keepAliveInterval",
    "SHARECNV": "sharingConversations",
}
"""MQSC keyword → name below `connectionManagement`; a word such as AUTO is left out, as MQ takes that anyway."""

COMPRESSION = {"COMPHDR": "header", "COMPMSG": "message"}
"""MQSC keyword → name below `compression`; that the words are in small letters is recalled."""


def ccdt(definition: MqObject) -> str:
    """The table for one client-connection channel, as text with a newline at its end."""
    channel: Json = {
        "name": definition.name,
        "type": "clientConnection",
        "clientConnection": {
            "connection": connections(definition.text("CONNAME")),
            "queueManager": definition.text("QMNAME"),
        },
    }
    channel |= {name: part for name, part in _sections(definition).items() if part}
    return json.dumps({"channel": [channel]}, indent=2, ensure_ascii=False) + "\n"


def connections(conname: str) -> list[Json]:
    """Host and port of each address of a CONNAME such as `a(1414),b(1415)`; the default port is 1414."""
    found = re.findall(r"([^,()\s]+)(?:\((\d+)\))?", conname)
    return [{"host": host, "port": int(port or 1414)} for host, port in found]


def _sections(definition: MqObject) -> dict[str, Json]:
    manage: Json = {
        name: int(definition.text(word)) for word, name in NUMBERS.items() if definition.text(word).isdigit()
    }
    compression: Json = {
        name: definition.text(word).lower().split(",") for word, name in COMPRESSION.items() if definition.text(word)
    }
    security = {
        name: definition.text(word)
        for word, name in (
            ("SSLCIPH", "cipherSpecification"),
            ("CERTLABL", "certificateLabel"),
            ("SSLPEER", "certificatePeerName"),
        )
        if definition.text(word)
    }
    general: Json = {"description": definition.text("DESCR")} if definition.text("DESCR") else {}
    if definition.text("MAXMSGL"):
        general["maximumMessageLength"] = int(definition.text("MAXMSGL"))
    return {
        "transmissionSecurity": security,
        "connectionManagement": manage,
        "compression": compression,
        "general": general,
    }
