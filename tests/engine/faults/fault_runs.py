"""One run that meets a fault, and what must be true of it whatever the fault was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine_support import Disturbance, Ended, Place
from fault_kinds import MADE, Kind

from wizard.errors import MqWizardError
from wizard.sandbox.state import State

SECONDS = 1.5
"""Time limit of every command here: a command that hangs is given up after it."""

Record = Callable[[str, object], None]
"""Pytest's `record_property`; the table at the end of the tests is made of what is recorded as `fault`."""


@dataclass(frozen=True)
class Impatient:
    """Makes mqwizard wait no longer than a test wants to, and note what it tells in its three parts.

    The limits are those that every command has, only shorter; what happens when one passes is the same.
    """

    told: Path
    then: Disturbance | None = None

    def __call__(self) -> None:
        from dataclasses import replace

        from wizard.run import checks, session
        from wizard.run.driver import Driver

        run_all = Driver.run_all

        def hurried(driver: Driver, calls: Any) -> Any:
            return run_all(driver, [replace(call, timeout=min(call.timeout, SECONDS)) for call in calls])

        Driver.run_all = hurried  # type: ignore[method-assign]
        session.MqscSession.__init__.__kwdefaults__["silence"] = SECONDS
        checks.LISTENER_SECONDS = SECONDS
        self._note_errors()
        if self.then is not None:
            self.then()

    def _note_errors(self) -> None:
        text = MqWizardError.__str__

        def noted(error: MqWizardError) -> str:
            self.told.write_text(json.dumps([error.what, error.means, error.remedy]), encoding="utf-8")
            return text(error)

        MqWizardError.__str__ = noted  # type: ignore[method-assign]


def meets(
    place: Place, what: str, record: Record, *words: str, faults: str = "", disturbance: Disturbance | None = None
) -> Ended:
    """Run mqwizard into a fault: it must fail, say so in three parts, and leave nothing behind that leaks."""
    told = place.folder.with_name("told.json")
    told.unlink(missing_ok=True)
    runs = set(place.state.glob("journals/*/*.jsonl"))
    environment = {"SANDBOX_FAULTS": faults} if faults else {}
    ended = place.run(*words, disturbance=Impatient(told, disturbance), environment=environment)
    journals = set(place.state.glob("journals/*/*.jsonl")) - runs
    assert ended.status == (1 if journals else 3), f"{what}: exit {ended.status}\n{ended.said}"
    parts = json.loads(told.read_text(encoding="utf-8"))
    _assert_clear(what, parts)
    assert "Traceback" not in ended.said, ended.said
    if journals:
        assert str(max(journals)) in ended.err, ended.err
        if "journal" not in what:
            _assert_closed(ended, max(journals))
    assert_nothing_leaked(place, ended)
    record("fault", [what, ended.status, parts[0].splitlines()[0]])
    return ended


def hits(place: Place, kind: Kind, record: Record, *words: str) -> Ended:
    """A run that meets a fault of a command: the message names the command, or what nothing got past behind it."""
    ended = meets(place, str(kind), record, *words, faults=kind.setting)
    assert happened(place, kind), f"{kind} did not happen\n{ended.said}"
    missed = MADE.get(kind.point, kind.point)
    named = _named(kind.point, ended.err) or _named(kind.barrier, ended.err) or missed in ended.err
    assert named, f"{kind}\n{ended.err}"
    return ended


def happened(place: Place, kind: Kind) -> bool:
    """Whether the sandbox came to the fault."""
    state = State(place.sandbox)
    try:
        return state.db.execute("SELECT seen FROM fault WHERE text = ?", (kind.item,)).fetchone() is not None
    finally:
        state.close()


def _named(point: str, text: str) -> bool:
    command, _, words = point.partition(":")
    return bool(point) and (words if command == "runmqsc" else command).casefold() in " ".join(text.split()).casefold()


def _assert_clear(what: str, parts: list[str]) -> None:
    happened, means, remedy = parts
    assert happened and remedy, (what, parts)
    assert means or "nothing was touched" in happened, (what, parts)


def _assert_closed(ended: Ended, journal: Path) -> None:
    """The message names journal and transcript, and the journal says that the run failed."""
    transcript = re.search(r"Transcript: (\S+\.txt)\b", ended.err)
    assert transcript and Path(transcript[1]).read_text(encoding="utf-8"), ended.err
    last = json.loads(journal.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["type"], last["outcome"]) == ("run-end", "failed")


def assert_nothing_leaked(place: Place, ended: Ended) -> None:
    """No command works on, no file lies half-written, and no secret stands where people read."""
    at_work = [words for words in place.processes().values() if "runmqlsr" not in words]
    assert not at_work, at_work
    assert not list(place.folder.rglob("*.part"))
    secrets = [path.read_text(encoding="utf-8").strip() for path in place.folder.glob("*/*.pass*")]
    kept = (path for path in place.state.rglob("*") if path.suffix in {".jsonl", ".txt", ".mqsc"})
    told = [ended.said, *(path.read_text(encoding="utf-8") for path in kept)]
    assert not [secret for secret in secrets for text in told if secret and secret in text]
