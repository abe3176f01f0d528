"""What one queue manager is asked before an undo, and what its replies say.

Beside the things that runs touched, as they are now: which queues hold messages, who is connected, and, where the runs
made the queue manager, what others defined on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from wizard.errors import OperationFailed
from wizard.mq import chlauth
from wizard.mq.attributes import subtype
from wizard.mq.defaults import default_object
from wizard.mq.display import Block, blocks, objects
from wizard.mq.messages import Outcome, meaning
from wizard.mq.mqsc import display
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject
from wizard.mq.quoting import quote
from wizard.plan.undo_facts import Present
from wizard.plan.undo_past import Past
from wizard.run.failures import UNREAD
from wizard.run.session import Reply

KINDS = (
    Kind.QLOCAL,
    Kind.CHANNEL,
    Kind.LISTENER,
    Kind.NAMELIST,
    Kind.PROCESS,
    Kind.TOPIC,
    Kind.SERVICE,
    Kind.SUB,
    Kind.AUTHINFO,
    Kind.COMMINFO,
)
"""Every kind of object that others may define; DISPLAY QUEUE shows all kinds of queues."""

RETRYING = "RETRYING"
IDLE = frozenset({"STOPPED", "INACTIVE", RETRYING})
"""States of a channel in which nobody is connected over it."""

UNKNOWN_ENTITY = "AMQ8871"
"""A user or group that the system does not have: it has no rights either."""

Pair = tuple["Question", Reply]


@dataclass(frozen=True)
class Question:
    """One DISPLAY command: which topic it belongs to, what kind of object it shows, and of whom it is asked."""

    topic: str
    command: str
    kind: Kind = Kind.QMGR
    entity: tuple[str, str] = ("", "")


def questions(past: Past, name: str) -> list[Question]:
    """What must be asked of a queue manager."""
    touched = [one.object for one in past.objects_of(name)]
    named = {one.key: one for one in touched if one.kind not in {Kind.QMGR, Kind.CHLAUTH}}
    starts = {(one.kind, subtype(one)): default_object(one.kind, subtype(one)) for one in named.values()}
    rights = [one.record for one in past.rights_of(name)]
    entities = dict.fromkeys((one.text("ENTTYPE"), one.text("ENTITY")) for one in rights)
    return [
        Question("own", "DISPLAY QMGR ALL"),
        *(_whole("object", one.kind, one.name) for one in named.values()),
        *(_whole("default", kind, start) for (kind, _), start in starts.items() if start),
        Question("rules", "DISPLAY CHLAUTH(*) ALL", Kind.CHLAUTH),
        *(_rights(kind, entity) for kind, entity in entities),
        Question("depths", "DISPLAY QLOCAL(*) CURDEPTH", Kind.QLOCAL),
        Question("listening", "DISPLAY LSSTATUS(*) STATUS"),
        Question("channels", "DISPLAY CHSTATUS(*)"),
        Question("ciphers", "DISPLAY CHANNEL(*) SSLCIPH", Kind.CHANNEL),
        Question("connections", "DISPLAY CONN(*) TYPE(CONN) APPLTAG APPLTYPE CHANNEL PID USERID"),
        *(_all_of(kind) for kind in KINDS if name in past.made),
    ]


def _whole(topic: str, kind: Kind, name: str) -> Question:
    return Question(topic, display("QUEUE" if kind in QUEUE_KINDS else kind, name), kind)


def _rights(kind: str, entity: str) -> Question:
    return Question("rights", f"DISPLAY AUTHREC {kind}({quote(entity)})", Kind.AUTHREC, (kind, entity))


def _all_of(kind: Kind) -> Question:
    return Question("all", f"DISPLAY {'QUEUE' if kind is Kind.QLOCAL else kind}(*)", kind)


def read_replies(
    past: Past, known: Present, pairs: Sequence[Pair], ours: Collection[int], passing: Collection[str]
) -> Present:
    """The queue manager as its replies show it; `ours` are the processes of our own sessions.

    Raises OperationFailed for a reply that neither shows something nor says that there is nothing.
    """
    for question, reply in pairs:
        _refuse_failure(known.name, question, reply)
    rules = _shown(pairs, "rules")
    return replace(
        known,
        own=next(iter(_shown(pairs, "own")), None),
        objects={one.key: one for one in _shown(pairs, "object")},
        defaults={(one.kind.value, subtype(one)): one for one in _shown(pairs, "default")},
        rules={chlauth.identity(one): one for one in rules},
        rights=_rights_by_entity(pairs),
        listening=frozenset(_names(pairs, "listening", "LISTENER", lambda one: _text(one, "STATUS") == "RUNNING")),
        depths=_depths(pairs, passing),
        instances=_instances(pairs),
        retrying=frozenset(_names(pairs, "channels", "CHANNEL", lambda one: _text(one, "STATUS") == RETRYING)),
        tls_channels=_tls_channels(pairs),
        applications=tuple(dict.fromkeys(_applications(pairs, ours))),
        strangers=_strangers(past, known.name, pairs, rules, passing),
    )


def _refuse_failure(name: str, question: Question, reply: Reply) -> None:
    if reply.outcome in {Outcome.DONE, Outcome.ALREADY, Outcome.NOT_FOUND} or UNKNOWN_ENTITY in reply.ids:
        return
    means = meaning(reply.ids[0]) if reply.ids else None
    raise OperationFailed(
        f"{name} did not answer {question.command}:\n{reply.shown.strip()}",
        means.what if means else UNREAD,
        means.remedy if means else "Type it into runmqsc by hand; once it is answered, run again.",
    )


def _shown(pairs: Iterable[Pair], topic: str) -> list[MqObject]:
    return [
        found
        for question, reply in pairs
        if question.topic == topic
        for found in objects(reply.text.splitlines(), question.kind)
    ]


def _blocks(pairs: Iterable[Pair], topic: str) -> list[Block]:
    return [
        block
        for question, reply in pairs
        if question.topic == topic
        for block in blocks(reply.text.splitlines())
        if block.attributes
    ]


def _names(pairs: Iterable[Pair], topic: str, keyword: str, fits: Callable[[Block], bool]) -> list[str]:
    return [_text(block, keyword) for block in _blocks(pairs, topic) if fits(block)]


def _text(block: Block, keyword: str) -> str:
    return str(block.attributes.get(keyword, "")).strip()


def _rights_by_entity(pairs: Iterable[Pair]) -> dict[tuple[str, str], tuple[MqObject, ...]]:
    return {
        question.entity: tuple(objects(reply.text.splitlines(), Kind.AUTHREC))
        for question, reply in pairs
        if question.topic == "rights"
    }


def _depths(pairs: Iterable[Pair], passing: Collection[str]) -> dict[str, int]:
    found = {one.name: one.text("CURDEPTH") for one in _shown(pairs, "depths")}
    return {name: int(depth) for name, depth in found.items() if depth not in {"", "0"} and name not in passing}


def _instances(pairs: Iterable[Pair]) -> dict[str, tuple[str, ...]]:
    """Channel → who is connected over it."""
    found: dict[str, list[str]] = {}
    for block in _blocks(pairs, "channels"):
        if _text(block, "STATUS") not in IDLE:
            channel = _text(block, "CHANNEL")
            found.setdefault(channel, []).append(f"channel {channel} from {_text(block, 'CONNAME')}")
    return {channel: tuple(dict.fromkeys(users)) for channel, users in found.items()}


def _tls_channels(pairs: Iterable[Pair]) -> tuple[str, ...]:
    secured = {one.name for one in _shown(pairs, "ciphers") if one.text("SSLCIPH")}
    return tuple(channel for channel in _instances(pairs) if channel in secured)


def _applications(pairs: Iterable[Pair], ours: Collection[int]) -> Iterable[str]:
    """The programs on this host that are connected, but for MQ's own and for our sessions."""
    for block in _blocks(pairs, "connections"):
        process = _text(block, "PID")
        if _text(block, "CHANNEL") or _text(block, "APPLTYPE").startswith("SYSTEM") or process in map(str, ours):
            continue
        yield f"{_text(block, 'APPLTAG') or 'a program'} (process {process}, user {_text(block, 'USERID')})"


def _strangers(
    past: Past, name: str, pairs: Sequence[Pair], rules: Iterable[MqObject], passing: Collection[str]
) -> tuple[str, ...]:
    """What others defined on a queue manager that these runs made."""
    if name not in past.made or f"{name}/queue-manager" in past.later:
        return ()
    known = {one.object.key for one in past.objects_of(name)}
    own_rules = [one.object for one in past.objects_of(name) if one.object.kind is Kind.CHLAUTH]
    known_rules = {chlauth.identity(one) for one in (*own_rules, *chlauth.default_records())}
    found = [
        f"{'queue' if one.kind in QUEUE_KINDS else one.kind.lower()} {one.name}"
        for one in _shown(pairs, "all")
        if one.key not in known and not one.name.startswith("SYSTEM.") and one.name not in passing
    ]
    return (*found, *(f"rule {one.name}" for one in rules if chlauth.identity(one) not in known_rules))
