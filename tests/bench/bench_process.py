"""Times whole processes, as a person at a shell would: from the start to the end, with the most memory they held."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KILOBYTES = 1024


class BenchError(Exception):
    """A process that should have worked did not; nothing can be said about its speed."""


@dataclass(frozen=True)
class Took:
    """How long a process took and the most memory it held."""

    seconds: float
    megabytes: float


def took(
    argv: Sequence[str | Path], *, environment: Mapping[str, str], folder: Path, stdin: Path | None = None
) -> Took:
    """Run one process to its end and time it. Raises BenchError, with its last words, where it fails."""
    words = [str(word) for word in argv]
    errors = folder / "bench.stderr"
    with (stdin or Path(os.devnull)).open("rb") as given, errors.open("wb") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            words, env=dict(environment), cwd=folder, stdin=given, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        last = errors.read_text(errors="replace").strip()[-1500:]
        raise BenchError(f"{' '.join(words)} ended with exit {process.returncode}:\n{last}")
    return Took(seconds, _peak(used))


def _peak(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / KILOBYTES


def interleaved(rounds: int, sides: Mapping[str, Callable[[int], float]]) -> dict[str, list[float]]:
    """Each side once in every round, in turn, so that whatever else the machine does meets all sides alike."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds):
        for name, side in sides.items():
            found[name].append(side(number))
    return found


def median(values: Sequence[float]) -> float:
    """The middle of the values."""
    return statistics.median(values)
