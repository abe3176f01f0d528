"""MQ objects of a recipe against MQ's own tables: keywords, values, what is missing, secrets, names taken twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.recipe.derived import channel_of, dead_letter_queue_of, listener_of
from wizard.recipe.model import MqscValue, UnfitError
from wizard.recipe.nodes import Path
from wizard.recipe.schema import QueueManagerEntry, Recipe
from wizard.recipe.subject import Found, Subject
from wizard.recipe.texts import refuse_literal_secret

UNKNOWN_RELEASE = Release(99, 9)
"""Where the recipe names no release every attribute may be known; the plan asks the machine."""

ELSEWHERE: Mapping[Kind, Mapping[str, str]] = {
    Kind.QMGR: {
        "SSLKEYR": "key_repository",
        "KEYRPWD": "key_repository: {password: ...}",
        "INITKEY": "key_repository: {initial_key: ...}",
        "CERTLABL": "certificate: {label: ...}",
        "DEADQ": "dead_letter_queue",
    },
    Kind.LISTENER: {"PORT": "port", "IPADDR": "address", "BACKLOG": "backlog", "TRPTYPE": "the listener itself"},
    Kind.CHANNEL: {
        "CHLTYPE": "the client itself",
        "TRPTYPE": "the client itself",
        "CONNAME": "the queue manager's address and listener",
        "SSLCIPH": "cipher",
        "SSLCAUTH": "tls",
        "MCAUSER": "user",
    },
}
"""Attributes that other fields of the recipe set, so that they cannot be set twice and differ."""


def check_objects(subject: Subject) -> Iterator[Found]:
    """All objects and attributes that the recipe writes in MQSC's own words."""
    recipe = subject.recipe
    for name, manager in recipe.queue_managers.items():
        yield from _of_queue_manager(subject, name, manager, _release(recipe, manager))
    sections: list[tuple[str, Mapping[str, Mapping[str, MqscValue]]]] = [
        ("channels", {name: channel.attributes for name, channel in recipe.channels.items()}),
        ("clients", {name: client.attributes for name, client in recipe.clients.items()}),
    ]
    for section, entries in sections:
        for name, attributes in entries.items():
            path: Path = (section, name, "attributes")
            yield from _attributes(path, Kind.CHANNEL, attributes, UNKNOWN_RELEASE, CHLTYPE="SVRCONN")


def _release(recipe: Recipe, manager: QueueManagerEntry) -> Release:
    host = recipe.hosts.get(manager.host or "")
    return Release.parse(host.mq) if host and host.mq else UNKNOWN_RELEASE


def _of_queue_manager(subject: Subject, name: str, manager: QueueManagerEntry, release: Release) -> Iterator[Found]:
    path: Path = ("queue_managers", name)
    yield from _attributes((*path, "attributes"), Kind.QMGR, manager.attributes, release)
    if manager.listener:
        yield from _attributes((*path, "listener", "attributes"), Kind.LISTENER, manager.listener.attributes, release)
    for queue, attributes in manager.queues.items():
        yield from _held((*path, "queues", queue), MqObject(Kind.QLOCAL, "Q", attributes), release)
    for kind, named in manager.objects.items():
        for object_name, attributes in named.items():
            here = (*path, "objects", kind, object_name)
            yield from _held(here, MqObject(Kind(kind), object_name, attributes), release, complete=True)
    # Where an item was refused and taken out, the others no longer stand where their index says.
    if not subject.gaps.touch(*path, "chlauth"):
        for index, rule in enumerate(manager.chlauth):
            yield from _rule((*path, "chlauth", index), rule, release)
    if not subject.gaps.touch(*path, "authrec"):
        for index, record in enumerate(manager.authrec):
            yield from _authority((*path, "authrec", index), record)
    yield from _taken_twice(subject, name, manager)


def _attributes(
    path: Path, kind: Kind, attributes: Mapping[str, MqscValue], release: Release, **fixed: str
) -> Iterator[Found]:
    """Attributes beside fields of the recipe, some of which set attributes themselves."""
    if not attributes:
        return
    elsewhere = ELSEWHERE[kind]
    for keyword in attributes:
        if field := elsewhere.get(keyword.upper()):
            yield Found((*path, keyword), f"{keyword} is not set here.", f"It comes from {field}.", key=True)
    kept = {keyword: value for keyword, value in attributes.items() if keyword.upper() not in elsewhere}
    yield from _held(path, MqObject(kind, "X", {**fixed, **kept}), release)


