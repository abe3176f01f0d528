"""Practising an order first: the same recipe in an empty sandbox, with everything that it makes in a folder apart."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from wizard.engine.places import state_folder
from wizard.engine.request import Request


@contextmanager
def rehearsal(request: Request, release: str) -> Iterator[Request]:
    """The same order in a sandbox of that release; nothing comes to lie beside the recipe, and consents start anew.

    The folder of it all, and what runs there, is gone at the end.
    """
    place = state_folder(request.state) / "practice"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="first-", dir=place))
    try:
        yield replace(
            request,
            sandbox=folder / "sandbox",
            folder=folder,
            mq_version=release or None,
            installation=None,
            state=folder / "state",
            allowed=frozenset(),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
