"""Texts that a person copies from a screen, kept as files too: a clipboard fails without a word over ssh and tmux."""

from __future__ import annotations

from pathlib import Path

from wizard.engine.places import state_folder
from wizard.run.files import make_folder, write_file


def keep_copy(state: Path | None, name: str, text: str) -> Path:
    """Write a text to the file of that name among the copies below the state folder, and say where it is.

    An earlier copy of the name is replaced. Raises OperationFailed where it cannot be written.
    """
    folder = state_folder(state) / "copies"
    make_folder(folder)
    path = folder / name
    write_file(path, text.encode(), mode=0o600, replace=True)
    return path
