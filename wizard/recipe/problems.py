"""Turns what the schema refuses into problems a person can act on: place, sentence, nearest known name.

The schema's own errors repeat the input; nothing of that is shown, so that a password in the wrong place stays there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wizard.errors import Problem
from wizard.mq.nearness import meant
from wizard.recipe.compose import shown
from wizard.recipe.fields import help_line, key_words_at, keys_at, words_at
from wizard.recipe.model import Unfit
from wizard.recipe.nodes import Entry, Mapping, Node, Path, Scalar, place, step

KEY = "[key]"
"""What the schema puts at the end of a path when the key itself is wrong, not its value."""

_LOOKUPS = 40
_LONGEST = 64

_WANTED = {
    "model_type": "keys with values",
    "dict_type": "keys with values",
    "tuple_type": "a list",
    "string_type": "a text",
}


class Remedies:
    """Finds nearest known names, for as many problems as a person reads at once."""

    def __init__(self) -> None:
        self.left = _LOOKUPS

    def nearest(self, word: str, known: Iterable[str], otherwise: str = "") -> str:
        """A sentence that asks for the nearest known name, else the other remedy."""
        self.left -= 1
        if self.left < 0 or len(word) > _LONGEST:
            return otherwise
        return meant(word, known) or otherwise


def one_of(words: Iterable[str]) -> str:
    """The words as a choice: `none, server or mutual`."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} or {last}" if most else last


def refused(errors: Iterable[dict[str, Any]], root: Mapping, source: str, remedies: Remedies) -> list[Problem]:
    """The schema's errors as problems, in the order of the text."""
    found = []
    for error in errors:
        path: Path = tuple(error["loc"])
        at_key = path[-1:] == (KEY,) or error["type"] in ("extra_forbidden", "missing")
        what, remedy = _said(error, path, root, remedies)
        if path[-1:] == (KEY,):
            path = path[:-1]
        found.append(Problem(source, *place(root, path, key=at_key), what, remedy))
    return found


def _said(error: dict[str, Any], path: Path, root: Mapping, remedies: Remedies) -> tuple[str, str]:
    kind = error["type"]
    name = shown(str(path[-1]))
    if kind == "extra_forbidden":
        known = keys_at(path[:-1])
        return f"Unknown key '{name}'.", remedies.nearest(name, known, f"Known are {', '.join(known)}.")
    if kind == "missing":
        where = f" in {shown('.'.join(map(str, path[:-1])))}" if path[1:] else ""
        return f"'{name}' is missing{where}.", help_line(path)
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Unfit):
        return (cause.what if path[-1] == KEY else f"{_called(path)}: {cause.what}"), cause.remedy
    node = _written(root, path)
    if kind == "literal_error":
        return _no_such_word(path, node, remedies)
    if kind in _WANTED:
        return f"{_called(path)}: {_WANTED[kind]} must stand here, not {_in_words(node)}.", help_line(path)
    return f"{_called(path)}: {_bound(kind, error.get('ctx', {}))}", help_line(path)


def _no_such_word(path: Path, node: Node, remedies: Remedies) -> tuple[str, str]:
    if path[-1] == KEY:
        key, known = str(path[-2]), key_words_at(path[:-2])
        return f"Unknown key '{shown(key)}'.", remedies.nearest(key, known, f"Known are {', '.join(known)}.")
    words = words_at(path)
    if not isinstance(node, Scalar):
        return f"{_called(path)}: a word must stand here, not {_in_words(node)}.", f"Write {one_of(words)}."
    return (
        f"{_called(path)}: '{shown(node.text)}' is not known.",
        remedies.nearest(node.text, words, f"Write {one_of(words)}."),
    )


def _called(path: Path) -> str:
    """The key that a message is about: the last name of the path."""
    return shown(next((part for part in reversed(path) if isinstance(part, str)), "recipe"))


def _bound(kind: str, limits: dict[str, Any]) -> str:
    """A number or length out of bounds, in words."""
    for name, words in (("ge", "at least"), ("le", "at most"), ("max_length", "at most")):
        if name in limits:
            unit = " characters" if name == "max_length" else ""
            return f"{words} {limits[name]:,}{unit} may stand here."
    return f"this cannot stand here ({kind})."


def _in_words(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.nothing else "a text"
    return "keys with values" if isinstance(node, Mapping) else "a list"


def _written(root: Mapping, path: Path) -> Node:
    """The node that a path leads to, or the nearest above it."""
    node: Node = root
    for part in path:
        found = step(node, part)
        node = found.value if isinstance(found, Entry) else found or node
    return node
