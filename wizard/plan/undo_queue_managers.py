"""Undo on one queue manager: doors first, then what they led to, and the queue manager itself last of all.

One that these runs made is deleted when nothing speaks against it; what it holds goes with it. Otherwise it stays, and
so do its attributes, its key repository and the rules that close it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wizard.mq import mqsc
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject
from wizard.plan.effects import (
    Effect,
    Ended,
    EntrySet,
    FileSet,
    Inside,
    ObjectSet,
    QueueManagerMade,
    RightsSet,
    SecretSet,
    Started,
)
from wizard.plan.keytool import stem
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.steps import Check, Command, Gone, Mqsc, Step
from wizard.plan.undo_facts import Present, UndoFacts
from wizard.plan.undo_files import FileParts
from wizard.plan.undo_objects import object_part, stop_listener
from wizard.plan.undo_parts import AGAIN, Left, Outcome, Part, kept, operations_of
from wizard.plan.undo_past import Deed, Past, Thing
from wizard.plan.undo_rights import ended_part, rights_part, secret_part, started_part

END_SECONDS = 300.0
DELETE_SECONDS = 300.0

PHASES = (
    "rules",
    "rights",
    "listeners",
    "channels",
    "closing rules",
    "attributes",
    "key repository",
    "objects",
    "rest",
)


class QueueManagerUndo:
    """What becomes of one queue manager's resources."""

    def __init__(self, past: Past, facts: UndoFacts, name: str, files: FileParts) -> None:
        self._past = past
        self._name = name
        self._made = name in past.made
        self._now = facts.queue_managers.get(name)
        self._owed = f"{name} refresh ssl" in facts.owed
        self._files = files
        self._outcomes: dict[str, Outcome] = {}

    def operations(self) -> tuple[list[Operation], list[Outcome]]:
        """Everything to do on it, in the order of the run, and what becomes of each resource."""
        outcomes = self._look()
        if self._now is None:
            return _all(outcomes, otherwise=f"{self._name} is there no longer"), outcomes
        if not self._made:
            return self._with_refresh(outcomes), outcomes
        own = next(one for one in outcomes if _is_queue_manager(one.deed))
        rest = [one for one in outcomes if one is not own]
        reason = self._reason_to_stay(outcomes)
        if not reason:
            rest = [self._gone_with_it(one.deed) for one in rest]
            return [self._deleted(own.deed), *_all(rest)], rest
        outcomes = [*(self._stays_with_it(one) for one in rest), Outcome(own.deed, left=[Left(reason)])]
        return self._with_refresh(outcomes), outcomes

    def _look(self) -> list[Outcome]:
        """What would become of each resource by itself, the doors first, otherwise in reverse order of doing."""
        deeds = [one for one in self._past.resources.values() if one.section == self._name and one.effects]
        deeds.reverse()
        for deed in sorted(deeds, key=self._phase):
            named = replace(deed, what="attributes") if PHASES[self._phase(deed)] == "attributes" else deed
            self._outcomes[deed.resource] = self._outcome(named)
        return list(self._outcomes.values())

    def _outcome(self, deed: Deed) -> Outcome:
        outcome = Outcome(deed)
        if deed.resource in self._past.later and not _is_queue_manager(deed):
            outcome.add(Left(f"run {self._past.later[deed.resource]} worked on it since: undo that first"))
            return outcome
        for thing in self._past.things_of(deed.resource):
            outcome.add(self._part(thing))
        return outcome

    def _part(self, thing: Thing) -> Part | Left | None:
        effect = thing.effect
        if isinstance(effect, FileSet):
            return self._files.file(effect)
        if isinstance(effect, EntrySet):
            return self._files.entry(effect)
        if self._now is None:
            return None
        if isinstance(effect, ObjectSet):
            return self._rule_for_channel_left(effect) or object_part(effect, self._now)
        if isinstance(effect, RightsSet):
            return rights_part(effect, self._now)
        if isinstance(effect, Started):
            return started_part(effect, self._now) if not self._is_made("LISTENER", effect.listener) else None
        if isinstance(effect, Ended):
            return ended_part(effect, self._now) if self._comes_back("LISTENER", effect.listener) else None
        if isinstance(effect, SecretSet) and not self._is_made(*effect.object.key):
            return secret_part(effect, self._now)
        return None

    def _is_made(self, *key: str) -> bool:
        """Whether these runs made the object, so that what else they did to it goes with it."""
        found = self._past.things.get(("object", self._name, *key))
        return found is not None and isinstance(found.effect, ObjectSet) and found.effect.before is None

    def _comes_back(self, *key: str) -> bool:
        """Whether the object was there before these runs."""
        found = self._past.things.get(("object", self._name, *key))
        return found is not None and isinstance(found.effect, ObjectSet) and found.effect.before is not None

    def _rule_for_channel_left(self, effect: ObjectSet) -> Left | None:
        """The rule that closes a channel stays with a channel that stays."""
        if not _closes(effect.object):
            return None
        channel = self._outcomes.get(f"{self._name}/channel/{effect.object.name}")
        return Left(f"stays with channel {effect.object.name}, which it closes") if channel and channel.left else None

    def _phase(self, deed: Deed) -> int:
        things = self._past.things_of(deed.resource)
        return PHASES.index(_phase(things[0].effect) if things else "key repository")

    def _reason_to_stay(self, outcomes: Sequence[Outcome]) -> str:
        """Why a queue manager that these runs made is not deleted, or an empty text."""
        assert self._now is not None  # noqa: S101 - callers have looked
        reasons = [f"queue {name} holds {depth} messages" for name, depth in sorted(self._now.held.items())]
        if self._now.strangers:
            reasons.append(f"others defined on it: {', '.join(self._now.strangers)}")
        run = self._past.later.get(f"{self._name}/queue-manager")
        if run:
            reasons.append(f"run {run} built on it: undo that first")
        changed = [one.deed.what for one in outcomes if any(left.drift for left in one.left)]
        if changed:
            reasons.append(f"others changed on it: {', '.join(changed)}")
        return "; ".join(reasons)

    def _deleted(self, deed: Deed) -> Operation:
        """The queue manager: its doors closed, looked at once more, ended and deleted."""
        assert self._now is not None  # noqa: S101 - callers have looked
        listeners = [step for name in sorted(self._now.listening) for step in stop_listener(self._name, name)]
        used = [*self._now.applications, *(one for each in self._now.instances.values() for one in each)]
        steps: tuple[Step, ...] = (
            *listeners,
            Check(self._now.empty),
            Command(("endmqm", "-i", self._name), accepts=frozenset({0, 40}), seconds=END_SECONDS),
            Command(("dltmqm", self._name), seconds=DELETE_SECONDS),
            Check(Gone(self._name)),
        )
        return Operation(
            section=deed.section,
            state=State.DELETE,
            what=deed.what,
            resource=deed.resource,
            reason=f"ends {', '.join(dict.fromkeys(used))}" if used else "it holds no messages, nobody is connected",
            steps=steps,
            consent=Consent.INTERRUPT if used else None,
            pays=f"{self._name} refresh ssl",
            undo=AGAIN,
        )

    def _gone_with_it(self, deed: Deed) -> Outcome:
        """A resource of a queue manager that is deleted: files may lie elsewhere, so they are removed by themselves."""
        outcome = Outcome(deed)
        for thing in self._past.things_of(deed.resource):
            if isinstance(thing.effect, FileSet):
                outcome.add(self._files.file(thing.effect))
        outcome.parts.append(Part(State.DELETE, f"goes with {self._name}"))
        return outcome

    def _stays_with_it(self, outcome: Outcome) -> Outcome:
        """What a queue manager that stays needs: attributes, store, dead-letter queue, the rule that closes it.

        Files elsewhere go all the same, such as a certificate that was written out.
        """
        things = self._past.things_of(outcome.deed.resource)
        if not any(self._needed(thing.effect) for thing in things) or (outcome.left and not outcome.parts):
            return outcome
        found = Outcome(outcome.deed, left=[*outcome.left, Left(f"stays with {self._name}")])
        for thing in things:
            if not self._needed(thing.effect):
                found.add(self._part(thing))
        return found

    def _needed(self, effect: Effect) -> bool:
        """Whether the queue manager cannot do without it."""
        if isinstance(effect, ObjectSet):
            one = effect.object
            wide = _closes(one) and "*" in one.name
            dead = bool(self._now and self._now.own and self._now.own.text("DEADQ") == one.name)
            return one.kind is Kind.QMGR or wide or (dead and one.kind in QUEUE_KINDS)
        if isinstance(effect, SecretSet):
            return effect.object.kind is Kind.QMGR
        return isinstance(effect, (Inside, EntrySet)) or (isinstance(effect, FileSet) and effect.key)

    def _with_refresh(self, outcomes: Sequence[Outcome]) -> list[Operation]:
        """The operations, with a refresh of TLS behind the last one that needs it."""
        owes = f"{self._name} refresh ssl"
        found = [one for outcome in outcomes for one in operations_of(outcome, owes=owes)]
        due = [place for place, one in enumerate(found) if one.owes]
        if due or self._owed:
            place = due[-1] + 1 if due else len(found)
            found.insert(place, self._refresh(owes))
        return found

    def _refresh(self, owes: str) -> Operation:
        running = self._now.tls_channels if self._now else ()
        return Operation(
            section=self._name,
            state=State.RUN,
            what="refresh security (TLS)",
            resource=f"{self._name}/refresh/ssl",
            reason=f"stops running channels {', '.join(running)}" if running else "no TLS channel is running",
            steps=(Mqsc(self._name, (mqsc.refresh("SSL"),)),),
            consent=Consent.INTERRUPT if running else None,
            pays=owes,
            undo="nothing to undo",
        )


