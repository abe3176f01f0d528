"""What a step is given: plain values about the recipe as it stands and the place where the work will be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from wizard.engine.around import Around


@dataclass(frozen=True)
class View:
    """The recipe's text, the text before this step offered its defaults, and where all that is.

    `entry` is the application or queue manager that was looked at last, by name.
    """

    text: str
    before: str
    base: Path
    around: Around
    release: str | None = None
    practice: bool = False
    entry: str = ""

    def at(self, text: str, *, before: str = "", entry: str = "") -> View:
        """The same place with another text."""
        return replace(self, text=text, before=before or text, entry=entry or self.entry)
