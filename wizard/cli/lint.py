"""`mqwizard lint`: what is wrong with MQSC scripts, a line for each finding; needs no MQ, recipe or state folder."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import TYPE_CHECKING

from wizard.cli.output import result, say
from wizard.errors import UsageError

if TYPE_CHECKING:
    from wizard.mq.lint import LintFinding, Severity

FOUND_EXIT = 1
"""Exit status where there are errors or warnings."""


def lint(options: argparse.Namespace) -> int:
    """Look at each script; 0 where nothing is worse than a note. UsageError for a file that cannot be read."""
    from wizard.engine.scripts import script_text
    from wizard.mq.lint import Severity
    from wizard.mq.lint import lint as findings_of
    from wizard.mq.releases import NEWEST_LONG_TERM, Release

    if options.rules:
        return _rules()
    if not options.files:
        raise UsageError("No script was named.", remedy="Name MQSC files, or - for standard input.")
    release = Release.supported(options.mq_version) if options.mq_version else NEWEST_LONG_TERM
    texts = {name: script_text(name) for name in dict.fromkeys(options.files)}
    counted: Counter[Severity] = Counter()
    for name, text in texts.items():
        for finding in findings_of(text, name, release, replayed=not options.once):
            counted[finding.severity] += 1
            result(json.dumps(lint_record(finding), ensure_ascii=False) if options.json else str(finding))
    if options.json:
        result(json.dumps(lint_summary(len(texts), str(release), counted)))
    else:
        say(_summary(len(texts), counted))
    return FOUND_EXIT if counted[Severity.ERROR] or counted[Severity.WARNING] else 0


def _rules() -> int:
    from wizard.mq.lint import RULES

    result("\n".join(f"{rule:<24} {severity:<8} {says}" for rule, (severity, says) in RULES.items()))
    return 0


def lint_record(finding: LintFinding) -> dict[str, object]:
    """A finding as JSON."""
    return {
        "v": 1,
        "type": "finding",
        "file": finding.source,
        "line": finding.line,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "what": finding.what,
        "remedy": finding.remedy,
    }


def lint_summary(files: int, release: str, counted: Counter[Severity]) -> dict[str, object]:
    """What was looked at, and how many findings there are of each severity."""
    from wizard.mq.lint import Severity

    numbers = {f"{severity}s": counted[severity] for severity in Severity}
    return {"v": 1, "type": "summary", "files": files, "release": release, **numbers}


def _summary(files: int, counted: Counter[Severity]) -> str:
    where = "one script" if files == 1 else f"{files} scripts"
    if not counted:
        return f"Nothing found in {where}."
    parts = [f"{number} {word}{'' if number == 1 else 's'}" for word, number in sorted(counted.items())]
    return f"{', '.join(parts)} in {where}."
