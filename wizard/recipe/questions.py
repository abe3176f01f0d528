"""Every question that a recipe can answer, made from the fields' own declarations.

The wizard's list of all attributes shows them; the steps ask the usual ones in better words. Entries that the recipe
has bring a question for each of their fields; a section brings one for a further entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from wizard.recipe.answers import answer, give, names
from wizard.recipe.compose import compose
from wizard.recipe.editor import set_value
from wizard.recipe.fields import alternatives, literals
from wizard.recipe.model import Part
from wizard.recipe.nodes import Path, Plain, plain
from wizard.recipe.render import flow
from wizard.recipe.schema import Recipe

FORM = "mqwizard"
"""The version of the recipe's form, which is nobody's choice."""


@dataclass(frozen=True)
class Question:
    """One field: where it is answered, what it means, what may stand there, and what no answer means.

    `several` says that it takes lists or keys with values, written in brackets or braces; `section` that it takes
    further entries by name.
    """

    path: Path
    help: str
    words: tuple[str, ...] = ()
    default: str = ""
    several: bool = False
    section: bool = False

    @property
    def called(self) -> str:
        """The path as people write it."""
        return ".".join(map(str, self.path))


def every_question(held: Plain) -> list[Question]:
    """All questions about a recipe, those of the recipe as a whole first."""
    found = [*_of_part(Recipe, (), held)]
    return sorted((one for one in found if one.path != (FORM,)), key=lambda one: one.path[0] in _SECTIONS)


_SECTIONS = ("hosts", "queue_managers", "channels", "clients")


def _of_part(part: type[Part], path: Path, held: Plain) -> Iterator[Question]:
    for name, field in part.model_fields.items():
        here: Path = (*path, name)
        inner, many = _inner(field.annotation)
        if inner is None:
            yield _leaf(here, field.annotation, field.description or "", field.default)
        elif not many:
            yield from _of_part(inner, here, held)
        else:
            yield Question(here, f"{field.description} Write the name of a further one.", section=True)
            entries = answer(held, here)
            for entry in entries if isinstance(entries, dict) else ():
                yield from _of_part(inner, (*here, entry), held)


def _inner(annotation: Any) -> tuple[type[Part] | None, bool]:
    """The mapping with fixed keys that stands in a field, and whether there are many of it by name."""
    for one in alternatives(annotation):
        if isinstance(one, type) and issubclass(one, Part):
            return one, False
        if get_origin(one) is dict:
            inner, _many = _inner(get_args(one)[1])
            return inner, True
    return None, False


def _leaf(path: Path, annotation: Any, help: str, default: Any) -> Question:
    sides = list(alternatives(annotation))
    words = tuple(word for side in sides for word in literals(side))
    several = any(get_origin(side) in (dict, tuple) for side in sides)
    return Question(path, help, words, str(default) if isinstance(default, str | int) else "", several)


def as_line(value: Plain) -> str:
    """An answer in one line, as it may be typed in."""
    return "" if value is None else value if isinstance(value, str) else flow(value)


def answered(text: str, question: Question, line: str) -> str:
    """The text with what was typed as the answer to a question; an empty line takes the answer out.

    Raises RecipeError where the line is not YAML, or the text cannot be changed in place.
    """
    line = line.strip()
    value: Plain = line or None
    if question.section:
        return _further(text, question, line)
    if question.several and line[:1] in {"[", "{"}:
        value = plain(compose(f"x: {line}\n", "answer").entries["x"].value)
    return give(text, question.path, value)


def _further(text: str, question: Question, line: str) -> str:
    """The text with one more entry; an application connects to the first queue manager."""
    held = plain(compose(text, "recipe"))
    if not line or answer(held, (*question.path, line)) is not None or line in names(held, str(question.path[0])):
        return text
    managers = names(held, "queue_managers")
    entry: Plain = {"connects_to": managers[0]} if question.path == ("clients",) and managers else None
    return set_value(text, (*question.path, line), entry)
