"""A past made of the plans that a tiny machine carried out, the facts of now, and the carrying out of an undo.

Only what is on queue managers is looked at here; files are left to the tests that have some.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from plan_machine import Machine, QueueManager, with_defaults

from wizard.mq import chlauth
from wizard.mq.attributes import SUBTYPE_KEYWORDS, attributes, subtype
from wizard.mq.objects import Kind, MqObject
from wizard.mq.reader import MqscCommand, read
from wizard.mq.releases import Release
from wizard.plan.effects import EntrySet, FileSet
from wizard.plan.effects_of import effects_of
from wizard.plan.operations import PENDING, Consent, Operation, Plan
from wizard.plan.steps import Command, Mqsc
from wizard.plan.undo import Undo, undo_plan
from wizard.plan.undo_facts import Present, UndoFacts
from wizard.plan.undo_past import Deed, Past

Snapshot = dict[str, object]


def show_everything(machine: Machine) -> None:
    """Let each queue manager show every attribute, as DISPLAY QMGR ALL does."""
    defaults = {word: str(row.default) for word, row in attributes(Kind.QMGR).items() if isinstance(row.default, str)}
    for one in machine.queue_managers.values():
        one.own = {**defaults, **one.own}


def deeds(plan: Plan, run: int = 1) -> tuple[Deed, ...]:
    """What a plan does, as the journal would tell it."""
    return tuple(_deed(operation, run) for operation in plan.operations if operation.state in PENDING)


def _deed(operation: Operation, run: int) -> Deed:
    effects = tuple(one for one in effects_of(operation) if not isinstance(one, (FileSet, EntrySet)))
    return Deed(run, operation.resource, operation.section, operation.what, effects, finished=True)


@dataclass
class Now:
    """What is true beside what the machine holds."""

    depths: dict[str, int] = field(default_factory=dict)
    instances: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tls_channels: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    status: str = "Running"


def undo_of(machine: Machine, past: Past, *allowed: Consent, now: Now | None = None) -> Undo:
    """The undo that is planned now."""
    said = now or Now()
    found = {name: present(one, said) for name, one in machine.queue_managers.items() if name in past.queue_managers}
    facts = UndoFacts("10:12", "mqhost", Release(9, 4), "Installation1", queue_managers=found)
    return undo_plan(past, facts, name="case", allowed=allowed)


def present(one: QueueManager, said: Now) -> Present:
    """A queue manager of the machine as `run` would read it."""
    entities: dict[tuple[str, str], list[MqObject]] = {}
    for record in one.authorities.values():
        entities.setdefault((record.text("ENTTYPE"), record.text("ENTITY")), []).append(record)
    opened = {"IPPROCS": "0", "OPPROCS": "0"}
    return Present(
        name=one.name,
        status=said.status,
        running=said.status == "Running",
        own=MqObject(Kind.QMGR, one.name, one.own),
        objects={key: replace(each, attributes={**each.attributes, **opened}) for key, each in one.objects.items()},
        defaults={(each.kind.value, subtype(each)): _start(each) for each in one.objects.values()},
        rules={chlauth.identity(rule): rule for rule in one.rules.values()},
        rights={entity: tuple(records) for entity, records in entities.items()},
        listening=frozenset(one.listening),
        depths=said.depths,
        instances=said.instances,
        tls_channels=said.tls_channels,
        strangers=said.strangers,
    )


def _start(like: MqObject) -> MqObject:
    """The object that definitions of that kind and sub-type start from."""
    keyword = SUBTYPE_KEYWORDS.get(like.kind, "")
    return with_defaults(MqObject(like.kind, "SYSTEM.DEFAULT", {keyword: like.text(keyword)} if keyword else {}))


def carry_out(machine: Machine, plan: Plan) -> None:
    """Do what an undo plans; a command that the machine would refuse fails the test."""
    for operation in plan.pending:
        for step in operation.steps:
            if isinstance(step, Mqsc):
                _take(machine.queue_managers[step.queue_manager], step.lines())
            elif isinstance(step, Command) and step.argv[0] == "dltmqm":
                del machine.queue_managers[str(step.argv[-1])]


def _take(one: QueueManager, lines: Iterable[str]) -> None:
    for command in read("\n".join(lines), "the undo"):
        assert isinstance(command, MqscCommand), str(command)
        if command.verb == "DELETE" and command.object == "AUTHREC":
            profile = "SELF" if command.value("OBJTYPE") == "QMGR" else str(command.value("PROFILE"))
            kind = "GROUP" if command.has("GROUP") else "PRINCIPAL"
            sought = (profile, command.value("OBJTYPE"), kind, command.value(kind))
            (key,) = [key for key, record in one.authorities.items() if _about(record) == sought]
            del one.authorities[key]
        elif command.verb == "DELETE" and command.value("CHLTABLE") == "CLNTTBL":
            del one.objects["CLNTCONN", command.name]
        else:
            one.take(command.text)


def _about(record: MqObject) -> tuple[str, ...]:
    return (record.name, *(record.text(keyword) for keyword in ("OBJTYPE", "ENTTYPE", "ENTITY")))


def snapshot(machine: Machine) -> dict[str, Snapshot]:
    """Everything that every queue manager holds, but for what nobody can read."""
    return {
        name: {
            "own": {word: value for word, value in one.own.items() if word != "INITKEY"},
            "objects": {key: (each.kind, dict(each.attributes)) for key, each in one.objects.items()},
            "rules": {chlauth.identity(rule): dict(rule.attributes) for rule in one.rules.values()},
            "authorities": {key: dict(record.attributes) for key, record in one.authorities.items()},
            "listening": set(one.listening),
        }
        for name, one in machine.queue_managers.items()
    }
