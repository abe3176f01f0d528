"""Reads MQSC scripts: those that a person names, and those beside a recipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from wizard.errors import Problem, RecipeError, UsageError

if TYPE_CHECKING:
    from wizard.recipe.schema import Recipe

LARGEST = 1_000_000
"""Bytes of a script; a larger one is refused."""

STANDARD_INPUT = "-"


def script_text(name: str) -> str:
    """The text of a script file, or of standard input for `-`; what is not UTF-8 comes as replacement characters.

    Raises UsageError where there is none or it is too large.
    """
    try:
        if name == STANDARD_INPUT:
            data = _bounded(sys.stdin.buffer)
        else:
            with Path(name).open("rb") as file:
                data = _bounded(file)
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read: {error.strerror}.", remedy="Name an MQSC file, or - for input."
        ) from error
    if data is None:
        raise UsageError(f"{name} is larger than {LARGEST:,} bytes.", remedy="Split it.")
    return data.decode("utf-8", errors="replace")


def recipe_scripts(recipe: Recipe, base: Path) -> Mapping[str, str]:
    """The scripts that a recipe takes in, by the names it gives them.

    Raises RecipeError, at their place in the recipe, for those that are not there, lie outside the recipe's folder, are
    too large or no UTF-8.
    """
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for index, name in enumerate(recipe.mqsc):
        try:
            texts[name] = _beside(name, base)
        except UnreadableScriptError as wrong:
            problems.append(recipe.problem(("mqsc", index), f"{name} {wrong}", "Put the file beside the recipe."))
        except RecipeError as wrong:
            problems += wrong.problems
    if problems:
        raise RecipeError(problems)
    return texts


class UnreadableScriptError(Exception):
    """Why a script beside a recipe cannot be taken in."""


def _beside(name: str, base: Path) -> str:
    from wizard.recipe.reader import decoded

    path = (base / name).resolve()
    if not path.is_relative_to(base.resolve()):
        raise UnreadableScriptError("lies outside the recipe's folder.")
    if not path.is_file():
        raise UnreadableScriptError("is no file." if path.exists() else "is not there.")
    try:
        with path.open("rb") as file:
            data = _bounded(file)
    except OSError as error:
        raise UnreadableScriptError(f"cannot be read: {error.strerror}.") from error
    if data is None:
        raise UnreadableScriptError(f"is larger than {LARGEST:,} bytes.")
    return decoded(data, name)


def _bounded(file: BinaryIO) -> bytes | None:
    """What a file holds; None where that is more than a script has."""
    data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None
