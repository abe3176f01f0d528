"""Reads a client channel definition table in JSON, strictly: what IBM's schema does not know is refused
(facts TLS 2.8).

Keys are case-sensitive. MQ is more lenient with unknown keys, but then does something else than was meant;
the sandbox says so instead.
"""

from __future__ import annotations

import json
from typing import Any

from wizard.sandbox.wire.definitions import DEFAULT_PORT, Definition, DefinitionError

Shape = dict[str, Any]

EXIT: Shape = {"name": str, "userData": str}
CHANNEL: Shape = {
    "name": str,
    "type": str,
    "clientConnection": {"connection": [{"host": str, "port": int}], "queueManager": str},
    "transmissionSecurity": {
        "cipherSpecification": str,
        "certificateLabel": str,
        "certificatePeerName": str,
    },
    "connectionManagement": {
        "affinity": str,
        "clientWeight": int,
        "defaultReconnect": str,
        "disconnectInterval": int,
        "heartbeatInterval": int,
        "keepAliveInterval": int,
        "sharingConversations": int,
        "localAddress": [{"host": str, "port": int, "portRange": {"low": int, "high": int}}],
    },
    "compression": {"header": [str], "message": [str]},
    "exits": {"security": EXIT, "send": [EXIT], "receive": [EXIT]},
    "general": {"description": str, "maximumMessageLength": int},
    "timestamps": {"altered": str},
}
TABLE: Shape = {"channel": [CHANNEL]}
CLIENT = "clientConnection"


def read(text: str) -> list[Definition]:
    """The definitions of a table in the order of the file; raises DefinitionError, which names the place."""
    try:
        table = json.loads(text, object_pairs_hook=_object)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DefinitionError(f"not JSON: {error}") from error
    _check(table, TABLE, "")
    if "channel" not in table:
        raise DefinitionError("channel: missing")
    return [_definition(channel, f"channel[{at}]") for at, channel in enumerate(table["channel"])]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise DefinitionError(f"{twice}: twice in one object")
    return dict(pairs)


def _check(value: object, shape: Any, place: str) -> None:
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            raise DefinitionError(f"{place or 'the table'}: not an object")
        for key, part in value.items():
            where = f"{place}.{key}".lstrip(".")
            if key not in shape:
                raise DefinitionError(f"{where}: unknown key")
            _check(part, shape[key], where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise DefinitionError(f"{place}: not an array")
        for at, part in enumerate(value):
            _check(part, shape[0], f"{place}[{at}]")
    elif not isinstance(value, shape) or isinstance(value, bool):
        raise DefinitionError(f"{place}: not a {'text' if shape is str else 'number'}")


def _definition(channel: dict[str, Any], place: str) -> Definition:
    for required in ("name", "type"):
        if required not in channel:
            raise DefinitionError(f"{place}.{required}: missing")
    if channel["type"] != CLIENT:
        raise DefinitionError(f"{place}.type: must be {CLIENT}")
    connection = channel.get(CLIENT, {})
    security = channel.get("transmissionSecurity", {})
    management = channel.get("connectionManagement", {})
    return Definition(
        channel["name"],
        tuple(_connection(one, f"{place}.{CLIENT}.connection") for one in connection.get("connection", [])),
        connection.get("queueManager", ""),
        security.get("cipherSpecification", ""),
        security.get("certificateLabel", ""),
        security.get("certificatePeerName", ""),
        _local_address(management.get("localAddress", []), place),
        management.get("clientWeight", 0),
    )


def _connection(one: dict[str, Any], place: str) -> tuple[str, int]:
    port = one.get("port", DEFAULT_PORT)
    if "host" not in one or not 0 < port < 65536:
        raise DefinitionError(f"{place}: host missing or port out of range")
    return one["host"], port


def _local_address(addresses: list[dict[str, Any]], place: str) -> str:
    for address in addresses:
        ports = address.get("portRange")
        if ports is not None and set(ports) != {"low", "high"}:
            raise DefinitionError(f"{place}.connectionManagement.localAddress: portRange needs low and high")
    return str(addresses[0].get("host", "")) if addresses else ""
