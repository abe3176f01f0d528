"""Operations for authority records: what users and groups may do, and what they may do no longer.

What a run gave and the recipe has no longer is taken back; what others gave is shown as drift and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from wizard.mq import mqsc
from wizard.mq.objects import MqObject
from wizard.plan.leaving import NO_LONGER
from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.scene import Scene
from wizard.plan.steps import Mqsc

PROOF = "MQWIZARD.PROOF."
"""How the names of a proof's own queues begin; the next run removes them and their rights."""


USER_POLICIES = frozenset({"user", "userexternal"})
"""SecurityPolicy under which a right of a user is that user's alone."""


@dataclass(frozen=True)
class Entity:
    """A group or user, and the address of its rights."""

    type: str
    name: str
    resource: str


def authority_operations(scene: Scene) -> list[Operation]:
    """For each entity every right it needs and does not have."""
    return [_reaching_others(scene, one) or _authority(scene, one, records) for one, records in _staying(scene).items()]


def _reaching_others(scene: Scene, entity: Entity) -> Operation | None:
    """The refusal of a grant to a user that everybody in its primary group would get.

    That is so on Linux unless SecurityPolicy says otherwise (facts commands 6).
    """
    user = scene.facts.users.get(entity.name) if entity.type == "PRINCIPAL" else None
    policy = scene.fact.security_policy if scene.fact else ""
    others = sorted(scene.facts.groups.get(user.primary, frozenset()) - {entity.name}) if user else []
    if user is None or not others or policy in USER_POLICIES:
        return None
    reason = (
        f"a right of user {entity.name} goes to its primary group {user.primary}, and so to {', '.join(others)} too: "
        "name a group of its own (GROUP), or a queue manager with SecurityPolicy=User"
    )
    return scene.operation(State.REFUSE, f"authority {entity.name}", entity.resource, reason)


def left_rights(scene: Scene) -> list[Operation]:
    """What runs gave to those who have left the recipe, and on what the others no longer use."""
    staying = _staying(scene)
    wanted = {(one.type, one.name) for one in staying}
    gone = [
        Entity(kind, name, authority_address(scene, kind, name))
        for kind, name in scene.facts.memory.entities(scene.name)
        if (kind, name) not in wanted
    ]
    found = [
        *(_left(scene, one, f"{one.resource}/left", records) for one, records in staying.items()),
        *(_left(scene, one, one.resource, ()) for one in gone),
    ]
    return [one for one in found if one is not None]


def _staying(scene: Scene) -> dict[Entity, list[MqObject]]:
    """The records that are wanted, by whom they are for."""
    found: dict[Entity, list[MqObject]] = {}
    for record in scene.wanted.authorities:
        kind, name = record.text("ENTTYPE"), record.text("ENTITY")
        found.setdefault(Entity(kind, name, authority_address(scene, kind, name)), []).append(record)
    return found


def authority_address(scene: Scene, kind: str, entity: str) -> str:
    """The address of all rights of one group, or of one user."""
    return scene.address("authority", *(() if kind == "GROUP" else (kind.lower(),)), entity)


def _authority(scene: Scene, entity: Entity, records: list[MqObject]) -> Operation:
    steps: list[Mqsc] = []
    changes: list[Change] = []
    known = 0
    notes: list[str] = []
    former: list[MqObject] = []
    for record in records:
        wanted = _words(record)
        there = scene.fact.authorities.get(record.key) if scene.fact else None
        have = _words(there) if there else ()
        known += bool(have)
        former += [there] if there else []
        add = tuple(word for word in wanted if word not in have)
        extra = tuple(word for word in have if word not in wanted and word in _given(scene, entity, record))
        if add or extra:
            steps.append(Mqsc(scene.name, (mqsc.set_authrec(record, add=add, remove=extra),)))
            changes.append(Change(record.name, ",".join(have), ",".join(wanted)))
            notes.append(_given_and_taken(record, add, extra))
    state = State.KEEP if not steps else State.CHANGE if known else State.CREATE
    foreign = _foreign(scene, entity, records)
    lost = [one.attribute for one in changes if _lost(scene, entity, one)]
    if lost:
        notes.append(f"changed by hand: {', '.join(lost)}")
    notes = [*(notes if state is State.CHANGE else ()), *([f"not in the recipe, left: {foreign}"] if foreign else ())]
    reason = "; ".join([*(_right(record) for record in records), *notes])
    return replace(
        scene.operation(state, f"authority {entity.name}", entity.resource, reason, tuple(steps)),
        changes=tuple(changes),
        drift=bool(lost or foreign),
        undo="take back what was given",
        former=tuple(former),
    )


