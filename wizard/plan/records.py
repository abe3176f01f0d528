"""A plan as JSON lines for programs; the contract is docs/json.md. No secret ever stands in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from wizard.plan.operations import Operation, Plan
from wizard.plan.steps import WriteFile, shown
from wizard.plan.text import command_lines

VERSION = 1


def operation_record(operation: Operation) -> dict[str, Any]:
    """One operation as the contract names its fields."""
    return {
        "v": VERSION,
        "type": "operation",
        "id": operation.id,
        "state": operation.state.value,
        "resource": operation.resource,
        "what": operation.what,
        "section": operation.section,
        "host": operation.host,
        "reason": operation.reason,
        "commands": command_lines(operation),
        "changes": [
            {"attribute": change.attribute, "old": change.old, "new": change.new} for change in operation.changes
        ],
        "files": _files(operation),
        "undo": operation.undo,
        "consent": operation.consent.value if operation.consent else None,
        "drift": operation.drift,
    }


def _files(operation: Operation) -> list[dict[str, str]]:
    """The files that it writes, each by the digest of its content."""
    return [
        {"path": shown(step.path), "digest": hashlib.sha256(step.content.encode()).hexdigest()}
        for step in operation.steps
        if isinstance(step, WriteFile)
    ]


def plan_records(plan: Plan) -> Iterator[str]:
    """Every operation, then one summary, as one JSON object a line."""
    for operation in plan.operations:
        yield json.dumps(operation_record(operation), ensure_ascii=False)
    summary = {
        "v": VERSION,
        "type": "summary",
        "title": plan.title,
        "totals": plan.totals,
        "pending": len(plan.pending),
        "notes": list(plan.notes),
    }
    yield json.dumps(summary, ensure_ascii=False)
