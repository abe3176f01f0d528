"""DISPLAY CHSTATUS and DISPLAY CONN (facts 2.6, 2.7), from the table of running channel instances."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from wizard.sandbox import users
from wizard.sandbox.launch import alive
from wizard.sandbox.mqsc import selection
from wizard.sandbox.mqsc.attributes import words
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.layout import Pair, block
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import failed, not_simulated
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import object_name, only

ORDER = words(
    "BATCHES BATCHSZ BUFSRCVD BUFSSENT BYTSRCVD BYTSSENT CHSTADA CHSTATI COMPHDR COMPMSG COMPRATE COMPTIME "
    "CONNAME CURLUWID CURMSGS CURRENT CURSEQNO EXITTIME HBINT INDOUBT JOBNAME KAINT LOCLADDR LONGRTS LSTLUWID "
    "LSTMSGDA LSTMSGTI LSTSEQNO MCASTAT MCAUSER MONCHL MSGS NETTIME NPMSPEED RAPPLTAG RQMNAME SECPROT SHORTRTS "
    "SSLCERTI SSLCERTU SSLCIPH SSLKEYDA SSLKEYTI SSLPEER SSLRKEYS STATUS STOPREQ SUBSTATE CURSHCNV MAXSHCNV "
    "RVERSION RPRODUCT XBATCHSZ XMITQ XQMSGSA XQTIME"
)
"""As seen on 9.4.2 for a SVRCONN; what only message channels have stands in alphabetical order (recalled)."""

ALWAYS = ("CONNAME", "CURRENT", "RQMNAME", "STATUS", "SUBSTATE", "XMITQ")
"""Shown whatever is asked for; RQMNAME and XMITQ only for channels that have them."""
SELECTING = ("CONNAME", "XMITQ")

CONN = words(
    "EXTCONN TYPE PID TID APPLDESC APPLTAG APPLTYPE ASTATE CHANNEL CLIENTID CONNAME CONNOPTS USERID "
    "UOWLOG UOWSTDA UOWSTTI UOWLOGDA UOWLOGTI URTYPE"
)


def _instances(context: Context) -> Iterator[tuple[int, str, int, dict[str, Any]]]:
    """Row id, channel, process and attributes of every running instance; the rows of dead processes are dropped."""
    rows = context.state.db.execute(
        "SELECT id, channel, pid, attributes FROM chstatus WHERE qmgr = ? ORDER BY channel, id", (context.qmgr,)
    ).fetchall()
    for row in rows:
        if alive(row["pid"]):
            yield row["id"], row["channel"], row["pid"], json.loads(row["attributes"])
        else:
            context.state.db.execute("DELETE FROM chstatus WHERE id = ?", (row["id"],))


def channels(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY CHSTATUS: the running instances of the channels whose names fit."""
    name = object_name(selection.name_word(parameters), 20, generic=True)
    wanted = {}
    for keyword in SELECTING:
        if any(found == keyword and word.values is not None for found, word in parameters):
            wanted[keyword] = parameters.text(keyword) or ""
    if parameters.flag("SAVED"):
        raise failed("chstatus.none")
    parameters.flag("SHORT")
    condition = selection.condition(parameters, [*ORDER, "CHANNEL", "CHLTYPE"])
    names = selection.requested(parameters, ORDER, {"MONITOR": ()})
    lines: list[str] = []
    for _, channel, _, attributes in _instances(context):
        everything = {"CURRENT": "YES", "STATUS": "RUNNING", **attributes, "CHANNEL": channel}
        if not selection.matches(name, channel) or (condition is not None and not condition.holds(everything)):
            continue
        if any(str(everything.get(keyword, "")) != value for keyword, value in wanted.items()):
            continue
        lines += block(message("chstatus.shown"), _instance_pairs(channel, everything, names))
    if not lines:
        raise failed("chstatus.none")
    return lines


def _instance_pairs(channel: str, attributes: dict[str, Any], names: set[str] | None) -> list[Pair]:
    pairs: list[Pair] = [("CHANNEL", channel), ("CHLTYPE", str(attributes.get("CHLTYPE", "SVRCONN")))]
    for keyword in ORDER:
        is_asked = names is not None and keyword in names
        if names is not None and not is_asked and keyword not in ALWAYS:
            continue
        if keyword not in attributes and not is_asked and keyword not in ("CONNAME", "SUBSTATE"):
            continue
        pairs.append((keyword, None if keyword == "CURRENT" else attributes.get(keyword, "")))
    return pairs


def connections(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY CONN: the clients on running channels, and this runmqsc itself."""
    asked = only(selection.name_word(parameters)).text
    if parameters.one_of("TYPE", ("CONN", "HANDLE", "ALL", "*")) == "HANDLE":
        raise not_simulated("DISPLAY CONN TYPE(HANDLE)")
    condition = selection.condition(parameters, [*CONN, "CONN"])
    names = selection.requested(parameters, CONN, {})
    lines: list[str] = []
    for attributes in _connections(context):
        if not selection.matches(asked, attributes["CONN"]):
            continue
        if condition is not None and not condition.holds(attributes):
            continue
        shown = {"EXTCONN", "TYPE"} | (names or set())
        wanted = CONN if names is None or (not names and not asked.endswith("*")) else [w for w in CONN if w in shown]
        lines += block(
            message("conn.shown"),
            [("CONN", attributes["CONN"]), *((word, attributes.get(word, "")) for word in wanted)],
        )
    if not lines:
        raise failed("conn.none", name=asked)
    return lines


def _connections(context: Context) -> Iterator[dict[str, str]]:
    extended = ("AMQC" + context.qmgr[:12].ljust(12)).encode().hex().upper()
    for number, channel, pid, attributes in _instances(context):
        yield {
            "CONN": f"{number:016X}",
            "EXTCONN": extended,
            "TYPE": "CONN",
            "PID": str(pid),
            "TID": str(number),
            "APPLDESC": "IBM MQ Channel",
            "APPLTAG": str(attributes.get("RAPPLTAG", "")),
            "APPLTYPE": "USER",
            "ASTATE": "NONE",
            "CHANNEL": channel,
            "CONNAME": str(attributes.get("CONNAME", "")),
            "USERID": str(attributes.get("MCAUSER", "")),
            "URTYPE": "QMGR",
        }
    yield {
        "CONN": f"{os.getpid():016X}",
        "EXTCONN": extended,
        "TYPE": "CONN",
        "PID": str(os.getpid()),
        "TID": "1",
        "APPLDESC": "IBM MQ MQSC Program",
        "APPLTAG": "runmqsc",
        "APPLTYPE": "SYSTEM",
        "ASTATE": "NONE",
        "CHANNEL": "",
        "CONNAME": "",
        "USERID": users.invoker(),
        "URTYPE": "QMGR",
    }
