"""The words of the work's screens that depend on a plan: what can become of it, what a consent means.

Pure: plans in, words out. What the plan itself says comes from `wizard.plan.text`, so that screen and dry run agree.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.plan.operations import Consent, Operation, Plan
from wizard.plan.steps import Wait
from wizard.plan.text import command_lines

if TYPE_CHECKING:
    from wizard.engine.request import Request


class Readiness(Enum):
    """What a plan needs before it can be carried out."""

    READY = "ready"
    NOTHING = "nothing to do"
    CONSENT = "consents"
    REFUSED = "refused"
    WAITING = "waits for root"


def readiness(plan: Plan) -> Readiness:
    """The first thing that stands in the way; refusals that no consent settles come first."""
    if any(operation.consent is None for operation in plan.refused):
        return Readiness.REFUSED
    if plan.refused:
        return Readiness.CONSENT
    if waiting_commands(plan):
        return Readiness.WAITING
    return Readiness.READY if plan.pending else Readiness.NOTHING


def advice(plan: Plan, where: str) -> str:
    """What Enter does with this plan, in a sentence."""
    match readiness(plan):
        case Readiness.REFUSED:
            count = sum(operation.consent is None for operation in plan.refused)
            lines = "One line is" if count == 1 else f"{count} lines are"
            return f"{lines} refused: open it to see why. Settle it, then r looks again; Esc goes back to the answers."
        case Readiness.CONSENT:
            count = len(questions(plan))
            asked = "asks one question" if count == 1 else f"asks {count} questions"
            return f"Nothing is done without your consent: Enter {asked} first."
        case Readiness.WAITING:
            return "Root must act first: Enter shows the commands. r looks again."
        case Readiness.NOTHING:
            return "Everything is as the recipe wants it. Enter proves it."
        case Readiness.READY:
            return f"Nothing was touched yet. Enter: carry it out {where}."


@dataclass(frozen=True)
class Question:
    """One consent that a plan needs: what kind, what it means, and what it would be given for."""

    consent: Consent
    title: str
    means: str
    lines: tuple[str, ...]


MEANINGS = {
    Consent.TAKEOVER: (
        "Take over what others made?",
        "What stands there now works for somebody. It gets the values of this recipe, and whoever relies on the "
        "old ones is affected at once.",
    ),
    Consent.REPLACE: (
        "Replace what is there?",
        "What is there is removed and made anew as another kind. What it held, and who has it open, is lost to them.",
    ),
    Consent.DELETE: (
        "Delete what the recipe no longer names?",
        "Whoever still comes in by it is shut out from then on.",
    ),
    Consent.INTERRUPT: (
        "Interrupt what is running?",
        "The connections named below are ended. Well-made applications connect again by themselves; others fail.",
    ),
    Consent.WIDE_RULES: (
        "Set rules that reach further than this job?",
        "They decide about others too: who comes in by other channels may be let in or shut out.",
    ),
}


def questions(plan: Plan) -> list[Question]:
    """One question for each kind of consent that the plan lacks, in the order of the plan."""
    needed: dict[Consent, list[Operation]] = {}
    for operation in plan.refused:
        if operation.consent is not None:
            needed.setdefault(operation.consent, []).append(operation)
    return [
        Question(kind, *MEANINGS[kind], tuple(_would(operation) for operation in operations))
        for kind, operations in needed.items()
    ]


def _would(operation: Operation) -> str:
    reason = operation.reason.removesuffix(f"; needs --allow {operation.consent}")
    return f"{operation.section}: {operation.what}: {reason}"


def waiting_commands(plan: Plan) -> tuple[str, ...]:
    """The commands that somebody else must run before the plan can be carried out."""
    steps = (step for operation in plan.waiting for step in operation.steps)
    return tuple(command for step in steps if isinstance(step, Wait) for command in step.commands)


def covers(approved: Plan, plan: Plan) -> bool:
    """Whether a plan does nothing but what was agreed to with an earlier one, and can be carried out."""
    if readiness(plan) not in {Readiness.READY, Readiness.NOTHING} or plan.unseen:
        return False
    agreed = {(operation.id, tuple(command_lines(operation))) for operation in approved.pending}
    return all((operation.id, tuple(command_lines(operation))) in agreed for operation in plan.pending)


def command_again(request: Request, allowed: frozenset[Consent] = frozenset(), *, prove_refusals: bool = False) -> str:
    """The command line that does all of an order again, without a screen."""
    words = ["mqwizard", "--recipe", request.recipe]
    for name, value in (
        ("--sandbox", request.sandbox),
        ("--mq-version", request.mq_version),
        ("--installation", request.installation),
        ("--host", request.host),
        ("--state", request.state),
        ("--allow", ",".join(sorted(allowed | request.allowed))),
        ("--change", request.change),
    ):
        if value:
            words += [name, str(value)]
    if prove_refusals:
        words.append("--prove-refusals")
    return shlex.join(words)


def near(path: Path, folder: Path) -> str:
    """A path as seen from a folder, where it lies below it."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
