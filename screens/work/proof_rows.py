"""The checks of a proof as lines: for each client its ladder, numbered, then who is refused. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rich.cells import set_cell_size

from screens.marks import Marks
from screens.work.lines import Line, fitted, wrapped
from wizard.proof.values import Check, Verdict

NAME = 22
HOW = 13
WIDE_HOW = 18
WIDE = 100
VERDICT = 9
ROLES = {Verdict.OK: "good", Verdict.FAILED: "bad", Verdict.NOT_TRIED: "quiet"}


def proof_lines(checks: Sequence[Check], opened: Collection[int], width: int, marks: Marks) -> Iterator[Line]:
    """Every check below its headings; what failed is always open, other checks where they are in `opened`."""
    client, reverse, rung = "", False, 0
    for number, check in enumerate(checks):
        if check.client != client:
            if client:
                yield Line("")
            client, reverse, rung = check.client, False, 0
            yield Line(f"{check.client} → {check.queue_manager}", "heading")
        if check.reverse and not reverse:
            reverse = True
            yield Line("   Refused, as they should be", "heading")
        rung += not check.reverse
        yield Line(_row(check, 0 if check.reverse else rung, width, marks), ROLES[check.verdict], number)
        if number in opened or check.verdict is Verdict.FAILED:
            yield from (Line(text, "detail", number) for text in _details(check, width))


def _row(check: Check, rung: int, width: int, marks: Marks) -> str:
    """Mark, number, name, what was found, how, verdict; in a narrow window what was found is cut, and can be opened."""
    mark = {Verdict.OK: marks.done, Verdict.FAILED: marks.wrong, Verdict.NOT_TRIED: " "}[check.verdict]
    name = min(NAME, max(width // 4, 12))
    how = WIDE_HOW if width >= WIDE else HOW if width >= 60 else 0
    room = max(width - 6 - name - 1 - how - VERDICT - 1, 8)
    way = set_cell_size(check.how, how) if how else ""
    what, found = fitted(check.name, name, marks), fitted(check.detail, room, marks)
    number = f"{rung:>2}" if rung else "  "
    return f"{mark} {number} {what} {found} {way}{check.verdict}"


def _details(check: Check, width: int) -> Iterator[str]:
    for name, text in (
        ("found", check.detail),
        ("made", check.how),
        ("expected", check.expected),
        ("cause", check.cause),
        ("do", check.remedy),
    ):
        if text:
            yield from wrapped(text, width, first=f"      {name:<10}", rest=" " * 16)
