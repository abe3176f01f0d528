"""What the engine tells while it carries out an order, and what it is told when it asks: values, no screen.

Sent by `conduct` in the order of things; both faces show them in their own way. A text in them never holds a secret.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.plan.operations import Consent, Plan

if TYPE_CHECKING:
    from wizard.proof.values import Check, Proof
    from wizard.run.execute import Progress


@dataclass(frozen=True)
class Site:
    """Where an order is carried out: host, release such as `9.4`, the folder of what it makes, each kit there."""

    host: str
    release: str
    folder: Path
    kits: tuple[Path, ...]


@dataclass(frozen=True)
class Planned:
    """A plan was made, under the consents given so far; nothing was touched yet."""

    plan: Plan
    allowed: frozenset[Consent]
    site: Site


@dataclass(frozen=True)
class Moved:
    """An operation was begun, is done, or failed."""

    progress: Progress


@dataclass(frozen=True)
class Transcribed:
    """Lines that the transcript got: what was sent to commands and what they said, redacted."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class CarriedOut:
    """The plan was carried out, whole; `operations` counts what there was to do."""

    operations: int


@dataclass(frozen=True)
class ProofBegun:
    """The proof of a recipe on a host begins."""

    title: str


@dataclass(frozen=True)
class Checked:
    """A check of the proof was made."""

    check: Check


@dataclass(frozen=True)
class Proven:
    """The proof is over and its report written."""

    proof: Proof
    report: Path


Event = Planned | Moved | Transcribed | CarriedOut | ProofBegun | Checked | Proven
Tell = Callable[[Event], None]


@dataclass(frozen=True)
class Go:
    """Carry the plan out as it stands."""


@dataclass(frozen=True)
class Again:
    """Look at the machine anew and plan under these consents, then ask again."""

    allowed: frozenset[Consent]


Decide = Callable[[Plan], Go | Again]
"""Asked about every plan before anything is touched. It raises Declined where the person does not want it."""
