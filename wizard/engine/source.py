"""Finds and reads the recipe that a person names: a file, or one that is shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import recipes
from wizard.engine.places import digest
from wizard.errors import UsageError

if TYPE_CHECKING:
    from wizard.recipe.schema import Recipe

LARGEST = 1_000_000
"""Bytes of a recipe; a larger one is refused before it is read."""


@dataclass(frozen=True)
class Source:
    """A recipe's text, its name, and the folder beside which kits and exchange files go.

    `identity` tells one recipe from another in the journals: the absolute path of a file, the name of a shipped recipe.
    """

    name: str
    identity: str
    text: str
    base: Path
    scripts: Mapping[str, str] = field(default_factory=dict)
    """The texts of the MQSC scripts that it takes in, by the names it gives them, once they are read."""

    @property
    def digests(self) -> dict[str, str]:
        """The digests of all that is ordered: of the recipe, and of each script by its name."""
        scripts = {f"script {name}": digest(text) for name, text in self.scripts.items()}
        return {"recipe": digest(self.text), **scripts}

    def read(self) -> Recipe:
        """The recipe; RecipeError with every problem it has."""
        from wizard.recipe.reader import read_recipe

        return read_recipe(self.text, source=self.identity if "/" not in self.identity else self.name)


def find_source(wanted: str) -> Source:
    """The recipe of that file name, or the shipped one of that name.

    Raises UsageError where there is none, naming the nearest shipped one, or where the file cannot be read.
    """
    path = Path(wanted)
    if not path.exists() and wanted in recipes.names():
        return Source(wanted, wanted, recipes.text(wanted), Path.cwd())
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{wanted} is larger than {LARGEST:,} bytes.", "A recipe is a short text.")
        content = path.read_bytes()
    except OSError as error:
        shipped = recipes.names()
        near = [name for name in shipped if name.startswith(wanted)] or get_close_matches(wanted, shipped, n=1)
        raise UsageError(
            f"There is no recipe {wanted}: {error.strerror}.",
            f"Did you mean the shipped recipe {' or '.join(near)}?" if near else "",
            "`mqwizard recipes` lists the shipped ones; otherwise name a file.",
        ) from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{wanted} is not UTF-8 text (byte {error.start}).", remedy="Save it as UTF-8.") from error
    path = path.resolve()
    return Source(wanted, str(path), text, path.parent)
