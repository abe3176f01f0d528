"""The one place that starts the sandbox."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wizard.errors import UsageError


@dataclass(frozen=True)
class Practice:
    """A sandbox ready for use: its folder, its address, and the environment in which its commands come first."""

    folder: Path
    address: str
    environment: Mapping[str, str]


def prepare_sandbox(folder: Path, version: str | None) -> Practice:
    """Make the sandbox in `folder`, or take the one that is there. UsageError says why it cannot be."""
    from wizard.sandbox import install
    from wizard.sandbox.errors import SandboxError

    try:
        made = install.prepare(folder, version)
    except SandboxError as error:
        raise UsageError(str(error)) from error
    return Practice(made.folder, made.address, made.environment(os.environ))
