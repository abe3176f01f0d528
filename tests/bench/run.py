"""`make bench`: how fast mqwizard is, each time measured beside what it would take without it, in the same run.

    python tests/bench/run.py [CASE...] [--rounds N]

Exits with 1 where a target is missed. Needs two cores that nothing else uses; on a busy machine the ratios stay
comparable and the times do not.
"""

from __future__ import annotations

import argparse
import sys

from bench_cases import CASES
from bench_process import BenchError
from bench_row import Row, table


def main() -> int:
    """Run the cases and print the table."""
    options = _options()
    rows: list[Row] = []
    for name in options.cases or CASES:
        sys.stderr.write(f"measuring: {name}\n")
        try:
            rows += CASES[name](options.rounds)
        except BenchError as error:
            sys.stderr.write(f"{error}\n")
            rows.append(Row(name, "failed", "", "", "", ok=False))
    sys.stdout.write(table(rows) + "\n")
    return 1 if any(row.ok is False for row in rows) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure mqwizard beside what it would take without it.")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"some of {', '.join(CASES)}; all by default")
    parser.add_argument("--rounds", type=int, default=5, help="how often each side is measured")
    options = parser.parse_args()
    if unknown := sorted(set(options.cases) - CASES.keys()):
        parser.error(f"there is no case {', '.join(unknown)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
