"""Who may do what: the simulated object authority manager (facts 6).

Used by SET AUTHREC, setmqaut, dspmqaut, and by connections, which ask `authorities` for each object they open. Unless
qm.ini says SecurityPolicy=User or UserExternal, an authority granted to a user belongs to its primary group.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox import users
from wizard.sandbox.mqsc import ini
from wizard.sandbox.mqsc.authorities import expanded, known, ordered
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.refusals import failed
from wizard.sandbox.state import State

SELF = "SELF"
"""The profile under which the authorities on the queue manager stand."""
USER_POLICIES = ("user", "userexternal")
_KEY = "qmgr = ? AND profile = ? AND objtype = ? AND enttype = ? AND entity = ?"


class Entity(NamedTuple):
    """A principal or a group, as records name it."""

    type: str
    name: str


def policy(context: Context) -> str:
    """SecurityPolicy of qm.ini in lower case; empty or `group` mean groups."""
    return ini.value(context, "Service", "SecurityPolicy").casefold()


def entity(context: Context, kind: str, name: str) -> Entity:
    """The entity whose record a grant to this PRINCIPAL or GROUP changes; an unknown one is refused (AMQ8871)."""
    accounts = users.read(context.folder)
    if kind == "GROUP":
        if name not in accounts.groups:
            raise failed("authrec.unknown.entity")
        return Entity("GROUP", name)
    used = policy(context)
    if used == "userexternal" and 0 < len(name) <= 12:
        return Entity("PRINCIPAL", name)
    user = accounts.users.get(name)
    if user is None or len(name) > 12:
        raise failed("authrec.unknown.entity")
    return Entity("PRINCIPAL", name) if used in USER_POLICIES else Entity("GROUP", user.group)


class Record(NamedTuple):
    """What tells one authority record from another."""

    qmgr: str
    profile: str
    objtype: str
    who: Entity

    @property
    def key(self) -> tuple[str, ...]:
        return (self.qmgr, self.profile, self.objtype, *self.who)


def change(
    state: State, record: Record, *, add: Iterable[str] = (), remove: Iterable[str] = (), keeps_empty: bool = False
) -> None:
    """Grant and take away single authorities in one record; the record stays when nothing is left in it.

    Where there is no record, one is made when something is granted, or at once with `keeps_empty` (`+none`).
    """
    with state.change() as db:
        row = db.execute(f"SELECT authorities FROM authrec WHERE {_KEY}", record.key).fetchone()  # noqa: S608 - ours
        had = set(json.loads(row["authorities"])) if row else set[str]()
        names = (had | set(add)) - set(remove)
        if row is not None or add or keeps_empty:
            values = (*record.key, json.dumps(ordered(names)))
            db.execute("INSERT OR REPLACE INTO authrec VALUES (?, ?, ?, ?, ?, ?)", values)


def delete(state: State, record: Record) -> bool:
    """Delete a record; False when there is none."""
    return state.db.execute(f"DELETE FROM authrec WHERE {_KEY}", record.key).rowcount > 0  # noqa: S608 - ours


def authorities(state: State, folder: Path, qmgr: str, objtype: str, name: str, user: str) -> set[str]:
    """What a user may do with an object, by MQSC's names (CONNECT, PUT, ...); `name` is ignored for OBJTYPE QMGR.

    Members of mqm may do everything, an unknown user nothing unless the queue manager takes external users.
    """
    accounts = users.read(folder)
    if user in accounts.users and accounts.is_administrator(user):
        return set(known(objtype)) | expanded(objtype, ("ALL",))
    entities = [Entity("GROUP", group) for group in accounts.groups_of(user)]
    entities.append(Entity("PRINCIPAL", user))
    return set().union(*(entity_authorities(state, qmgr, objtype, name, one) for one in entities))


def entity_authorities(state: State, qmgr: str, objtype: str, name: str, who: Entity) -> set[str]:
    """What the most specific record of one entity gives; a less specific one adds nothing."""
    wanted = SELF if objtype == "QMGR" else name
    fitting = [
        (profile_rank(profile), granted)
        for profile, kind, enttype, found, granted in state.authrecs(qmgr)
        if kind == objtype and (enttype, found) == tuple(who) and profile_matches(profile, wanted)
    ]
    return set(min(fitting)[1]) if fitting else set()


def profile_matches(profile: str, name: str) -> bool:
    """Whether a generic profile covers a name: `?` one character, `*` any within a qualifier, `**` any qualifiers."""
    if not re.search(r"[*?]", profile):
        return profile == name
    return re.fullmatch(_expression(profile), name) is not None


def _expression(profile: str) -> str:
    # `**` as a qualifier of its own also stands for no qualifier at all: A.** covers A.
    parts = []
    for token in re.findall(r"\.\*\*|\*\*\.|\*\*|\*|\?|.", profile):
        parts.append(
            {".**": r"(\..*)?", "**.": r"(.*\.)?", "**": ".*", "*": r"[^.]*", "?": r"[^.]"}.get(token, re.escape(token))
        )
    return "".join(parts)


def profile_rank(profile: str) -> tuple[int, ...]:
    """From left to right a character beats `?`, that beats `*`, that beats `**`."""
    ranks = {"?": 1, "*": 2, "**": 3}
    return (*(ranks.get(token, 0) for token in re.findall(r"\*\*|\*|\?|.", profile)), 0)
