"""Who gets in by a plan: the access table of each queue manager, and what the plan opens and closes. Pure.

Made from topology and facts alone, so that review, plan and report show it without asking anything more.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.access.guard import ADMINISTRATORS, Guard, Login, Users
from wizard.access.planned import planned
from wizard.access.rulebook import RuleBook
from wizard.access.table import Cell, Difference, access_table, differences, people, recipe_channels
from wizard.mq.objects import Kind
from wizard.plan.facts import Facts, QueueManagerFact
from wizard.topology.values import Topology


@dataclass(frozen=True)
class Access:
    """One queue manager: who gets in once the plan is carried out, and what that changes."""

    queue_manager: str
    cells: tuple[Cell, ...]
    changes: tuple[Difference, ...]


def access_of(topology: Topology, facts: Facts) -> tuple[Access, ...]:
    """Every queue manager of a topology by which somebody is to come in."""
    return tuple(_access(topology, facts, one.name) for one in topology.queue_managers if topology.clients_of(one.name))


def _access(topology: Topology, facts: Facts, name: str) -> Access:
    fact = facts.queue_managers.get(name)
    before = guard_of(fact, facts) if fact else None
    ours = fact is None or facts.memory.ours(f"{name}/queue-manager")
    after = planned(topology, name, before, ours=ours)
    everybody, channels = people(topology, name), recipe_channels(topology, name)
    cells = access_table(after, everybody, channels)
    return Access(name, cells, differences(before, everybody, cells))


def guard_of(fact: QueueManagerFact, facts: Facts) -> Guard | None:
    """A queue manager as the facts show it: its rules and the channels that a recipe wants; None where it stands still.

    Authorities are left out, as only those are read that the recipe wants.
    """
    if fact.own is None:
        return None
    login = Login()
    if fact.login.kind:
        kind, check = fact.login.kind, fact.login.check_client
        login = Login(
            fact.own.text("CONNAUTH").strip(), kind, check or "NONE", fact.login.adopt, fact.login.early_adopt
        )
    groups = {user: one.groups for user, one in facts.users.items()}
    return Guard(
        name=fact.name,
        release=facts.release,
        channels={one.name: one for one in fact.objects.values() if one.kind is Kind.CHANNEL},
        rules=RuleBook(fact.rules.values(), facts.release),
        chlauth=fact.own.text("CHLAUTH") != "DISABLED",
        login=login,
        users=Users({**groups, ADMINISTRATORS: frozenset({ADMINISTRATORS})}),
        reverse_dns=fact.own.text("REVDNS") != "DISABLED",
    )
