"""`mqwizard audit`: what is not as it should be about who gets in, for people or for programs."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

from wizard.access.flaws import Flaw, Gravity
from wizard.cli.order import request_of
from wizard.cli.output import result
from wizard.engine.audit import Audit, audited
from wizard.errors import UsageError

FOUND_EXIT = 1
WIDTH = 110
INDENT = " " * 11


def audit(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Show every flaw; 1 where there are problems or warnings, so that a script notices."""
    options.recipe = options.target or options.recipe
    if not options.recipe and not options.queue_manager:
        raise UsageError(
            "Neither a recipe nor a queue manager was named.", "", "Name a recipe, or --queue-manager and its name."
        )
    found = audited(request_of(options, arguments), options.queue_manager or "")
    if options.json:
        records = [*map(flaw_record, found.flaws), audit_summary(found)]
        result("\n".join(json.dumps(one, ensure_ascii=False) for one in records))
    else:
        result("\n".join(_lines(found)))
    return 0 if found.sound else FOUND_EXIT


def _lines(found: Audit) -> Iterator[str]:
    yield f"Audit: {found.title}"
    yield ""
    for flaw in found.flaws:
        yield from _flaw(flaw)
    counted = Counter(flaw.gravity for flaw in found.flaws)
    parts = [f"{counted[one]} {one}{'' if counted[one] == 1 else 's'}" for one in Gravity if counted[one]]
    yield f"{', '.join(parts)}." if parts else "Nothing found."


def _flaw(flaw: Flaw) -> Iterator[str]:
    lead = f"  {flaw.gravity:<8} "
    yield from textwrap.wrap(flaw.what, WIDTH, initial_indent=lead, subsequent_indent=INDENT)
    for text in (flaw.means, f"Repair: {flaw.remedy}" if flaw.remedy else ""):
        if text:
            yield from textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
    yield from (f"{INDENT}  {command}" for command in flaw.commands)
    yield ""


def flaw_record(flaw: Flaw) -> dict[str, Any]:
    """One flaw as the contract names its fields."""
    return {
        "v": 1,
        "type": "finding",
        "queue_manager": flaw.queue_manager,
        "severity": flaw.gravity.value,
        "rule": flaw.rule,
        "about": flaw.about,
        "what": flaw.what,
        "means": flaw.means,
        "remedy": flaw.remedy,
        "commands": list(flaw.commands),
        "plan": flaw.plan,
    }


def audit_summary(found: Audit) -> dict[str, Any]:
    """The last record."""
    counted = Counter(flaw.gravity for flaw in found.flaws)
    return {"v": 1, "type": "summary", "title": found.title, "totals": {one.value: counted[one] for one in Gravity}}
