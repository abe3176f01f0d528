"""What a person asks of mqwizard, whichever face they use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.plan.operations import Consent


@dataclass(frozen=True)
class Request:
    """One order: a recipe, where to carry it out, and what is allowed.

    `recipe` is a file or the name of a shipped recipe. `sandbox` is the folder of a sandbox. `folder` is where kits,
    exchange and proof go, and what is kept with them, in the place of the recipe's own folder. `ask` asks a question at
    the terminal and returns the answer, or is None where nobody is there.
    """

    recipe: str
    sandbox: Path | None = None
    folder: Path | None = None
    mq_version: str | None = None
    installation: str | None = None
    host: str | None = None
    state: Path | None = None
    allowed: frozenset[Consent] = frozenset()
    change: str = ""
    approval: str = ""
    """The digest of the approved plan that is carried out, where one is."""
    arguments: tuple[str, ...] = ()
    """The command line, for the advice how to run it as another user."""
    ask: Callable[[str], str] | None = field(default=None, compare=False)
    tell: Callable[[str], None] | None = field(default=None, compare=False)
    """Says to the person why nothing happens for a while."""
