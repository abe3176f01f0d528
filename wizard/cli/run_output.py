"""Shows an order while it is carried out: the plan, each operation, the proof; as text for people or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wizard.cli.output import result, say
from wizard.plan.access import Access
from wizard.plan.operations import Plan
from wizard.plan.records import plan_records
from wizard.plan.text import counted, operation_line, plan_text

if TYPE_CHECKING:
    from wizard.engine.events import Event
    from wizard.run.execute import Progress


def show_plan(plan: Plan, *, as_json: bool, commands: bool) -> None:
    """The whole plan; `commands` adds the exact commands to its text."""
    result("\n".join(plan_records(plan)) if as_json else plan_text(plan, commands=commands))


def show_access(access: Sequence[Access], *, as_json: bool) -> None:
    """Who gets in once the plan is carried out; as JSON it comes before the plan, whose summary is the last record."""
    from wizard.access.records import cell_record, difference_record
    from wizard.access.table import table_text

    for one in access:
        if as_json:
            found = [*map(cell_record, one.cells), *map(difference_record, one.changes)]
            result("\n".join(json.dumps(record, ensure_ascii=False) for record in found))
        else:
            result(f"\nWho gets in at {one.queue_manager} then\n\n{table_text(one.cells, one.changes)}")


def run_output(*, as_json: bool, commands: bool) -> Callable[[Event], None]:
    """What shows the events of an order, each as it comes."""
    from wizard.cli.proof_output import proof_output
    from wizard.engine.events import CarriedOut, Checked, Moved, Planned, ProofBegun, Proven

    proof = proof_output(as_json=as_json)
    progress = progress_output(as_json=as_json)

    def show(event: Event) -> None:
        match event:
            case Planned(plan):
                show_plan(plan, as_json=as_json, commands=commands)
            case Moved(moved):
                progress(moved)
            case CarriedOut(operations):
                say(_done(operations))
            case ProofBegun(title):
                proof.begin(title)
            case Checked(check):
                proof.show(check)
            case Proven(made, report):
                proof.end(made, str(report))

    return show


def _done(operations: int) -> str:
    if not operations:
        return "Nothing to do: everything is as the recipe wants it."
    return f"Done: {counted(operations, 'operation')}."


def progress_output(*, as_json: bool) -> Callable[[Progress], None]:
    """Tells of each operation as it begins, is done or fails: as text on stderr, or as JSON lines."""
    from wizard.engine.apply import event_record

    def text(progress: Progress) -> None:
        if progress.word == "done":
            lead = f"[{progress.position}/{progress.total}] {progress.operation.section}:"
            say(f"{lead}{operation_line(progress.operation)[1:]}")
        elif progress.word == "failed":
            say(f"[{progress.position}/{progress.total}] FAILED {operation_line(progress.operation).strip()}")

    def lines(progress: Progress) -> None:
        operation = progress.operation
        result(
            event_record(
                progress.word,
                id=operation.id,
                resource=operation.resource,
                position=progress.position,
                total=progress.total,
            )
        )

    return lines if as_json else text
