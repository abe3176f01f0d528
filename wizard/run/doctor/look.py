"""Looks at everything, in an order in which each part knows what it needs; changes nothing and refuses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from wizard.mq.releases import NEWEST_LONG_TERM, Release
from wizard.mq.secret_text import SecretRef
from wizard.run.doctor.look_folders import data
from wizard.run.doctor.look_installations import installations
from wizard.run.doctor.look_memory import memory
from wizard.run.doctor.look_queue_managers import queue_managers
from wizard.run.doctor.look_recipe import recipe
from wizard.run.doctor.look_system import system, user
from wizard.run.doctor.seen import DataSeen, MqSeen, Seen, UserSeen
from wizard.run.driver import Driver
from wizard.run.installation import Installation
from wizard.run.keyring import Keyring
from wizard.run.machine import Machine
from wizard.topology.values import Topology


@dataclass(frozen=True)
class Order:
    """What to look at, and where mqwizard keeps its own things."""

    moment: datetime
    host: str
    base: Path
    state: Path
    journals: Path
    environment: Mapping[str, str]
    installation: str | None = None
    sandboxed: bool = False
    listen_address: str = ""
    arguments: tuple[str, ...] = ()
    recipe: str = ""
    """The recipe's name; empty where none was named."""
    key: str = ""
    topology: Callable[[Release], Topology] | None = field(default=None, compare=False)
    """What the recipe implies at a release."""


def look(driver: Driver, keyring: Keyring, order: Order) -> Seen:
    """Everything that can be seen. Raises only what is wrong with the recipe itself."""
    mq = installations(driver, order.environment, order.installation)
    who = user(driver)
    data_path = mq.chosen.data_path if mq.chosen else None
    seen = Seen(
        moment=order.moment,
        host=order.host,
        sandboxed=order.sandboxed,
        arguments=order.arguments,
        mq=mq,
        user=who,
        system=system(driver, order.environment),
        data=data(data_path, order.moment) if data_path else DataSeen(),
        memory=memory(order.state, order.journals, data_path, order.key),
    )
    machine = _machine(driver, keyring, order, mq, who)
    topology = order.topology(machine.installation.release) if order.topology else None
    try:
        if mq.chosen is not None and (seen.sandboxed or not who.root):
            managers, trouble = queue_managers(machine, seen, _passwords(topology))
            seen = replace(seen, queue_managers=managers, queue_managers_trouble=trouble)
        if topology is not None:
            seen = replace(seen, recipe=recipe(machine, order.recipe, topology, seen.queue_managers))
    finally:
        machine.close()
    return seen


def _machine(driver: Driver, keyring: Keyring, order: Order, mq: MqSeen, who: UserSeen) -> Machine:
    """The machine; where there is no MQ it stands for one that holds nothing."""
    return Machine(
        driver=driver,
        keyring=keyring,
        installation=mq.chosen or Installation("", Path("/opt/mqm"), NEWEST_LONG_TERM, Path("/var/mqm")),
        base=order.base,
        host=order.host,
        mqm=-1 if who.mqm is None else who.mqm,
        sandboxed=order.sandboxed,
        listen_address=order.listen_address,
    )


def _passwords(topology: Topology | None) -> dict[str, SecretRef]:
    if topology is None:
        return {}
    return {one.name: one.repository.password for one in topology.queue_managers if one.repository}
