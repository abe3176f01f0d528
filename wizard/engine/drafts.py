"""Recipes that are being answered: kept after each step, offered at the next start, gone once the recipe is saved.

A draft is one JSON file below the state folder (0700), readable by its owner alone. It holds the recipe's text, which
never holds a secret, and where the person was.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from wizard.engine.places import digest
from wizard.errors import OperationFailed
from wizard.run.files import make_folder, write_file

VERSION = 1
LARGEST = 2_000_000
MANY = 5
"""Drafts that are offered; older ones stay where they are."""


@dataclass(frozen=True)
class Draft:
    """A recipe under way: its text, the file it came from if any, the job, the step, when it was kept."""

    id: str
    text: str
    title: str
    job: str
    step: str
    file: str = ""
    shipped: str = ""
    kept: str = ""

    @property
    def moment(self) -> str:
        """When it was kept, as people read it."""
        return self.kept[:16].replace("T", " ")


def draft_id(seed: str) -> str:
    """A name for a draft, the same for the same seed."""
    return digest(seed)[:16]


def keep(draft: Draft, state: Path) -> Path:
    """Write a draft in the place of its former state. OperationFailed where that cannot be done."""
    folder = state / "drafts"
    make_folder(folder)
    path = folder / f"{draft.id}.json"
    content = json.dumps({"v": VERSION, **asdict(draft)}, ensure_ascii=False, indent=1)
    write_file(path, content.encode(), mode=0o600, replace=True)
    return path


def drop(draft: str, state: Path) -> None:
    """Remove a draft; nothing happens where there is none."""
    try:
        (state / "drafts" / f"{draft}.json").unlink(missing_ok=True)
    except OSError as error:
        raise OperationFailed(f"The draft cannot be removed: {error.strerror}.") from error


def kept(state: Path) -> list[Draft]:
    """The drafts that can be read, the latest first."""
    folder = state / "drafts"
    try:
        paths = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return [draft for path in paths[:MANY] if (draft := _read(path))]


def _read(path: Path) -> Draft | None:
    """The draft in a file; None for what is none, or of another version."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    names = {one.name for one in fields(Draft)}
    if not isinstance(held, dict) or held.get("v") != VERSION or not names >= held.keys() - {"v"} >= {"id", "text"}:
        return None
    if not all(isinstance(value, str) for key, value in held.items() if key != "v"):
        return None
    when = datetime.fromtimestamp(path.stat().st_mtime).isoformat(timespec="minutes")
    known = {key: value for key, value in held.items() if key in names}
    return Draft(**{"title": "", "job": "", "step": "", **known, "kept": when, "id": path.stem})
