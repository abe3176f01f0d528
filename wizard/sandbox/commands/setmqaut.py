"""setmqaut: grants and revokes authorities (facts 6)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox import qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.mqsc import oam
from wizard.sandbox.mqsc.authorities import expanded
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.grants import NAMES, OBJECT_TYPES, REMOVE, is_authority
from wizard.sandbox.mqsc.refusals import CommandFailedError
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

DONE = "The setmqaut command completed successfully."


class Wish(NamedTuple):
    """What the command line asks for."""

    qmgr: str
    objtype: str
    profile: str
    entities: list[tuple[str, str]]
    authorities: list[str]


def main(argv: list[str], folder: Path) -> int:
    """Change the authorities of every named user and group; 0, or one of MQ's codes and nothing done."""
    wish = read(argv)
    state = State(folder)
    try:
        qmgrs.require_administrator(folder)
        name = str(qmgrs.named(state, wish.qmgr)["name"])
        context = opened(state, name)
        add, remove = _lists(wish)
        try:
            entities = [oam.entity(context, kind, entity) for kind, entity in wish.entities]
        except CommandFailedError as error:
            text = recalled("setmqaut.unknown.entity")
            raise MqError(text, recalled_status("setmqaut.rc.unknown.entity")) from error
        for who in entities:
            record = oam.Record(name, wish.profile, wish.objtype, who)
            if REMOVE in wish.authorities:
                oam.delete(state, record)
            else:
                oam.change(state, record, add=add, remove=remove, keeps_empty=True)
    finally:
        state.close()
    sys.stdout.write(f"{DONE}\n")
    return 0


def opened(state: State, name: str) -> Context:
    """The running queue manager; AMQ8146E when it is not running."""
    row = state.qmgr(name)
    if row is None or row["status"] != qmgrs.RUNNING:
        raise MqError(message("qmgr.not.available"), recalled_status("setmqaut.rc.not.available"))
    return Context(state, name)


def refusal(key: str) -> MqError:
    """The end of a command that was called wrongly."""
    return MqError(recalled("setmqaut.usage"), recalled_status(f"setmqaut.rc.{key}"))


def read(argv: list[str]) -> Wish:
    """Read the command line: flags with their values in any order, then authorities."""
    values: dict[str, list[str]] = {"-m": [], "-t": [], "-n": [], "-s": []}
    entities: list[tuple[str, str]] = []
    authorities: list[str] = []
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if is_authority(word):
            authorities.append(word)
            continue
        flag, value = word[:2], word[2:]
        if flag not in (*values, "-p", "-g"):
            raise refusal("wrong.authority")
        value = value or (rest.pop(0) if rest else "")
        if flag in ("-p", "-g"):
            entities.append(("GROUP" if flag == "-g" else "PRINCIPAL", value))
        else:
            values[flag].append(value)
    if not values["-t"]:
        raise refusal("no.type")
    objtype = OBJECT_TYPES.get(values["-t"][-1].lower())
    if objtype is None:
        raise refusal("wrong.type")
    if objtype == "QMGR" and values["-n"]:
        raise refusal("unexpected.name")
    if objtype != "QMGR" and not any(values["-n"]):
        raise refusal("no.name")
    if not entities or not all(name for _, name in entities):
        raise refusal("unknown.entity")
    if not authorities:
        raise refusal("no.authority")
    profile = oam.SELF if objtype == "QMGR" else values["-n"][-1]
    return Wish("".join(values["-m"][-1:]), objtype, profile, entities, authorities)


def _lists(wish: Wish) -> tuple[set[str], set[str]]:
    """What is added and what is taken away; an authority that the type does not have is refused."""
    signed = [word for word in wish.authorities if word != REMOVE]
    try:
        add = expanded(wish.objtype, [NAMES[word[1:].lower()] for word in signed if word[0] == "+"])
        remove = expanded(wish.objtype, [NAMES[word[1:].lower()] for word in signed if word[0] == "-"])
    except KeyError as error:
        raise refusal("wrong.authority") from error
    return add, remove
