"""What runs did that are to be undone, thing by thing, and what later runs have built on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wizard.plan.effects import (
    Effect,
    Ended,
    EntrySet,
    FileSet,
    ObjectSet,
    QueueManagerMade,
    RightsSet,
    SecretSet,
    Started,
    key_of,
    merged,
)


@dataclass(frozen=True)
class Deed:
    """One operation of an earlier run; `finished` says whether it came to its end."""

    run: int
    resource: str
    section: str
    what: str
    effects: tuple[Effect, ...]
    finished: bool


@dataclass(frozen=True)
class Thing:
    """One thing, with what all the runs together did to it, and the resource that touched it first."""

    effect: Effect
    resource: str
    finished: bool


@dataclass(frozen=True)
class Past:
    """The deeds to be undone, in the order in which they were done.

    `later` names, for a resource, a run that is not to be undone and worked on it after one of these; for a queue
    manager that they made, one that worked on anything of it. `known_files` are those that other runs wrote, `folders`
    those that these runs made, or any of which an undo that was killed took something back already.
    """

    runs: tuple[int, ...]
    deeds: tuple[Deed, ...]
    later: Mapping[str, int] = field(default_factory=dict)
    known_files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()

    @cached_property
    def things(self) -> Mapping[tuple[str, ...], Thing]:
        """Every thing by its key, in the order in which they were touched first."""
        found: dict[tuple[str, ...], Thing] = {}
        for deed in self.deeds:
            for effect in deed.effects:
                key = key_of(effect)
                if key in found:
                    before = found[key]
                    whole = before.finished and deed.finished
                    found[key] = Thing(merged(before.effect, effect), before.resource, whole)
                else:
                    found[key] = Thing(effect, deed.resource, deed.finished)
        return found

    @cached_property
    def resources(self) -> Mapping[str, Deed]:
        """Every resource with its first deed, in order."""
        found: dict[str, Deed] = {}
        for deed in self.deeds:
            found.setdefault(deed.resource, deed)
        return found

    def things_of(self, resource: str) -> list[Thing]:
        """The things that a resource touched first."""
        return self._by_resource.get(resource, [])

    @cached_property
    def _by_resource(self) -> Mapping[str, list[Thing]]:
        found: dict[str, list[Thing]] = {}
        for thing in self.things.values():
            found.setdefault(thing.resource, []).append(thing)
        return found

    @property
    def queue_managers(self) -> tuple[str, ...]:
        """Every queue manager that something was done to, in order."""
        owned = (ObjectSet, SecretSet, RightsSet, Started, Ended, QueueManagerMade)
        effects = (thing.effect for thing in self.things.values())
        return tuple(dict.fromkeys(effect.queue_manager for effect in effects if isinstance(effect, owned)))

    @property
    def made(self) -> frozenset[str]:
        """The queue managers that these runs made."""
        effects = (thing.effect for thing in self.things.values())
        return frozenset(effect.queue_manager for effect in effects if isinstance(effect, QueueManagerMade))

    def objects_of(self, queue_manager: str) -> list[ObjectSet]:
        """What was done to definitions, rules and attributes of one queue manager."""
        effects = (thing.effect for thing in self.things.values())
        return [one for one in effects if isinstance(one, ObjectSet) and one.queue_manager == queue_manager]

    def rights_of(self, queue_manager: str) -> list[RightsSet]:
        """What was done to the authorities of one queue manager."""
        effects = (thing.effect for thing in self.things.values())
        return [one for one in effects if isinstance(one, RightsSet) and one.queue_manager == queue_manager]

    @property
    def files(self) -> list[FileSet]:
        """Every file that was written."""
        return [thing.effect for thing in self.things.values() if isinstance(thing.effect, FileSet)]

    @property
    def entries(self) -> list[EntrySet]:
        """Every certificate that was put into a key repository."""
        return [thing.effect for thing in self.things.values() if isinstance(thing.effect, EntrySet)]
