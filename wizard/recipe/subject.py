"""What the checks of a recipe look at, and what they find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.recipe.nodes import Entry, Mapping, Path, step
from wizard.recipe.remedies import Remedies
from wizard.recipe.schema import Recipe
from wizard.recipe.typed import Gaps


@dataclass(frozen=True)
class Found:
    """Something wrong at a path of the recipe; `key` says that its key is meant, not its value."""

    path: Path
    what: str
    remedy: str = ""
    key: bool = False


@dataclass(frozen=True)
class Subject:
    """The recipe as far as it is right, where it is not, and the text it was read from."""

    recipe: Recipe
    gaps: Gaps
    root: Mapping
    remedies: Remedies

    def names(self, section: str) -> list[str]:
        """The names that stand in a section of the text, also those of entries that are wrong in themselves."""
        found = step(self.root, section)
        return list(found.value.entries) if isinstance(found, Entry) and isinstance(found.value, Mapping) else []

    def unknown(self, path: Path, name: str, known: Iterable[str], what: str) -> Found:
        """A reference to nothing, with the nearest name that there is."""
        listed = list(known)
        otherwise = f"Known: {', '.join(listed)}." if 0 < len(listed) <= 10 else ""
        return Found(path, what, self.remedies.nearest(name, listed, otherwise))
