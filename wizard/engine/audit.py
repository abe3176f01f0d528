"""The door to audits: what is not as it should be about who gets in, of a recipe or of a queue manager as it is.

Nothing is changed. Where a recipe is named, what its plan would mend is told as such, so that running it is the repair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.access.audit import audit
from wizard.access.flaws import Flaw, Gravity, Held
from wizard.engine.explain import Scene, scene
from wizard.engine.request import Request
from wizard.plan.operations import Operation, Plan, State
from wizard.plan.text import command_lines


@dataclass(frozen=True)
class Audit:
    """What was looked at, and every flaw, the worst first."""

    title: str
    flaws: tuple[Flaw, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is worse than a note."""
        return all(flaw.gravity is Gravity.NOTE for flaw in self.flaws)


def audited(request: Request, queue_manager: str) -> Audit:
    """The audit of one queue manager; raises as `scene` does."""
    with scene(request, queue_manager) as found:
        flaws = [*audit(found.guard, _held(found)), *_differing(found)]
    order = list(Gravity)
    state = "as planned" if found.ready else "as it is"
    title = f"{found.guard.name}, {state}, IBM MQ {found.guard.release}"
    return Audit(title, tuple(sorted(flaws, key=lambda flaw: order.index(flaw.gravity))))


def _held(found: Scene) -> tuple[Held, ...]:
    store = found.seen.store if found.seen else None
    listed = store.certificates if store else ()
    return tuple(Held(one.label, one.personal, one.subject, one.issuer, one.days_left) for one in listed)


def _differing(found: Scene) -> Iterator[Flaw]:
    """What is there and is not as the recipe wants it."""
    if found.ready is None or found.before is None:
        return
    for operation in mending(found.ready.plan, found.guard.name):
        repairs = operation.state is not State.KEEP
        yield Flaw(
            queue_manager=found.guard.name,
            gravity=Gravity.WARNING,
            rule="differs",
            about=operation.resource,
            what=f"{operation.what}: {operation.reason}",
            means="Somebody changed it, or the recipe has not been carried out since it changed.",
            remedy="Run the recipe." if repairs else "Decide whether it is meant; the recipe leaves it as it is.",
            commands=tuple(command_lines(operation)),
            plan=repairs,
        )


def mending(plan: Plan, queue_manager: str) -> tuple[Operation, ...]:
    """The operations of a plan on a queue manager that would change something, or that drifted."""
    return tuple(
        one for one in plan.operations if one.section == queue_manager and (one.drift or one.state is not State.KEEP)
    )
