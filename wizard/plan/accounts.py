"""Users and groups, looked at before anything is changed.

What needs root is a `wait` with the commands for root; where mqwizard plays root, as in the sandbox, it is an ordinary
operation. A group of its own is the user's only if nobody else is in it: on Linux a right given to it reaches every
member.
"""

from __future__ import annotations

from dataclasses import replace

from wizard.plan.facts import Facts, UserFact
from wizard.plan.operations import Operation, State
from wizard.plan.steps import Command, Step, Wait
from wizard.topology.values import Account, QueueManager, Topology

PRIVILEGED = "mqm"


def account_operations(topology: Topology, facts: Facts) -> list[Operation]:
    """One operation for each account that is not ready, in the topology's order; those that are ready are kept.

    What one account makes, such as a group that several users share, the next one finds.
    """
    seen: dict[Account, QueueManager] = {}
    for queue_manager in topology.queue_managers:
        for account in queue_manager.accounts:
            seen.setdefault(account, queue_manager)
    shared = {account.group for account in seen if account.shared}
    operations = []
    for wanted, queue_manager in seen.items():
        account = replace(wanted, shared=wanted.group in shared)
        operations.append(_account(account, queue_manager, facts))
        facts = _made(account, facts)
    return operations


def _made(account: Account, facts: Facts) -> Facts:
    """The facts once the account is ready; a new user has a group of its name."""
    user = facts.users.get(account.user) or UserFact(account.user, account.user, frozenset({account.user}))
    inside = user.groups | {account.group}
    members = {group: facts.groups.get(group, frozenset()) | {account.user} for group in inside}
    return replace(
        facts,
        users={**facts.users, account.user: replace(user, groups=inside)},
        groups={**facts.groups, **members},
    )


def _account(account: Account, queue_manager: QueueManager, facts: Facts) -> Operation:
    reason = _refusal(account, facts)
    if reason:
        return _operation(account, queue_manager, State.REFUSE, reason, ())
    commands = _commands(account, facts)
    if not commands:
        return _operation(account, queue_manager, State.KEEP, f"in group {account.group}", ())
    if facts.plays_root:
        return _operation(
            account,
            queue_manager,
            State.CREATE,
            f"in group {account.group}",
            tuple(Command(tuple(command.split())) for command in commands),
        )
    wait = Wait("root", f"user {account.user} in group {account.group}", commands)
    return _operation(account, queue_manager, State.WAIT, f"root must run: {'; '.join(commands)}", (wait,))


def _refusal(account: Account, facts: Facts) -> str:
    user = facts.users.get(account.user)
    if user and PRIVILEGED in user.groups:
        return f"{account.user} is in group {PRIVILEGED}, so it may do everything: choose an ordinary user"
    others = sorted(facts.groups.get(account.group, frozenset()) - {account.user})
    if others and not account.shared:
        return (
            f"group {account.group} has other members ({', '.join(others)}), who would get the same rights: "
            "name a group for this client, or take them out"
        )
    return ""


def _commands(account: Account, facts: Facts) -> tuple[str, ...]:
    """What root has to type; `useradd` makes a group of the user's name unless there is one."""
    user = facts.users.get(account.user)
    own_group = account.group == account.user
    if user is None:
        group = () if own_group or account.group in facts.groups else (f"groupadd {account.group}",)
        primary = f"-g {account.user} " if account.user in facts.groups else ""
        more = "" if own_group else f"-G {account.group} "
        return (*group, f"useradd -r {primary}{more}{account.user}")
    if account.group in user.groups:
        return ()
    missing = (f"groupadd {account.group}",) if account.group not in facts.groups else ()
    return (*missing, f"usermod -a -G {account.group} {account.user}")


def _operation(
    account: Account, queue_manager: QueueManager, state: State, reason: str, steps: tuple[Step, ...]
) -> Operation:
    return Operation(
        section="users",
        state=state,
        what=f"user {account.user}",
        resource=f"users/{account.user}" + (f"/{account.group}" if account.group != account.user else ""),
        reason=reason,
        host=queue_manager.host,
        steps=steps,
        undo="stays; root may remove it",
    )
