"""Judges mqwizard's own things: its state folder, runs that did not come to their end, locks. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.run.doctor.findings import Finding, note, ok, problem, warning
from wizard.run.doctor.seen import LockSeen, MemorySeen, RunSeen
from wizard.run.doctor.wording import listed

AREA = "mqwizard"

OTHERS = 0o077


def memory(seen: MemorySeen, recipe: str) -> Iterator[Finding]:
    """The state folder, then each recipe's journals, then locks; `recipe` is how the present one was named."""
    yield from _folder(seen)
    for run in seen.runs:
        yield from _run(run, recipe)
    for lock in seen.locks:
        yield _lock(lock)


def _folder(seen: MemorySeen) -> Iterator[Finding]:
    folder, elsewhere = seen.folder, "Name another place with --state."
    if not folder.exists:
        if seen.parent is None or seen.parent.writable:
            yield ok(AREA, f"The state folder {folder.path} is made by the first run.")
        else:
            means = "Without journals nothing is changed."
            yield problem(AREA, f"The state folder {folder.path} cannot be made here.", means, elsewhere)
        return
    if not folder.writable:
        means = "Without journals nothing is changed."
        yield problem(AREA, f"This user cannot write to the state folder {folder.path}.", means, elsewhere)
    elif not seen.own:
        yield warning(
            AREA,
            f"The state folder {folder.path} belongs to another user (uid {folder.uid}).",
            "That user can change what mqwizard remembers of this one's runs.",
            elsewhere,
        )
    if folder.mode & OTHERS:
        yield warning(
            AREA,
            f"The state folder {folder.path} has mode {folder.mode:04o}.",
            "Others can look at or change journals, transcripts and copies of key repositories.",
            f"chmod 700 {folder.path}",
        )
    elif folder.writable and seen.own:
        yield ok(AREA, f"The state folder {folder.path} is this user's alone.")


def _run(run: RunSeen, recipe: str) -> Iterator[Finding]:
    """What the runs of one recipe left open."""
    name = recipe if run.ours else run.word
    again = (
        f"Run again to go on: mqwizard --recipe {recipe}"
        if run.ours
        else f"Run the same command again to go on, on the recipe {run.word}, as {run.user or 'the same user'}."
    )
    if run.trouble:
        yield problem(AREA, run.trouble, "What earlier runs of that recipe made is not known.")
    elif run.at_work:
        pids = listed([str(pid) for pid in run.at_work])
        yield note(AREA, f"{name}: processes of a run are still at work ({pids}).", "A new run waits for them.")
    elif run.open or run.owed:
        left = [f"not finished: {listed(list(run.open))}" if run.open else "", f"due: {listed(list(run.owed))}"]
        what = "; ".join(filter(None, left if run.owed else left[:1]))
        yield warning(
            AREA,
            f"{name}: the run of {run.begun} did not come to its end; {what}.",
            "It was interrupted or failed; what it began may be done in part.",
            again,
        )


def _lock(lock: LockSeen) -> Finding:
    if lock.held:
        means = "A second run on that queue manager is refused meanwhile."
        return note(AREA, f"A run is at work: {lock.holder}.", means, f"Wait for its end. Its lock is {lock.path}.")
    if lock.held is None:
        return note(AREA, f"There is a lock: {lock.path} ({lock.holder}).", "Whether it is held cannot be seen here.")
    return note(
        AREA,
        f"A run that was killed left its lock: {lock.path} ({lock.holder}).",
        "It holds nobody up: the next run takes it over.",
    )
