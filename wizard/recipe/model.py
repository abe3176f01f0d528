"""What all parts of the recipe share: frozen, closed to unknown keys, short and long forms told apart by shape.

The files with the recipe's parts build on `Part` and on the shapes here. The description of each field is the one
declaration of its question: JSON Schema, help line and reference page read it from there.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

K = TypeVar("K")
V = TypeVar("V")


class UnfitError(ValueError):
    """A value that the recipe cannot hold: what is wrong with it and what to write instead."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


class Part(BaseModel):
    """A mapping of the recipe with fixed keys.

    An empty value counts as not given. Where `short_form` names a field, a lone text stands for the mapping that holds
    only that field.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    short_form: ClassVar[str] = ""

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: object) -> object:
        if value is None:
            return {}
        if isinstance(value, str) and cls.short_form:
            return {cls.short_form: value}
        if isinstance(value, dict):
            known = cls.model_fields
            return {key: inner for key, inner in value.items() if inner is not None or key not in known}
        return value


class AlsoWritten:
    """Marks a value that may be written in a second shape, for the JSON Schema."""

    def __init__(self, shape: dict[str, Any]) -> None:
        self.shape = shape

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema), self.shape]}


TEXT_SHAPE: dict[str, Any] = {"type": ["string", "number", "boolean"]}
"""A text in JSON Schema: an editor that types plain scalars sees 9.4 or YES as a number or a truth value."""

EMPTY_SHAPE: dict[str, Any] = {"type": "null"}


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else [] if value is None else value


def _as_mapping(value: object) -> object:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        _refuse_repeated(value)
        return dict.fromkeys(value)
    return {} if value is None else value


def _refuse_repeated(values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise UnfitError(f"'{value}' stands twice in the list.", "Keep one of them.")
        seen.add(value)


Several = Annotated[tuple[V, ...], BeforeValidator(_as_list), AlsoWritten(TEXT_SHAPE)]
"""A list; a lone value is a list of one."""

Named = Annotated[dict[K, V], BeforeValidator(_as_mapping), AlsoWritten({"type": "array", "items": TEXT_SHAPE})]
"""A mapping of names; a list of names stands for names with nothing more said about them."""


MqscValue = str | tuple[str, ...]
"""The value of an MQSC attribute; a list attribute may be written as a list."""


def _mqsc_value(value: object) -> MqscValue:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise UnfitError("An MQSC attribute is a text, or a list of texts.")


def _or_nothing(value: object) -> object:
    return {} if value is None else value


_MQSC_SHAPE: dict[str, Any] = {"anyOf": [TEXT_SHAPE, {"type": "array", "items": TEXT_SHAPE}, EMPTY_SHAPE]}

Attributes = Annotated[
    dict[str, Annotated[MqscValue, PlainValidator(_mqsc_value), WithJsonSchema(_MQSC_SHAPE)]],
    BeforeValidator(_or_nothing),
    AlsoWritten(EMPTY_SHAPE),
]
"""Attributes of an MQ object by their MQSC names; `checks` holds them against the attribute tables."""
