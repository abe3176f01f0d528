"""What it means when a queue manager refuses a command, or a program ends badly."""

from __future__ import annotations

import shlex

from wizard.errors import CommandRefused, OperationFailed
from wizard.mq.messages import meaning
from wizard.plan.steps import Command, Mqsc
from wizard.run.call import Finished
from wizard.run.session import Reply

UNREAD = "Without it nobody knows what is there, and so there is no plan."
"""What it means that something cannot be found out."""

QUEUE_MANAGER_EXISTS = 8
"""Exit status of crtmqm where the name is taken; nothing was created (facts 1.1)."""


def refusal(step: Mqsc, reply: Reply) -> CommandRefused:
    """What a queue manager's refusal means."""
    first = reply.ids[0] if reply.ids else ""
    known = meaning(first)
    shown = " ".join(step.lines())
    return CommandRefused(
        f"{step.queue_manager} refused: {shown}\n{reply.shown.strip()}",
        known.what if known else "",
        known.remedy if known else "See the message above; run again once its reason is gone.",
    )


def not_told(finished: Finished, wanted: str) -> OperationFailed:
    """What it means that a command which only shows something did not show it."""
    said = finished.shown.strip()
    return OperationFailed(
        f"{wanted} is not known: {finished.argv[0]} ended with {finished.ending}"
        + (f" and said:\n{said}" if said else " and said nothing."),
        UNREAD,
        f"Run it by hand until it answers, then run again: {shlex.join(finished.argv)}",
    )


def failed_command(step: Command, finished: Finished) -> OperationFailed:
    """What the failure of a command means."""
    said = finished.shown.strip()
    did_nothing = step.argv[0] == "crtmqm" and finished.exit_status == QUEUE_MANAGER_EXISTS
    kind = CommandRefused if did_nothing else OperationFailed
    return kind(
        f"{step.lines()[0]} ended with {finished.ending}." + (f"\n{said}" if said else ""),
        "What it did before it failed is not undone.",
        "Run again once the reason is gone: what is there is read anew, and nothing is done twice.",
    )
