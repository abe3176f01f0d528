"""CLEAR, PING, REFRESH, and START and STOP of listeners (facts 2.6)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from wizard.sandbox import launch
from wizard.sandbox.mqsc import usage
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import object_name, only

SECURITY_TYPES = ("AUTHSERV", "CLASSES", "CONNAUTH", "SSL")
DEFAULT_LISTENER = "SYSTEM.DEFAULT.LISTENER.TCP"
DEFAULT_PORT = 1414
"""Where a listener with PORT(0) listens (recalled)."""


def clear_queue(context: Context, parameters: Parameters) -> list[str]:
    """CLEAR QLOCAL: all its messages go; an open queue is not cleared."""
    name = object_name(parameters.noun, 48)
    parameters.done()
    found = context.state.object(context.qmgr, "QUEUE", name)
    if found is None or found[0] != "QLOCAL":
        raise failed("object.unknown", name=name)
    if any(usage.open_counts(context, name)):
        raise failed("object.in.use")
    context.state.db.execute("DELETE FROM message WHERE qmgr = ? AND queue = ?", (context.qmgr, name))
    return [message("queue.cleared")]


def ping_queue_manager(_context: Context, parameters: Parameters) -> list[str]:
    """PING QMGR."""
    if parameters.noun.values is not None:
        raise SyntaxRefusedError(parameters.noun.end)
    parameters.done()
    return [message("qmgr.pinged")]


def refresh_security(context: Context, parameters: Parameters) -> list[str]:
    """REFRESH SECURITY: listeners notice the grown generation and read keys or CONNAUTH anew.

    Without a TYPE, or with (*), the authorization cache alone is refreshed (recalled).
    """
    if parameters.noun.values is not None and only(parameters.noun).text != "*":
        raise SyntaxRefusedError(parameters.noun.value_end)
    kind = parameters.one_of("TYPE", SECURITY_TYPES)
    parameters.done()
    generation = {"SSL": "ssl_generation", "CONNAUTH": "connauth_generation"}.get(kind or "")
    if generation:
        statement = f"UPDATE qmgr SET {generation} = {generation} + 1 WHERE name = ?"  # noqa: S608 - one of two names
        context.state.db.execute(statement, (context.qmgr,))
    return [message("security.refreshed")]


def _listener_name(parameters: Parameters) -> str:
    return DEFAULT_LISTENER if parameters.noun.values is None else object_name(parameters.noun, 48)


def start_listener(context: Context, parameters: Parameters) -> list[str]:
    """START LISTENER: accepted whether or not the port can be bound; only LSSTATUS and the error log tell."""
    name = _listener_name(parameters)
    ignores = parameters.one_of("IGNSTATE", ("NO", "YES")) == "YES"
    parameters.done()
    found = context.state.object(context.qmgr, "LISTENER", name)
    if found is None:
        raise failed("object.unknown", name=name)
    is_running = bool(usage.listener_pid(context, name))
    if is_running and not ignores:
        raise failed("listener.active")
    attributes = found[1]
    if not (is_running or context.is_rehearsal):
        launch.listener(
            context.folder,
            context.qmgr,
            name,
            int(attributes["PORT"]) or DEFAULT_PORT,
            attributes["IPADDR"],
            int(attributes["BACKLOG"]),
        )
    return [message("listener.started")]


def stop_listener(context: Context, parameters: Parameters) -> list[str]:
    """STOP LISTENER: the process is told to end."""
    name = _listener_name(parameters)
    ignores = parameters.one_of("IGNSTATE", ("NO", "YES")) == "YES"
    parameters.done()
    if context.state.object(context.qmgr, "LISTENER", name) is None:
        raise failed("object.unknown", name=name)
    pid = usage.listener_pid(context, name)
    if not pid and not ignores:
        raise failed("listener.inactive")
    if pid and not context.is_rehearsal and _is_listener(pid):
        os.kill(pid, signal.SIGTERM)
    return [message("listener.stopped")]


def _is_listener(pid: int) -> bool:
    """Whether the process really is a listener of ours: process ids are used again."""
    try:
        return b"runmqlsr" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
