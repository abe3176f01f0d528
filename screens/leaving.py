"""What a screen returns when it is left: the closed set that the flow reads.

Every step is a `Frame`, a screen of this result; the flow shows it, reads what it returned and shows the next one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Next:
    """Go on: what was asked is answered."""


@dataclass(frozen=True)
class Back:
    """Go back to the step that was seen before, whatever stands in this one."""


@dataclass(frozen=True)
class Jump:
    """Go to the step of that id."""

    step: str


@dataclass(frozen=True)
class Quit:
    """Leave mqwizard; `save` says that the answers are to be saved first."""

    save: bool = False


Leaving = Next | Back | Jump | Quit
