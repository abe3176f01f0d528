"""What undo has to know of the machine as it is now; `run` fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.plan.steps import HoldsNothing

Key = tuple[str, ...]


@dataclass(frozen=True)
class Present:
    """A queue manager as it is now, with what tells whether it may be changed.

    `objects` are whole; `defaults` are the objects that a definition of a kind and sub-type starts from. `depths` names
    every local queue that holds messages, `instances` for each running channel who is connected, `retrying` the
    channels that only try to be, `applications` who else is, `strangers` what others defined. `rights` are by the type
    and name of the entity that was asked for.
    """

    name: str
    status: str
    running: bool
    own: MqObject | None = None
    objects: Mapping[Key, MqObject] = field(default_factory=dict)
    defaults: Mapping[tuple[str, str], MqObject] = field(default_factory=dict)
    rules: Mapping[Key, MqObject] = field(default_factory=dict)
    rights: Mapping[tuple[str, str], tuple[MqObject, ...]] = field(default_factory=dict)
    listening: frozenset[str] = frozenset()
    depths: Mapping[str, int] = field(default_factory=dict)
    instances: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retrying: frozenset[str] = frozenset()
    tls_channels: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def held(self) -> dict[str, int]:
        """The queues that hold messages of applications → how many."""
        return {name: depth for name, depth in self.depths.items() if self.empty.counts(name)}

    @property
    def empty(self) -> HoldsNothing:
        """The check that there are none when it comes to it."""
        return HoldsNothing(self.name, self.own.text("DEADQ") if self.own else "")


@dataclass(frozen=True)
class FileNow:
    """A file that is there."""

    digest: str
    mode: int
    group: int


@dataclass(frozen=True)
class UndoFacts:
    """Everything that an undo is planned from, besides the past."""

    taken: str
    host: str
    release: Release
    installation: str
    queue_managers: Mapping[str, Present] = field(default_factory=dict)
    files: Mapping[str, FileNow] = field(default_factory=dict)
    folders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Folders that hold such files or that were made for them → the names in them."""
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key repository → its labels in small letters, for those that were changed since."""
    owed: frozenset[str] = frozenset()