def _given(scene: Scene, entity: Entity, record: MqObject) -> list[str]:
    """The rights on a profile that a run gave last."""
    return scene.facts.memory.set_values.get(entity.resource, {}).get(record.name, "").split(",")


def _lost(scene: Scene, entity: Entity, change: Change) -> bool:
    """Whether somebody took a right away that a run gave."""
    given = scene.facts.memory.set_values.get(entity.resource, {}).get(change.attribute, "")
    return bool(set(filter(None, given.split(","))) - set(change.old.split(",")))


def _foreign(scene: Scene, entity: Entity, records: Collection[MqObject]) -> str:
    """What an entity may do besides: on what the recipe is about, and on our own queue manager on anything.

    A group of a queue manager that was there before may have rights for other purposes.
    """
    wanted = {record.key: set(_words(record)) for record in records}
    given = scene.facts.memory.set_values.get(entity.resource, {})
    found = []
    for there in _records(scene, entity):
        more = set(_words(there)) - wanted.get(there.key, set()) - set(given.get(there.name, "").split(","))
        of_others = there.key not in wanted and not scene.is_ours
        if more and not of_others and not there.name.startswith(PROOF):
            found.append(f"{there.name} +{' +'.join(sorted(word.lower() for word in more))}")
    return ", ".join(found)


def _records(scene: Scene, entity: Entity) -> list[MqObject]:
    there = scene.fact.authorities.values() if scene.fact else ()
    return [one for one in there if (one.text("ENTTYPE"), one.text("ENTITY")) == (entity.type, entity.name)]


def _left(scene: Scene, entity: Entity, resource: str, staying: Iterable[MqObject]) -> Operation | None:
    """What runs gave an entity on profiles that are not `staying`; what others gave it there stays."""
    kept = {one.key for one in staying}
    steps: list[Mqsc] = []
    changes: list[Change] = []
    former: list[MqObject] = []
    taken: list[str] = []
    for record in _records(scene, entity):
        have = _words(record)
        ours = tuple(word for word in have if word in _given(scene, entity, record))
        if record.key in kept or not ours:
            continue
        rest = tuple(word for word in have if word not in ours)
        command = mqsc.set_authrec(record, remove=ours) if rest else mqsc.delete_authrec(record)
        steps.append(Mqsc(scene.name, (command,)))
        changes.append(Change(record.name, ",".join(have), ",".join(rest)))
        former.append(record)
        taken.append(_given_and_taken(record, (), ours))
    if not steps:
        return None
    reason = f"{'; '.join(taken)}: {NO_LONGER}"
    return replace(
        scene.operation(State.DELETE, f"authority {entity.name}", resource, reason, tuple(steps)),
        changes=tuple(changes),
        consent=Consent.DELETE,
        undo="give it again",
        former=tuple(former),
    )


def _given_and_taken(record: MqObject, add: tuple[str, ...], extra: tuple[str, ...]) -> str:
    """The rights that come and go, in the way of setmqaut."""
    return " ".join([record.name, *(f"+{word.lower()}" for word in add), *(f"-{word.lower()}" for word in extra)])


def _words(record: MqObject) -> tuple[str, ...]:
    """The authorities that a record lists, in order."""
    value = record.attributes.get("AUTHLIST", ())
    return tuple(sorted(value if isinstance(value, tuple) else (value,)))


def _right(record: MqObject) -> str:
    words = ", ".join(word.lower() for word in _words(record))
    return words if record.name == "SELF" else f"{record.name}: {words}"
