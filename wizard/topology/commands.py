"""One command of a script as something a recipe can want: an object, rights, an action; or why it cannot."""

from __future__ import annotations

import re

from wizard.mq import authority
from wizard.mq.channel_types import CLUSTER
from wizard.mq.names import longest
from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.reader import MqscCommand, secret_keywords, to_object
from wizard.topology.values import Action

INSERT = "+QMNAME+"
_INSERT = re.compile(r"\+[A-Za-z_]+\+", re.ASCII)
DEFAULT_LISTENER = "SYSTEM.DEFAULT.LISTENER.TCP"

_SHOWS = frozenset({"DISPLAY", "PING"})
_REFRESHES = {
    "SSL": Action.REFRESH_SSL,
    "CONNAUTH": Action.REFRESH_CONNAUTH,
    "AUTHSERV": Action.REFRESH_AUTHSERV,
    "": Action.REFRESH_AUTHSERV,
}
_HARM = {
    "DELETE": "deletes what is there",
    "CLEAR": "throws messages away",
    "STOP": "interrupts what runs",
    "RESET": "changes what partners agreed on",
    "RESOLVE": "decides about messages in doubt",
    "PURGE": "throws messages away",
    "SUSPEND": "takes the queue manager out of its cluster",
    "RESUME": "takes the queue manager into its cluster",
    "START": "starts a program",
    "REFRESH": "disturbs other queue managers",
    "SET": "changes what a recipe does not describe",
}


class RefusedCommandError(Exception):
    """A command that a recipe does not take in; never with a secret in it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def object_of(command: MqscCommand, queue_manager: str) -> MqObject | None:
    """The object or rule that a command wants, +QMNAME+ filled in where MQ does it; None where it wants none."""
    secrets = secret_keywords(command)
    if secrets:
        raise _plain_secret(command, secrets[0])
    wanted = to_object(command)
    if wanted is None:
        return None
    if wanted.kind is Kind.CHLAUTH and str(command.value("ACTION") or "ADD").startswith("REMOVE"):
        what = "A recipe takes no record away by a script; what leaves the recipe is removed, and shown before."
        raise RefusedCommandError(what, "Take the command out, or run it by hand.")
    if wanted.kind is Kind.CHANNEL and wanted.text("CHLTYPE") in CLUSTER:
        return _of_cluster(wanted, queue_manager)
    return wanted


def _plain_secret(command: MqscCommand, keyword: str) -> RefusedCommandError:
    fields = {"KEYRPWD": "key_repository: {password: env:NAME}", "INITKEY": "key_repository: {initial_key: env:NAME}"}
    field = fields.get(keyword) or f"objects: {{{command.object}: …}} with {keyword}: env:NAME"
    what = f"{keyword} stands in plain text, which a recipe takes from nobody."
    return RefusedCommandError(what, f"Say {field} in the recipe; file:PATH and prompt will do as well.")


def _of_cluster(wanted: MqObject, queue_manager: str) -> MqObject:
    """A cluster channel with the queue manager's name in place of its insert; too long a name is cut, as MQ does."""
    name = _filled(wanted.name, queue_manager)[: longest(Kind.CHANNEL)]
    values: dict[str, Value] = {
        keyword: _filled(value, queue_manager) if isinstance(value, str) else value
        for keyword, value in wanted.attributes.items()
    }
    for keyword, value in (("name", name), *values.items()):
        if isinstance(value, str) and keyword != "DESCR" and (other := _INSERT.search(value)):
            what = f"Nothing says what stands for {other.group()} here."
            raise RefusedCommandError(what, "Only crtmqm -ic fills it in: write the value out.")
    return MqObject(wanted.kind, name, values)


def _filled(text: str, queue_manager: str) -> str:
    return text.replace(INSERT, queue_manager)


def rights(command: MqscCommand) -> list[MqObject]:
    """The authority records of a SET AUTHREC, one for each group and user that it names."""
    if command.has("AUTHRMV"):
        what = "AUTHRMV takes rights away; a recipe says which there are."
        raise RefusedCommandError(
            what, "Take it out: what is not in the recipe any more is taken away, and shown before."
        )
    kind = _text(command, "OBJTYPE")
    words = authority.held(kind, _words(command, "AUTHADD"))
    profile = "SELF" if kind == "QMGR" else _text(command, "PROFILE")
    return [
        MqObject(Kind.AUTHREC, profile, {"OBJTYPE": kind, "ENTTYPE": keyword, "ENTITY": entity, "AUTHLIST": words})
        for keyword in ("GROUP", "PRINCIPAL")
        for entity in _words(command, keyword)
    ]


def action(command: MqscCommand, queue_manager: str) -> tuple[str, Action]:
    """What a command that defines nothing is about, and what it does."""
    verb, kind = command.verb, command.object
    name = _filled(command.name, queue_manager)
    if verb in _SHOWS:
        return f"{verb} {kind} {name}".strip(), Action.SHOW
    if (verb, kind) == ("START", "LISTENER"):
        return name or DEFAULT_LISTENER, Action.START_LISTENER
    if (verb, kind) == ("START", "CHANNEL") and name:
        return name, Action.START_CHANNEL
    if (verb, kind) == ("REFRESH", "SECURITY"):
        return "", _REFRESHES[_text(command, "TYPE")]
    called = f"{verb} {kind}({name})" if name else f"{verb} {kind}"
    what = f"{called} {_HARM[verb]}; a recipe says what there is, and takes no such command in."
    raise RefusedCommandError(what, "Take it out, or run it by hand.")


def _text(command: MqscCommand, keyword: str) -> str:
    value = command.value(keyword) or ""
    return value if isinstance(value, str) else ",".join(value)


def _words(command: MqscCommand, keyword: str) -> tuple[str, ...]:
    value = command.value(keyword) or ()
    return (value,) if isinstance(value, str) else value
