"""A queue manager as the recipe orders it, before its clients are added."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.mq.attributes import normalise
from wizard.mq.authority import held
from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.recipe.derived import certificate_of, dead_letter_queue_of, listener_of
from wizard.recipe.queue_managers import ObjectKind
from wizard.recipe.schema import QueueManagerEntry, Recipe
from wizard.topology.naming import identity
from wizard.topology.values import Creation, QueueManager, Repository


def queue_manager(recipe: Recipe, name: str, entry: QueueManagerEntry, release: Release) -> QueueManager:
    """The queue manager with its own objects, rules and rights, its store and its certificate."""
    host = recipe.hosts.get(entry.host or "")
    level = Release.parse(host.mq) if host and host.mq else release
    dead_letter_queue = dead_letter_queue_of(recipe, name)
    queues = _queues(dead_letter_queue, entry.queues)
    return QueueManager(
        name=name,
        host=entry.host or "",
        address=entry.address or (host.address if host and host.address else "localhost"),
        release=level,
        creation=_creation(entry),
        dead_letter_queue=dead_letter_queue,
        listener=_listener(recipe, name, entry),
        queues=queues,
        objects=_objects(entry.objects),
        rules=tuple(_rule(rule) for rule in entry.chlauth),
        authorities=tuple(_authority(record) for record in entry.authrec),
        attributes=MqObject(Kind.QMGR, name, _normal(Kind.QMGR, entry.attributes)),
        repository=_repository(name, entry, level),
        identity=identity(recipe, certificate_of(recipe, name), name, entry.certificate),
    )


def _normal(kind: Kind, wanted: Mapping[str, str | tuple[str, ...]]) -> dict[str, Value]:
    return {keyword: normalise(kind, keyword, value) for keyword, value in wanted.items()}


def _queues(dead_letter_queue: str, wanted: Mapping[str, Mapping[str, Value]]) -> tuple[MqObject, ...]:
    """The local queues, the dead-letter queue first; MQ makes SYSTEM.DEAD.LETTER.QUEUE itself (facts 1.1)."""
    names = {dead_letter_queue: {}, **wanted} if not dead_letter_queue.startswith("SYSTEM.") else dict(wanted)
    return tuple(MqObject(Kind.QLOCAL, name, _normal(Kind.QLOCAL, values)) for name, values in names.items())


def _objects(wanted: Mapping[ObjectKind, Mapping[str, Mapping[str, Value]]]) -> tuple[MqObject, ...]:
    return tuple(
        MqObject(Kind(kind), name, _normal(Kind(kind), values))
        for kind, by_name in wanted.items()
        for name, values in by_name.items()
    )


def _listener(recipe: Recipe, name: str, entry: QueueManagerEntry) -> MqObject | None:
    """The listener object; it starts and ends with its queue manager."""
    wanted = entry.listener
    if wanted is None:
        return None
    values: dict[str, Value] = {"TRPTYPE": "TCP", "PORT": str(wanted.port), "CONTROL": "QMGR"}
    if wanted.address and wanted.address != "*":
        values["IPADDR"] = wanted.address
    if wanted.backlog is not None:
        values["BACKLOG"] = str(wanted.backlog)
    values |= _normal(Kind.LISTENER, wanted.attributes)
    return MqObject(Kind.LISTENER, listener_of(recipe, name) or "", values)


def _creation(entry: QueueManagerEntry) -> Creation:
    log = entry.log
    return Creation(
        log_type=log.type,
        file_pages=log.file_pages,
        primary=log.primary,
        secondary=log.secondary,
        log_path=log.path or "",
        data_path=entry.data_path or "",
    )


def _repository(name: str, entry: QueueManagerEntry, release: Release) -> Repository:
    """PKCS#12 from 9.3, CMS before (facts 2.1); stashed unless the recipe gives a password."""
    wanted = entry.key_repository
    stash = wanted.password in {None, "stash"}
    return Repository(
        type=wanted.type or ("pkcs12" if release.pkcs12_repository else "cms"),
        folder=wanted.path or "",
        password=SecretRef(f"generated:{name} key repository" if stash else str(wanted.password)),
        stash=stash,
        initial_key=None if stash else SecretRef(wanted.initial_key or f"generated:{name} initial key"),
    )


def _rule(wanted: Mapping[str, str | tuple[str, ...]]) -> MqObject:
    values = {keyword: value for keyword, value in wanted.items() if keyword != "profile"}
    return MqObject(Kind.CHLAUTH, str(wanted["profile"]), _normal(Kind.CHLAUTH, values))


def _authority(wanted: Mapping[str, str | tuple[str, ...]]) -> MqObject:
    """An authority record from MQSC's own words: GROUP or PRINCIPAL, and AUTHADD."""
    kind = "GROUP" if "GROUP" in wanted else "PRINCIPAL"
    object_type = str(wanted["OBJTYPE"])
    words = wanted.get("AUTHADD", ())
    return MqObject(
        Kind.AUTHREC,
        str(wanted.get("profile", "SELF")),
        {
            "OBJTYPE": object_type,
            "ENTTYPE": kind,
            "ENTITY": str(wanted[kind]),
            "AUTHLIST": held(object_type, (words,) if isinstance(words, str) else words),
        },
    )
