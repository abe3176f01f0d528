"""DISPLAY QMSTATUS, QSTATUS and LSSTATUS (facts 2.6, 2.7)."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wizard.sandbox import installation
from wizard.sandbox.launch import alive
from wizard.sandbox.mqsc import selection, usage
from wizard.sandbox.mqsc.attributes import words
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.layout import Pair, block
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import failed
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import object_name

QMSTATUS = words(
    "STATUS CHINIT CMDSERV CONNS DATPATH HOSTNAME INSTDESC INSTNAME INSTPATH LDAPCONN LOGPATH LOGPRIM LOGSEC LOGTYPE "
    "STANDBY STARTDA STARTTI"
)

QSTATUS = words("CURDEPTH IPPROCS LGETDATE LGETTIME LPUTDATE LPUTTIME MEDIALOG MONQ MSGAGE OPPROCS QTIME UNCOM")
HANDLE = words("APPLTAG CHANNEL CONNAME INPUT OUTPUT PID USERID")

LSSTATUS = words("STATUS PID STARTDA STARTTI DESCR TRPTYPE CONTROL IPADDR PORT BACKLOG")


def chosen(order: Sequence[str], attributes: Mapping[str, Any], names: set[str] | None) -> list[Pair]:
    """The attributes of a status, in their order: those named, all for None."""
    return [(word, attributes.get(word, "")) for word in order if names is None or word in names]


def queue_manager(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY QMSTATUS: name and status, or what is asked for."""
    names = selection.requested(parameters, QMSTATUS, {"LOG": ("LOGPATH", "LOGPRIM", "LOGSEC", "LOGTYPE")})
    row = context.state.qmgr(context.qmgr)
    date, _, time = (row["started"] if row else "").partition(" ")
    logs = installation.log_path(context.folder, context.directory)
    attributes = {
        "STATUS": "RUNNING",
        "CHINIT": "RUNNING",
        "CMDSERV": "RUNNING",
        "CONNS": "1",
        "DATPATH": str(context.data),
        "HOSTNAME": socket.gethostname(),
        "INSTNAME": context.state.meta("installation", installation.NAME),
        "INSTPATH": str(installation.install_path(context.folder)),
        "LDAPCONN": "INACTIVE",
        "LOGPATH": f"{logs}/active/",
        "LOGPRIM": "3",
        "LOGSEC": "2",
        "LOGTYPE": row["log_type"] if row else "",
        "STANDBY": "NOPERMIT",
        "STARTDA": date,
        "STARTTI": time.replace(":", "."),
    }
    if names is not None:
        names = names or {"STATUS"}
    first: list[Pair] = [("QMNAME", context.qmgr)]
    if names is None:
        first.append(("TYPE", "QMGR"))
    return block(message("qmstatus.shown"), [*first, *chosen(QMSTATUS, attributes, names)])


def queues(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY QSTATUS of local queues: TYPE(QUEUE), or TYPE(HANDLE) for the programs that hold them open."""
    name = object_name(selection.name_word(parameters), 48, generic=True)
    is_handle = parameters.one_of("TYPE", ("QUEUE", "HANDLE")) == "HANDLE"
    order = HANDLE if is_handle else QSTATUS
    condition = selection.condition(parameters, [*order, "QUEUE"])
    names = selection.requested(parameters, order, {})
    lines: list[str] = []
    is_known = False
    for queue, kind, definition in context.state.objects(context.qmgr, "QUEUE"):
        if kind != "QLOCAL" or not selection.matches(name, queue):
            continue
        is_known = True
        for attributes in _handles(context, queue) if is_handle else [_queue(context, queue, definition)]:
            if condition is not None and not condition.holds({**attributes, "QUEUE": queue}):
                continue
            first: list[Pair] = [("QUEUE", queue), ("TYPE", "HANDLE" if is_handle else "QUEUE")]
            lines += block(message("qstatus.shown"), [*first, *chosen(order, attributes, names or None)])
    if not lines:
        raise failed("qstatus.none" if is_known else "object.unknown", name=name)
    return lines


def _queue(context: Context, queue: str, definition: Mapping[str, Any]) -> dict[str, str]:
    readers, writers = usage.open_counts(context, queue)
    monitored = definition.get("MONQ", "QMGR")
    if monitored == "QMGR":
        monitored = str(context.qmgr_attributes().get("MONQ", "OFF"))
    return {
        "CURDEPTH": str(usage.depth(context, queue)),
        "IPPROCS": str(readers),
        "OPPROCS": str(writers),
        "MONQ": monitored,
        "QTIME": " , ",
        "UNCOM": "NO",
    }


def _handles(context: Context, queue: str) -> list[dict[str, str]]:
    rows = context.state.db.execute(
        "SELECT pid, mode FROM handle WHERE qmgr = ? AND queue = ?", (context.qmgr, queue)
    ).fetchall()
    return [
        {
            "PID": str(row["pid"]),
            "INPUT": "SHARED" if any(word in row["mode"].upper() for word in usage.INPUT) else "NO",
            "OUTPUT": "YES" if "OUTPUT" in row["mode"].upper() else "NO",
        }
        for row in rows
        if alive(row["pid"])
    ]


def listeners(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY LSSTATUS: the listeners that are bound to their ports."""
    name = object_name(selection.name_word(parameters), 48, generic=True)
    condition = selection.condition(parameters, [*LSSTATUS, "LISTENER"])
    names = selection.requested(parameters, LSSTATUS, {})
    if names:
        wanted: set[str] | None = {*names, "STATUS"}
    else:
        wanted = {"STATUS", "PID"} if names is not None and name.endswith("*") else None
    lines: list[str] = []
    for listener, attributes in _running_listeners(context):
        if not selection.matches(name, listener):
            continue
        if condition is None or condition.holds({**attributes, "LISTENER": listener}):
            shown: list[Pair] = [("LISTENER", listener), *chosen(LSSTATUS, attributes, wanted)]
            lines += block(message("lsstatus.shown"), shown)
    if not lines:
        raise failed("object.unknown", name=name)
    return lines


def _running_listeners(context: Context) -> Iterator[tuple[str, dict[str, str]]]:
    """Name and attributes of each; the rows of dead processes are dropped."""
    rows = context.state.db.execute(
        "SELECT listener, pid, attributes FROM lsstatus WHERE qmgr = ? ORDER BY listener", (context.qmgr,)
    ).fetchall()
    defaults = {"STATUS": "RUNNING", "TRPTYPE": "TCP", "CONTROL": "MANUAL", "BACKLOG": "100", "IPADDR": "*"}
    for row in rows:
        if row["listener"].startswith("#"):
            # Started by hand with runmqlsr: it is no listener object.
            continue
        if alive(row["pid"]):
            yield row["listener"], {**defaults, **json.loads(row["attributes"]), "PID": str(row["pid"])}
        else:
            context.state.db.execute(
                "DELETE FROM lsstatus WHERE qmgr = ? AND listener = ? AND pid = ?",
                (context.qmgr, row["listener"], row["pid"]),
            )
