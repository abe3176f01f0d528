"""From plain texts to the typed recipe, also where parts of it are wrong.

What the schema refuses is taken out and the rest typed again, so that the checks that come after still see everything
that is right: all problems of a recipe show in one go.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from wizard.errors import Problem
from wizard.recipe.nodes import Mapping, Path, plain
from wizard.recipe.remedies import Remedies
from wizard.recipe.schema import Layout, Recipe

WRONG_KEY = "[key]"
"""What the schema puts at the end of a path when the key itself is wrong, not its value."""

_ABOUT_KEYS = ("literal_error", "value_error")

_ROUNDS = 4
_LOOKUPS = 40
_ESSENTIAL: dict[str, Any] = {"mqwizard": "1", "queue_managers": {}}


class Gaps:
    """The paths of a recipe at which something was wrong and was taken out."""

    def __init__(self) -> None:
        self._at: set[Path] = set()
        self._above: set[Path] = set()

    def add(self, path: Path) -> None:
        """Remember a path."""
        self._at.add(path)
        self._above.update(path[:length] for length in range(1, len(path)))

    def touch(self, *path: str | int) -> bool:
        """Whether something at this path, below it or above it was taken out."""
        return path in self._above or any(path[:length] in self._at for length in range(1, len(path) + 1))


def typed(root: Mapping, source: str, remedies: Remedies) -> tuple[Recipe | None, list[Problem], Gaps]:
    """The recipe as far as it can be typed, the problems that its texts have, and where they are."""
    wanted: dict[str, Any] = plain(root)  # type: ignore[assignment]  # the root is a mapping
    problems: list[Problem] = []
    gaps = Gaps()
    for attempt in range(_ROUNDS):
        try:
            recipe = Recipe.model_validate(wanted)
        except ValidationError as error:
            from wizard.recipe.problems import refused

            errors = [dict(one) for one in error.errors(include_url=False, include_input=False)]
            if attempt == 0:
                problems = refused(errors, root, source, remedies)
            _take_out(wanted, errors, gaps)
        else:
            return recipe.written_as(Layout(source, root)), problems, gaps
    return None, problems, gaps


def is_about_key(error: dict[str, Any]) -> bool:
    """Whether an error of the schema is about a key; a key of that very name has its value refused in other ways."""
    return bool(error["loc"][-1:] == (WRONG_KEY,) and error["type"] in _ABOUT_KEYS)


def _take_out(wanted: dict[str, Any], errors: list[dict[str, Any]], gaps: Gaps) -> None:
    """Remove what each error is about; where something is missing, the mapping that misses it."""
    from wizard.mq.nearness import nearest
    from wizard.recipe.fields import keys_at

    paths: list[Path] = []
    for error in errors:
        path: Path = error["loc"][:-1] if is_about_key(error) else error["loc"]
        gaps.add(path)
        if error["type"] == "extra_forbidden" and len(paths) < _LOOKUPS:
            gaps.add((*path[:-1], nearest(str(path[-1])[:64], keys_at(path[:-1]))))
        paths.append(path[:-1] if error["type"] == "missing" else path)
    # From the back, so that the places of the list items still to go stay what they are.
    for path in sorted(set(paths), key=_from_the_back):
        gaps.add(path)
        _remove(wanted, path)
    for key, least in _ESSENTIAL.items():
        wanted.setdefault(key, least)


def _from_the_back(path: Path) -> list[tuple[int, str]]:
    return [(-part, "") if isinstance(part, int) else (0, part) for part in path]


def _remove(wanted: Any, path: Path) -> None:
    """Take the value at a path out, or the short form that stands for the mapping it would be in."""
    for depth, part in enumerate(path, start=1):
        if isinstance(wanted, dict) and str(part) in wanted:
            key: str | int = str(part)
        elif isinstance(wanted, list) and isinstance(part, int) and part < len(wanted):
            key = part
        elif isinstance(wanted, list) and part in wanted:
            key = wanted.index(part)
        else:
            return
        if depth == len(path) or not isinstance(wanted[key], dict | list):
            del wanted[key]
            return
        wanted = wanted[key]
