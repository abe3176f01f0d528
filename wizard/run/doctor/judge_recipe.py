"""Judges whether this machine has what a recipe needs: ports, names, users, folders. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.plan.operations import Operation, State
from wizard.plan.steps import Wait
from wizard.run.doctor.findings import Finding, note, ok, problem, warning
from wizard.run.doctor.seen import RecipeSeen

ANYBODY = 0o007


def recipe(seen: RecipeSeen, there: frozenset[str]) -> Iterator[Finding]:
    """Everything that would stop or hamper a run; `there` are the queue managers that exist."""
    area = f"recipe {seen.name}"
    for name in seen.queue_managers:
        yield ok(area, f"{name} is there." if name in there else f"{name} is not there yet; the run makes it.")
    for (address, port), holder in seen.busy.items():
        place = f"port {port}" if address == "*" else f"{address} port {port}"
        yield problem(
            area,
            f"A listener cannot have {place}: {holder}.",
            "The queue manager would start, and nobody could reach it.",
            "End what holds it, or choose another port in the recipe.",
        )
    for name, known in seen.names.items():
        yield _name(area, name, known=known)
    for operation in seen.accounts:
        yield _account(area, operation)
    for folder in seen.folders:
        if not folder.exists or not folder.writable:
            means = "Its key repository is to be made there."
            remedy = f"Make it, for this user to write: mkdir -p {folder.path}"
            yield problem(area, f"{folder.path} is missing, or this user cannot write there.", means, remedy)
        elif folder.mode & ANYBODY:
            means = "The key repository in it is protected by its own mode alone."
            remedy = f"chmod o-rwx {folder.path}"
            yield note(area, f"Everybody can reach {folder.path} (mode {folder.mode:04o}).", means, remedy)
    for trouble in seen.troubles:
        yield problem(
            area, "Users and groups could not be looked up.", trouble, "Install getent, or mend the directory."
        )


def _name(area: str, name: str, *, known: bool) -> Finding:
    if known:
        return ok(area, f"{name} can be looked up here.")
    return warning(
        area,
        f"{name} cannot be looked up here.",
        "The proof from this host cannot reach it; partners on other hosts may.",
        f"Correct the recipe's address, or add the name to DNS or /etc/hosts. By hand: getent hosts {name}",
    )


def _account(area: str, operation: Operation) -> Finding:
    """What the plan would do about a user, as a finding."""
    if operation.state is State.REFUSE:
        return problem(area, f"{operation.what}: {operation.reason}.", "A run is refused until that is settled.")
    if operation.state is State.WAIT:
        commands = [command for step in operation.steps if isinstance(step, Wait) for command in step.commands]
        means = "A run waits for root (exit 6)."
        return warning(area, f"{operation.what} is not ready.", means, f"Root must run: {'; '.join(commands)}")
    if operation.state is State.KEEP:
        return ok(area, f"{operation.what}: {operation.reason}.")
    return note(area, f"{operation.what} is not there yet; the run makes it.")
