"""Set-ups to prove, and the proof of one as it stands, whatever was changed in it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine_reports import QUICK
from engine_support import Place, place_at

from wizard.engine.prepare import prepared
from wizard.engine.prove import prove
from wizard.engine.request import Request
from wizard.proof.values import Check, Verdict
from wizard.run.journal import Journal

HEAD = f"{QUICK}\nqueue_managers:\n  QM1: {{listener: 1414, queues: [Q1]}}\n"

MUTUAL = f"{HEAD}clients:\n  app1: {{connects_to: QM1, address: 127.*, queues: {{Q1: [put, get]}}}}\n"
SERVER = f"{HEAD}clients:\n  app1: {{connects_to: QM1, tls: server, queues: {{Q1: [put, get]}}}}\n"
PLAIN = f"{HEAD}clients:\n  app1: {{connects_to: QM1, tls: none, address: 127.*, queues: {{Q1: [put, get]}}}}\n"


@contextmanager
def set_up(folder: Path, recipe: str) -> Iterator[Place]:
    """A finished set-up that was not proven."""
    with place_at(folder, recipe, "--no-proof") as place:
        ended = place.run()
        assert ended.status == 0, ended.said
        yield place


@dataclass(frozen=True)
class Mistake:
    """One thing done wrong by hand, in MQSC, and how it is put right again."""

    done: tuple[str, ...]
    undone: tuple[str, ...]


@contextmanager
def with_mistake(place: Place, mistake: Mistake) -> Iterator[None]:
    """The set-up with the mistake in it."""
    assert_all_taken(place.mqsc(*mistake.done))
    try:
        yield
    finally:
        assert_all_taken(place.mqsc(*mistake.undone))


def assert_all_taken(said: str) -> None:
    assert "All valid MQSC commands were processed." in said and "No commands have a syntax error" in said, said


def proven(place: Place) -> list[Check]:
    """Every check on the set-up as it is; `mqwizard prove` asks for a run first where it differs from the recipe."""
    request = Request(recipe=str(place.folder / "r.yaml"), sandbox=place.sandbox, state=place.state)
    found: list[Check] = []
    with prepared(request, dry=False) as ready:
        assert ready.machine is not None
        journal = Journal.open(ready.places.journals, ready.places.key, redact=ready.machine.keyring.redact, digests={})
        prove(ready, journal, prove_refusals=False, watch=found.append)
    return found


def failed(checks: list[Check]) -> dict[str, str]:
    """The checks that failed, each with its cause."""
    return {check.name: check.cause for check in checks if check.verdict is Verdict.FAILED}
