"""dspmqaut: shows what a user or a group may do with an object (facts 6)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import qmgrs
from wizard.sandbox.commands.setmqaut import opened, refusal
from wizard.sandbox.errors import MqError
from wizard.sandbox.mqsc import oam
from wizard.sandbox.mqsc.authorities import ordered
from wizard.sandbox.mqsc.grants import OBJECT_TYPES
from wizard.sandbox.mqsc.refusals import CommandFailedError
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage="dspmqaut [-m QMgrName] [-n Name] -t Type (-p Principal | -g Group)",
    bare=frozenset(),
    valued=frozenset({"m", "n", "t", "p", "g", "s"}),
    status="setmqaut.rc.no.type",
)


def main(argv: list[str], folder: Path) -> int:
    """List the authorities of one entity on one object, those of its groups included."""
    given = parsed(argv, FLAGS)
    objtype = OBJECT_TYPES.get(given.last("t").lower())
    if objtype is None:
        raise refusal("wrong.type" if given.has("t") else "no.type")
    if objtype != "QMGR" and not given.last("n"):
        raise refusal("no.name")
    if given.has("p") == given.has("g") or given.operands:
        raise refusal("unknown.entity")
    kind = "GROUP" if given.has("g") else "PRINCIPAL"
    entity = given.last("g") or given.last("p")
    state = State(folder)
    try:
        qmgrs.require_administrator(folder)
        qmgr = str(qmgrs.named(state, given.last("m"))["name"])
        context = opened(state, qmgr)
        try:
            who = oam.entity(context, kind, entity)
        except CommandFailedError as error:
            text = recalled("setmqaut.unknown.entity")
            raise MqError(text, recalled_status("setmqaut.rc.unknown.entity")) from error
        name = given.last("n") or qmgr
        if kind == "PRINCIPAL":
            granted = oam.authorities(state, folder, qmgr, objtype, name, entity)
        else:
            granted = oam.entity_authorities(state, qmgr, objtype, name, who)
    finally:
        state.close()
    sys.stdout.write(f"Entity {entity} has the following authorizations for object {name}:\n")
    sys.stdout.writelines(f"\t{authority.lower()}\n" for authority in ordered(granted))
    return 0
