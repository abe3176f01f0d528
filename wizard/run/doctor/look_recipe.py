"""Looks at what a recipe needs of this machine: ports, address names, users and groups, folders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from wizard.errors import MqWizardError
from wizard.plan.accounts import account_operations
from wizard.plan.facts import Facts, Memory
from wizard.run.accounts import accounts
from wizard.run.doctor.asking import hear
from wizard.run.doctor.look_folders import folder
from wizard.run.doctor.seen import QueueManagerSeen, RecipeSeen
from wizard.run.machine import Machine
from wizard.run.ports import busy_ports
from wizard.topology.values import Topology

HOST_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9.-]+", re.ASCII)
"""An address that is a name; patterns and IP addresses are not looked up."""


def recipe(machine: Machine, name: str, topology: Topology, managers: Iterable[QueueManagerSeen]) -> RecipeSeen:
    """What a recipe finds here; a listener that runs already has its port."""
    seen = RecipeSeen(name, tuple(one.name for one in topology.queue_managers))
    listening = {one.name for one in managers for listener in one.listeners if listener.running}
    seen = replace(
        seen,
        busy=busy_ports(machine, topology, listening),
        names=_names(machine, topology),
        folders=tuple(
            folder(machine.path(one.repository.folder))
            for one in topology.queue_managers
            if one.repository and one.repository.folder
        ),
    )
    try:
        users, groups = accounts(machine, topology, Memory())
    except MqWizardError as error:
        return replace(seen, troubles=(error.what,))
    facts = Facts(
        taken="",
        host=machine.host,
        release=machine.installation.release,
        installation=machine.installation.name,
        plays_root=machine.sandboxed,
        users=users,
        groups=groups,
    )
    return replace(seen, accounts=tuple(account_operations(topology, facts)))


def _names(machine: Machine, topology: Topology) -> dict[str, bool]:
    written = [one.address for one in topology.queue_managers]
    written += [address for client in topology.clients for address in client.addresses]
    names = [name for name in dict.fromkeys(written) if HOST_NAME.fullmatch(name)]
    if not names or machine.driver.find("getent") is None:
        return {}
    answers = hear(machine.driver, *(("getent", "ahosts", name) for name in names))
    return {name: not answer.trouble for name, answer in zip(names, answers, strict=True)}
