"""From a command line to an order, for every face. Loads nothing heavy: the full screen starts with it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.cli.output import asking, say
from wizard.engine.request import Request

if TYPE_CHECKING:
    from wizard.plan.operations import Consent


def request_of(options: argparse.Namespace, arguments: tuple[str, ...]) -> Request:
    """The order behind a command line. A sandbox without a folder gets a fresh one, and says where."""
    sandbox: Path | None = options.sandbox
    if sandbox == Path():
        sandbox = _fresh_sandbox(dry=getattr(options, "dry_run", False))
    return Request(
        recipe=options.recipe or "",
        sandbox=sandbox,
        mq_version=options.mq_version,
        installation=options.installation,
        host=options.host,
        state=options.state,
        allowed=_allowed(options.allow),
        change=options.change,
        arguments=("mqwizard", *arguments),
        ask=asking(),
        tell=say,
    )


def _fresh_sandbox(*, dry: bool) -> Path:
    """A folder for a sandbox that nobody named; a dry run leaves it unmade."""
    import tempfile

    if dry:
        return Path(tempfile.gettempdir()) / f"mqwizard-sandbox-{os.getpid()}"
    sandbox = Path(tempfile.mkdtemp(prefix="mqwizard-sandbox-"))
    say(f"Sandbox: {sandbox}")
    return sandbox


def _allowed(kinds: tuple[str, ...]) -> frozenset[Consent]:
    if not kinds:
        return frozenset()
    from wizard.plan.operations import Consent

    return frozenset(Consent(kind) for kind in kinds)
