"""What a step is given: plain values about the recipe as it stands and the place where the work will be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wizard.engine.around import Around
from wizard.engine.request import Request


@dataclass(frozen=True)
class View:
    """The recipe's text, the text before this step offered its defaults, and where all that is.

    `entry` is the application or queue manager that was looked at last, by name.
    """

    text: str
    before: str
    base: Path
    around: Around
    request: Request
    """Where what is asked of the machine is asked."""
    release: str | None = None
    entry: str = ""
    file: str = ""
    """Where the recipe is saved before the plan is made; empty for a shipped one that is left as it is."""
    trouble: str = ""
    """Why the recipe could not be saved when that was tried."""