def not_running(name: str, now: Present, deed: Deed, *, made: bool) -> list[Operation]:
    """A queue manager that stands still: one of ours is started, so that it can be seen whether it holds messages."""
    if made and now.status.startswith(("Ended", "Starting")):
        start = Command(("strmqm", name), accepts=frozenset({0, 5}), seconds=END_SECONDS)
        reason = f"{now.status}: start it, to see whether it holds messages"
        first = Operation(name, State.RUN, "queue manager", f"{name}/queue-manager/start", reason, steps=(start,))
        rest = f"{name} can be asked once it runs, and is planned then"
        return [first, Operation(name, State.UNKNOWN, "everything on it", f"{name}/contents", rest)]
    reason = f"its status is {now.status}: start it where it belongs (strmqm {name}), then undo again"
    return [replace(kept(deed, reason), state=State.REFUSE, what="queue manager")]


def kept_stores(past: Past, facts: UndoFacts) -> dict[str, str]:
    """Key repositories that a queue manager will still name through an attribute that these runs set."""
    found = {}
    for name in past.queue_managers:
        now = facts.queue_managers.get(name)
        thing = past.things.get(("object", name, "QMGR", name))
        effect = thing.effect if thing else None
        if now is None or now.own is None or not isinstance(effect, ObjectSet) or name in past.made:
            continue
        part = object_part(effect, now)
        back = {one.attribute: one.new for one in part.changes} if isinstance(part, Part) else {}
        named = back.get("SSLKEYR", now.own.text("SSLKEYR"))
        if "SSLKEYR" in effect.object.attributes:
            found[_stem_of(named)] = f"SSLKEYR of {name} names it"
    return found


