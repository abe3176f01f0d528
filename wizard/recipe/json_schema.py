"""The JSON Schema of a recipe, made from the models.

Editors type plain scalars, a recipe does not: where a text may stand, 9.4 and YES may stand too. Short forms and empty
values are allowed as the reader allows them.
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from wizard.recipe.fields import parts_of
from wizard.recipe.model import EMPTY_SHAPE, TEXT_SHAPE, Part

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """Gives scalars the types that an editor may see in them."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), **TEXT_SHAPE}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        words: list[Any] = list(schema["expected"])
        return {"enum": words + [int(word) for word in words if word.isdigit()]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default that is a mapping or a list says nothing that the description does not."""
        described = super().default_schema(schema)
        if described.get("default", None) in ({}, (), [], None, ""):
            described.pop("default", None)
        return described

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def document(model: type[Part]) -> dict[str, Any]:
    """The schema of the whole recipe."""
    made = model.model_json_schema(schema_generator=_Generator)
    made["$defs"] = {name: _all_forms(shape, _part(model, name)) for name, shape in made.get("$defs", {}).items()}
    return {"$schema": DIALECT, **made}


def _part(model: type[Part], name: str) -> type[Part]:
    return next(part for part in parts_of(model) if part.__name__ == name)


def _all_forms(shape: dict[str, Any], part: type[Part]) -> dict[str, Any]:
    """A mapping, its short form where it has one, or nothing at all."""
    forms = [shape]
    if part.short_form:
        forms.append(shape["properties"][part.short_form])
    return {"anyOf": [*forms, EMPTY_SHAPE]}
