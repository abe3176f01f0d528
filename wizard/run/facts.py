"""Reads the facts that a plan is made from: only what the topology names or implies, and in bulk.

One runmqsc session a queue manager, all of them at once; one listing a key repository. Nothing is changed or created.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from wizard.plan.facts import Facts, Memory, QueueManagerFact
from wizard.run.accounts import accounts
from wizard.run.dspmq import QueueManagerStatus, queue_managers
from wizard.run.keyfacts import authority_fact, exchange_facts, kit_facts, store_facts
from wizard.run.machine import Machine
from wizard.run.mqfacts import Asked, questions, read_replies
from wizard.run.ports import busy_ports
from wizard.topology.values import QueueManager, Topology


def read_facts(machine: Machine, topology: Topology, memory: Memory, now: datetime) -> Facts:
    """Everything here that the topology is compared with. Raises OperationFailed where MQ cannot be asked."""
    there = {status.name: status for status in queue_managers(machine.driver, machine.installation)}
    wanted = [one for one in topology.queue_managers if one.name in there]
    users, groups = accounts(machine, topology)
    managers = _queue_managers(machine, wanted, there, {*users, *groups}, now)
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
        kits=kit_facts(machine, topology, now),
        exchange=exchange_facts(machine, topology),
        memory=memory,
    )


def _queue_managers(
    machine: Machine,
    wanted: list[QueueManager],
    there: Mapping[str, QueueManagerStatus],
    known: Collection[str],
    now: datetime,
) -> dict[str, QueueManagerFact]:
    running = [one for one in wanted if there[one.name].running]
    asked = {one.name: questions(one, known) for one in running}
    replies = machine.ask({name: [question.command for question in each] for name, each in asked.items()})
    facts = {one.name: QueueManagerFact(one.name, there[one.name].status, running=False) for one in wanted}
    for one in running:
        pairs: list[Asked] = [
            Asked(question, reply) for question, reply in zip(asked[one.name], replies[one.name], strict=True)
        ]
        facts[one.name] = read_replies(one, there[one.name].status, pairs)
    stores = store_facts(machine, running, {name: fact.ssl_folder for name, fact in facts.items()}, now)
    return {name: replace(fact, store=stores.get(name)) for name, fact in facts.items()}
