"""What a run asked, taken from its transcript, as a shell script that asks the same."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from bench_place import Place

LINE = re.compile(r"\d\d:\d\d:\d\d\.\d{3} \[(\d+)\] ([$>]) (.*)")
SHOWN = ("dspmq", "runmqsc", "runmqakm")
"""The commands that the script repeats: what shows the same objects and stores."""


def last_transcript(place: Place) -> list[tuple[str, str, str]]:
    """Process, sign and text of every line of the latest run's transcript that was started or sent."""
    newest = max((place.folder / "state" / "transcripts").glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)
    lines = newest.read_text(encoding="utf-8").splitlines()
    return [found.groups() for line in lines if (found := LINE.fullmatch(line))]  # type: ignore[misc]


def sessions(place: Place) -> int:
    """How many runmqsc processes the latest run started."""
    return sum(sign == "$" and program(text) == "runmqsc" for _, sign, text in last_transcript(place))


def program(command_line: str) -> str:
    """The name of the program that a command line starts."""
    return Path(shlex.split(command_line)[0]).name


def same_questions(place: Place) -> Path:
    """A shell script with the same DISPLAY commands, one runmqsc a queue manager, and the same listings."""
    return place.write("same-questions.sh", "\n".join(["exec >/dev/null", *_commands(place)]) + "\n")


def _commands(place: Place) -> Iterator[str]:
    lines = last_transcript(place)
    for process, sign, text in lines:
        name = program(text) if sign == "$" else ""
        if name == "runmqsc":
            asked = [sent for other, mark, sent in lines if other == process and mark == ">" and sent != "END"]
            script = place.write(f"asked-{process}.mqsc", "".join(f"{line}\n" for line in asked))
            # runmqsc exits with 10 where nothing is running or listed, as for DISPLAY CHSTATUS.
            yield f"{text} < {shlex.quote(str(script))} || true"
        elif name in SHOWN:
            yield text
