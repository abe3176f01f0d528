"""Operations for MQ objects: what is missing is defined, what differs is altered, what is right is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from wizard.mq import mqsc
from wizard.mq.attributes import same, subtype
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject, Value
from wizard.mq.secret_text import SecretRef
from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.scene import Scene, changes_between, is_secret, text_of, values_of
from wizard.plan.steps import Mqsc, Step

Say = Callable[[MqObject], str]
"""The reason of a new object, in a few words."""


def address(scene: Scene, wanted: MqObject) -> str:
    """The address of an object's resource, such as `QM1/queue/Q1`."""
    return resource_of(scene.name, wanted)


def resource_of(queue_manager: str, wanted: MqObject) -> str:
    """The address of an object on a queue manager of that name."""
    return f"{queue_manager}/{noun(wanted).replace(' ', '-')}/{wanted.name}"


def noun(wanted: MqObject) -> str:
    """What people call such an object; a client-connection channel may stand beside another of its name."""
    if wanted.text("CHLTYPE") == "CLNTCONN":
        return "client channel"
    return "queue" if wanted.kind in QUEUE_KINDS else wanted.kind.lower()


def object_operation(scene: Scene, wanted: MqObject, say: Say, then: tuple[Step, ...] = ()) -> Operation:
    """What it takes to have `wanted` as it stands; `then` are steps that follow a definition or a change."""
    there = scene.fact.objects.get(wanted.key) if scene.fact else None
    if there is None:
        steps = (*_definition(scene, wanted), *then)
        undo = "delete it while it holds no message" if wanted.kind is Kind.QLOCAL else "delete it"
        operation = _operation(scene, wanted, State.CREATE, say(wanted), steps)
        return replace(operation, changes=changes_between({}, values_of(wanted)), undo=undo)
    if there.kind is not wanted.kind or subtype(wanted) not in {"", subtype(there)}:
        return _replaced(scene, wanted, there, then)
    changes = differences(wanted, there)
    if not changes:
        return _operation(scene, wanted, State.KEEP, "as wanted" + _left_over(scene, wanted), ())
    return _changed(scene, wanted, there, changes, then)


def _left_over(scene: Scene, wanted: MqObject) -> str:
    """What an earlier recipe set and this one does not name: it stays, since nobody says what it should be instead."""
    known = scene.facts.memory.set_values.get(address(scene, wanted), {})
    left = [
        f"{keyword} {value}"
        for keyword, value in known.items()
        if value and keyword not in wanted.attributes and not is_secret(wanted.kind, keyword)
    ]
    return f"; left from an earlier recipe: {', '.join(left)}" if left else ""


def _definition(scene: Scene, wanted: MqObject) -> tuple[Step, ...]:
    """DEFINE, and ALTER for what is secret: a recipe refers to that, and a definition leaves it out."""
    # MQ makes objects with such names itself, not the same ones in every release.
    own_of_mq = wanted.name.startswith("SYSTEM.")
    return (_mqsc(scene, mqsc.define(wanted, replace=own_of_mq)), *_secrets_set(scene, wanted, wanted.attributes))


def _alteration(scene: Scene, wanted: MqObject, changed: Mapping[str, Value]) -> tuple[Step, ...]:
    """ALTER for the attributes that change, and another one for those that are secret."""
    plain = {keyword: value for keyword, value in changed.items() if not is_secret(wanted.kind, keyword)}
    alter = mqsc.alter(wanted.kind, wanted.name, plain, chltype=subtype(wanted))
    return (*((_mqsc(scene, alter),) if plain else ()), *_secrets_set(scene, wanted, changed))


def _secrets_set(scene: Scene, wanted: MqObject, changed: Mapping[str, Value]) -> tuple[Step, ...]:
    secret = {
        keyword: SecretRef(text_of(value)) for keyword, value in changed.items() if is_secret(wanted.kind, keyword)
    }
    if not secret:
        return ()
    return (Mqsc(scene.name, mqsc.alter_secret(wanted.kind, wanted.name, secret, chltype=subtype(wanted))),)


def differences(wanted: MqObject, there: MqObject) -> tuple[Change, ...]:
    """The attributes of `wanted` that `there` does not have, compared as MQ compares them; no others."""
    old = {
        keyword: text_of(there.attributes.get(keyword, ""))
        for keyword, value in wanted.attributes.items()
        if not same(wanted.kind, keyword, value, there.attributes.get(keyword, ""))
    }
    return changes_between(old, {keyword: value for keyword, value in values_of(wanted).items() if keyword in old})


def _changed(
    scene: Scene, wanted: MqObject, there: MqObject, changes: tuple[Change, ...], then: tuple[Step, ...]
) -> Operation:
    resource = address(scene, wanted)
    drifted = scene.drifted(resource, changes)
    values = {change.attribute: wanted.attributes[change.attribute] for change in changes}
    ours = scene.is_ours or scene.facts.memory.ours(resource)
    steps = (*_alteration(scene, wanted, values), *then)
    return replace(
        _operation(scene, wanted, State.CHANGE, reason_of(changes, drifted), steps),
        changes=changes,
        drift=bool(drifted),
        consent=None if ours else Consent.TAKEOVER,
        undo="former values: " + ", ".join(f"{change.attribute}({change.old})" for change in changes),
        former=(there,),
    )


def reason_of(changes: tuple[Change, ...], drifted: tuple[Change, ...]) -> str:
    """Old and new value of each change, and whether somebody changed it by hand."""
    words = ", ".join(f"{change.attribute} {change.old or '(blank)'} → {change.new or '(blank)'}" for change in changes)
    return f"{words}; changed by hand: {', '.join(one.attribute for one in drifted)}" if drifted else words


def _replaced(scene: Scene, wanted: MqObject, there: MqObject, then: tuple[Step, ...]) -> Operation:
    kinds = f"{subtype(there) or there.kind} → {subtype(wanted) or wanted.kind}"
    steps = (_mqsc(scene, mqsc.delete(there)), *_definition(scene, wanted), *then)
    return replace(
        _operation(scene, wanted, State.REPLACE, kinds, steps),
        changes=changes_between(values_of(there), values_of(wanted)),
        consent=Consent.REPLACE,
        undo="define the former object",
        former=(there,),
    )


def _operation(scene: Scene, wanted: MqObject, state: State, reason: str, steps: tuple[Step, ...]) -> Operation:
    return scene.operation(state, f"{noun(wanted)} {wanted.name}", address(scene, wanted), reason, steps)


def _mqsc(scene: Scene, command: str) -> Mqsc:
    return Mqsc(scene.name, (command,))
