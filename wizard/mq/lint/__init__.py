"""Finds what is wrong with an MQSC script before a queue manager does, and what one would take without a word.

`lint` is the door; the command line, and recipes that take scripts in, use it. Each rule is a function over the whole
script, in the file of its subject; `rules` lists them all. Nothing here repeats a secret.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wizard.mq.lint import channels, ends, lines, objects, queue_manager, records, replay, rights, words
from wizard.mq.lint.rules import RULES
from wizard.mq.lint.script import Hit, Script, Severity
from wizard.mq.reader import read
from wizard.mq.releases import Release

__all__ = ["RULES", "LintFinding", "Severity", "lint"]

_Rule = Callable[[Script], Iterator[Hit]]
_EVERY: tuple[_Rule, ...] = (
    *lines.RULES,
    *words.RULES,
    *channels.RULES,
    *ends.RULES,
    *records.RULES,
    *queue_manager.RULES,
    *objects.RULES,
    *rights.RULES,
    *replay.RULES,
)


_WORST_FIRST = list(Severity)


@dataclass(frozen=True)
class LintFinding:
    """One finding: how bad, where, which rule, what, and what to do."""

    severity: Severity
    source: str
    line: int
    rule: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        said = f"{self.source}:{self.line}: {self.severity}: {self.what.removesuffix('.')} ({self.rule})."
        return f"{said} {self.remedy}" if self.remedy else said


def lint(text: str, source: str, release: Release, *, replayed: bool = True) -> list[LintFinding]:
    """Every finding in a script, by line, the worst first; `source` is what they call it.

    `release` is that of the queue manager. With `replayed` the script is taken to be run more than once.
    """
    script = Script(text, release, tuple(read(text.removeprefix(lines.MARK), source)), replayed)
    hits = dict.fromkeys(hit for rule in _EVERY for hit in rule(script))
    return [
        LintFinding(RULES[hit.rule][0], source, hit.line, hit.rule, hit.what, hit.remedy)
        for hit in sorted(hits, key=_place)
    ]


def _place(hit: Hit) -> tuple[int, int]:
    return hit.line, _WORST_FIRST.index(RULES[hit.rule][0])
