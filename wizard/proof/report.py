"""The proof as text for a terminal, as Markdown for an auditor, as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wizard.access.table import Cell
from wizard.proof.values import Check, Proof, Verdict

VERSION = 1
NAME_WIDTH = 22
DETAIL_WIDTH = 62


def check_line(check: Check, number: int = 0) -> str:
    """One check in a line: number or blank, name, what was found, how, verdict."""
    lead = f"{number:>2} " if number else "   "
    tail = f"{check.how}  {check.verdict}"
    line = f"  {lead}{check.name:<{NAME_WIDTH}} {check.detail:<{DETAIL_WIDTH}} {tail}"
    if check.cause:
        line += f"\n       cause: {check.cause}" + (f"\n       {check.remedy}" if check.remedy else "")
    return line


def proof_text(proof: Proof) -> str:
    """The whole proof: for each client its ladder, then who is refused, then the count."""
    lines = [f"Proof: {proof.recipe}    on {proof.host}, {proof.moment}"]
    for client, checks in _by_client(proof).items():
        lines += ["", f"{client} → {checks[0].queue_manager}"]
        lines += [check_line(check, number) for number, check in enumerate(_ladder(checks), 1)]
        lines += ["", "  Refused, as they should be"]
        lines += [check_line(check) for check in checks if check.reverse]
    return "\n".join([*lines, "", count(proof)]) + "\n"


def count(proof: Proof) -> str:
    """How many checks came out as they must, and how many were not made."""
    skipped = len(proof.checks) - proof.tried
    left = f" {skipped} not tried, for the reasons given." if skipped else ""
    if proof.failed:
        return f"{len(proof.failed)} of {proof.tried} NOT as expected.{left}"
    return f"{proof.proven} of {proof.tried} as expected.{left}"


def proof_markdown(proof: Proof, about: Mapping[str, str], access: Sequence[Cell] = ()) -> str:
    """A report fit for an auditor: what, when, who, from where, digests, fingerprints, results, who gets in."""
    lines = [f"# Proof of {proof.recipe}", "", "| what | value |", "|---|---|"]
    lines += [f"| {_cell(name)} | {_cell(value)} |" for name, value in about.items()]
    for client, checks in _by_client(proof).items():
        lines += ["", f"## {client} → {checks[0].queue_manager}", ""]
        lines += list(_table(_ladder(checks)))
        lines += ["", "Refused, as they should be:", ""]
        lines += list(_table([check for check in checks if check.reverse], expected=True))
    if access:
        lines += ["", "## Who gets in", "", "Evaluated by mqwizard from the recipe and what was there before.", ""]
        lines += list(_access(access))
    return "\n".join([*lines, "", count(proof), ""])


def _access(access: Sequence[Cell]) -> Iterator[str]:
    yield "| queue manager | who | channel | result |"
    yield "|---|---|---|---|"
    for cell in access:
        cells = (cell.queue_manager, cell.who, cell.channel, cell.end.sentence)
        yield "| " + " | ".join(map(_cell, cells)) + " |"


def proof_records(proof: Proof, about: Mapping[str, str]) -> Iterator[str]:
    """Every check, then a summary, as one JSON object a line; the contract is docs/json.md."""
    for check in proof.checks:
        yield json.dumps(check_record(check), ensure_ascii=False)
    summary: dict[str, Any] = {
        "v": VERSION,
        "type": "summary",
        "recipe": proof.recipe,
        "host": proof.host,
        "moment": proof.moment,
        "proven": proof.proven,
        "tried": proof.tried,
        "failed": len(proof.failed),
        "checks": len(proof.checks),
        "about": dict(about),
    }
    yield json.dumps(summary, ensure_ascii=False)


def check_record(check: Check) -> dict[str, Any]:
    """One check as the contract names its fields."""
    return {
        "v": VERSION,
        "type": "check",
        "client": check.client,
        "queue_manager": check.queue_manager,
        "name": check.name,
        "reverse": check.reverse,
        "detail": check.detail,
        "how": check.how.value,
        "verdict": check.verdict.value,
        "expected": check.expected,
        "cause": check.cause,
        "remedy": check.remedy,
    }


def _by_client(proof: Proof) -> dict[str, list[Check]]:
    grouped: dict[str, list[Check]] = {}
    for check in proof.checks:
        grouped.setdefault(check.client, []).append(check)
    return grouped


def _ladder(checks: list[Check]) -> list[Check]:
    return [check for check in checks if not check.reverse]


def _table(checks: list[Check], *, expected: bool = False) -> Iterator[str]:
    yield "| check | found | how | result |" if not expected else "| case | expected | seen | how | result |"
    yield "|---|---|---|---|" if not expected else "|---|---|---|---|---|"
    for check in checks:
        verdict = check.verdict if check.verdict is not Verdict.FAILED else f"**{check.verdict}**: {check.cause}"
        cells = [check.name, *([check.expected] if expected else []), check.detail, check.how, verdict]
        yield "| " + " | ".join(_cell(str(cell)) for cell in cells) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
