"""Queue managers and connections for the tests of who gets in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wizard.access.guard import Guard, Login, Users
from wizard.access.rulebook import RuleBook
from wizard.access.values import Connection, Shown
from wizard.mq.dn import DistinguishedName
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release

USERS = Users(
    {"mqm": frozenset({"mqm"}), **{name: frozenset({name}) for name in ("app1", "mapped", "own", "login")}}, True
)


def channel(name: str = "APP.SVRCONN", chltype: str = "SVRCONN", **attributes: str) -> MqObject:
    return MqObject(Kind.CHANNEL, name, {"CHLTYPE": chltype, **attributes})


def connect_right(*users: str) -> tuple[MqObject, ...]:
    """CONNECT for these users."""
    return tuple(
        MqObject(
            Kind.AUTHREC, "SELF", {"OBJTYPE": "QMGR", "ENTTYPE": "GROUP", "ENTITY": user, "AUTHLIST": ("CONNECT",)}
        )
        for user in users
    )


def guard(rules: Iterable[MqObject] = (), *channels: MqObject, **more: Any) -> Guard:
    """A queue manager of 9.4 that checks no password unless `login` says so."""
    wanted = channels or (channel(),)
    values: dict[str, Any] = {"release": Release(9, 4), "users": USERS, "login": Login()} | more
    return Guard(name="QM1", channels={one.name: one for one in wanted}, rules=RuleBook(rules), **values)


def client(user: str = "app1", **more: Any) -> Connection:
    """A client from 10.0.0.1."""
    return Connection(**({"channel": "APP.SVRCONN", "address": "10.0.0.1", "user": user} | more))


def certificate(subject: str = "CN=app1,O=Example", issuer: str = "CN=CA one", **more: Any) -> Shown:
    return Shown(DistinguishedName.parse(subject), DistinguishedName.parse(issuer), **({"trusted": True} | more))
