"""A recipe's text as answers to questions: one value read or given at a path, whatever form the text uses for it.

The wizard's steps work with it. A question is a field of the schema; its help, its words and its bounds come from
there. Short forms stay short: `listener: 1414` answers the question for `listener.port`. What is not answered stays
out of the text. All changes are splices: every other byte stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wizard.errors import Problem, RecipeError
from wizard.recipe.compose import compose
from wizard.recipe.editor import remove, rename, set_value
from wizard.recipe.fields import part_at
from wizard.recipe.nodes import Entry, Mapping, Node, Path, Plain, place, plain, step

_SOURCE = "recipe"
_FIELD = re.compile(r"[a-z_]+: |'[a-z_]+' is missing")


def written(text: str) -> Plain:
    """What a text holds, without places; RecipeError where it is not YAML."""
    return plain(compose(text, _SOURCE))


def answer(held: Plain, path: Path) -> Plain:
    """What is written at a path, None where nothing is; a short form answers for the field it stands for."""
    value = held
    for depth, part in enumerate(path):
        if isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list):
            value = value[part] if isinstance(part, int) and part < len(value) else None
        elif isinstance(value, str) and _short(path[:depth]) == part:
            continue
        else:
            return None
    return value


def _short(path: Path) -> str:
    part = part_at(path)
    return part.short_form if part else ""


def give(text: str, path: Path, value: Plain) -> str:
    """The text with another answer at a path; an empty one is taken out. The same text where that is said already.

    Raises RecipeError where the text is written so that this cannot be changed in place.
    """
    held = written(text)
    if answer(held, path) == value or (not value and answer(held, path) is None):
        return text
    above, part = path[:-1], path[-1]
    present = answer(held, above)
    short = _short(above)
    if short and short == part and not isinstance(present, dict):
        return set_value(text, above, value) if value else remove(text, above)
    if short and isinstance(present, str):
        return set_value(text, above, {short: present, str(part): value})
    return set_value(text, path, value) if value else remove(text, path)


_REFERENCES = {
    "queue_managers": (("clients", "connects_to"), ("channels", "queue_manager")),
    "hosts": (("queue_managers", "host"), ("clients", "host")),
}
"""Section → where its entries are named: a section and a key of its entries."""


def call(text: str, path: Path, name: str) -> str:
    """The text with another name for the entry at a path, and for it wherever the recipe refers to it.

    Raises RecipeError where the text is written so that this cannot be changed in place.
    """
    section, old = str(path[-2]), str(path[-1])
    if old == name:
        return text
    text = rename(text, path, name)
    held = written(text)
    for other, key in _REFERENCES.get(section, ()) if len(path) == 2 else ():
        entries = answer(held, (other,))
        for entry in entries if isinstance(entries, dict) else ():
            if answer(held, (other, entry, key)) == old:
                text = set_value(text, (other, entry, key), name)
    return text


def names(held: Plain, section: str) -> list[str]:
    """The names of the entries in a section, in the order of the text."""
    found = answer(held, (section,))
    return list(found) if isinstance(found, dict) else []


@dataclass(frozen=True)
class Judged:
    """A text and everything that is wrong with it."""

    text: str
    problems: tuple[Problem, ...]

    def problem_of(self, path: Path, *, name: bool = False) -> str:
        """The first thing wrong with the answer at a path, without the key that leads it; empty where nothing is.

        With `name` it is the last part of the path itself that is asked about, not what stands there.
        """
        try:
            root = compose(self.text, _SOURCE)
        except RecipeError:
            return ""
        return next((said(one, path) for one in self.problems if _is_about(one, root, self.text, path, name=name)), "")


def said(problem: Problem, path: Path) -> str:
    """A problem as the help line says it: what is wrong and what to do, without the key, which is in view."""
    what = problem.what
    for key in reversed(path[-2:]):
        what = what.removeprefix(f"{key}: ")
    sentence = f"{what[:1].upper()}{what[1:]}"
    return f"{sentence} {problem.remedy}".rstrip()


def judged(text: str, *, source: str = _SOURCE) -> Judged:
    """What the reader says about a text."""
    from wizard.recipe.reader import read_recipe

    try:
        read_recipe(text, source=source)
    except RecipeError as error:
        return Judged(text, error.problems)
    return Judged(text, ())


def _is_about(problem: Problem, root: Mapping, text: str, path: Path, *, name: bool) -> bool:
    """Whether a problem lies in the answer at a path, or speaks of it where it is derived."""
    if name:
        return (problem.line, problem.column) == place(root, path, key=True) and not _of_field(problem)
    named = problem.what.startswith(f"{path[-1]}: ") or f"'{path[-1]}'" in problem.what
    if named and (problem.line, problem.column) in {place(root, path[:-1], key=True), place(root, path[:-1])}:
        return True
    spot = _offset(text, problem.line, problem.column)
    return any(start <= spot < end for start, end in _spans(root, path))


def _of_field(problem: Problem) -> bool:
    """Whether a problem that stands at an entry's key speaks of a field of it: `channel: …`."""
    return _FIELD.match(problem.what) is not None


def _spans(root: Mapping, path: Path) -> Iterable[tuple[int, int]]:
    """Where the answer at a path is written: its key and its value; nothing where it is not."""
    node: Node = root
    key: Node | None = None
    for depth, part in enumerate(path):
        found = step(node, part)
        if isinstance(found, Entry):
            key, node = found.key, found.value
        elif found is not None:
            key, node = None, found
        elif depth + 1 == len(path) and _short(path[:-1]) == part and not isinstance(node, Mapping):
            break
        else:
            return
    yield node.start, max(node.end, node.start + 1)
    if key is not None:
        yield key.start, key.end


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at + column - 1


# Queues and their rights, as one line of text.


def spelled(value: Plain) -> str:
    """Names, or names with words, in one line: `Q1 put get, Q2 put`."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(part for item in value if (part := spelled(item)))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_words(inner)}".rstrip() for name, inner in value.items())
    return ""


def _words(value: Plain) -> str:
    if isinstance(value, str):
        return value
    return " ".join(str(item) for item in value) if isinstance(value, list) else ""


def as_names(line: str) -> list[Plain]:
    """Names that stand in one line, with commas or blanks between them."""
    return [*filter(None, line.replace(",", " ").split())]


def as_grants(line: str) -> Plain:
    """What `spelled` wrote: a list where every name stands alone, else names with their words."""
    items = [part.split() for part in line.split(",") if part.split()]
    if all(len(words) == 1 for words in items):
        return [words[0] for words in items]
    return {words[0]: list[Plain](words[1:]) for words in items}
