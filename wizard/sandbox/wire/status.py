"""The rows that DISPLAY CHSTATUS and DISPLAY LSSTATUS show, while a channel or a listener runs."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass

from wizard.sandbox.state import Attributes, State
from wizard.sandbox.wire import settings
from wizard.sandbox.wire.identity import Caller
from wizard.sandbox.wire.log import Entry
from wizard.sandbox.wire.refusal import RefusalError
from wizard.sandbox.wire.security import Security

RUNNING = "RUNNING"
UNLIMITED = 999_999_999
DEFAULT_BACKLOG = 100


@dataclass(frozen=True)
class Place:
    """Where a listener listens: what IPADDR, PORT and BACKLOG say."""

    ip: str
    port: int
    backlog: int


def _now() -> tuple[str, str]:
    now = time.localtime()
    return time.strftime("%Y-%m-%d", now), time.strftime("%H.%M.%S", now)


def enter_channel(
    state: State, qmgr: str, caller: Caller, channel: Attributes, user: str, security: Security | None
) -> int:
    """Add a running instance and return its row; RefusalError when MAXINST or MAXINSTC is reached."""
    shown = _channel_attributes(caller, channel, user, security)
    values = {"channel": caller.channel, "host": caller.address}
    with state.change() as db:
        rows = db.execute("SELECT attributes FROM chstatus WHERE qmgr = ? AND channel = ?", (qmgr, caller.channel))
        running = [one for row in rows if (one := json.loads(row["attributes"])).get("STATUS") == RUNNING]
        here = [one for one in running if one.get("CONNAME") == caller.address]
        for keyword, count, message in (("MAXINST", running, "AMQ9489E"), ("MAXINSTC", here, "AMQ9490E")):
            limit = settings.number(channel, keyword, UNLIMITED)
            if len(count) >= limit:
                raise RefusalError([Entry(message, {**values, "limit": str(limit)})])
        added = db.execute(
            "INSERT INTO chstatus (qmgr, channel, pid, attributes) VALUES (?, ?, ?, ?)",
            (qmgr, caller.channel, os.getpid(), json.dumps(shown)),
        )
        return int(added.lastrowid or 0)


def leave_channel(state: State, row: int) -> None:
    """Take a channel instance away."""
    state.db.execute("DELETE FROM chstatus WHERE id = ?", (row,))


def _channel_attributes(caller: Caller, channel: Attributes, user: str, security: Security | None) -> Attributes:
    date, moment = _now()
    return {
        "CHANNEL": caller.channel,
        "CHLTYPE": "SVRCONN",
        "CHSTADA": date,
        "CHSTATI": moment,
        "CONNAME": caller.address,
        "CURSHCNV": "1",
        "JOBNAME": f"{os.getpid():08X}{threading.get_native_id():08X}",
        "MAXSHCNV": settings.word(channel, "SHARECNV"),
        "MCASTAT": "RUNNING",
        "HBINT": settings.word(channel, "HBINT"),
        "MAXMSGL": settings.word(channel, "MAXMSGL"),
        "MCAUSER": user,
        "MONCHL": "OFF",
        "RAPPLTAG": caller.application,
        "RPRODUCT": "MQCC",
        "RVERSION": _version_number(caller.version),
        "SECPROT": security.protocol if security else "NONE",
        "SSLCERTI": security.issuer if security else "",
        "SSLCERTU": "mqm" if security else "",
        "SSLCIPH": security.cipher if security else "",
        "SSLPEER": security.subject if security else "",
        "STATUS": RUNNING,
        "STOPREQ": "NO",
        "SUBSTATE": "RECEIVE",
    }


def _version_number(version: str) -> str:
    """09040000 for 9.4.0.0."""
    return "".join(part.zfill(2)[:2] for part in version.split("."))


def enter_listener(state: State, qmgr: str, name: str, place: Place) -> None:
    """Show a listener that is bound to its port."""
    found = state.object(qmgr, "LISTENER", name)
    attributes = found[1] if found else {}
    date, moment = _now()
    shown = {
        "LISTENER": name,
        "STATUS": RUNNING,
        "PID": str(os.getpid()),
        "STARTDA": date,
        "STARTTI": moment,
        "DESCR": settings.word(attributes, "DESCR"),
        "TRPTYPE": "TCP",
        "CONTROL": settings.word(attributes, "CONTROL") or "MANUAL",
        "IPADDR": place.ip or "*",
        "PORT": str(place.port),
        "BACKLOG": str(place.backlog),
    }
    state.db.execute(
        "INSERT OR REPLACE INTO lsstatus VALUES (?, ?, ?, ?)", (qmgr, name, os.getpid(), json.dumps(shown))
    )


def is_listed(state: State, qmgr: str, name: str) -> bool:
    """Whether this process is still the one that the listener's row names."""
    row = state.db.execute("SELECT pid FROM lsstatus WHERE qmgr = ? AND listener = ?", (qmgr, name)).fetchone()
    return row is not None and row["pid"] == os.getpid()


def leave_listener(state: State, qmgr: str) -> None:
    """Take away everything that this process shows."""
    mine = (qmgr, os.getpid())
    for table in ("lsstatus", "chstatus", "handle"):
        state.db.execute(f"DELETE FROM {table} WHERE qmgr = ? AND pid = ?", mine)  # noqa: S608 - our own names


def channel_rows(state: State, qmgr: str) -> dict[int, str]:
    """The STATUS of each channel instance of this process."""
    rows = state.db.execute("SELECT id, attributes FROM chstatus WHERE qmgr = ? AND pid = ?", (qmgr, os.getpid()))
    return {row["id"]: str(json.loads(row["attributes"]).get("STATUS", "")) for row in rows}
