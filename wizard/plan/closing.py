"""Doors that close: a channel's change that shuts somebody out, and those that stay open until clients have moved."""

from __future__ import annotations

from dataclasses import replace

from wizard.mq.objects import MqObject
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.raising import coming, old_way
from wizard.plan.scene import Scene
from wizard.plan.steps import Wait


def closing_door(scene: Scene, channel: MqObject, operation: Operation) -> Operation:
    """The operation on a channel, which needs the consent to delete where it takes the way in of some clients away.

    Whoever is connected stays so: a change of a channel counts from its next start (recalled). They cannot come back.
    """
    there = scene.fact.objects.get(channel.key) if scene.fact else None
    ours = scene.facts.memory.set_values.get(operation.resource, {})
    way = old_way(there, channel, scene.wanted.release, ours)
    if operation.state is not State.CHANGE or not way:
        return operation
    reason = f"{operation.reason}; shuts out who comes {way}: {_who(scene, channel.name, way)}"
    closing = replace(operation, reason=reason)
    if operation.consent is None:
        return replace(closing, consent=Consent.DELETE)
    return replace(closing, also=Consent.DELETE)


def closes(operation: Operation) -> bool:
    """Whether an operation on a channel shuts somebody out."""
    return Consent.DELETE in {operation.consent, operation.also}


def waiting_doors(scene: Scene) -> list[Operation]:
    """The ways in that stay open for now, who uses them, and what closes them."""
    found = []
    for one in scene.wanted.closings:
        where = f" and {one.beside}" if one.beside else ""
        reason = (
            f"stays open {one.way} until its clients use their new kits{where}; so now: "
            f"{_who(scene, one.channel, one.way)}. --allow {Consent.DELETE} then closes it"
        )
        wait = Wait("partner", f"clients of {one.channel} move", later=True)
        resource = scene.address("closing", one.channel)
        found.append(scene.operation(State.WAIT, f"channel {one.channel}", resource, reason, (wait,)))
    if scene.wanted.shows:
        new = scene.wanted.identity.label if scene.wanted.identity else ""
        reason = f"shown until every client uses its new kit. --allow {Consent.DELETE} then shows {new}"
        wait = Wait("partner", f"clients of {scene.name} move", later=True)
        what, resource = f"certificate {scene.wanted.shows}", scene.address("closing", "certificate")
        found.append(scene.operation(State.WAIT, what, resource, reason, (wait,)))
    return found


def _who(scene: Scene, channel: str, way: str) -> str:
    found = coming(scene.fact, channel, way) if scene.fact else ()
    return ", ".join(dict.fromkeys(str(one) for one in found)) or "nobody"
