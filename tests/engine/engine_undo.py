"""What tests of undo share: what there is to compare before and after, messages, a hand-made queue manager."""

from __future__ import annotations

import json
import re
from pathlib import Path

from engine_reports import QUICK, definitions, files
from engine_support import Ended, Place

from wizard.sandbox.state import State

LASTING = {"r.yaml", "st", "sb", "ca", "proof"}
"""What is not undone beside the recipe: the recipe, the state, the sandbox, the authority, the reports."""

TWO_CLIENTS = f"""\
{QUICK}
queue_managers:
  QM1:
    listener: 1414
    queues: {{Q1: {{MAXDEPTH: 4000}}, Q2: {{}}}}
clients:
  app1:
    connects_to: QM1
    address: 127.*
    queues: {{Q1: [put, get]}}
"""

ONE_MORE = (
    TWO_CLIENTS.replace("MAXDEPTH: 4000", "MAXDEPTH: 4500")
    + """\
  app2:
    connects_to: QM1
    queues: {Q1: [put], Q2: [get]}
"""
)
"""The same with another attribute of a queue and one more client."""


def facts(place: Place) -> dict[str, str]:
    """Everything that a run may change and undo brings back: queue managers, what they define, files but logs."""
    found = {"dspmq": place.command("dspmq")}
    if "Running" in found["dspmq"]:
        found["definitions"] = timeless(definitions(place))
    for path in place.folder.iterdir():
        if path.name not in LASTING:
            found |= {f"{path.name}/{name}": seen for name, seen in files(path).items()} or {path.name: "empty"}
    data = place.sandbox / "var/mqm/qmgrs"
    return found | {name: seen for name, seen in files(data).items() if "errors" not in name}


def timeless(text: str) -> str:
    """A dump without the moments at which things were changed."""
    return re.sub(r"(ALTDATE|ALTTIME|CRDATE|CRTIME)\([^)]*\)", r"\1()", text)


def run(place: Place, *more: str) -> Ended:
    """A run that must end well."""
    ended = place.run("--no-proof", *more)
    assert ended.status == 0, ended.said
    return ended


def undo(place: Place, *more: str) -> Ended:
    """An undo that must end well."""
    ended = place.run("undo", *more)
    assert ended.status == 0, ended.said
    return ended


def left(ended: Ended) -> dict[str, str]:
    """What the undo says that it left, and why: what → reason."""
    lines = [line.removeprefix("Left: ").split(": ", 2) for line in ended.err.splitlines() if line.startswith("Left: ")]
    return {what: reason for _, what, reason in lines}


def put(place: Place, queue: str, messages: int = 1, queue_manager: str = "QM1") -> None:
    """Messages on a queue, as an application would have left them."""
    state = State(place.sandbox)
    try:
        for number in range(messages):
            state.db.execute(
                "INSERT INTO message (qmgr, queue, body) VALUES (?, ?, ?)", (queue_manager, queue, f"{number}".encode())
            )
    finally:
        state.close()


def rewrite(place: Place, recipe: str) -> None:
    """Another text in the place of the recipe."""
    (place.folder / "r.yaml").write_text(recipe, encoding="utf-8")


def journaled(place: Place) -> list[dict[str, object]]:
    """The first line of each run's journal."""
    paths: list[Path] = sorted((place.state / "journals").glob("*/*.jsonl"))
    return [json.loads(path.read_text(encoding="utf-8").splitlines()[0]) for path in paths]
