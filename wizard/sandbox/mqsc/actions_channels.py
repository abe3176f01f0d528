"""START CHANNEL and STOP CHANNEL (facts 2.6).

The sandbox moves no messages between queue managers: a message channel that is started gets no instance. A channel that
was stopped refuses partners until it is started; listeners ask `is_stopped`.
"""

from __future__ import annotations

import json

from wizard.sandbox.mqsc import usage
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import failed
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import object_name
from wizard.sandbox.state import State


def _mark(qmgr: str, channel: str) -> str:
    return f"stopped:{qmgr}:{channel}"


def _life(state: State, qmgr: str) -> str:
    """What tells one start of the queue manager from the next."""
    row = state.qmgr(qmgr)
    return f"since {row['started']}" if row is not None else ""


def is_stopped(state: State, qmgr: str, channel: str) -> bool:
    """Whether STOP CHANNEL has left this channel in the state STOPPED; that ends with the queue manager."""
    marked = state.meta(_mark(qmgr, channel))
    return bool(marked) and marked == _life(state, qmgr)


def _check_exists(context: Context, name: str) -> None:
    if context.state.object(context.qmgr, "CHANNEL", name) is None:
        raise failed("channel.unknown", name=name)


def start(context: Context, parameters: Parameters) -> list[str]:
    """START CHANNEL."""
    name = object_name(parameters.noun, 20)
    parameters.one_of("IGNSTATE", ("NO", "YES"))
    parameters.done()
    _check_exists(context, name)
    context.state.set_meta(_mark(context.qmgr, name), "")
    return [message("channel.started")]


def stop(context: Context, parameters: Parameters) -> list[str]:
    """STOP CHANNEL: running instances are asked to stop, new ones are refused unless STATUS(INACTIVE) is given."""
    name = object_name(parameters.noun, 20)
    parameters.one_of("MODE", ("QUIESCE", "FORCE", "TERMINATE"))
    parameters.text("CONNAME", 264)
    parameters.text("QMNAME", 48)
    status = parameters.one_of("STATUS", ("STOPPED", "INACTIVE")) or "STOPPED"
    ignores = parameters.one_of("IGNSTATE", ("NO", "YES")) == "YES"
    parameters.done()
    _check_exists(context, name)
    if status == "STOPPED":
        context.state.set_meta(_mark(context.qmgr, name), _life(context.state, context.qmgr))
    running = usage.running_instances(context, name)
    with context.state.change() as db:
        for number in running:
            row = db.execute("SELECT attributes FROM chstatus WHERE id = ?", (number,)).fetchone()
            if row is not None:
                attributes = {**json.loads(row["attributes"]), "STOPREQ": "YES", "STATUS": "STOPPING"}
                db.execute("UPDATE chstatus SET attributes = ? WHERE id = ?", (json.dumps(attributes), number))
    if not running and not ignores:
        raise failed("channel.inactive", name=name)
    return [message("channel.stopped")]
