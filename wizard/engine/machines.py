"""The machine that an order is carried out on: found, held against other runs, and quiet.

Used by everything that plans from facts: runs and undo.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from wizard.engine.places import Places
from wizard.engine.practice import Practice
from wizard.engine.request import Request
from wizard.engine.source import Source
from wizard.errors import OperationFailed, Refused
from wizard.mq.releases import OLDEST
from wizard.run import history, journal, lock
from wizard.run.driver import Driver
from wizard.run.installation import check_user, find
from wizard.run.keyring import Keyring
from wizard.run.transcript import Transcript, now

if TYPE_CHECKING:
    from wizard.run.machine import Machine

UNFINISHED_SECONDS = 600.0
"""How long a command that an earlier, killed run left behind may still take."""


@contextmanager
def nothing_touched() -> Iterator[None]:
    """What cannot be found out before the first change refuses the whole order; Refused says the same."""
    try:
        yield
    except OperationFailed as error:
        means = f"{error.means} Nothing was touched.".strip()
        raise Refused(error.what, means, error.remedy) from error


def alone(machine: Machine, names: Collection[str], source: Source, places: Places) -> AbstractContextManager[None]:
    """The queue managers' locks, before anything is read: what another run is about to change is no fact."""
    acting = journal.who(os.environ)
    holder = lock.Holder(
        pid=os.getpid(),
        user=str(acting["user"]),
        host=str(acting["host"]),
        started=now().isoformat(timespec="seconds"),
        recipe=source.name,
    )
    return lock.hold(names, data_path=machine.installation.data_path, state=places.state, holder=holder)


def machine_for(
    request: Request, source: Source, practice: Practice | None, places: Places, host: str, *, dry: bool
) -> Machine | None:
    """The machine, or None for a dry run where there is no MQ."""
    base = request.folder or source.base
    environment = dict(practice.environment if practice else os.environ)
    keyring = Keyring(environment=os.environ, base=source.base, ask=request.ask, kept_in=base)
    transcript = (
        Transcript(None, redact=keyring.redact)
        if dry
        else Transcript.create(places.transcripts, places.key, redact=keyring.redact)
    )
    driver = Driver(environment, transcript=transcript, secrets=keyring, folder=base)
    try:
        installation = find(driver, request.installation)
    except Refused:
        if dry and request.installation is None:
            return None
        raise
    if installation.release < OLDEST:
        raise Refused(
            f"{installation.name} is IBM MQ {installation.release}, older than mqwizard knows.",
            "What its commands take and how they answer was never looked at.",
            "Use an installation of 9.1 or later (--installation), or update this one.",
        )
    from wizard.run.machine import Machine

    mqm = check_user(driver, arguments=request.arguments, root_allowed=practice is not None)
    return Machine(
        driver=driver,
        keyring=keyring,
        installation=installation,
        base=base,
        host=host,
        mqm=mqm,
        sandboxed=practice is not None,
        listen_address=practice.address if practice else "",
    )


def wait_for_left_behind(past: history.History, request: Request) -> None:
    """Let commands of a killed run come to their end, so that facts are not read half-way through them."""
    deadline = time.monotonic() + UNFINISHED_SECONDS
    told = request.tell is None
    while running := past.left_behind():
        which = f"Process {running[0].pid} ({running[0].command[0]}), started by an earlier run, is still at work"
        if request.tell is not None and not told:
            request.tell(f"{which}: waiting for its end.")
            told = True
        if time.monotonic() > deadline:
            raise Refused(
                f"{which}.",
                "What it will leave behind is not known yet.",
                "Wait for it, or end it; then run again.",
            )
        time.sleep(0.1)
