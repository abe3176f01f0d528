"""What the journals of earlier runs mean for a plan."""

from __future__ import annotations

from wizard.plan.facts import Memory
from wizard.plan.operations import State
from wizard.run.history import History, Outcome


def memory_of(history: History) -> Memory:
    """The values that runs set last, what is owed, what was begun and never done, what they made."""
    values: dict[str, dict[str, str]] = {}
    begun: dict[str, None] = {}
    for operation in history.operations:
        if operation.change == State.DELETE and operation.outcome is Outcome.DONE:
            values.pop(operation.resource, None)
            begun.pop(operation.resource, None)
        elif operation.outcome is Outcome.DONE:
            noted = operation.details.get("values", {})
            values[operation.resource] = {**values.get(operation.resource, {}), **noted}
        elif operation.changed:
            begun[operation.resource] = None
            if operation.outcome is Outcome.SETTLED and operation.change != State.DELETE:
                values.setdefault(operation.resource, {})
    return Memory(set_values=values, owed=history.owed(), begun=frozenset(begun), made=history.resources())
