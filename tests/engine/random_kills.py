"""Kills mqwizard at random moments until it was killed so often, and counts after which kills it came to the same end.

    python tests/engine/random_kills.py [--kills 200] [--seed 1]

In each place the same command is killed again and again, at moments that the seed decides, until one run comes through;
then the end state must be that of a run nobody disturbed. In every fourth place the undo is killed the same way, and
must bring back the facts of before. One kill in three takes the commands at work with it, as a power cut would.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine_support import Ended, Place
from engine_undo import facts
from kill_jobs import OWN_CA, SELF_SIGNED, Job
from kill_state import differences, end_state

JOBS = (OWN_CA, SELF_SIGNED)
UNDO_EACH = 4
HANDS_EACH = 3
MOST_IN_A_ROW = 8

Tell = Callable[[str], None]


@dataclass
class Tally:
    """What came of the kills: at which operation mqwizard was, and after how many it went on to the same end."""

    seed: int
    killed: Counter[str] = field(default_factory=Counter)
    recovered: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.killed.total()

    def lines(self) -> list[str]:
        """The table."""
        rows = [f"{self.killed[at]:>6} {self.recovered[at]:>10}  {at}" for at in sorted(self.killed)]
        total = f"{self.kills:>6} {self.recovered.total():>10}  all, seed {self.seed}"
        return ["killed  recovered  while at", *rows, total, *self.wrong]


class RandomKills:
    """One series of kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.tally = Tally(seed)
        self._folder = folder
        self._chance = random.Random(seed)
        self._whole: dict[Job, list[str]] = {}
        self._seconds = 1.0
        """Within which a run is killed; grows and shrinks with how long runs take on this machine just now."""

    def until(self, kills: int, tell: Tell) -> Tally:
        """Go on until there were so many kills."""
        number = 0
        while self.tally.kills < kills and not self.tally.wrong:
            job = JOBS[number % len(JOBS)]
            folder = self._folder / f"place{number}"
            self._one_place(job, folder, kills, undo=number % UNDO_EACH == 0)
            shutil.rmtree(folder, ignore_errors=True)
            number += 1
            tell(f"{self.tally.kills} kills in {number} places, {self.tally.recovered.total()} recovered")
        return self.tally

    def _one_place(self, job: Job, folder: Path, kills: int, *, undo: bool) -> None:
        whole = self._undisturbed(job)
        with job.place(folder) as place:
            place.make_sandbox()
            before = facts(place)
            self._kill_in_a_row(place, kills, (), lambda: differences(end_state(place), whole))
            if undo and not self.tally.wrong:
                self._kill_in_a_row(place, kills, ("undo", "all"), lambda: changed(before, facts(place)))

    def _undisturbed(self, job: Job) -> list[str]:
        if job not in self._whole:
            begun = time.monotonic()
            self._whole[job] = job.end_state(self._folder / f"whole{len(self._whole)}")
            self._seconds = time.monotonic() - begun
        return self._whole[job]

    def _kill_in_a_row(self, place: Place, kills: int, words: tuple[str, ...], odd: Callable[[], list[str]]) -> None:
        found: list[str] = []
        while len(found) < MOST_IN_A_ROW and self.tally.kills + len(found) < kills:
            ended = self._killed(place, self._chance.uniform(0.05, self._seconds), words)
            if ended.status == -signal.SIGKILL:
                found.append(f"{' '.join((*words, at(place)))}")
                self._seconds *= 1.05
            elif ended.status == 0:
                self._seconds = max(self._seconds * 0.8, 0.5)
                break
            else:
                self.tally.wrong.append(f"exit {ended.status} after kills at {found}\n{ended.said}")
                break
        ended = place.run(*words)
        wrong = odd() if ended.status == 0 else [ended.said]
        self.tally.killed.update(found)
        if wrong:
            self.tally.wrong.append(f"killed at {found}, then exit {ended.status}: " + "\n".join(wrong))
        elif not self.tally.wrong:
            self.tally.recovered.update(found)

    def _killed(self, place: Place, seconds: float, words: tuple[str, ...]) -> Ended:
        """Start mqwizard and kill it after a while; how it ended, which may have been before."""
        run = place.start(*words)
        run.process.join(seconds)
        if run.process.exitcode is None:
            with suppress(ProcessLookupError):
                run.signal(signal.SIGKILL)
            if self._chance.randrange(HANDS_EACH) == 0:
                for pid, command in place.processes().items():
                    if "runmqlsr" not in command:
                        with suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)
        return run.end()


def changed(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The facts that are not as they were."""
    return [
        f"{name}: {before.get(name)} → {now.get(name)}" for name in before | now if before.get(name) != now.get(name)
    ]


def at(place: Place) -> str:
    """The operation that the last run had begun last, without what makes it one of its kind."""
    last = max(place.state.glob("journals/*/*.jsonl"), default=None)
    if last is None:
        return "before the first change"
    begun = "between operations"
    for line in last.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError):
            entry = json.loads(line)
            begun = entry["id"] if entry["type"] == "begin" else begun
    return begun.partition("/CN=")[0]


def main() -> int:
    """Kill as often as the command line says; 0 where every kill was recovered from."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--seed", type=int, default=1)
    options = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        tally = RandomKills(Path(folder), options.seed).until(options.kills, lambda line: print(line, flush=True))
    print("\n".join(tally.lines()))
    return 1 if tally.wrong or tally.recovered != tally.killed else 0


if __name__ == "__main__":
    sys.exit(main())
