"""Operations for what MQSC scripts ask for beyond definitions: changes of what MQ made itself, starts, refreshes.

A command that only shows something, or for which there is no reason, has its line in the plan all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from wizard.mq import mqsc
from wizard.mq.attributes import subtype
from wizard.mq.objects import Kind, MqObject
from wizard.plan.objects import address, noun, object_operation
from wizard.plan.operations import PENDING, Operation, State
from wizard.plan.rights import authority_address
from wizard.plan.rules import rule_address
from wizard.plan.scene import Scene, changes_between, text_of, values_of
from wizard.plan.steps import Check, ListenerRuns, Mqsc, Step
from wizard.plan.stores import refresh_owed
from wizard.topology.values import Action, ScriptCommand

PASSWORD_TYPES = frozenset({"IDPWOS", "IDPWLDAP"})
"""AUTHINFO objects whose changes take effect with REFRESH SECURITY TYPE(CONNAUTH) (facts tls 5.4)."""

MANY = 3
"""Lines of scripts that an operation names; the rights of one group often stand in many."""

MADE_BY_MQ = "SYSTEM."
"""What the names of objects that every queue manager has begin with."""


def with_origins(scene: Scene, operations: Iterable[Operation]) -> list[Operation]:
    """The operations, each with the lines of the scripts that ask for it."""
    wanted = scene.wanted
    places: dict[tuple[str, ...], list[str]] = {}
    for key, origin in wanted.origins:
        places.setdefault(key, []).append(origin)
    found: dict[str, dict[str, None]] = {}
    listener = (wanted.listener,) if wanted.listener else ()
    objects = (*wanted.queues, *wanted.objects, *wanted.channels, *listener, *wanted.altered)
    named = [(address(scene, one), one) for one in objects]
    named += [(scene.address("attributes"), wanted.attributes)] if wanted.attributes else []
    named += [(rule_address(scene, one), one) for one in wanted.rules]
    named += [(authority_address(scene, one.text("ENTTYPE"), one.text("ENTITY")), one) for one in wanted.authorities]
    for resource, one in named:
        if one.key in places:
            found.setdefault(resource, {}).update(dict.fromkeys(places[one.key]))
    return [_from(one, list(found[one.resource])) if one.resource in found else one for one in operations]


def _from(operation: Operation, origins: list[str]) -> Operation:
    """The operation with the first few of the lines that ask for it."""
    more = f" and {len(origins) - MANY} more" if len(origins) > MANY else ""
    return replace(operation, reason=f"{operation.reason} ({', '.join(origins[:MANY])}{more})".strip())


def altered_operations(scene: Scene) -> list[Operation]:
    """Changes of objects that nothing in the recipe defines; what is not there cannot be changed."""
    return [_altered(scene, one) for one in scene.wanted.altered]


def _altered(scene: Scene, wanted: MqObject) -> Operation:
    if scene.fact is not None and wanted.key in scene.fact.objects:
        return object_operation(scene, wanted, text_of_all)
    what, resource = f"{noun(wanted)} {wanted.name}", address(scene, wanted)
    if scene.fact is None and wanted.name.startswith(MADE_BY_MQ):
        alter = mqsc.alter(wanted.kind, wanted.name, wanted.attributes, chltype=subtype(wanted))
        steps = (Mqsc(scene.name, (alter,)),)
        changed = scene.operation(State.CHANGE, what, resource, text_of_all(wanted), steps)
        return replace(changed, changes=changes_between({}, values_of(wanted)), undo="goes with its queue manager")
    reason = "it is altered, and nothing defines it: define it in the script or in the recipe"
    return scene.operation(State.REFUSE, what, resource, reason)


def text_of_all(wanted: MqObject) -> str:
    """Every attribute and its value, for the reason of an operation."""
    return ", ".join(f"{keyword} {text_of(value)}" for keyword, value in wanted.attributes.items())


def connauth_owed(scene: Scene) -> str:
    """The name under which a refresh of connection authentication is remembered until it is done."""
    return f"{scene.name} refresh connauth"


def owing(scene: Scene, wanted: MqObject, operation: Operation) -> Operation:
    """The operation, which owes a refresh where it changes how passwords are checked."""
    checks = wanted.kind is Kind.AUTHINFO and wanted.text("AUTHTYPE") in PASSWORD_TYPES
    return replace(operation, owes=connauth_owed(scene)) if checks and operation.state in PENDING else operation


def connauth_refresh(scene: Scene, planned: Sequence[Operation]) -> list[Operation]:
    """REFRESH SECURITY TYPE(CONNAUTH) where how passwords are checked changes, or an earlier run still owes it."""
    owed, memory = connauth_owed(scene), scene.facts.memory
    due = any(one.owes == owed or any(change.attribute == "CONNAUTH" for change in one.changes) for one in planned)
    # An operation owes one thing; where it owed the other refresh, this one may be open as well.
    named = scene.wanted.attributes is not None and "CONNAUTH" in scene.wanted.attributes.attributes
    left = owed in memory.owed or (named and refresh_owed(scene) in memory.owed)
    if not due and not left:
        return []
    steps = (Mqsc(scene.name, (mqsc.refresh("CONNAUTH"),)),)
    reason = "so that passwords are checked as ordered; nobody is disconnected"
    run = scene.operation(State.RUN, Action.REFRESH_CONNAUTH.value, scene.address("refresh", "connauth"), reason, steps)
    return [replace(run, pays=owed, undo="nothing to undo")]


def command_operations(scene: Scene, planned: Sequence[Operation]) -> list[Operation]:
    """The other commands of the scripts, each run where there is a reason; `planned` is what comes before."""
    done = {one.resource: one for one in planned if one.state in PENDING}
    found = [_command(scene, one, done) for one in scene.wanted.commands]
    return [one for one in found if one.resource not in done]


def _command(scene: Scene, one: ScriptCommand, done: dict[str, Operation]) -> Operation:
    match one.action:
        case Action.START_LISTENER:
            return _start_listener(scene, one)
        case Action.START_CHANNEL:
            return _start_channel(scene, one, done)
        case Action.REFRESH_SSL:
            return _kept(scene, one, "refresh/ssl", "nothing that it is about changes")
        case Action.REFRESH_CONNAUTH:
            return _kept(scene, one, "refresh/connauth", "nothing that it is about changes")
        case Action.REFRESH_AUTHSERV:
            return _kept(scene, one, "refresh/authserv", "MQ applies rights at once")
        case Action.SHOW:
            return _kept(scene, one, f"show/{one.name}", "changes nothing, and is not run")


def _kept(scene: Scene, one: ScriptCommand, resource: str, reason: str) -> Operation:
    what = one.name if one.action is Action.SHOW else f"{one.action.value} {one.name}".strip()
    return scene.operation(State.KEEP, what, scene.address(resource), f"{reason} ({one.origin})")


def _run(scene: Scene, one: ScriptCommand, resource: str, steps: tuple[Step, ...]) -> Operation:
    what = f"{one.action.value} {one.name}"
    run = scene.operation(State.RUN, what, scene.address(resource), f"as the script says ({one.origin})", steps)
    return replace(run, undo="stop it")


def _start_listener(scene: Scene, one: ScriptCommand) -> Operation:
    resource = f"start/listener/{one.name}"
    if scene.fact is not None and one.name in scene.fact.listening:
        return _kept(scene, one, resource, "it runs")
    start = Mqsc(scene.name, (mqsc.start(Kind.LISTENER, one.name),))
    return _run(scene, one, resource, (start, Check(ListenerRuns(scene.name, one.name))))


def _start_channel(scene: Scene, one: ScriptCommand, done: dict[str, Operation]) -> Operation:
    """A channel is started when it is made, and otherwise once: later on, its own attributes say when it runs."""
    resource = f"start/channel/{one.name}"
    made = done.get(scene.address("channel", one.name))
    new = made is not None and made.state in {State.CREATE, State.REPLACE}
    if not new and scene.address(resource) in scene.facts.memory.set_values:
        return _kept(scene, one, resource, "started when it was made")
    return _run(scene, one, resource, (Mqsc(scene.name, (mqsc.start(Kind.CHANNEL, one.name),)),))
