"""A plan as people read it: a heading for each queue manager and client, a line for each operation, and totals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from wizard.plan.operations import PENDING, Operation, Plan, State
from wizard.plan.steps import Mqsc

STATE_WIDTH = 8
WHAT_WIDTH = 24

TOTAL_WORDS = {
    State.CREATE: "to create",
    State.CHANGE: "to change",
    State.REPLACE: "to replace",
    State.DELETE: "to delete",
    State.RUN: "to run",
    State.WAIT: "to wait for",
    State.UNKNOWN: "unknown",
    State.REFUSE: "refused",
}


def plan_text(plan: Plan, *, commands: bool = False) -> str:
    """The whole plan; with `commands` the exact commands stand below each line, secrets as stars."""
    return "\n".join(_lines(plan, commands=commands)) + "\n"


def _lines(plan: Plan, *, commands: bool) -> Iterator[str]:
    yield f"Plan: {plan.title}"
    for section, operations in groupby(plan.operations, key=lambda operation: operation.section):
        yield ""
        word = plan.sections.get(section, "")
        yield f"{section} ({word})" if word else section
        for operation in operations:
            yield operation_line(operation)
            if commands:
                yield from (f"           {line}" for line in command_lines(operation))
    for note in plan.notes:
        yield ""
        yield note
    yield ""
    yield totals(plan)


def operation_line(operation: Operation) -> str:
    """One operation in one line: state, what, reason."""
    mark = "drift: " if operation.drift else ""
    what = operation.what.ljust(WHAT_WIDTH)
    return f"  {operation.state:<{STATE_WIDTH}} {what} {mark}{operation.reason}".rstrip()


def command_lines(operation: Operation) -> list[str]:
    """The exact commands of an operation, MQSC below the runmqsc it is typed into."""
    lines: list[str] = []
    session = ""
    for step in operation.steps:
        if isinstance(step, Mqsc):
            if session != step.queue_manager:
                session = step.queue_manager
                lines.append(f"runmqsc {session}")
            lines += [f"  {line}" for line in step.lines()]
            continue
        session = ""
        lines += step.lines()
    return lines


def totals(plan: Plan) -> str:
    """How many operations of each kind, and what is not touched."""
    counted = plan.totals
    parts = [f"{counted[state]} {words}" for state, words in TOTAL_WORDS.items() if state in counted]
    kept = counted.get(State.KEEP, 0)
    drifted = sum(operation.drift for operation in plan.operations)
    drift = f" Changed by hand or foreign: {drifted}, marked drift." if drifted else ""
    if not any(state in counted for state in PENDING) and State.REFUSE not in counted:
        return f"Nothing to do: {kept} {plan.keeps}.{drift}"
    sentence = ", ".join(parts) + (f", {kept} kept" if kept else "") + "."
    return f"{sentence} {untouched(plan)}{drift}".rstrip()


def untouched(plan: Plan) -> str:
    """What the plan does not do, of the things that people fear."""
    consents = {one for operation in plan.pending for one in (operation.consent, operation.also) if one}
    states = {operation.state for operation in plan.pending}
    fears = [
        word
        for word, present in (
            ("replaced", State.REPLACE in states),
            ("deleted", State.DELETE in states),
            ("taken over", "takeover" in consents),
            ("interrupted", "interrupt" in consents),
        )
        if not present
    ]
    if not fears:
        return ""
    listed = fears[0] if len(fears) == 1 else f"{', '.join(fears[:-1])} or {fears[-1]}"
    return f"Nothing is {listed}."


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where there is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
