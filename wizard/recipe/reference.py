"""The reference page of the recipe: every field with its values, its default and its meaning, as Markdown.

Made from the models, so that the page, the schema and the wizard's help lines say the same.
"""

from __future__ import annotations

from typing import Any, get_args, get_origin

from wizard.recipe.fields import alternatives, inner_part, literals, parts_of
from wizard.recipe.model import Part
from wizard.recipe.schema import Recipe


def reference() -> str:
    """The whole page: a section for the recipe and one for each mapping in it, in the order of their paths."""
    parts = parts_of(Recipe)
    lines = ["# The recipe", ""]
    for part, path in parts.items():
        lines += _section(part, path, parts)
    return "\n".join(lines)


def _section(part: type[Part], path: str, parts: dict[type[Part], str]) -> list[str]:
    lines = [f"## {path}", ""] if path else []
    lines += [" ".join((part.__doc__ or "").split()), "", "| key | value | default | meaning |", "|---|---|---|---|"]
    for name, field in part.model_fields.items():
        default = "required" if field.is_required() else _default(field.default)
        value = _value(field.annotation, parts)
        lines.append(f"| `{name}` | {value} | {default} | {_cell(field.description or '')} |")
    return [*lines, ""]


def _value(annotation: Any, parts: dict[type[Part], str]) -> str:
    """What may stand in a field, in words."""
    shape = get_origin(first := next(alternatives(annotation))) or first
    if part := inner_part(annotation):
        path = parts[part]
        link = f"[{path}](#{path.lower().replace('.', '')})"
        return f"names, with {link}" if shape is dict else f"keys of {link}"
    if words := [word for plain in alternatives(annotation) for word in literals(plain)]:
        return " or ".join(f"`{word}`" for word in words)
    if shape is tuple:
        inner = next(alternatives(get_args(first)[0]))
        return "list of keys with values" if get_origin(inner) is dict else "text, or list of texts"
    return {dict: "keys with values", int: "number"}.get(shape, "text")


def _default(value: Any) -> str:
    return f"`{_cell(str(value))}`" if value not in (None, {}, (), "") else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
