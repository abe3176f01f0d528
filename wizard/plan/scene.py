"""What every part of a plan looks at, and the one way to make an operation from it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from wizard.mq.attributes import attribute
from wizard.mq.objects import Kind, MqObject, Value
from wizard.plan.facts import Facts, QueueManagerFact
from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.steps import STARS, Step
from wizard.topology.values import QueueManager, Topology


@dataclass(frozen=True)
class Scene:
    """One queue manager of the topology beside the facts about it."""

    topology: Topology
    facts: Facts
    wanted: QueueManager
    fact: QueueManagerFact | None

    @property
    def name(self) -> str:
        return self.wanted.name

    @property
    def is_ours(self) -> bool:
        """Whether this recipe makes the queue manager, now or in an earlier run."""
        return self.fact is None or self.facts.memory.ours(self.address("queue-manager"))

    @property
    def word(self) -> str:
        """The word behind the queue manager's name in the plan."""
        if self.fact is None:
            return "new"
        return "ours" if self.is_ours else "existing"

    def address(self, *parts: str) -> str:
        """The address of a resource of this queue manager, such as `QM1/channel/APP1.SVRCONN`."""
        return "/".join((self.name, *parts))

    def operation(self, state: State, what: str, resource: str, reason: str, steps: tuple[Step, ...] = ()) -> Operation:
        """An operation in this queue manager's section and lane; `resource` is a whole address."""
        return Operation(
            section=self.name,
            lane=self.name,
            state=state,
            what=what,
            resource=resource,
            reason=reason,
            host=self.wanted.host,
            steps=steps,
        )

    def drifted(self, resource: str, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """The changes whose old value is not what an earlier run set: somebody changed it by hand."""
        known = self.facts.memory.set_values.get(resource, {})
        return tuple(
            change for change in changes if change.attribute in known and known[change.attribute] != change.old
        )


def text_of(value: Value) -> str:
    """An attribute value in one text, as changes and the journal hold it."""
    return value if isinstance(value, str) else ",".join(value)


def values_of(wanted: MqObject) -> dict[str, str]:
    """Every named attribute of an object as text; stars for what is secret."""
    return {
        keyword: STARS if is_secret(wanted.kind, keyword) else text_of(value)
        for keyword, value in wanted.attributes.items()
    }


def is_secret(kind: Kind, keyword: str) -> bool:
    """Whether an attribute is one that nobody may see."""
    known = attribute(kind, keyword)
    return known is not None and known.secret


def changes_between(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    return tuple(
        Change(keyword, old.get(keyword, ""), value) for keyword, value in new.items() if old.get(keyword) != value
    )


def consented(operation: Operation, allowed: Container[Consent]) -> Operation:
    """The operation as it is where nothing has to be allowed or it was; otherwise refused, saying what it takes."""
    missing = [one for one in (operation.consent, operation.also) if one is not None and one not in allowed]
    if not missing or operation.state is State.REFUSE:
        return operation
    reason = f"would {operation.state}: {operation.reason}; needs --allow {','.join(missing)}"
    return replace(operation, state=State.REFUSE, reason=reason)
