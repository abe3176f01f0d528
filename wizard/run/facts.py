"""Reads the facts that a plan is made from: only what the topology names or implies, and in bulk.

One runmqsc session a queue manager, all of them at once; one listing a key repository. Nothing is changed or created.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wizard.mq.attributes import subtype
from wizard.mq.display import objects
from wizard.mq.ini import setting, stanzas
from wizard.mq.mqsc import display
from wizard.mq.objects import QUEUE_KINDS
from wizard.plan.facts import Facts, Memory, PasswordWay, QueueManagerFact
from wizard.run.accounts import accounts
from wizard.run.answers import answer_facts, request_facts
from wizard.run.dspmq import QueueManagerStatus, queue_managers
from wizard.run.keyfacts import authority_fact, exchange_facts, kit_facts, store_facts
from wizard.run.machine import Machine
from wizard.run.mqfacts import LIST_QUEUES, Asked, Known, many_queues, questions, queue_names, read_replies
from wizard.run.passwordway import password_needed, password_way
from wizard.run.ports import busy_ports
from wizard.topology.values import QueueManager, Topology


def read_facts(machine: Machine, topology: Topology, memory: Memory, now: datetime) -> Facts:
    """Everything here that the topology is compared with. Raises OperationFailed where MQ cannot be asked."""
    there = {status.name: status for status in queue_managers(machine.driver, machine.installation)}
    wanted = [one for one in topology.queue_managers if one.name in there]
    users, groups = accounts(machine, topology, memory)
    kits = kit_facts(machine, topology, now)
    foreign = {one.name for one in wanted if not memory.ours(f"{one.name}/queue-manager")}
    known = Known(frozenset((*users, *groups)), memory)
    managers = _queue_managers(machine, wanted, there, known)
    way = password_way(machine) if password_needed(machine, topology, managers, kits) else PasswordWay.UNTRIED
    managers = _with_stores(machine, wanted, managers, foreign, now, way)
    answers, unread = answer_facts(machine, topology, now)
    listening = {name for name, fact in managers.items() if fact.listening}
    return Facts(
        taken=now.astimezone(UTC).strftime("%H:%M"),
        host=machine.host,
        release=machine.installation.release,
        installation=machine.installation.name,
        data_path=str(machine.installation.data_path),
        plays_root=machine.sandboxed,
        queue_managers=managers,
        users=users,
        groups=groups,
        busy_ports=busy_ports(machine, topology, listening),
        authority=authority_fact(machine, topology, now),
        kits=kits,
        exchange=exchange_facts(machine),
        answers=answers,
        unread=unread,
        requests=request_facts(machine, topology, now),
        memory=memory,
        password_way=way,
    )


def _with_stores(
    machine: Machine,
    wanted: list[QueueManager],
    managers: Mapping[str, QueueManagerFact],
    foreign: Collection[str],
    now: datetime,
    way: PasswordWay,
) -> dict[str, QueueManagerFact]:
    running = [one for one in wanted if managers[one.name].running]
    stores = store_facts(machine, running, managers, foreign, now, way)
    return {name: replace(fact, store=stores.get(name)) for name, fact in managers.items()}


def _queue_managers(
    machine: Machine,
    wanted: list[QueueManager],
    there: Mapping[str, QueueManagerStatus],
    known: Known,
) -> dict[str, QueueManagerFact]:
    running = [one for one in wanted if there[one.name].running]
    listed = _listed_queues(machine, running)
    asked = {one.name: questions(one, known, listed.get(one.name)) for one in running}
    replies = machine.ask({name: [question.command for question in each] for name, each in asked.items()})
    facts = {one.name: QueueManagerFact(one.name, there[one.name].status, running=False) for one in wanted}
    for one in running:
        pairs: list[Asked] = [
            Asked(question, reply) for question, reply in zip(asked[one.name], replies[one.name], strict=True)
        ]
        read = read_replies(one, there[one.name].status, pairs)
        fact = replace(read, ssl_folder=_ssl_folder(read, known.memory))
        facts[one.name] = with_settings(_seen_whole(machine, one, fact))
    return facts


def _ssl_folder(fact: QueueManagerFact, memory: Memory) -> str:
    """The folder that a run of ours set SSLKEYR to, whatever somebody set it to since; otherwise where it leads."""
    ours = memory.set_values.get(f"{fact.name}/attributes", {}).get("SSLKEYR", "")
    return ours.rpartition("/")[0] or fact.ssl_folder


def _seen_whole(machine: Machine, wanted: QueueManager, fact: QueueManagerFact) -> QueueManagerFact:
    """The fact with every attribute of what stands in the place of another kind of object: undo may want it back."""
    objects_wanted = (
        *wanted.queues,
        *wanted.objects,
        *wanted.channels,
        *((wanted.listener,) if wanted.listener else ()),
    )
    others = [
        there
        for one in objects_wanted
        if (there := fact.objects.get(one.key)) and (there.kind, subtype(there)) != (one.kind, subtype(one))
    ]
    if not others:
        return fact
    commands = [display("QUEUE" if one.kind in QUEUE_KINDS else one.kind, one.name) for one in others]
    replies = machine.ask({wanted.name: commands})[wanted.name]
    shown = [
        found
        for one, reply in zip(others, replies, strict=True)
        for found in objects(reply.text.splitlines(), one.kind)
    ]
    return replace(fact, objects={**fact.objects, **{one.key: one for one in shown}})


def _listed_queues(machine: Machine, running: list[QueueManager]) -> dict[str, frozenset[str]]:
    """The names of all queues of those queue managers on which many are wanted."""
    large = [one.name for one in running if many_queues(one)]
    replies = machine.ask({name: [LIST_QUEUES] for name in large})
    return {name: queue_names(name, replies[name][0]) for name in large}


def with_settings(fact: QueueManagerFact) -> QueueManagerFact:
    """The fact with what the qm.ini above the ssl folder settles: ChlauthEarlyAdopt, SecurityPolicy (facts tls 5)."""
    try:
        text = (Path(fact.ssl_folder).parent / "qm.ini").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return fact
    found = stanzas(text)
    early = setting(found, "Channels", "ChlauthEarlyAdopt")[:1] in {"Y", "y"}
    policy = setting(found, "Service", "SecurityPolicy").casefold()
    return replace(fact, login=replace(fact.login, early_adopt=early), security_policy=policy)
