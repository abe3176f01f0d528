"""Copying: to the clipboard, and to a file whose path is shown, since a clipboard fails silently over ssh and tmux."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.engine.copies import keep_copy
from wizard.errors import MqWizardError

if TYPE_CHECKING:
    from textual.app import App

MOST = 100_000
"""Characters that a terminal is asked to put on its clipboard; more than that none takes."""


def copy_text(app: App[Any], state: Path | None, name: str, text: str) -> str:
    """Copy a text and say where it is now."""
    try:
        path = keep_copy(state, name, text)
    except MqWizardError as error:
        return str(error)
    if len(text) > MOST:
        return f"Too long for a clipboard. It is in {path}"
    app.copy_to_clipboard(text)
    return f"Copied, and in {path}"
