"""Turns what the schema refuses into problems a person can act on: place, sentence, nearest known name.

The schema's own errors repeat whole mappings; nothing of that is shown, so that no password in them is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from wizard.errors import Problem
from wizard.recipe.compose import shown
from wizard.recipe.fields import help_line, key_words_at, keys_at, words_at
from wizard.recipe.model import UnfitError
from wizard.recipe.nodes import Entry, Mapping, Node, Path, Scalar, place, step
from wizard.recipe.remedies import Remedies, one_of
from wizard.recipe.typed import is_about_key

_WANTED = {
    "model_type": "keys with values",
    "dict_type": "keys with values",
    "tuple_type": "a text or a list",
    "string_type": "a text",
    "int_type": "a number",
}


def refused(errors: Iterable[dict[str, Any]], root: Mapping, source: str, remedies: Remedies) -> list[Problem]:
    """The schema's errors as problems, in the order of the text."""
    found = []
    for error in errors:
        about_key = is_about_key(error)
        path: Path = error["loc"][:-1] if about_key else error["loc"]
        at_key = about_key or error["type"] in ("extra_forbidden", "missing")
        said = _said_of_key if about_key else _said
        what, remedy = said(error, path, root, remedies)
        found.append(Problem(source, *place(root, path, key=at_key), what, remedy))
    return found


def _said_of_key(error: dict[str, Any], path: Path, _root: Mapping, remedies: Remedies) -> tuple[str, str]:
    """What is wrong with a key that may be any name, or one of many words."""
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, UnfitError):
        return cause.what, cause.remedy
    return _unknown_key(str(path[-1]), key_words_at(path[:-1]), remedies)


def _said(error: dict[str, Any], path: Path, root: Mapping, remedies: Remedies) -> tuple[str, str]:
    """What is wrong and the remedy."""
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), keys_at(path[:-1]), remedies)
    if kind == "missing":
        where = f" in {shown('.'.join(map(str, path[:-1])))}" if path[1:] else ""
        return f"'{path[-1]}' is missing{where}.", help_line(path)
    called, node = _written(root, path)
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, UnfitError):
        return f"{called}: {cause.what}", cause.remedy
    if kind == "literal_error":
        what, remedy = _no_such_word(node, words_at(path), remedies)
    elif kind in _WANTED:
        what, remedy = f"{_WANTED[kind]} must stand here, not {_in_words(node)}.", help_line(path)
    else:
        what, remedy = _out_of_bounds(node, error.get("ctx", {})), help_line(path)
    return f"{called}: {what}", remedy


def _unknown_key(key: str, known: list[str], remedies: Remedies) -> tuple[str, str]:
    return f"Unknown key '{shown(key)}'.", remedies.nearest(key, known, f"Known: {', '.join(known)}.")


def _no_such_word(node: Node, words: list[str], remedies: Remedies) -> tuple[str, str]:
    choice = f"Write {one_of(words)}."
    if not isinstance(node, Scalar):
        return f"a word must stand here, not {_in_words(node)}.", choice
    return f"'{shown(node.text)}' is not known.", remedies.nearest(node.text, words, choice)


def _out_of_bounds(node: Node, limits: dict[str, Any]) -> str:
    text = node.text if isinstance(node, Scalar) else ""
    if "max_length" in limits:
        return f"{len(text):,} characters, and at most {limits['max_length']:,} may stand here."
    if "ge" in limits:
        return f"{text} is too small; at least {limits['ge']:,} may stand here."
    return f"{text} is too much; at most {limits['le']:,} may stand here."


def _in_words(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.nothing else "a text"
    return "keys with values" if isinstance(node, Mapping) else "a list"


def _written(root: Mapping, path: Path) -> tuple[str, Node]:
    """The last key of a path that the text spells out, and the node that the path leads to or the nearest above it."""
    called, node = "recipe", cast(Node, root)
    for part in path:
        found = step(node, part)
        if isinstance(found, Entry):
            called, node = str(part), found.value
        elif found is not None:
            node = found
    return shown(called), node
