"""Users and groups of the operating system, as `getent` shows them, whatever directory they come from."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.mq.objects import MqObject
from wizard.plan.facts import UserFact
from wizard.run.machine import Machine, Request
from wizard.topology.values import Topology

PASSWD_FIELDS = 7
GROUP_FIELDS = 4


def accounts(machine: Machine, topology: Topology) -> tuple[dict[str, UserFact], dict[str, frozenset[str]]]:
    """The users that the topology names and that exist, and every group that it names or that one of them is in.

    A directory that lists nobody by itself is asked for each name; who else has such a group as primary group is then
    not seen.
    """
    accounts_wanted = {account for one in topology.queue_managers for account in one.accounts}
    records = [record for one in topology.queue_managers for record in one.authorities]
    users = {account.user for account in accounts_wanted} | _entities(records, "PRINCIPAL")
    wanted_groups = {account.group for account in accounts_wanted} | _entities(records, "GROUP")
    if not users and not wanted_groups:
        return {}, {}
    passwd = _lines(machine, "passwd")
    listed = {line.split(":")[0] for line in passwd}
    for name in sorted(users - listed):
        passwd += _lines(machine, "passwd", name)
    groups = _lines(machine, "group")
    known = {line.split(":")[0] for line in groups}
    for name in sorted(wanted_groups - known):
        groups += _lines(machine, "group", name)
    return _read(passwd, groups, users)


def _entities(records: Iterable[MqObject], kind: str) -> set[str]:
    """The users or groups that authority records name."""
    return {record.text("ENTITY") for record in records if record.text("ENTTYPE") == kind}


def _read(
    passwd: list[str], groups: list[str], wanted: set[str]
) -> tuple[dict[str, UserFact], dict[str, frozenset[str]]]:
    primary = {line.split(":")[0]: line.split(":")[3] for line in passwd}
    by_number = {line.split(":")[2]: line.split(":")[0] for line in groups}
    members: dict[str, set[str]] = {}
    for line in groups:
        name, _, _, listed = line.split(":")[:GROUP_FIELDS]
        members.setdefault(name, set()).update(filter(None, listed.split(",")))
    for user, number in primary.items():
        members.setdefault(by_number.get(number, number), set()).add(user)
    users = {
        user: UserFact(
            user,
            by_number.get(primary[user], primary[user]),
            frozenset(group for group, inside in members.items() if user in inside),
        )
        for user in wanted
        if user in primary
    }
    return users, {group: frozenset(inside) for group, inside in members.items()}


def _lines(machine: Machine, database: str, *names: str) -> list[str]:
    """The entries of a database; none where a name is unknown (getent exits with 2)."""
    fields = PASSWD_FIELDS if database == "passwd" else GROUP_FIELDS
    finished = machine.run(Request(("getent", database, *names)))
    return [line for line in finished.output.splitlines() if line.count(":") == fields - 1]
