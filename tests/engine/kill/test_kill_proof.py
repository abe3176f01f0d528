"""mqwizard is killed while it proves: the next run removes the proof's queues, rights and throw-away kits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from engine_support import Place
from kill_jobs import QUICK_KEYS, Job
from kill_points import die
from kill_state import differences, end_state

from wizard.run.journal import Journal

PROVEN = Job(QUICK_KEYS, arguments=())


@dataclass(frozen=True)
class KillInProof:
    """Kills the process it is called in when the journal notes something about the proof for the n-th time."""

    note: str
    text: str
    number: int = 1

    def __call__(self) -> None:
        noted = getattr(Journal, self.note)
        times = count(1)

        def note(journal: Journal, *words: Any) -> None:
            noted(journal, *words)
            if self.text in repr(words) and next(times) == self.number:
                die()

        setattr(Journal, self.note, note)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A job that is done; every test here proves it."""
    with PROVEN.place(tmp_path_factory.mktemp("proof") / "job") as made:
        assert made.run("--no-proof").status == 0
        yield made


@pytest.mark.parametrize(
    ("moment", "again"),
    [
        (KillInProof("owe", "proof queue"), ()),
        (KillInProof("process", "amqsputc"), ("--no-proof",)),
        (KillInProof("process", "amqsgetc"), ("--no-proof",)),
        (KillInProof("process", "amqsputc", 4), ()),
    ],
    ids=["before its queues are made", "while it puts", "while it gets", "while a client is refused"],
)
def test_what_a_killed_proof_left_behind_is_removed(place: Place, moment: KillInProof, again: tuple[str, ...]) -> None:
    before = end_state(place)
    ended = place.run(disturbance=moment)
    assert ended.status == -9, ended.said
    ended = place.run(*again)
    assert ended.status == 0, ended.said
    odd = [line for line in differences(end_state(place), before) if not line.startswith("+ file proof ")]
    assert not odd, "\n".join([*odd, ended.said])
    assert not list((place.state / "proof").glob("*"))
