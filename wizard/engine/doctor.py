"""The door to the doctor: from an order to what is right and wrong here. Nothing is changed, nothing refuses."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.places import Places, state_folder
from wizard.engine.practice import Practice, prepare_sandbox
from wizard.engine.scripts import recipe_scripts
from wizard.engine.source import Source, find_source
from wizard.run import journal
from wizard.run.doctor.findings import Finding, healthy
from wizard.run.doctor.judge import judge
from wizard.run.doctor.look import Order, look
from wizard.run.doctor.seen import Seen
from wizard.run.driver import Driver
from wizard.run.keyring import Keyring
from wizard.run.transcript import Transcript, now
from wizard.topology.build import build

if TYPE_CHECKING:
    from wizard.engine.request import Request


@dataclass(frozen=True)
class Examination:
    """What the doctor found, and what it was about."""

    title: str
    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing is worse than a note."""
        return healthy(self.findings)


def examine(request: Request, *, clock: Callable[[], datetime] = now) -> Examination:
    """Look at this machine, or at a sandbox, and at what a recipe needs of it where one is named.

    Raises UsageError or RecipeError for what is wrong with the order itself.
    """
    source = find_source(request.recipe) if request.recipe else None
    practice = prepare_sandbox(request.sandbox, request.mq_version) if request.sandbox else None
    base = source.base if source else Path.cwd()
    keyring = Keyring(environment=os.environ, base=base)
    with closing(Transcript(None, redact=keyring.redact)) as transcript:
        environment = dict(practice.environment if practice else os.environ)
        driver = Driver(environment, transcript=transcript, secrets=keyring, folder=base)
        seen = look(driver, keyring, _order(request, source, practice, base, environment, clock()))
    return Examination(_title(seen, practice), tuple(judge(seen)))


def _order(
    request: Request,
    source: Source | None,
    practice: Practice | None,
    base: Path,
    environment: dict[str, str],
    moment: datetime,
) -> Order:
    host = request.host or socket.gethostname()
    sandbox = str(practice.folder) if practice else ""
    key = journal.run_key(host=host, recipe=source.identity, sandbox=sandbox) if source else ""
    places = Places(state_folder(request.state), key)
    recipe = source.read() if source else None
    scripts = recipe_scripts(recipe, base) if recipe else {}
    return Order(
        moment=moment,
        host=host,
        base=base,
        state=places.state,
        journals=places.journals,
        environment=environment,
        installation=request.installation,
        sandboxed=practice is not None,
        listen_address=practice.address if practice else "",
        arguments=request.arguments,
        recipe=source.name if source else "",
        key=key,
        topology=None if recipe is None else lambda release: build(recipe, release, scripts),
    )


def _title(seen: Seen, practice: Practice | None) -> str:
    chosen = seen.mq.chosen
    mq = f"IBM MQ {chosen.release} ({chosen.name})" if chosen else "no IBM MQ"
    sandbox = f", sandbox {practice.folder}" if practice else ""
    return f"{seen.host}, user {seen.user.name}, {mq}, {seen.moment.strftime('%H:%M')}{sandbox}"
