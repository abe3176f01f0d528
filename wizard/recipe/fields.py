"""What the models say about themselves: which keys a mapping takes, what a key means, what a path leads to.

Used for the nearest known key, the help line of the wizard, the reference page and the JSON Schema.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from wizard.recipe.model import Part
from wizard.recipe.nodes import Path
from wizard.recipe.schema import Recipe


def part_at(path: Path) -> type[Part] | None:
    """The model of the mapping that a path leads to, or None where it leads elsewhere."""
    return _part(_annotation(path))


def keys_at(path: Path) -> list[str]:
    """The keys that the mapping at a path takes; none where it takes any."""
    found = part_at(path)
    return list(found.model_fields) if found else []


def words_at(path: Path) -> list[str]:
    """The words that the value at a path may be; none where it is free."""
    return [word for plain in alternatives(_annotation(path)) for word in literals(plain)]


def key_words_at(path: Path) -> list[str]:
    """The words that may be keys of the free mapping at a path; none where any name may be."""
    keys = [get_args(plain)[0] for plain in alternatives(_annotation(path)) if get_origin(plain) is dict]
    return [word for key in keys for word in literals(key)]


def help_line(path: Path) -> str:
    """The sentence that explains the key at the end of a path; empty where it is a name that the recipe gives."""
    found = part_at(path[:-1])
    field = found.model_fields.get(str(path[-1])) if found else None
    return (field.description or "") if field else ""


def inner_part(annotation: Any) -> type[Part] | None:
    """The model that stands in a field, directly or inside its lists and mappings."""
    for plain in alternatives(annotation):
        if isinstance(plain, type) and issubclass(plain, Part):
            return plain
        for argument in get_args(plain):
            if found := inner_part(argument):
                return found
    return None


def _annotation(path: Path) -> Any:
    annotation: Any = Recipe
    for step in path:
        annotation = _inside(annotation, step)
    return annotation


def _part(annotation: Any) -> type[Part] | None:
    return next((a for a in alternatives(annotation) if isinstance(a, type) and issubclass(a, Part)), None)


def _inside(annotation: Any, step: str | int) -> Any:
    """The annotation one step further down; None where there is nothing."""
    for plain in alternatives(annotation):
        if isinstance(plain, type) and issubclass(plain, Part):
            field = plain.model_fields.get(str(step))
            return field.annotation if field else None
        if get_origin(plain) is dict:
            return get_args(plain)[1]
        if get_origin(plain) is tuple:
            return get_args(plain)[0]
    return None


def parts_of(part: type[Part], at: str = "") -> dict[type[Part], str]:
    """A mapping and all mappings in it, each with the path at which it first appears, NAME for any name."""
    found = {part: at}
    for name, field in part.model_fields.items():
        if inner := inner_part(field.annotation):
            free = ".NAME" if get_origin(next(alternatives(field.annotation))) is dict else ""
            for further, path in parts_of(inner, f"{at}.{name}{free}".lstrip(".")).items():
                found.setdefault(further, path)
    return found


def alternatives(annotation: Any) -> Iterator[Any]:
    """The annotation without what is said about it, each side of a union for itself."""
    if get_origin(annotation) is Annotated:
        yield from alternatives(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for side in get_args(annotation):
            yield from alternatives(side)
    else:
        yield annotation


def literals(annotation: Any) -> tuple[str, ...]:
    """The words of a choice; none for anything else."""
    return get_args(annotation) if get_origin(annotation) is Literal else ()
