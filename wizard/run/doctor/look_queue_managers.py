"""Looks at the queue managers: dspmq shows all, those that run here are asked side by side, files tell the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.mq.display import blocks, objects
from wizard.mq.ini import Stanza, setting, stanzas
from wizard.mq.mqsc import display
from wizard.mq.objects import Kind, MqObject
from wizard.mq.secret_text import SecretRef
from wizard.run import dspmq
from wizard.run.doctor.look_folders import folder
from wizard.run.doctor.look_stores import store
from wizard.run.doctor.seen import ChannelSeen, ListenerSeen, QueueManagerSeen, Seen, release_of
from wizard.run.dspmq import QueueManagerStatus
from wizard.run.machine import Machine
from wizard.run.ports import holder
from wizard.run.session import Reply

QUESTIONS = (
    "DISPLAY QMGR ALL",
    "DISPLAY QMSTATUS ALL",
    "DISPLAY LISTENER(*) TRPTYPE CONTROL PORT IPADDR",
    "DISPLAY LSSTATUS(*) STATUS",
    "DISPLAY CHANNEL(*) CHLTYPE SSLCIPH",
)
LOGIN = ("AUTHTYPE", "CHCKCLNT", "CHCKLOCL", "ADOPTCTX")
"""What is asked of the object that CONNAUTH names; never its password."""

STARTS_BY_ITSELF = {"QMGR", "STARTONLY"}

Answers = Sequence[Reply] | MqWizardError


@dataclass(frozen=True)
class Places:
    """Where a queue manager's files are."""

    data: Path | None = None
    log: Path | None = None


def queue_managers(
    machine: Machine, seen: Seen, passwords: Mapping[str, SecretRef]
) -> tuple[tuple[QueueManagerSeen, ...], str]:
    """Every queue manager, and why there is no list where there is none.

    `passwords` are those that a recipe names for key repositories.
    """
    try:
        found = dspmq.queue_managers(machine.driver, machine.installation)
    except MqWizardError as error:
        return (), f"{error.what} {error.means}".strip()
    asked = [one.name for one in found if one.running and seen.may_ask and _own(one, machine)]
    answers = _ask(machine, dict.fromkeys(asked, QUESTIONS))
    paths = _listed_paths(machine.installation.data_path)
    managers = []
    for status in found:
        places = Places(paths.get(status.name))
        managers.append(_manager(machine, status, answers.get(status.name), places, seen, passwords))
    return tuple(_with_login(machine, managers)), ""


def _own(status: QueueManagerStatus, machine: Machine) -> bool:
    return status.installation in {"", machine.installation.name}


def _ask(machine: Machine, questions: Mapping[str, Sequence[str]]) -> dict[str, Answers]:
    """The replies of several queue managers, all at once; one by one where one of them does not answer."""
    if not questions:
        return {}
    try:
        return dict(machine.ask(questions))
    except MqWizardError:
        answers: dict[str, Answers] = {}
        for name, commands in questions.items():
            try:
                answers[name] = machine.ask({name: commands})[name]
            except MqWizardError as error:
                answers[name] = error
        return answers


def _listed_paths(data_path: Path) -> dict[str, Path]:
    """Where each queue manager's own folder is, as mqs.ini says."""
    found = {}
    for stanza in stanzas(_text(data_path / "mqs.ini")):
        name, directory = stanza.value("Name"), stanza.value("Directory")
        if stanza.name.casefold() == "queuemanager" and name and directory:
            prefix = Path(stanza.value("Prefix") or data_path)
            found[name] = Path(stanza.value("DataPath") or prefix / "qmgrs" / directory)
    return found


def _text(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def _manager(
    machine: Machine,
    status: QueueManagerStatus,
    answers: Answers | None,
    places: Places,
    seen: Seen,
    passwords: Mapping[str, SecretRef],
) -> QueueManagerSeen:
    manager = QueueManagerSeen(status)
    if isinstance(answers, MqWizardError):
        manager = replace(manager, trouble=f"{answers.what} {answers.means}".strip())
    elif answers is not None:
        manager, places = _answered(machine, manager, answers, places)
    settings = stanzas(_text(places.data / "qm.ini")) if places.data else ()
    manager = _with_files(replace(manager, settings=settings), places, settings)
    release = release_of(manager, machine.installation)
    if manager.own is not None and release is not None:
        known = passwords.get(manager.name)
        manager = replace(manager, store=store(machine, manager.own, release, known, seen.day))
    return manager


def _answered(
    machine: Machine, manager: QueueManagerSeen, answers: Sequence[Reply], places: Places
) -> tuple[QueueManagerSeen, Places]:
    own, status, listeners, running, channels = answers
    shown = next((block.attributes for block in blocks(status.text.splitlines()) if "QMNAME" in block.attributes), {})
    data, log = (str(shown.get(keyword, "")) for keyword in ("DATPATH", "LOGPATH"))
    up = {
        str(block.attributes.get("LISTENER"))
        for block in blocks(running.text.splitlines())
        if block.attributes.get("STATUS") == "RUNNING"
    }
    manager = replace(
        manager,
        asked=True,
        own=next(iter(objects(own.text.splitlines(), Kind.QMGR)), None),
        listeners=tuple(_listeners(machine, objects(listeners.text.splitlines(), Kind.LISTENER), up)),
        channels=tuple(
            ChannelSeen(one.name, one.text("CHLTYPE"), one.text("SSLCIPH"))
            for one in objects(channels.text.splitlines(), Kind.CHANNEL)
        ),
    )
    return manager, Places(Path(data) if data else places.data, Path(log) if log else None)


def _listeners(machine: Machine, found: Iterable[MqObject], up: set[str]) -> Iterable[ListenerSeen]:
    """The TCP listeners with a port of their own; one that should run and does not is tried for its port."""
    for one in found:
        port = one.text("PORT")
        if one.text("TRPTYPE") not in {"", "TCP"} or not port.isdigit() or port == "0":
            continue
        address = one.text("IPADDR") or "*"
        waits = one.name not in up and one.text("CONTROL") in STARTS_BY_ITSELF
        yield ListenerSeen(
            one.name,
            address,
            int(port),
            one.text("CONTROL"),
            one.name in up,
            holder(machine, address, int(port)) if waits else "",
        )


def _with_files(manager: QueueManagerSeen, places: Places, settings: tuple[Stanza, ...]) -> QueueManagerSeen:
    log = places.log or (Path(named) if (named := setting(settings, "Log", "LogPath")) else None)
    size = None
    if places.data is not None:
        with suppress(OSError):
            size = (places.data / "errors" / "AMQERR01.LOG").stat().st_size
    return replace(
        manager,
        error_log=size,
        data=folder(places.data) if places.data else None,
        log=folder(log) if log else None,
    )


def _with_login(machine: Machine, managers: Sequence[QueueManagerSeen]) -> Iterable[QueueManagerSeen]:
    """The same queue managers with the object that CONNAUTH names; asked once that name is known."""
    named = {one.name: one.own.text("CONNAUTH") for one in managers if one.own and one.own.text("CONNAUTH")}
    answers = _ask(machine, {name: [display(Kind.AUTHINFO, wanted, LOGIN)] for name, wanted in named.items()})
    for one in managers:
        replies = answers.get(one.name)
        if replies is None or isinstance(replies, MqWizardError):
            yield one
        else:
            found = objects(replies[0].text.splitlines(), Kind.AUTHINFO)
            yield replace(one, authentication=next(iter(found), None))
