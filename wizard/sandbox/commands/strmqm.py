"""strmqm: starts a queue manager and its listeners with CONTROL(QMGR) (facts 1.2)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from wizard.sandbox import errorlog, installation, launch, qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled
from wizard.sandbox.state import State
from wizard.sandbox.wire.settings import only_secure, qm_ini

FLAGS = Flags(
    usage="strmqm [-a|-c|-r] [-d none|minimal|all] [-e CMDLEVEL=Level] [-f] [-ns] [-x] [-z] [QMgrName]",
    bare=frozenset({"ns", "z"}),
    valued=frozenset({"d"}),
    left_out=frozenset({"a", "c", "r", "e", "f", "x"}),
)
LOG_RECORDS = 5
PLAIN_TEXT = "Plain text communication is enabled."
"""Said from 9.3 on unless qm.ini has SecureCommsOnly=YES (facts TLS 1.3)."""


def main(argv: list[str], folder: Path) -> int:
    """Start the queue manager: 0 started, 5 running already, 16 unknown."""
    given = parsed(argv, FLAGS)
    if len(given.operands) > 1 or given.last("d", "all") not in ("none", "minimal", "all"):
        raise FLAGS.refusal()
    qmgrs.require_administrator(folder)
    state = State(folder)
    name = _claimed(state, given.operands[0] if given.operands else "")
    version = state.meta("version")
    is_plain = installation.at_least(version, "9.3") and not only_secure(state, qm_ini(state, name))
    if given.last("d", "all") == "all" and not given.has("z"):
        _tell(name, version, is_plain=is_plain)
    _log(folder, name, version, is_plain=is_plain)
    if not given.has("ns"):
        _start_listeners(state, name)
    state.close()
    return 0


def _claimed(state: State, wanted: str) -> str:
    """Take the queue manager from ended to running, once, whoever else tries."""
    row = qmgrs.named(state, wanted)
    qmgrs.require_settled(state, row)
    name: str = row["name"]
    if not (qmgrs.log_directory(state, row) / "active").is_dir() or row["status"] == qmgrs.BEING_CREATED:
        raise MqError("AMQ7017S: Log not available.", 23)
    started = time.strftime("%Y-%m-%dT%H:%M:%S")
    changed = state.db.execute(
        "UPDATE qmgr SET status = ?, started = ? WHERE name = ? AND status != ?",
        (qmgrs.RUNNING, started, name, qmgrs.RUNNING),
    )
    if not changed.rowcount:
        raise MqError(recalled("lifecycle.running"), 5)
    qmgrs.clear_runtime(state, name)
    return name


def _tell(name: str, version: str, *, is_plain: bool) -> None:
    plain = [PLAIN_TEXT] if is_plain else []
    lines = [
        f"IBM MQ queue manager '{name}' starting.",
        f"The queue manager is associated with installation '{installation.NAME}'.",
        f"{LOG_RECORDS} log records accessed on queue manager '{name}' during the log replay phase.",
        f"Log replay for queue manager '{name}' complete.",
        f"Transaction manager state recovered for queue manager '{name}'.",
        *plain,
        f"IBM MQ queue manager '{name}' started using V{version}.",
    ]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _log(folder: Path, name: str, version: str, *, is_plain: bool) -> None:
    replay = f"{LOG_RECORDS} log records accessed on queue manager '{name}' during the log replay phase."
    entries: list[tuple[str, str, list[int | str]]] = [
        ("AMQ7229I", replay, [LOG_RECORDS, name]),
        ("AMQ7230I", f"Log replay for queue manager '{name}' complete.", [name]),
        ("AMQ7232I", f"Transaction manager state recovered for queue manager '{name}'.", [name]),
        *([("AMQ9722W", PLAIN_TEXT, [])] if is_plain else []),
        ("AMQ8003I", f"IBM MQ queue manager '{name}' started using V{version}.", [name, version]),
        ("AMQ5024I", recalled("strmqm.log.command-server"), ["SYSTEM.CMDSERVER.1"]),
        ("AMQ5022I", recalled("strmqm.log.initiator"), ["SYSTEM.CHANNEL.INITIATOR"]),
    ]
    for message_id, text, inserts in entries:
        errorlog.write(folder, name, message_id, text, inserts=inserts, program="amqzxma0")


def _start_listeners(state: State, name: str) -> None:
    for listener, _, attributes in state.objects(name, "LISTENER"):
        if attributes.get("CONTROL") in ("QMGR", "STARTONLY") and attributes.get("TRPTYPE") == "TCP":
            launch.listener(
                state.folder,
                name,
                listener,
                int(attributes.get("PORT") or 1414),
                str(attributes.get("IPADDR") or "").strip(),
                int(attributes.get("BACKLOG") or 0),
            )
