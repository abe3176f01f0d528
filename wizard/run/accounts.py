"""Users and groups of the operating system, as `getent` shows them, whatever directory they come from."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from wizard.mq.objects import MqObject
from wizard.plan.facts import Memory, UserFact
from wizard.run.call import Finished
from wizard.run.failures import not_told
from wizard.run.machine import Machine, Request
from wizard.topology.values import Topology

PASSWD_FIELDS = 7
GROUP_FIELDS = 4

GETENT_ANSWERS = frozenset({0, 1, 2, 3})
"""Found; no such database; a key that was not found; a database that cannot be listed (getent(1))."""

NAMES_AT_ONCE = 500
"""Names in one command; getent leaves out those that it does not know."""


def accounts(
    machine: Machine, topology: Topology, memory: Memory
) -> tuple[dict[str, UserFact], dict[str, frozenset[str]]]:
    """The users that the topology names and that exist, and every group that it names or that one of them is in.

    Those whom earlier runs gave rights count as named.

    A directory that lists nobody by itself is asked for each name; who else has such a group as primary group is then
    not seen.
    """
    accounts_wanted = {account for one in topology.queue_managers for account in one.accounts}
    records = [record for one in topology.queue_managers for record in one.authorities]
    given = [entity for one in topology.queue_managers for entity in memory.entities(one.name)]
    users = {account.user for account in accounts_wanted} | _entities(records, "PRINCIPAL")
    users |= {name for kind, name in given if kind == "PRINCIPAL"}
    wanted_groups = {account.group for account in accounts_wanted} | _entities(records, "GROUP")
    wanted_groups |= {name for kind, name in given if kind == "GROUP"}
    return named_accounts(machine, users, wanted_groups)


def named_accounts(
    machine: Machine, users: set[str], wanted_groups: set[str]
) -> tuple[dict[str, UserFact], dict[str, frozenset[str]]]:
    """Those of these users that exist, and every group that is named or that one of them is in."""
    if not users and not wanted_groups:
        return {}, {}
    passwd, groups = machine.together([_entries("passwd", users), _entries("group", wanted_groups)])
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


def _entries(database: str, wanted: set[str]) -> Generator[Request, Finished, list[str]]:
    """The entries of a database, and those of the wanted names that it does not list; unknown names have none."""
    lines = _lines(database, (yield Request(("getent", database))))
    missing = sorted(wanted - {line.split(":")[0] for line in lines})
    for some in range(0, len(missing), NAMES_AT_ONCE):
        found = yield Request(("getent", database, *missing[some : some + NAMES_AT_ONCE]))
        lines += _lines(database, found)
    return lines


def _lines(database: str, finished: Finished) -> list[str]:
    """The entries shown. OperationFailed where getent neither shows any nor says that there are none."""
    fields = PASSWD_FIELDS if database == "passwd" else GROUP_FIELDS
    found = [line for line in finished.output.splitlines() if line.count(":") == fields - 1]
    if finished.exit_status not in GETENT_ANSWERS or (finished.output.strip() and not found):
        raise not_told(finished, f"What {database} holds")
    return found
