"""The one place that starts the sandbox."""

from __future__ import annotations

import os
import tempfile
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
    release: str
    data_path: Path
    made: bool = True
    """Whether it is there; a dry run makes none."""


def prepare_sandbox(folder: Path, version: str | None, *, dry: bool = False) -> Practice:
    """Make the sandbox in `folder`, or take the one that is there; with `dry` none is made.

    UsageError says why it cannot be.
    """
    from wizard.sandbox import install
    from wizard.sandbox.errors import SandboxError

    try:
        new = install.foreseen(folder, version) if dry else None
        made = new or install.prepare(folder, version)
    except SandboxError as error:
        raise UsageError(str(error)) from error
    environment = made.environment(os.environ)
    return Practice(made.folder, made.address, environment, made.version, made.data_path, made=new is None)


def fresh_folder() -> Path:
    """An empty folder for a sandbox that nobody named."""
    return Path(tempfile.mkdtemp(prefix="mqwizard-sandbox-"))
