"""amqssslc: the client sample that only connects, with TLS settings from its arguments (facts 7; texts recalled)."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled
from wizard.sandbox.state import State
from wizard.sandbox.wire.client import ConnectError, Program, connect
from wizard.sandbox.wire.client_settings import ClientSettings
from wizard.sandbox.wire.definitions import Definition, DefinitionError, connections

FLAGS = Flags(
    usage="amqssslc -m QMgrName -c ChannelName -x ConnName [-k KeyRepository] [-s CipherSpec] [-l CertLabel]",
    bare=frozenset(),
    valued=frozenset({"m", "c", "x", "k", "s", "l"}),
    left_out=frozenset({"o", "f", "h", "d"}),
    status="amqssslc.rc.invalid",
)


def main(argv: list[str], folder: Path) -> int:
    """Connect and disconnect: 0, else the reason code modulo 256."""
    given = parsed(argv, FLAGS)
    try:
        where = connections(given.last("x"))
    except DefinitionError:
        raise FLAGS.refusal() from None
    if given.operands or not given.last("c"):
        raise FLAGS.refusal()
    state = State(folder)
    version = state.meta("version")
    state.close()
    definition = Definition(given.last("c"), where, cipher=given.last("s"))
    keys = ClientSettings(folder, version, os.environ).keys()
    keys = replace(keys, repository=given.last("k") or keys.repository, label=given.last("l") or keys.label)
    program = Program(folder, "amqssslc", version, os.environ)
    values = {
        "qmgr": given.last("m"),
        "channel": definition.channel,
        "conname": given.last("x"),
        "cipher": definition.cipher,
        "repository": keys.repository,
    }
    _say("amqssslc.start", values)
    if definition.cipher:
        _say("amqssslc.tls", values)
    try:
        connection = connect(program, given.last("m"), [definition], keys)
    except ConnectError as error:
        sys.stdout.write(f"MQCONNX ended with reason code {error.reason}\n")
        return error.reason & 255
    connection.disconnect()
    _say("amqssslc.connected", values)
    return 0


def _say(key: str, values: dict[str, str]) -> None:
    sys.stdout.write(recalled(key).format_map(values) + "\n")
    sys.stdout.flush()
