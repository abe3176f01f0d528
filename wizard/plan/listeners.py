"""The operation for a queue manager's listener: defined, started, moved to another port."""

from __future__ import annotations

from dataclasses import replace

from wizard.mq import mqsc
from wizard.mq.objects import Kind, MqObject
from wizard.plan.objects import address, object_operation
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.scene import Scene
from wizard.plan.steps import Check, ListenerRuns, Mqsc


def listener_operations(scene: Scene) -> list[Operation]:
    """The listener, started and seen running; a port that somebody else holds is refused before anything is done.

    Where a run was killed while it started the listener, that may be the one who holds it and is not shown yet.
    """
    wanted = scene.wanted.listener
    if wanted is None:
        return []
    runs = scene.fact is not None and wanted.name in scene.fact.listening
    port = scene.wanted.port
    where = wanted.text("IPADDR") or "*"
    holder = scene.facts.busy_ports.get((where, port))
    check = Check(ListenerRuns(scene.name, wanted.name))
    start = (Mqsc(scene.name, (mqsc.start(Kind.LISTENER, wanted.name),)), check)
    operation = object_operation(scene, wanted, lambda _: f"port {port}, starts with {scene.name}", start)
    moved = operation.state is State.CHANGE and any(one.attribute in {"PORT", "IPADDR"} for one in operation.changes)
    starting = scene.facts.memory.unfinished(scene.address("listener", wanted.name))
    if holder and not starting and (not runs or moved):
        return [_port_taken(scene, wanted, holder)]
    if operation.state is State.CHANGE and runs:
        return [_restarted(scene, wanted, operation, moved=moved)]
    if operation.state is State.KEEP and not runs:
        return [scene.operation(State.RUN, f"listener {wanted.name}", address(scene, wanted), "start it", start)]
    return [operation]


def _port_taken(scene: Scene, wanted: MqObject, holder: str) -> Operation:
    reason = f"port {scene.wanted.port} is taken by {holder}: choose another port, or end what holds it"
    return scene.operation(State.REFUSE, f"listener {wanted.name}", address(scene, wanted), reason)


def _restarted(scene: Scene, wanted: MqObject, operation: Operation, *, moved: bool) -> Operation:
    """A running listener that changes: its object only, or stopped and started again where it moves to another port."""
    alter = operation.steps[:1]
    if not moved:
        return replace(operation, steps=alter)
    stop = Mqsc(scene.name, (mqsc.stop(Kind.LISTENER, wanted.name),))
    reason = f"{operation.reason}; stopped meanwhile"
    stopped = replace(operation, steps=(stop, *operation.steps), reason=reason)
    if operation.consent is None:
        return replace(stopped, consent=Consent.INTERRUPT)
    return replace(stopped, also=Consent.INTERRUPT)
