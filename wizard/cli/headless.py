"""Runs and dry runs without the full screen: plan, question, progress, proof.

What carries out and what proves is loaded when it comes to that: a dry run is over before.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from wizard.cli.order import request_of
from wizard.cli.output import at_terminal, result, say
from wizard.cli.run_output import run_output, show_access, show_plan
from wizard.engine.prepare import prepared
from wizard.errors import Declined, ProofFailed, Waiting
from wizard.plan.access import access_of
from wizard.plan.operations import Plan, State
from wizard.plan.records import plan_records
from wizard.plan.text import counted, operation_line, totals

if TYPE_CHECKING:
    from wizard.engine.conduct import Conduct
    from wizard.proof.values import Proof

PENDING_EXIT = 10


def dry_run(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Show the plan and touch nothing."""
    request = request_of(options, arguments)
    with prepared(request, dry=True) as ready:
        access = access_of(ready.topology, ready.facts)
        if options.json:
            show_access(access, as_json=True)
        show_plan(ready.plan, as_json=options.json, commands=options.commands)
        if not options.json:
            show_access(access, as_json=False)
        if options.plan_out:
            from wizard.engine.approval import write_approval

            write_approval(ready, request, options.plan_out)
            say(f"Plan for approval: {options.plan_out}. After approval: mqwizard --apply {options.plan_out}")
    if options.exit_code and (ready.plan.pending or ready.plan.refused):
        return PENDING_EXIT
    return 0


def run(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Plan, ask at a terminal, carry out, prove."""
    from wizard.engine.approval import read_approval

    request = request_of(options, arguments)
    approval = read_approval(options.apply) if options.apply else None
    if approval:
        request = approval.order(request)
    agreed: list[Plan] = []
    status = _exit_of(_conduct(options, agreed.append).order(request, approval))
    _say_what_waits(agreed[-1])
    return status


def _say_what_waits(plan: Plan) -> None:
    """Raise Waiting where a plan that was carried out left something for later."""
    if plan.staged:
        listed = "\n".join(f"  {one.section}: {one.what}: {one.reason}" for one in plan.staged)
        raise Waiting(
            f"Done, and waiting for clients to move:\n{listed}",
            "",
            "Give out the kits; when every client uses its new one, run the recipe with what --allow says.",
        )


def prove_only(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Prove what is there; refused where the recipe and the machine differ, since that would prove something else."""
    return _exit_of(_conduct(options, lambda _: None).only_prove(request_of(options, arguments)))


def _conduct(options: argparse.Namespace, agreed: Callable[[Plan], None]) -> Conduct:
    """The part of the command line in an order: shows what it is told, asks a person, tells what was agreed to."""
    from wizard.engine.apply import check
    from wizard.engine.conduct import Conduct
    from wizard.engine.events import Go

    def decide(plan: Plan) -> Go:
        check(plan)
        if plan.work:
            _confirm(options)
        agreed(plan)
        return Go()

    return Conduct(
        tell=run_output(as_json=options.json, commands=options.commands),
        decide=decide,
        proof=not options.no_proof,
        prove_refusals=options.prove_refusals,
    )


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


def _exit_of(proof: Proof | None) -> int:
    """The exit status that a proof leads to; ProofFailed where a check failed."""
    failed = proof.failed if proof else ()
    if failed:
        ask = f"mqwizard diagnose --recipe FILE --client {failed[0].client} --try"
        raise ProofFailed(
            f"The set-up was made, but {counted(len(failed), 'check')} did not come out as expected.",
            "; ".join(f"{one.client}: {one.name}: {one.cause}" for one in failed),
            f"{failed[0].remedy} What it comes from: {ask}".strip(),
        )
    return 0
