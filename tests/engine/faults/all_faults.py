"""Every fault at every command of every shipped recipe, on demand: it takes about an hour on two cores.

    python tests/engine/faults/all_faults.py [RECIPE ...]

Each command that an undisturbed run uses is taken from its transcript. For each of them and each action the run is made
in a fresh place, meets the fault, must say so in three parts and leak nothing, and the same command must then end well.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine_support import Place, place_at
from fault_kinds import ACTIONS, Kind, fitting
from fault_runs import happened, meets

import recipes

QUICK = "\ncertificates: {key: ec-p256}\n"
"""Keys that are made in no time."""

FIRST_WORDS = 2
HARMLESS = "came through"


def points(place: Place) -> Iterator[str]:
    """What `SANDBOX_FAULTS` names, for every command of the last run's transcript, each once."""
    last = max((place.state / "transcripts").glob("*.txt"))
    seen = set()
    for line in last.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\S+ \[\d+\] ([$>]) (.*)", line):
            sign, words = found[1], found[2].split()
            point = _asked(words) if sign == ">" else _started(words)
            if point and point not in seen:
                seen.add(point)
                yield point


def _asked(words: list[str]) -> str:
    known = words[0] in {"ALTER", "DEFINE", "DISPLAY", "REFRESH", "SET", "START", "STOP", "DELETE"}
    return f"runmqsc:{' '.join(words[:FIRST_WORDS]).split('(')[0]}" if known else ""


def _started(words: list[str]) -> str:
    name = Path(words[0]).name
    if name == "runmqsc" or not words[0].startswith("/"):
        return ""
    return f"{name}:{' '.join(words[1:3]) if name == 'runmqakm' else ''}"


def all_of(name: str, folder: Path) -> Iterator[str]:
    """The rows of one recipe, as they are made."""
    text = recipes.text(name) + ("" if "tls: none" in recipes.text(name) else QUICK)
    with place_at(folder / "whole", text, "--no-proof") as place:
        assert place.run().status == 0
        found = list(points(place))
    for point in found:
        for action in ACTIONS:
            kind = Kind(point, fitting(point, action))
            yield f"{name:<26} {kind!s:<60} {_tried(text, kind, folder / 'one')}"


def _tried(text: str, kind: Kind, folder: Path) -> str:
    """What came of one kind in a fresh place."""
    shutil.rmtree(folder, ignore_errors=True)
    with place_at(folder / "job", text, "--no-proof") as place:
        try:
            ended = meets(place, str(kind), lambda _name, _row: None, faults=kind.setting)
            told = f"exit {ended.status}" if happened(place, kind) else "WRONG: it did not happen"
        except AssertionError as wrong:
            if ": exit 0\n" not in str(wrong):
                return f"WRONG: {wrong}"
            told = HARMLESS
        again = place.run()
        return f"{told}, " + ("went on" if again.status == 0 else f"WRONG: then exit {again.status}\n{again.said}")


def main() -> int:
    """Print a row for each kind, and how many there were."""
    rows, wrong = 0, 0
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        for name in sys.argv[1:] or recipes.names():
            for row in all_of(name, Path(folder) / name):
                print(row, flush=True)
                rows, wrong = rows + 1, wrong + ("WRONG" in row)
    print(f"{rows} kinds of fault, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
