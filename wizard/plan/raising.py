"""Security raised, or lowered, on a channel that clients use: the new way in is opened first, the old one closed later.

A change that would shut out who comes the old way is carried out in two runs. Without consent a run opens the new way:
beside a channel whose CipherSpec changes so that old and new clients cannot share it stands another one, and a channel
that is to demand certificates takes them without demanding them. With the consent `delete` a run closes the old way.
docs/raising-security.md says why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from wizard.mq import chlauth
from wizard.mq.ciphers import Meeting, compatible
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.plan.facts import Facts, Instance, Memory, QueueManagerFact
from wizard.plan.operations import Consent
from wizard.topology.values import Client, Closing, QueueManager, Topology

ENDING = ".NEW"
"""How the name of a channel ends that stands beside another one meanwhile."""

LONGEST_NAME = 20
"""Characters of a channel's name."""

TLS13 = Release(9, 2)
"""From here on queue managers are made with TLS 1.3 (facts tls 1.3)."""

TLS_WORDS = ("SSLCIPH", "SSLCAUTH")
"""What of a channel says how its clients prove themselves by TLS."""

NO_CERTIFICATE = "without a certificate"
NO_TLS = "without TLS"


def raised(topology: Topology, facts: Facts, allowed: Collection[Consent]) -> Topology:
    """The topology as far as it can be without shutting anybody out, or the whole where closing is allowed."""
    managers: list[QueueManager] = []
    moved: dict[tuple[str, str], str] = {}
    for wanted in topology.queue_managers:
        fact = facts.queue_managers.get(wanted.name)
        if fact is None or not fact.running or (wanted.adopted and fact.own is None):
            managers.append(wanted)
            continue
        raising = _Raising(wanted, fact, facts.memory, frozenset(allowed))
        for channel in wanted.channels:
            raising.take(channel)
        managers.append(raising.result())
        moved |= {(wanted.name, old): new for old, new in raising.moved.items()}
    clients = tuple(_moved(client, moved.get((client.queue_manager, client.channel))) for client in topology.clients)
    return replace(topology, queue_managers=tuple(managers), clients=clients)


def old_way(there: MqObject | None, wanted: MqObject, release: Release, ours: Mapping[str, str]) -> str:
    """How those come in over a channel as it is that `wanted` would shut out; empty where it shuts nobody out.

    `ours` are the values that an earlier run set: where somebody opened by hand what was closed, it is closed again.
    """
    if there is None or all(ours.get(word, "") == wanted.text(word) for word in TLS_WORDS):
        return ""
    old, new = there.text("SSLCIPH").strip(), wanted.text("SSLCIPH").strip()
    if compatible(old, new, tls13=release >= TLS13) is not Meeting.YES:
        return f"with CipherSpec {old}" if old else NO_TLS
    optional = there.text("SSLCAUTH") == "OPTIONAL"
    return NO_CERTIFICATE if new and optional and wanted.text("SSLCAUTH") == "REQUIRED" else ""


def beside(channel: str) -> str:
    """The name of the channel that stands beside another one while its clients move."""
    return channel[: LONGEST_NAME - len(ENDING)] + ENDING


def coming(fact: QueueManagerFact, channel: str, way: str) -> tuple[Instance, ...]:
    """Who is connected over a channel in such a way right now."""
    return tuple(
        one
        for one in fact.instances
        if one.channel == channel and not (way == NO_TLS and one.cipher) and not (way == NO_CERTIFICATE and one.subject)
    )


def _moved(client: Client, channel: str | None) -> Client:
    """The client as it comes in over another channel."""
    if channel is None:
        return client
    return replace(client, channel=channel, definition=_named(client.definition, channel))


def _named(one: MqObject, name: str) -> MqObject:
    return MqObject(one.kind, name, one.attributes)


def _with(one: MqObject, values: Mapping[str, str]) -> MqObject:
    return MqObject(one.kind, one.name, {**one.attributes, **values})


@dataclass
class _Raising:
    """The channels of one queue manager as they are to be now, one after the other."""

    wanted: QueueManager
    fact: QueueManagerFact
    memory: Memory
    allowed: frozenset[Consent]

    def __post_init__(self) -> None:
        self.moved: dict[str, str] = {}
        """Channel → the one beside it that its clients use from now on."""
        self._channels: list[MqObject] = []
        self._closings: list[Closing] = []
        self._twins: dict[str, str] = {}
        self._names = {one.name for one in (*self.wanted.channels, *self.wanted.objects)}

    def take(self, channel: MqObject) -> None:
        """A channel that the recipe wants."""
        there = self.fact.objects.get(channel.key)
        if there is not None and there.text("SSLCIPH").strip() and not channel.text("SSLCIPH"):
            channel = _with(channel, {"SSLCIPH": ""})
        ours = self.memory.set_values.get(f"{self.wanted.name}/channel/{channel.name}", {})
        way = old_way(there, channel, self.wanted.release, ours)
        if there is None or not way:
            self._channels.append(channel)
            self._retire(channel, closes_now=False)
        elif Consent.DELETE in self.allowed:
            self._channels.append(channel)
            self._retire(channel, closes_now=True)
        else:
            self._open(channel, there, way)

    def _open(self, channel: MqObject, there: MqObject, way: str) -> None:
        """The new way in, the old one left as it is; where no name is free for it, the change stands as it is."""
        if way == NO_CERTIFICATE:
            self._channels.append(_with(channel, {"SSLCAUTH": "OPTIONAL"}))
            self._closings.append(Closing(channel.name, way))
            return
        name = beside(channel.name)
        if name in self._names:
            self._channels.append(channel)
            return
        kept = {word: there.text(word).strip() for word in TLS_WORDS if word in channel.attributes}
        if not kept.get("SSLCIPH"):
            kept.pop("SSLCAUTH", None)
        self._beside(channel, name)
        self._channels.append(_with(_without(channel, "SSLCAUTH"), kept))
        self.moved[channel.name] = name
        self._closings.append(Closing(channel.name, way, beside=name))

    def _retire(self, channel: MqObject, *, closes_now: bool) -> None:
        """The channel beside this one stays until the clients had time to come back, and a person lets it go."""
        name = beside(channel.name)
        address = f"{self.wanted.name}/channel/{name}"
        there = ("CHANNEL", name) in self.fact.objects and address in self.memory.made and name not in self._names
        if there and (closes_now or Consent.DELETE not in self.allowed):
            self._beside(channel, name)
            self._closings.append(Closing(name, f"for kits that name it instead of {channel.name}"))

    def _beside(self, channel: MqObject, name: str) -> None:
        self._names.add(name)
        self._twins[channel.name] = name
        self._channels.append(_named(channel, name))

    def result(self) -> QueueManager:
        """The queue manager with these channels, and the rules of those that have another one beside them."""
        there = {chlauth.identity(rule) for rule in self.fact.rules.values()}
        rules: list[MqObject] = []
        for rule in self.wanted.rules:
            twin = self._twins.get(rule.name)
            if twin:
                rules.append(_named(rule, twin))
            # Over the old channel nobody gets a new right before the old way is closed.
            if rule.name not in self.moved or chlauth.identity(rule) in there:
                rules.append(rule)
        return replace(
            self.wanted,
            channels=tuple(self._channels),
            rules=tuple(rules),
            closings=(*self.wanted.closings, *self._closings),
        )


def _without(one: MqObject, keyword: str) -> MqObject:
    return MqObject(one.kind, one.name, {word: value for word, value in one.attributes.items() if word != keyword})
