"""`mqwizard undo`: shows what would be taken back, asks, takes it back, and says what was left."""

from __future__ import annotations

import argparse

from wizard.cli.headless import PENDING_EXIT
from wizard.cli.order import request_of
from wizard.cli.output import at_terminal, result, say
from wizard.cli.run_output import progress_output, show_plan
from wizard.engine.apply import check
from wizard.engine.request import Request
from wizard.engine.undo import Undoing, carry_out, undoing
from wizard.errors import Declined, Refused
from wizard.plan.operations import State
from wizard.plan.text import counted
from wizard.run.execute import Watch

AS_BEFORE = "is as it was before"


def undo(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Undo a run; the exit status is that of a run."""
    request = request_of(options, arguments)
    progress = progress_output(as_json=options.json)
    with undoing(request, options.run or "", dry=options.dry_run) as first:
        if first is None:
            result("Nothing to do: what was done is undone.")
            return 0
        if options.dry_run:
            show_plan(first.plan, as_json=options.json, commands=options.commands)
            return PENDING_EXIT if options.exit_code and (first.plan.pending or first.plan.refused) else 0
        last = first
        if first.plan.unseen:
            _take_back(options, first, request, progress)
            last = first.again(request.allowed)
        _take_back(options, last, request, progress)
        _tell(last)
    return 0


def _take_back(options: argparse.Namespace, ready: Undoing, request: Request, progress: Watch) -> None:
    """Show the plan, ask, do it."""
    show_plan(ready.plan, as_json=options.json, commands=options.commands)
    check(ready.plan)
    if ready.plan.pending:
        _confirm(options)
    carry_out(ready, request, progress)


def _confirm(options: argparse.Namespace) -> None:
    """Ask a person; undo deletes, so that without one it has to be said beforehand."""
    if options.yes:
        return
    if not at_terminal():
        raise Refused(
            "Undo deletes what was made, and nobody is here to be asked. Nothing was touched.",
            "",
            "Add --yes once the plan above is what you want; --dry-run shows it alone.",
        )
    say("Take it back? [y/N]")
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() not in {"y", "yes"}:
        raise Declined("Nothing was done.")


def _tell(ready: Undoing) -> None:
    done = len(ready.plan.pending)
    say(
        f"Undone: {counted(done, 'operation')}." if done else "Nothing to do: nothing is left that could be taken back."
    )
    left = [one for one in ready.plan.operations if one.state is State.KEEP and one.reason != AS_BEFORE]
    for one in left:
        say(f"Left: {one.section}: {one.what}: {one.reason}")
