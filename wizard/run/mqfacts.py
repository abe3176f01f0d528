"""What one queue manager is asked, and what its replies say, as values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.errors import OperationFailed
from wizard.mq.display import blocks, objects
from wizard.mq.messages import Outcome, meaning
from wizard.mq.mqsc import display
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject
from wizard.mq.quoting import quote
from wizard.plan.facts import Instance, LoginFact, Memory, QueueManagerFact
from wizard.plan.leaving import left_objects
from wizard.run.failures import UNREAD
from wizard.run.session import Reply
from wizard.topology.values import Action, QueueManager

MANY = 100
"""From so many wanted queues on, the names of the queues there are listed in one command first."""

LIST_QUEUES = "DISPLAY QUEUE(*)"

IDLE = frozenset({"STOPPED", "RETRYING", "INACTIVE"})
"""States of a channel in which nobody is connected over it."""


class Topic(StrEnum):
    """What a question is about."""

    OWN = "own"
    OBJECT = "object"
    RULES = "rules"
    AUTHORITIES = "authorities"
    LISTENING = "listening"
    RUNNING = "running channels"
    CIPHERS = "ciphers of channels"
    LOGIN = "connection authentication"


@dataclass(frozen=True)
class Question:
    """One DISPLAY command, and the kind of object that its reply shows."""

    topic: Topic
    command: str
    kind: Kind = Kind.QMGR


@dataclass(frozen=True)
class Asked:
    """A question and its reply."""

    question: Question
    reply: Reply


@dataclass(frozen=True)
class Known:
    """What is known before a queue manager is asked: users and groups that exist, and what earlier runs did."""

    entities: frozenset[str] = frozenset()
    memory: Memory = field(default_factory=Memory)


def many_queues(wanted: QueueManager) -> bool:
    """Whether so many queues are wanted that a list of those there comes first: most of a new set are missing."""
    return len(wanted.queues) >= MANY


def queue_names(queue_manager: str, reply: Reply) -> frozenset[str]:
    """The queues that LIST_QUEUES shows; OperationFailed for a reply that neither shows any nor says there are none."""
    _refuse_failure(queue_manager, reply)
    return frozenset(str(block.attributes.get("QUEUE", "")) for block in blocks(reply.text.splitlines()))


def questions(wanted: QueueManager, known: Known, listed_queues: Collection[str] | None = None) -> list[Question]:
    """The commands that show what the topology wants of a queue manager, each with only the attributes compared.

    MQ has no rights of users and groups that do not exist, and refuses to look for them. Where the queues there were
    listed, no other is asked about. What has left the recipe is asked for whole.
    """
    listed = [Question(Topic.OWN, "DISPLAY QMGR ALL"), *_queue_questions(wanted.queues, listed_queues)]
    listed += [
        _object_question(one)
        for one in (
            *wanted.objects,
            *wanted.altered,
            *wanted.channels,
            *((wanted.listener,) if wanted.listener else ()),
        )
    ]
    listed += [
        Question(Topic.OBJECT, display(one.word, one.name), Kind.QLOCAL if one.word == "QUEUE" else Kind(one.word))
        for one in left_objects(wanted, known.memory.made)
    ]
    if wanted.rules or wanted.channels or any(one.startswith(f"{wanted.name}/rule/") for one in known.memory.made):
        listed.append(Question(Topic.RULES, "DISPLAY CHLAUTH(*) ALL", Kind.CHLAUTH))
    named = dict.fromkeys((one.text("ENTTYPE"), one.text("ENTITY")) for one in wanted.authorities)
    named |= dict.fromkeys(known.memory.entities(wanted.name))
    entities = [entity for entity in named if entity[1] in known.entities]
    listed += [
        Question(Topic.AUTHORITIES, f"DISPLAY AUTHREC {kind}({quote(name)})", Kind.AUTHREC) for kind, name in entities
    ]
    if wanted.channels:
        listed.append(Question(Topic.LOGIN, "DISPLAY AUTHINFO(*) ALL", Kind.AUTHINFO))
    listeners = [wanted.listener.name] if wanted.listener else []
    listeners += [one.name for one in wanted.commands if one.action is Action.START_LISTENER]
    listeners += [one.name for one in left_objects(wanted, known.memory.made) if one.word == Kind.LISTENER]
    listed += [Question(Topic.LISTENING, f"DISPLAY LSSTATUS({quote(name)}) STATUS PORT") for name in listeners]
    # Old releases know no SSLCIPH of CHSTATUS, and one unknown keyword fails the whole command.
    if wanted.channels or wanted.repository or known.memory.made:
        listed.append(Question(Topic.RUNNING, "DISPLAY CHSTATUS(*) ALL"))
    if wanted.repository:
        listed.append(Question(Topic.CIPHERS, "DISPLAY CHANNEL(*) SSLCIPH", Kind.CHANNEL))
    return listed


def _queue_questions(wanted: Sequence[MqObject], listed: Collection[str] | None) -> list[Question]:
    """One question a queue; a single one for all of them where there are few others that it would show too."""
    there = [one for one in wanted if listed is None or one.name in listed]
    if listed is None or len(listed) > 2 * len(there):
        return [_object_question(one) for one in there]
    keywords = dict.fromkeys(keyword for one in there for keyword in one.attributes)
    return [Question(Topic.OBJECT, f"{LIST_QUEUES} {' '.join(keywords or ['DESCR'])}", Kind.QLOCAL)]


def _object_question(wanted: MqObject) -> Question:
    kind = "QUEUE" if wanted.kind in QUEUE_KINDS else wanted.kind
    own = {"CHLTYPE", "TYPE"}
    # Whom a change of a channel would shut out depends on these, whether the recipe names them or not.
    tls = ("SSLCIPH", "SSLCAUTH") if wanted.text("CHLTYPE") == "SVRCONN" else ()
    keywords = list(dict.fromkeys((*(one for one in wanted.attributes if one not in own), *tls))) or ["DESCR"]
    return Question(Topic.OBJECT, display(kind, wanted.name, keywords), wanted.kind)


def read_replies(wanted: QueueManager, status: str, asked: Sequence[Asked]) -> QueueManagerFact:
    """The fact about one running queue manager, without its store.

    Raises OperationFailed for a reply that neither shows something nor says that it is not found.
    """
    for one in asked:
        _refuse_failure(wanted.name, one.reply)
    own = next(iter(_shown(asked, Topic.OWN, Kind.QMGR)), None)
    folder = own.text("SSLKEYR").rpartition("/")[0] if own else ""
    rules = _shown(asked, Topic.RULES, Kind.CHLAUTH)
    rights = _shown(asked, Topic.AUTHORITIES, Kind.AUTHREC)
    there = [
        found
        for one in asked
        if one.question.topic is Topic.OBJECT
        for found in objects(one.reply.text.splitlines(), one.question.kind)
    ]
    return QueueManagerFact(
        name=wanted.name,
        status=status,
        running=True,
        own=own,
        objects={one.key: one for one in there},
        rules={one.key: one for one in rules},
        authorities={one.key: one for one in rights},
        listening=frozenset(_listening(asked)),
        instances=tuple(_instances(asked)),
        tls_channels=tuple(dict.fromkeys(_tls_channels(asked))),
        ssl_folder=folder,
        secured_channels=_secured(asked),
        login=_login(asked, own.text("CONNAUTH") if own else ""),
    )


def _refuse_failure(name: str, reply: Reply) -> None:
    if reply.outcome in {Outcome.DONE, Outcome.ALREADY, Outcome.NOT_FOUND}:
        return
    if reply.outcome is Outcome.UNKNOWN and any(one.attributes for one in blocks(reply.text.splitlines())):
        return  # a message that later releases may add does not make what is shown untrue
    known = meaning(reply.ids[0]) if reply.ids else None
    raise OperationFailed(
        f"{name} did not answer {reply.command}:\n{reply.shown.strip()}",
        known.what if known else UNREAD,
        known.remedy if known else "Type it into runmqsc by hand; once it is answered, run again.",
    )


def _shown(asked: Iterable[Asked], topic: Topic, kind: Kind) -> list[MqObject]:
    return [
        found for one in asked if one.question.topic is topic for found in objects(one.reply.text.splitlines(), kind)
    ]


def _listening(asked: Iterable[Asked]) -> Iterable[str]:
    for one in asked:
        if one.question.topic is Topic.LISTENING:
            for block in blocks(one.reply.text.splitlines()):
                if block.attributes.get("STATUS") == "RUNNING":
                    yield str(block.attributes.get("LISTENER", ""))


def _secured(asked: Sequence[Asked]) -> frozenset[str]:
    """The channels whose definition asks for TLS."""
    return frozenset(one.name for one in _shown(asked, Topic.CIPHERS, Kind.CHANNEL) if one.text("SSLCIPH"))


def _login(asked: Sequence[Asked], name: str) -> LoginFact:
    """The authentication object that CONNAUTH names."""
    found = next((one for one in _shown(asked, Topic.LOGIN, Kind.AUTHINFO) if one.name == name.strip()), None)
    if found is None:
        return LoginFact()
    return LoginFact(found.text("AUTHTYPE"), found.text("CHCKCLNT"), adopt=found.text("ADOPTCTX") == "YES")


def _instances(asked: Iterable[Asked]) -> Iterable[Instance]:
    """Who is connected over a channel; one that is stopped or waits to try again connects nobody."""
    for one in asked:
        if one.question.topic is Topic.RUNNING:
            for block in blocks(one.reply.text.splitlines()):
                values = {keyword: str(value).strip() for keyword, value in block.attributes.items()}
                if values.get("CHANNEL") and values.get("STATUS") not in IDLE:
                    yield Instance(
                        values["CHANNEL"],
                        values.get("CONNAME", ""),
                        values.get("RAPPLTAG", ""),
                        values.get("SSLCIPH", ""),
                        values.get("SSLPEER", ""),
                    )


def _tls_channels(asked: Sequence[Asked]) -> Iterable[str]:
    """The running channels whose definition asks for TLS."""
    secured = _secured(asked)
    return (one.channel for one in _instances(asked) if one.channel in secured)
