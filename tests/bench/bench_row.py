"""One line of the table: what was measured, beside what, against which target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`ok` is None where there is no target and the line only reports."""

    what: str
    ours: str
    reference: str
    ratio: str
    target: str
    ok: bool | None


def seconds(value: float) -> str:
    """A time as the table shows it."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def ratio_row(what: str, ours: float, reference: float, *, most: float, towards: float | None = None) -> Row:
    """A line whose target is a ratio of two times."""
    ratio = ours / reference if reference > 0 else float("inf")
    target = f"≤ {most:g} ×" + (f" (towards {towards:g})" if towards else "")
    return Row(what, seconds(ours), seconds(reference), f"{ratio:.2f}", target, ratio <= most)


def table(rows: Iterable[Row]) -> str:
    """The rows below one another, in columns as wide as their widest cell."""
    words = {True: "ok", False: "MISSED", None: "-"}
    cells = [("what", "mqwizard", "reference", "ratio", "target", "")]
    cells += [(row.what, row.ours, row.reference, row.ratio, row.target, words[row.ok]) for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
    )
