"""What an operation does to things, as values from which each thing can be put back.

The journal keeps them, before the operation begins; undo reads them back and compares them with the facts. An effect
says what was before and what is after, or names what cannot be put back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wizard.mq import chlauth
from wizard.mq.attributes import subtype
from wizard.mq.objects import Kind, MqObject
from wizard.mq.secret_text import SecretRef
from wizard.plan.steps import Later


@dataclass(frozen=True)
class QueueManagerMade:
    """A queue manager that was not there."""

    queue_manager: str


@dataclass(frozen=True)
class ObjectSet:
    """A definition, a rule or a queue manager's own attributes, before and after; None stands for absent.

    Of what is altered both sides hold the attributes that change and no others.
    """

    queue_manager: str
    before: MqObject | None
    after: MqObject | None

    @property
    def object(self) -> MqObject:
        """The object that it is about; where it was replaced, the new one."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - an effect on nothing is none
        return found

    @property
    def altered(self) -> bool:
        """Whether it was there and still is, with other values: no rule, which is always set as a whole."""
        return same_sort(self.before, self.after) and self.object.kind is not Kind.CHLAUTH


@dataclass(frozen=True)
class SecretSet:
    """Attributes that nobody can read; `blank` says which of them held nothing before."""

    queue_manager: str
    object: MqObject
    keywords: tuple[str, ...]
    blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class RightsSet:
    """Rights that an entity got or lost in one authority record; `there` says whether it had that record before."""

    queue_manager: str
    record: MqObject
    added: tuple[str, ...]
    removed: tuple[str, ...]
    there: bool


@dataclass(frozen=True)
class Started:
    """A listener that was not running."""

    queue_manager: str
    listener: str


@dataclass(frozen=True)
class Ended:
    """A listener that was running, and was stopped for good."""

    queue_manager: str
    listener: str


@dataclass(frozen=True)
class EntrySet:
    """A certificate put into a key repository; without a password reference its password is stashed."""

    store: str | Later
    label: str
    password: SecretRef | None
    there: bool = False
    """Whether another one stood under that label, which this one replaced."""
    by_hand: bool = False
    """Whether mqwizard keeps the repository itself, without runmqakm."""


@dataclass(frozen=True)
class FileState:
    """What a file was like, and where a copy of it is kept."""

    digest: str
    mode: int
    group: int
    copy: str


@dataclass(frozen=True)
class FileSet:
    """A file that was written: what it was like before, None for absent, and the digest it has afterwards.

    The digest is empty where the operation never came to its end, and for a secret. `key` says that it holds a private
    key or the password of one. `folders` are those that were missing on the way to it.
    """

    path: str | Later
    key: bool = False
    secret: bool = False
    was: FileState | None = None
    became: str = ""
    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inside:
    """Files inside a queue manager that is being made, so that nobody knows yet where they lie; they go with it."""

    queue_manager: str


@dataclass(frozen=True)
class Stays:
    """Something that undo never takes back, and why."""

    reason: str


Effect = QueueManagerMade | ObjectSet | SecretSet | RightsSet | Started | Ended | EntrySet | FileSet | Inside | Stays


def key_of(effect: Effect) -> tuple[str, ...]:
    """What two effects on the same thing share."""
    if isinstance(effect, ObjectSet):
        found = effect.object
        identity = chlauth.identity(found) if found.kind is Kind.CHLAUTH else found.key
        return ("object", effect.queue_manager, *identity)
    if isinstance(effect, RightsSet):
        return ("rights", effect.queue_manager, *effect.record.key)
    if isinstance(effect, SecretSet):
        return ("secret", effect.queue_manager, *effect.object.key)
    if isinstance(effect, FileSet):
        return ("file", str(effect.path))
    if isinstance(effect, EntrySet):
        return ("entry", str(effect.store), effect.label.lower())
    if isinstance(effect, Started):
        return ("started", effect.queue_manager, effect.listener)
    if isinstance(effect, Ended):
        return ("ended", effect.queue_manager, effect.listener)
    if isinstance(effect, QueueManagerMade):
        return ("queue manager", effect.queue_manager)
    if isinstance(effect, Inside):
        return ("inside", effect.queue_manager)
    return ("stays", effect.reason)


def same_sort(one: MqObject | None, other: MqObject | None) -> bool:
    """Whether both are there and of one kind and sub-type; a side that does not name its sub-type fits any."""
    if one is None or other is None or one.kind is not other.kind:
        return False
    return not (subtype(one) and subtype(other)) or subtype(one) == subtype(other)


def merged(first: Effect, second: Effect) -> Effect:
    """One effect for two on the same thing, the first one done before the second."""
    if isinstance(first, ObjectSet) and isinstance(second, ObjectSet):
        return ObjectSet(first.queue_manager, _first_before(first, second), _last_after(first, second))
    if isinstance(first, RightsSet) and isinstance(second, RightsSet):
        taken, given = set(second.removed), set(second.added)
        return replace(
            first,
            added=tuple(sorted((set(first.added) - taken) | (given - set(first.removed)))),
            removed=tuple(sorted((set(first.removed) - given) | (taken - set(first.added)))),
        )
    if isinstance(first, SecretSet) and isinstance(second, SecretSet):
        words = tuple(dict.fromkeys((*first.keywords, *second.keywords)))
        later = tuple(word for word in second.blank if word not in first.keywords)
        return replace(first, keywords=words, blank=(*first.blank, *later))
    if isinstance(first, FileSet) and isinstance(second, FileSet):
        folders = tuple(dict.fromkeys((*first.folders, *second.folders)))
        key, secret = first.key or second.key, first.secret or second.secret
        return replace(first, became=second.became, folders=folders, key=key, secret=secret)
    return first


def _first_before(first: ObjectSet, second: ObjectSet) -> MqObject | None:
    before = first.before
    if before is None or not (first.altered and second.before and same_sort(before, second.before)):
        return before
    return MqObject(before.kind, before.name, {**second.before.attributes, **before.attributes})


def _last_after(first: ObjectSet, second: ObjectSet) -> MqObject | None:
    after = second.after
    if after is None or first.after is None or not second.altered:
        return after
    return MqObject(after.kind, after.name, {**first.after.attributes, **after.attributes})