def _rule(path: Path, rule: Mapping[str, MqscValue], release: Release) -> Iterator[Found]:
    profile = rule.get("profile")
    if not profile:
        yield Found(
            path, "'profile' is missing.", "Name the channel, or the pattern of channels, that the rule is for."
        )
    values = {keyword: value for keyword, value in rule.items() if keyword != "profile"}
    yield from _held(path, MqObject(Kind.CHLAUTH, str(profile or "*"), values), release, complete=True)


def _held(path: Path, wanted: MqObject, release: Release, *, complete: bool = False) -> Iterator[Found]:
    """What MQ's tables say about one object; a secret is looked at only for being a reference."""
    if not wanted.attributes and not complete:
        return
    from wizard.mq.attributes import attribute, check

    open_to_check = {}
    for keyword, value in wanted.attributes.items():
        known = attribute(wanted.kind, keyword)
        if known and keyword != known.keyword:
            yield Found((*path, keyword), f"Unknown key '{keyword}'.", f"Write {known.keyword}.", key=True)
        elif known and known.secret:
            yield from _secret((*path, keyword), keyword, value)
        else:
            open_to_check[keyword] = value
    for finding in check(MqObject(wanted.kind, wanted.name, open_to_check), release, complete=complete):
        at: Path = (*path, finding.keyword) if finding.keyword in wanted.attributes else path
        said = f"{finding.keyword}: {finding.what}" if finding.keyword else finding.what
        yield Found(at, said, finding.remedy, key=at == path)


def _secret(path: Path, keyword: str, value: MqscValue) -> Iterator[Found]:
    try:
        refuse_literal_secret(value if isinstance(value, str) else "")
    except UnfitError as wrong:
        yield Found(path, f"{keyword}: {wrong.what}", wrong.remedy)


def _authority(path: Path, record: Mapping[str, MqscValue]) -> Iterator[Found]:
    """An authority record: OBJTYPE, `profile` (not for QMGR), one of GROUP and PRINCIPAL, and AUTHADD."""
    from wizard.errors import UsageError
    from wizard.mq.authority import OBJECT_TYPES, authorities
    from wizard.mq.nearness import meant

    known = ("profile", "OBJTYPE", "GROUP", "PRINCIPAL", "AUTHADD")
    for key in record:
        if key not in known:
            yield Found(
                (*path, key),
                f"Unknown key '{key[:60]}'.",
                meant(key[:60], known) or f"Known: {', '.join(known)}.",
                key=True,
            )
    kind = record.get("OBJTYPE")
    if kind not in OBJECT_TYPES:
        yield Found(
            (*path, "OBJTYPE"), "OBJTYPE: a type of object must stand here.", f"Write one of {', '.join(OBJECT_TYPES)}."
        )
        return
    if kind != "QMGR" and not record.get("profile"):
        yield Found(
            path, "'profile' is missing.", "Name the object, or the pattern of objects, that the record is for."
        )
    if ("GROUP" in record) == ("PRINCIPAL" in record):
        yield Found(path, "Either GROUP or PRINCIPAL must stand here.", "A group is the better choice on Linux.")
    words = record.get("AUTHADD", ())
    try:
        if not authorities(str(kind), (words,) if isinstance(words, str) else words):
            yield Found(path, "'AUTHADD' is missing.", "Name the authorities, such as [GET, PUT].")
    except UsageError as wrong:
        yield Found((*path, "AUTHADD"), f"AUTHADD: {wrong.what}.", wrong.remedy)


def _taken_twice(subject: Subject, name: str, manager: QueueManagerEntry) -> Iterator[Found]:
    """Objects under `objects` must not have a name that the recipe gives to something else on the queue manager."""
    recipe = subject.recipe
    queues = dict.fromkeys(manager.queues, "stands under queues")
    queues.setdefault(dead_letter_queue_of(recipe, name), "is the dead-letter queue")
    channels = {
        channel_of(recipe, one, client): f"is the channel of client {one}"
        for one, client in (recipe.clients.items() if "CHANNEL" in manager.objects else ())
        if client.connects_to == name
    }
    listeners = {listener_of(recipe, name) or "": "is the listener"}
    taken = {"QLOCAL": queues, "QREMOTE": queues, "QALIAS": queues, "QMODEL": queues}
    taken |= {"CHANNEL": channels, "LISTENER": listeners}
    for kind, named in manager.objects.items():
        used = taken.get(kind, {})
        for object_name, attributes in named.items():
            clntconn = attributes.get("CHLTYPE") == "CLNTCONN"
            if object_name in used and not clntconn:
                what = f"{object_name} {used[object_name]} already."
                yield Found(("queue_managers", name, "objects", kind, object_name), what, "Keep one of them.", key=True)
            if used is queues:
                used.setdefault(object_name, f"stands under {kind}")
