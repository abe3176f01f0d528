"""What it means when a queue manager refuses a command, or a program ends badly."""

from __future__ import annotations

from wizard.errors import CommandRefused, OperationFailed
from wizard.mq.messages import meaning
from wizard.plan.steps import Command, Mqsc
from wizard.run.call import Finished
from wizard.run.session import Reply

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


def failed_command(step: Command, finished: Finished) -> OperationFailed:
    """What the failure of a command means."""
    said = finished.shown.strip()
    status = f"signal {finished.signal}" if finished.signal else f"exit {finished.exit_status}"
    did_nothing = step.argv[0] == "crtmqm" and finished.exit_status == QUEUE_MANAGER_EXISTS
    kind = CommandRefused if did_nothing else OperationFailed
    return kind(
        f"{step.lines()[0]} ended with {status}." + (f"\n{said}" if said else ""),
        "What it did before it failed is not undone.",
        "Run again once the reason is gone: what is there is read anew, and nothing is done twice.",
    )
