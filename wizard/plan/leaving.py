"""What an earlier run made and the recipe has no longer: found in the journal, taken away doors first.

Rules are taken away among the rules, rights among the rights, signers among the certificates; objects stand here.
Nothing that was there before is touched, and no queue that holds messages or is open. `run` asks here what it has to
look at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from wizard.mq import chlauth, mqsc
from wizard.mq.attributes import same
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject
from wizard.plan.objects import resource_of
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.rules import rule_address, rule_deletion
from wizard.plan.scene import Scene, is_secret
from wizard.plan.steps import Check, Mqsc, Step, Stopped
from wizard.topology.values import QueueManager, Topology

NO_LONGER = "no longer in the recipe"

WORDS = {
    "queue": "QUEUE",
    "client-channel": "CHANNEL",
    **{kind.lower(): kind.value for kind in Kind if kind not in {*QUEUE_KINDS, Kind.QMGR, Kind.CHLAUTH, Kind.AUTHREC}},
}
"""How the address of an object begins → what DISPLAY calls such objects."""

ORDER = ("CLNTCONN", "CHANNEL", "LISTENER", "SERVICE", "SUB")
"""What lets somebody in or works by itself goes first; local queues go last."""


@dataclass(frozen=True)
class LeftObject:
    """An object of an earlier run that the recipe no longer has."""

    resource: str
    word: str
    """What DISPLAY calls it, such as QUEUE."""
    name: str

    @property
    def key(self) -> tuple[str, str]:
        """Its `MqObject.key`."""
        return ("CLNTCONN" if "/client-channel/" in self.resource else self.word, self.name)


def objects_of(wanted: QueueManager) -> tuple[MqObject, ...]:
    """Every object that is wanted on a queue manager."""
    listener = (wanted.listener,) if wanted.listener else ()
    return (*wanted.queues, *wanted.objects, *wanted.altered, *wanted.channels, *listener)


def left_objects(wanted: QueueManager, made: Collection[str]) -> tuple[LeftObject, ...]:
    """The objects on a queue manager that are no longer wanted; whether they are still there is not known here."""
    named = {resource_of(wanted.name, one) for one in objects_of(wanted)}
    found = []
    for resource in sorted(made):
        noun, _, name = _within(wanted.name, resource).partition("/")
        if noun in WORDS and name and resource not in named:
            found.append(LeftObject(resource, WORDS[noun], name))
    return tuple(found)


def _within(queue_manager: str, resource: str) -> str:
    """The address of a resource within a queue manager; empty where it belongs to something else."""
    prefix = f"{queue_manager}/"
    return resource.removeprefix(prefix) if resource.startswith(prefix) else ""


def left_things(scene: Scene) -> list[Operation]:
    """The objects that go, what lets somebody in before the rest, and the back-stops of channels that are gone."""
    present = [(left, _there(scene, left)) for left in left_objects(scene.wanted, scene.facts.memory.made)]
    found = [_object(scene, left, there) for left, there in present if there is not None]
    found.sort(key=lambda one: _rank(one.former[0]))
    return [*found, *_back_stops(scene)]


def _there(scene: Scene, left: LeftObject) -> MqObject | None:
    return scene.fact.objects.get(left.key) if scene.fact else None


def _rank(one: MqObject) -> int:
    if one.key[0] in ORDER:
        return ORDER.index(one.key[0])
    return len(ORDER) + (one.kind is Kind.QLOCAL)


def _object(scene: Scene, left: LeftObject, there: MqObject) -> Operation:
    what = f"{left.resource.split('/')[-2].replace('-', ' ')} {left.name}"
    used = _in_use(there)
    if used:
        reason = f"{NO_LONGER}, but {used}: left as it is"
        return replace(scene.operation(State.KEEP, what, left.resource, reason), former=(there,))
    stop, interrupted = _stopped(scene, there)
    changed = _changed(scene, left.resource, there)
    reason = NO_LONGER + (f"; interrupts {interrupted}" if interrupted else "")
    deletion = scene.operation(
        State.DELETE,
        what,
        left.resource,
        reason + (f"; changed by hand: {changed}" if changed else ""),
        (*stop, Mqsc(scene.name, (mqsc.delete(there),))),
    )
    return replace(
        deletion,
        consent=Consent.DELETE,
        also=Consent.INTERRUPT if interrupted else None,
        drift=bool(changed),
        undo="define it again",
        former=(there,),
    )


def _in_use(there: MqObject) -> str:
    """Why a queue stays: what it holds, or who has it open. Empty where nothing keeps it."""
    if there.kind not in QUEUE_KINDS:
        return ""
    depth = there.text("CURDEPTH")
    if depth not in {"", "0"}:
        return f"it holds {depth} message{'s' if depth != '1' else ''}"
    opened = [
        f"{there.text(word)} {role}"
        for word, role in (("IPPROCS", "reading"), ("OPPROCS", "writing"))
        if there.text(word) not in {"", "0"}
    ]
    return f"it is open: {', '.join(opened)}" if opened else ""


def _stopped(scene: Scene, there: MqObject) -> tuple[tuple[Step, ...], str]:
    """The commands that end what runs before it is deleted, and whom that interrupts."""
    fact = scene.fact
    if fact is not None and there.kind is Kind.LISTENER and there.name in fact.listening:
        stop = Mqsc(scene.name, (mqsc.stop(Kind.LISTENER, there.name),))
        return (stop, Check(Stopped(scene.name, "LSSTATUS", there.name))), "whoever connects to its port"
    users = [str(one) for one in (fact.instances if fact else ()) if one.channel == there.name]
    if there.key[0] != "CHANNEL" or not users:
        return (), ""
    stop = Mqsc(scene.name, (mqsc.stop(Kind.CHANNEL, there.name, mode="FORCE", status="INACTIVE"),))
    return (stop, Check(Stopped(scene.name, "CHSTATUS", there.name))), ", ".join(dict.fromkeys(users))


def _changed(scene: Scene, resource: str, there: MqObject) -> str:
    """The attributes that somebody gave other values since a run set them."""
    known = scene.facts.memory.set_values.get(resource, {})
    return ", ".join(
        keyword
        for keyword, value in known.items()
        if keyword in there.attributes
        and not is_secret(there.kind, keyword)
        and not same(there.kind, keyword, value, there.text(keyword))
    )


def _back_stops(scene: Scene) -> Iterator[Operation]:
    """The rules that refuse everybody on a channel that was ours and is gone, or goes now."""
    gone = {one.name for one in left_objects(scene.wanted, scene.facts.memory.made) if one.key == ("CHANNEL", one.name)}
    for rule in scene.fact.rules.values() if scene.fact else ():
        if rule.name in gone and chlauth.identity(rule) == chlauth.identity(chlauth.back_stop(rule.name)):
            resource = rule_address(scene, rule)
            if resource in scene.facts.memory.made:
                yield rule_deletion(scene, rule, f"its channel is {NO_LONGER}")


def left_notes(topology: Topology, made: Collection[str], *, something_goes: bool) -> Iterator[str]:
    """What stays of queue managers and clients that have left; of clients only while something of theirs goes."""
    managers = {one.name for one in topology.queue_managers}
    clients = {one.name for one in topology.clients}
    for resource in sorted(made):
        owner, _, part = resource.rpartition("/")
        if part == "queue-manager" and owner not in managers:
            yield (
                f"{owner} is {NO_LONGER} and stays as it is, its doors too: a run never deletes a queue manager. "
                "`mqwizard undo` takes back what was made on it."
            )
        if part == "kit" and owner not in clients and something_goes:
            yield (
                f"The kit of {owner} was given out and stays in kits/{owner}, with its password beside it: "
                "remove both where nobody needs them. Its user stays too."
            )
