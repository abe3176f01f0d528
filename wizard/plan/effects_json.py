"""Effects as the journal holds them: JSON values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.secret_text import SecretRef
from wizard.plan.effects import (
    Effect,
    Ended,
    EntrySet,
    FileSet,
    FileState,
    Inside,
    ObjectSet,
    QueueManagerMade,
    RightsSet,
    SecretSet,
    Started,
    Stays,
)

Record = dict[str, Any]

SORTS = {
    "queue manager": QueueManagerMade,
    "object": ObjectSet,
    "secret": SecretSet,
    "rights": RightsSet,
    "started": Started,
    "ended": Ended,
    "entry": EntrySet,
    "file": FileSet,
    "inside": Inside,
    "stays": Stays,
}
_WORDS = {sort: word for word, sort in SORTS.items()}
_OBJECTS = ("before", "after", "object", "record")
_TUPLES = ("keywords", "blank", "added", "removed", "folders")


def effect_record(effect: Effect) -> Record:
    """An effect as JSON. Its paths must be known: a value that is learned on the way is written as expected."""
    record: Record = {"effect": _WORDS[type(effect)]}
    for name, value in vars(effect).items():
        record[name] = _plain(value)
    return record


def _plain(value: object) -> object:
    if isinstance(value, MqObject):
        return {"kind": value.kind.value, "name": value.name, "attributes": dict(value.attributes)}
    if isinstance(value, SecretRef):
        return value.name
    if isinstance(value, FileState):
        return asdict(value)
    if isinstance(value, tuple):
        return list(value)
    return value


def read_effects(records: object, became: Mapping[str, str]) -> tuple[Effect, ...]:
    """The effects that a journal's entry names; `became` is what the files were when its operation was done."""
    if not isinstance(records, list):
        return ()
    return tuple(_with_end(effect, became) for effect in _read(records))


def _with_end(effect: Effect, became: Mapping[str, str]) -> Effect:
    if isinstance(effect, FileSet):
        return replace(effect, became=became.get(str(effect.path), ""))
    return effect


def _read(records: Iterable[Any]) -> Iterable[Effect]:
    for record in records:
        sort = SORTS.get(record.get("effect", "")) if isinstance(record, dict) else None
        if sort is not None:
            fields = {name: _value(name, value) for name, value in record.items() if name != "effect"}
            yield sort(**fields)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _OBJECTS:
        return MqObject(Kind(value["kind"]), value["name"], _attributes(value["attributes"]))
    if name == "password":
        return SecretRef(value)
    if name == "was":
        return FileState(**value)
    return tuple(value) if name in _TUPLES else value


def _attributes(found: Mapping[str, Any]) -> dict[str, Value]:
    return {keyword: tuple(value) if isinstance(value, list) else value for keyword, value in found.items()}
