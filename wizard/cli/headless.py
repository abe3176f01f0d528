"""Runs and dry runs without the full screen: plan, question, progress, proof.

What carries out and what proves is loaded when it comes to that: a dry run is over before.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.cli.output import at_terminal, result, say
from wizard.engine.prepare import Prepared, prepared
from wizard.engine.request import Request
from wizard.errors import Declined, ProofFailed, Refused
from wizard.plan.operations import Consent, State
from wizard.plan.records import plan_records
from wizard.plan.text import operation_line, plan_text, totals

if TYPE_CHECKING:
    from wizard.run.execute import Progress
    from wizard.run.journal import Journal

PENDING_EXIT = 10


def request_of(options: argparse.Namespace, arguments: tuple[str, ...]) -> Request:
    """The order behind a command line. A sandbox without a folder gets a fresh one, and says where."""
    sandbox: Path | None = options.sandbox
    if sandbox == Path():
        import tempfile

        sandbox = Path(tempfile.mkdtemp(prefix="mqwizard-sandbox-"))
        say(f"Sandbox: {sandbox}")
    return Request(
        recipe=options.recipe,
        sandbox=sandbox,
        mq_version=options.mq_version,
        installation=options.installation,
        host=options.host,
        state=options.state,
        allowed=frozenset(Consent(kind) for kind in options.allow),
        change=options.change,
        arguments=("mqwizard", *arguments),
        ask=_ask if at_terminal() else None,
        tell=say,
    )


def _ask(question: str) -> str:
    import getpass

    return getpass.getpass(f"{question}: ")


def dry_run(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Show the plan and touch nothing."""
    request = request_of(options, arguments)
    with prepared(request, dry=True) as ready:
        _show_plan(ready, options)
        if options.plan_out:
            from wizard.engine.approval import write_approval

            write_approval(ready, request, options.plan_out)
            say(f"Plan for approval: {options.plan_out}. After approval: mqwizard --apply {options.plan_out}")
    if options.exit_code and (ready.plan.pending or ready.plan.refused):
        return PENDING_EXIT
    return 0


def _show_plan(ready: Prepared, options: argparse.Namespace) -> None:
    if options.json:
        result("\n".join(plan_records(ready.plan)))
    else:
        result(plan_text(ready.plan, commands=options.commands))


def run(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Plan, ask at a terminal, carry out, prove.

    A queue manager that stands still is started first; what else it takes is planned once it can be looked at.
    """
    from wizard.engine.approval import check_approval, read_approval

    request = request_of(options, arguments)
    approval = read_approval(options.apply) if options.apply else None
    if approval:
        request = approval.order(request)
    with prepared(request, dry=False) as first:
        ready = first
        if approval:
            check_approval(ready, approval)
        elif ready.plan.unseen:
            with _carried_out(options, ready, request):
                pass
            ready = first.again(request.allowed)
        with _carried_out(options, ready, request) as journal:
            if options.no_proof or ready.plan.unseen or not ready.topology.clients:
                return 0
            return _prove(options, ready, request, journal)


@contextmanager
def _carried_out(options: argparse.Namespace, ready: Prepared, request: Request) -> Iterator[Journal]:
    """Show the plan, ask, do it, and hand out the journal for what follows."""
    from wizard.engine.apply import applied, check

    _show_plan(ready, options)
    check(ready.plan)
    if ready.plan.pending:
        _confirm(options)
    with applied(ready, request, progress_watch(options)) as journal:
        _told_done(ready)
        yield journal


def _confirm(options: argparse.Namespace) -> None:
    """Ask a person at the terminal; headless, what needs no consent is done."""
    if options.yes or not at_terminal():
        return
    say("Do it? [y/N]")
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() not in {"y", "yes"}:
        raise Declined("Nothing was done.")


def progress_watch(options: argparse.Namespace) -> Callable[[Progress], None]:
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

    return lines if options.json else text


def _told_done(ready: Prepared) -> None:
    done = len(ready.plan.pending)
    words = f"Done: {done} operations." if done else "Nothing to do: everything is as the recipe wants it."
    say(words)


def check_only(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Report objects, rules, rights, stores and files that differ from the recipe, and touch nothing."""
    with prepared(request_of(options, arguments), dry=True) as ready:
        differing = tuple(one for one in ready.plan.operations if one.drift or one.state is not State.KEEP)
        if options.json:
            result("\n".join(plan_records(replace(ready.plan, operations=differing))))
        elif differing:
            result("\n".join(f"{one.section}:{operation_line(one)[1:]}" for one in differing))
        say(
            f"{len(differing)} of {len(ready.plan.operations)} differ: {totals(ready.plan)}"
            if differing
            else "No drift."
        )
    return PENDING_EXIT if differing else 0


def prove_only(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Prove what is there; refused where the recipe and the machine differ, since that would prove something else."""
    from wizard.engine.apply import applied, check

    request = request_of(options, arguments)
    with prepared(request, dry=False) as ready:
        check(ready.plan)
        if ready.plan.pending:
            raise Refused(
                f"{len(ready.plan.pending)} operations are pending: {totals(ready.plan)}",
                "A proof would be about something else than the recipe.",
                "Run the recipe first; --dry-run shows what differs.",
            )
        with applied(ready, request, progress_watch(options)) as journal:
            return _prove(options, ready, request, journal)


def _prove(options: argparse.Namespace, ready: Prepared, request: Request, journal: Journal) -> int:
    from wizard.cli.proof_output import proof_output
    from wizard.engine.prove import prove, write_report
    from wizard.proof.values import Verdict

    output = proof_output(as_json=options.json)
    output.begin(f"{Path(ready.source.name).stem} on {request.host or ready.facts.host}")
    proof = prove(ready, journal, prove_refusals=options.prove_refusals, watch=output.show)
    output.end(proof, str(write_report(ready, proof, request)))
    failed = [one for one in proof.checks if one.verdict is Verdict.FAILED]
    if failed:
        raise ProofFailed(
            f"The set-up was made, but {len(failed)} checks did not come out as they must.",
            "; ".join(f"{one.client}: {one.name}: {one.cause}" for one in failed),
            failed[0].remedy,
        )
    return 0
