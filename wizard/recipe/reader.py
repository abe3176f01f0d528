"""Reads a recipe: text in, typed recipe out, or every problem at once.

For the command line, the wizard and the tests. `read_recipe` takes text, `load_recipe` a file. What comes back has
passed the schema and all checks that need no machine; RecipeError carries the problems in reading order, each with its
line, its column and the nearest known name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import Problem, RecipeError
from wizard.recipe.compose import MAX_BYTES, MAX_PROBLEMS, compose

if TYPE_CHECKING:
    from wizard.recipe.schema import Recipe


def load_recipe(path: Path) -> Recipe:
    """The recipe in a file; RecipeError also where the file cannot be read or is not UTF-8."""
    source = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RecipeError([Problem(source, 0, 0, f"The recipe cannot be read: {reason}.")]) from None
    return read_recipe(decoded(data, source), source=source)


def decoded(data: bytes, source: str) -> str:
    """The text of a recipe's bytes; RecipeError with the place of the first that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = f"The byte {data[error.start]:02X} is not UTF-8."
        raise RecipeError([Problem(source, line, column, what, "Save the file as UTF-8.")]) from None


def read_recipe(text: str, *, source: str) -> Recipe:
    """The recipe in a text; `source` is what problems call it. RecipeError with all problems."""
    root = compose(text, source)
    from wizard.recipe.checks import check
    from wizard.recipe.remedies import Remedies
    from wizard.recipe.subject import Subject
    from wizard.recipe.typed import typed

    remedies = Remedies()
    recipe, problems, gaps = typed(root, source, remedies)
    if recipe is not None:
        problems = problems + check(Subject(recipe, gaps, root, remedies), source)
    if recipe is None or problems:
        raise RecipeError(_in_reading_order(problems))
    return recipe


def _in_reading_order(problems: list[Problem]) -> list[Problem]:
    """Each problem once, by line and column, and no more of them than anybody reads."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.column))
    if len(ordered) <= MAX_PROBLEMS:
        return ordered
    rest = Problem(ordered[0].source, 0, 0, f"{len(ordered) - MAX_PROBLEMS} further problems follow.")
    return [*ordered[:MAX_PROBLEMS], rest]
