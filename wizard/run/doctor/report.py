"""Findings as people read them, and as JSON lines for programs; the contract of those is docs/json.md."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from wizard.run.doctor.findings import Finding, Severity, counts

VERSION = 1

WORD_WIDTH = 8
LINE_WIDTH = 118

PLURALS = {"problem": "problems", "warning": "warnings", "note": "notes", "ok": "ok"}


def report_text(title: str, findings: Sequence[Finding]) -> str:
    """The whole report: a heading for each area, a line for each finding, what it means and the remedy below."""
    return "\n".join(_lines(title, findings)) + "\n"


def _lines(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    yield f"Doctor: {title}"
    for area in dict.fromkeys(finding.area for finding in findings):
        yield ""
        yield area
        for finding in findings:
            if finding.area == area:
                yield from finding_lines(finding)
    yield ""
    yield totals(findings)


def finding_lines(finding: Finding) -> Iterator[str]:
    """One finding: its state and what it is, then, where it is not well, what it means and what to do."""
    yield from _wrapped(f"  {finding.severity.value:<{WORD_WIDTH}} ", finding.what)
    indent = " " * (WORD_WIDTH + 3)
    if finding.severity is not Severity.OK:
        yield from _wrapped(indent, finding.means)
        yield from _wrapped(f"{indent}Remedy: ", finding.remedy)


def _wrapped(lead: str, text: str) -> Iterator[str]:
    """Text within the width; paths and names are not cut."""
    if text:
        indent = " " * (WORD_WIDTH + 3)
        yield from textwrap.wrap(
            text,
            LINE_WIDTH,
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def totals(findings: Sequence[Finding]) -> str:
    """How many findings there are of each kind."""
    counted = counts(findings)
    if not counted["problem"] and not counted["warning"]:
        return f"Nothing to mend: {counted['ok']} ok, {_number(counted, 'note')}."
    return ", ".join(_number(counted, word) for word in counted) + "."


def _number(counted: dict[str, int], word: str) -> str:
    return f"{counted[word]} {word if counted[word] == 1 else PLURALS[word]}"


def finding_record(finding: Finding) -> dict[str, Any]:
    """One finding as the contract names its fields."""
    return {
        "v": VERSION,
        "type": "finding",
        "area": finding.area,
        "severity": finding.severity.value,
        "what": finding.what,
        "means": finding.means,
        "remedy": finding.remedy,
    }


def report_records(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    """Every finding, then one summary, as one JSON object a line."""
    for finding in findings:
        yield json.dumps(finding_record(finding), ensure_ascii=False)
    summary = {"v": VERSION, "type": "summary", "title": title, "totals": counts(findings)}
    yield json.dumps(summary, ensure_ascii=False)
