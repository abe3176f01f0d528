"""`mqwizard certs`: what is wrong with certificate files, and what the key repositories hold."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import TYPE_CHECKING

from wizard.cli.output import asking, result, say

if TYPE_CHECKING:
    from wizard.engine.certs import Linted
    from wizard.pki.findings import LintFinding, Severity

FOUND_EXIT = 1
"""Exit status where there are errors or warnings."""


def lint(options: argparse.Namespace) -> int:
    """Judge each file; 0 where nothing is worse than a note. UsageError for a file that cannot be read."""
    from wizard.engine.certs import lint_files
    from wizard.pki.findings import Severity
    from wizard.run.transcript import now

    judged = lint_files(options.files, now=now(), password=options.password, cipher_spec=options.cipher, ask=asking())
    counted: Counter[Severity] = Counter()
    for file in judged:
        for finding in file.findings:
            counted[finding.severity] += 1
            result(
                json.dumps(lint_record(file.name, finding), ensure_ascii=False)
                if options.json
                else _line(file, finding)
            )
    if options.json:
        result(json.dumps(lint_summary(len(judged), counted)))
    else:
        say(_summary(judged, counted))
    return FOUND_EXIT if counted[Severity.ERROR] or counted[Severity.WARNING] else 0


def lint_record(file: str, finding: LintFinding) -> dict[str, object]:
    """One finding about a certificate file, as JSON."""
    return {
        "v": 1,
        "type": "finding",
        "file": file,
        "severity": finding.severity.value,
        "rule": finding.rule.value,
        "what": finding.what,
        "remedy": finding.remedy,
    }


def lint_summary(files: int, counted: Counter[Severity]) -> dict[str, object]:
    """How many findings of each kind there are, as JSON."""
    from wizard.pki.findings import Severity

    return {"v": 1, "type": "summary", "files": files, **{f"{one}s": counted[one] for one in Severity}}


def _line(file: Linted, finding: LintFinding) -> str:
    return f"{file.name}: {finding.severity}: {finding.what} ({finding.rule}) {finding.remedy}"


def _summary(judged: list[Linted], counted: Counter[Severity]) -> str:
    where = "one file" if len(judged) == 1 else f"{len(judged)} files"
    certificates = sum(len(one.contents.certificates) for one in judged)
    held = "one certificate" if certificates == 1 else f"{certificates} certificates"
    if not counted:
        return f"Nothing found in {where} with {held}."
    parts = [f"{number} {word}{'' if number == 1 else 's'}" for word, number in sorted(counted.items())]
    return f"{', '.join(parts)} in {where} with {held}."
