"""Approved, then exactly that: a plan written to a file, and the check that nothing has moved since.

The file holds no secret. What counts as moved: the text of the recipe and of each script it takes in, and every
operation with its state, commands, written files and changes; days left and times of day do not count.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wizard.engine.places import digest
from wizard.engine.prepare import Prepared
from wizard.engine.request import Request
from wizard.errors import Refused, UsageError
from wizard.plan.operations import Consent, Plan, State
from wizard.plan.records import operation_record
from wizard.run.files import write_file
from wizard.run.journal import who
from wizard.run.transcript import now

VERSION = 2
LARGEST = 200_000_000
MOST_SHOWN = 12

Fixed = dict[str, Any]
"""What of an operation may not move: its state, commands, changes."""


@dataclass(frozen=True)
class Approval:
    """A plan as it was approved: of which recipe, with which consents, under which change, its operations by id."""

    recipe: str
    digests: Mapping[str, str]
    """Of the recipe and of each script."""
    allowed: frozenset[Consent]
    change: str
    operations: Mapping[str, Fixed]
    digest: str

    def order(self, request: Request) -> Request:
        """The order that the approved plan was made for, with the consents and the change id that it names."""
        change = request.change or self.change
        return replace(request, recipe=self.recipe, allowed=self.allowed, change=change, approval=self.digest)


def write_approval(prepared: Prepared, request: Request, path: Path) -> None:
    """Write the plan for approval. OperationFailed where the file is there already or cannot be written."""
    document = {
        "v": VERSION,
        "type": "approval",
        "recipe": prepared.source.identity,
        "digests": prepared.source.digests,
        "title": prepared.plan.title,
        "moment": now().isoformat(timespec="seconds"),
        "by": {key: value for key, value in who({}).items() if key != "pid"},
        "change": request.change,
        "allowed": sorted(request.allowed),
        "totals": prepared.plan.totals,
        "operations": fixed_operations(prepared.plan),
    }
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_file(path.absolute(), text.encode(), mode=0o644)


def read_approval(path: Path) -> Approval:
    """Read an approved plan; UsageError where the file is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} is larger than any plan.")
        text = path.read_text(encoding="utf-8")
        found = json.loads(text)
        if found["v"] != VERSION or found["type"] != "approval":
            raise ValueError("another version or type")
        return Approval(
            recipe=str(found["recipe"]),
            digests={str(name): str(value) for name, value in found["digests"].items()},
            allowed=frozenset(Consent(word) for word in found["allowed"]),
            change=str(found["change"]),
            operations=dict(found["operations"]),
            digest=digest(text),
        )
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", remedy="Name a file of --plan-out.") from error
    except (ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no approved plan of this version.", remedy="Make one with --plan-out.") from error


def check_approval(prepared: Prepared, approval: Approval) -> None:
    """Raise Refused, saying what moved, where recipe or machine are no longer as they were approved.

    What a killed run of the same approval has done or begun already is no move.
    """
    moved = _other_texts(approval.digests, prepared.source.digests)
    moved += differences(approval.operations, fixed_operations(prepared.plan), _touched(prepared, approval))
    if moved:
        more = f"\n  and {len(moved) - MOST_SHOWN} more" if len(moved) > MOST_SHOWN else ""
        listed = "\n".join(f"  {line}" for line in moved[:MOST_SHOWN]) + more
        raise Refused(
            f"What was approved is not what would be done now, and nothing was touched. Moved since:\n{listed}",
            "",
            "Look at the new plan and have it approved: --dry-run --plan-out FILE.",
        )


def _other_texts(approved: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """The texts that were ordered and are others now."""
    names = dict.fromkeys((*approved, *found))
    return [f"the text of the {name}" for name in names if approved.get(name) != found.get(name)]


def _touched(prepared: Prepared, approval: Approval) -> frozenset[str]:
    """The resources on which runs of this approval have worked."""
    past = prepared.history
    runs = {run["run"] for run in past.runs if run["digests"].get("approval") == approval.digest}
    return frozenset(operation.resource for operation in past.operations if operation.run in runs)


def fixed_operations(plan: Plan) -> dict[str, Fixed]:
    """Every operation by id, in the order of the plan, with what may not move."""
    records = [operation_record(operation) for operation in plan.operations]
    return {
        record["id"]: {key: record[key] for key in ("state", "commands", "files", "changes", "consent")}
        for record in records
    }


def differences(
    approved: Mapping[str, Fixed], planned: Mapping[str, Fixed], touched: Collection[str] = ()
) -> list[str]:
    """What is new, gone or changed, a line each; what is merely kept now and was not looked at then does not count."""
    before = {_resource(one): one for one in approved}
    after = {_resource(one): one for one in planned}
    lines = [f"gone: {one}" for resource, one in before.items() if resource not in after]
    for resource, is_ in after.items():
        was = before.get(resource)
        if resource in touched or (was is None and _state(is_) == State.KEEP):
            continue
        if was is None:
            lines.append(f"new: {is_}")
        elif was != is_:
            lines.append(f"{resource}: {_state(was)} was approved, now it is {_state(is_)}")
        elif approved[was] != planned[is_]:
            lines.append(f"{was}: its commands or values are others")
    return lines


def _resource(identity: str) -> str:
    return identity.partition(" ")[2]


def _state(identity: str) -> str:
    return identity.partition(" ")[0]
