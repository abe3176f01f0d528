"""What a lane of a run needs next, and how the needs of several lanes are met side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wizard.errors import MqWizardError
from wizard.mq.secret_text import Secretful
from wizard.run.call import Finished
from wizard.run.machine import Machine, Request
from wizard.run.session import Reply


@dataclass(frozen=True)
class Questions:
    """MQSC commands for one queue manager, answered by as many replies; `heard` is told of each as it comes."""

    queue_manager: str
    commands: Iterable[str | Secretful]
    heard: Callable[[Reply], None] | None = None


Need = Questions | Request


def meet(machine: Machine, needs: Sequence[Need]) -> list[list[Reply] | Finished | MqWizardError]:
    """Each need's answer, in order; an error stands in the place of the need that it belongs to."""
    answers: dict[int, list[Reply] | Finished | MqWizardError] = {}
    requests = [(place, need) for place, need in enumerate(needs) if isinstance(need, Request)]
    for (place, _), finished in zip(requests, machine.run_all([need for _, need in requests]), strict=True):
        answers[place] = finished
    questions = [(place, need) for place, need in enumerate(needs) if isinstance(need, Questions)]
    try:
        heard = {need.queue_manager: need.heard for _, need in questions if need.heard}
        replies = machine.ask({need.queue_manager: need.commands for _, need in questions}, heard) if questions else {}
        answers |= {place: replies[need.queue_manager] for place, need in questions}
    except MqWizardError as error:
        answers |= {place: error for place, _ in questions}
    return [answers[place] for place in range(len(needs))]