def _stem_of(named: str) -> str:
    return stem(named) if named.endswith((".p12", ".kdb", ".pfx")) else named


def _closes(wanted: MqObject) -> bool:
    return wanted.kind is Kind.CHLAUTH and wanted.text("USERSRC") == "NOACCESS"


def _is_queue_manager(deed: Deed) -> bool:
    return any(isinstance(one, QueueManagerMade) for one in deed.effects)


def _phase(effect: Effect) -> str:
    if isinstance(effect, RightsSet):
        return "rights"
    if isinstance(effect, (Started, Ended)):
        return "listeners"
    if isinstance(effect, (FileSet, EntrySet, Inside)):
        return "key repository"
    if isinstance(effect, SecretSet):
        return "attributes"
    if not isinstance(effect, ObjectSet):
        return "rest"
    kinds = {Kind.CHANNEL: "channels", Kind.LISTENER: "listeners", Kind.QMGR: "attributes"}
    if effect.object.kind is Kind.CHLAUTH:
        return "closing rules" if _closes(effect.object) else "rules"
    return kinds.get(effect.object.kind, "objects")


def _all(outcomes: Sequence[Outcome], *, otherwise: str = "") -> list[Operation]:
    return [one for outcome in outcomes for one in operations_of(outcome, otherwise=otherwise)]
