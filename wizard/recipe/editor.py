"""Changes a recipe's text in place: what is set or removed is spliced in, every other byte stays.

The wizard saves with it. Comments, order, quoting and line ends remain as the person wrote them. After each change the
text is read again: where it does not say exactly what was asked for (a change inside an anchor would change its aliases
too), RecipeError is raised and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from wizard.errors import Problem, RecipeError
from wizard.recipe.compose import compose
from wizard.recipe.nodes import Path, Plain, place, plain
from wizard.recipe.splice import NotInPlaceError, drop, put, put_key

_SOURCE = "recipe"

Edit = tuple[Path, Plain, bool]
"""A path, the value it gets, and whether it goes instead."""


def set_value(text: str, path: Path, value: Plain) -> str:
    """The text with the value at a path; mappings that are missing on the way are made.

    A mapping or list that is there already is changed only where it differs. RecipeError where that cannot be done in
    place.
    """
    before = plain(compose(text, _SOURCE))
    try:
        wanted = _with(before, path, value)
    except NotInPlaceError:
        raise _refusal(text, path) from None
    return _edited(text, before, wanted, path)


def remove(text: str, path: Path) -> str:
    """The text without the key or item at a path; the same text where there is none. A list then closes up."""
    before = plain(compose(text, _SOURCE))
    return _edited(text, before, _without(before, path), path)


def rename(text: str, path: Path, name: str) -> str:
    """The text with another key at the end of a path; its value and its place stay. RecipeError as for `set_value`."""
    before = plain(compose(text, _SOURCE))
    try:
        result = put_key(text, path, name)
        same = plain(compose(result, _SOURCE)) == _renamed(before, path, name)
    except (NotInPlaceError, RecipeError):
        raise _refusal(text, path) from None
    if not same:
        raise _refusal(text, path)
    return result


def revise(text: str, wanted: dict[str, Plain]) -> str:
    """The text changed so that it says what is wanted, key by key, and no further than that."""
    before = plain(compose(text, _SOURCE))
    return _edited(text, before, wanted, ())


def _edited(text: str, before: Plain, wanted: Plain, path: Path) -> str:
    result = text
    try:
        for where, value, gone in _differences(before, wanted, ()):
            result = drop(result, where) if gone else put(result, where, value)
        same = _same(plain(compose(result, _SOURCE)), wanted)
    except (NotInPlaceError, RecipeError):
        raise _refusal(text, path) from None
    if not same:
        raise _refusal(text, path)
    return result


def _refusal(text: str, path: Path) -> RecipeError:
    line, column = place(compose(text, _SOURCE), path)
    what = f"{'.'.join(map(str, path)) or 'The recipe'} cannot be changed in place."
    return RecipeError([Problem(_SOURCE, line, column, what, "Change it in the file by hand.")])


def _differences(before: Plain, wanted: Plain, path: Path) -> Iterator[Edit]:
    """The edits from one value to another: removals from the back first, so that the places of items stay right."""
    if isinstance(before, dict) and isinstance(wanted, dict):
        for key in reversed([key for key in before if key not in wanted]):
            yield (*path, key), None, True
        for key, value in wanted.items():
            if key not in before:
                yield (*path, key), value, False
            else:
                yield from _differences(before[key], value, (*path, key))
    elif isinstance(before, list) and isinstance(wanted, list):
        for index in range(len(before) - 1, len(wanted) - 1, -1):
            yield (*path, index), None, True
        for index, value in enumerate(wanted):
            if index >= len(before):
                yield (*path, index), value, False
            else:
                yield from _differences(before[index], value, (*path, index))
    elif not _same(before, wanted):
        yield path, wanted, False


def _same(one: Plain, other: Plain) -> bool:
    """Whether two values say the same; an empty mapping or list says nothing, as no value does."""
    if not one and not other and "" not in (one, other):
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _with(value: Plain, path: Path, new: Plain) -> Plain:
    """A value with another one at a path; NotInPlaceError where a text or the wrong collection is in the way."""
    if not path:
        return new
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        items: list[Plain] = [] if value is None else value if isinstance(value, list) else _refuse()
        inner = items[part] if part < len(items) else None
        return [*items[:part], _with(inner, rest, new), *items[part + 1 :]]
    held: dict[str, Plain] = {} if value is None else value if isinstance(value, dict) else _refuse()
    return {**held, part: _with(held.get(part), rest, new)}


def _renamed(value: Plain, path: Path, name: str) -> Plain:
    """A value with another key at the end of a path; NotInPlaceError where there is none, or the name is taken."""
    part, rest = path[0], path[1:]
    if not rest and isinstance(value, list) and part in value and name not in value:
        return [name if item == part else item for item in value]
    if isinstance(value, list) and isinstance(part, int) and part < len(value) and rest:
        return [*value[:part], _renamed(value[part], rest, name), *value[part + 1 :]]
    if not isinstance(value, dict) or part not in value or (not rest and name in value):
        raise NotInPlaceError
    if rest:
        return {**value, str(part): _renamed(value[str(part)], rest, name)}
    return {name if key == part else key: inner for key, inner in value.items()}


def _refuse() -> NoReturn:
    raise NotInPlaceError


def _without(value: Plain, path: Path) -> Plain:
    part, rest = path[0], path[1:]
    if isinstance(part, int):
        if not isinstance(value, list) or part >= len(value):
            return value
        middle = [_without(value[part], rest)] if rest else []
        return [*value[:part], *middle, *value[part + 1 :]]
    if not isinstance(value, dict) or part not in value:
        return value
    if rest:
        return {**value, part: _without(value[part], rest)}
    return {key: inner for key, inner in value.items() if key != part}
