"""The jobs that the tests kill, and what going on with one means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine_support import TWO_WAY, Ended, Place, place_at
from kill_points import KillAt
from kill_state import differences, end_state

QUICK_KEYS = TWO_WAY.replace("trust: ca\n", "trust: {kind: ca, key: ec-p256}\ncertificates: {key: ec-p256}\n")


Whole = Callable[["Job"], list[str]]
"""Gives the end state of a job when nobody disturbs it."""


@dataclass(frozen=True)
class Job:
    """A recipe and the arguments that every run of it gets."""

    recipe: str
    arguments: tuple[str, ...] = ("--no-proof",)
    release: str = "9.4"

    @contextmanager
    def place(self, folder: Path) -> Iterator[Place]:
        """A fresh place for the job."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "secret").write_text("Pl4nted-s3cret-word\n")
        (folder / "secret").chmod(0o600)
        with place_at(folder, self.recipe, *self.arguments, "--mq-version", self.release) as place:
            yield place

    def end_state(self, folder: Path) -> list[str]:
        """The end state of a run that nobody disturbs."""
        with self.place(folder) as place:
            ended = place.run()
            assert ended.status == 0, ended.said
            return end_state(place)


OWN_CA = Job(QUICK_KEYS)
SELF_SIGNED = Job(QUICK_KEYS.replace("{kind: ca, key: ec-p256}", "self-signed"))
OLD_STORES = Job(QUICK_KEYS, release="9.2")
PASSWORD_IN_KEYRPWD = Job(
    QUICK_KEYS.replace("    queues: [Q1]\n", "    queues: [Q1]\n    key_repository: {password: file:secret}\n", 1)
)


def goes_on(place: Place, whole: list[str], *more: str) -> Ended:
    """The same command, with `more` words, ends well and in the same state as a run that nobody disturbed."""
    ended = place.run(*more)
    assert ended.status == 0, ended.said
    odd = differences(end_state(place), whole)
    assert not odd, "\n".join([*odd, ended.said])
    return ended


def goes_on_after_each(place: Place, moments: Iterable[KillAt], whole: list[str]) -> None:
    """Run after run is killed, each a little later, on what those before it left; then one comes through."""
    for moment in moments:
        ended = place.run(disturbance=moment)
        assert ended.status == -9, f"{moment}: {ended.status}\n{ended.said}"
    goes_on(place, whole)


def has_nothing_more_to_do(place: Place, whole: list[str]) -> None:
    """The same command once more says so and changes nothing."""
    ended = goes_on(place, whole)
    assert "Nothing to do" in ended.said
