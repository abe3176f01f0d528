"""What a person who starts the wizard has to do with: installations, queue managers, ports, users of this machine.

Read before any recipe exists, by commands that only show something. What cannot be read is told as a sentence, never
raised: without IBM MQ the wizard still practises in the sandbox.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wizard.engine.practice import prepare_sandbox
from wizard.engine.request import Request
from wizard.errors import MqWizardError
from wizard.run.driver import Driver
from wizard.run.dspmq import queue_managers
from wizard.run.installation import TIME_LIMIT, check_user, find
from wizard.run.keyring import Keyring
from wizard.run.ports import holder_at
from wizard.run.transcript import Transcript


@dataclass(frozen=True)
class Found:
    """A queue manager that is there: its name and how it is, in the words of dspmq."""

    name: str
    status: str

    @property
    def running(self) -> bool:
        return self.status.casefold() == "running"


@dataclass(frozen=True)
class Around:
    """What was found; `installation` is empty where there is no IBM MQ, `trouble` says why it cannot be used."""

    host: str
    installation: str = ""
    release: str = ""
    queue_managers: tuple[Found, ...] = ()
    trouble: str = ""
    address: str = ""
    """The sandbox's own address, on which its listeners listen; empty on the machine itself."""

    @property
    def usable(self) -> bool:
        """Whether the work can be done here."""
        return bool(self.installation) and not self.trouble


def look_around(request: Request) -> Around:
    """Look at the machine, or at the sandbox of an order."""
    host = request.host or socket.gethostname()
    try:
        with _driver(request) as (driver, address):
            return _looked(driver, request, host, address)
    except MqWizardError as error:
        return Around(host, trouble=str(error))


@contextmanager
def _driver(request: Request) -> Iterator[tuple[Driver, str]]:
    practice = prepare_sandbox(request.sandbox, request.mq_version) if request.sandbox else None
    keyring = Keyring(environment=os.environ, base=Path.cwd())
    transcript = Transcript(None, redact=keyring.redact)
    try:
        environment = dict(practice.environment if practice else os.environ)
        yield (
            Driver(environment, transcript=transcript, secrets=keyring, folder=Path.cwd()),
            (practice.address if practice else ""),
        )
    finally:
        transcript.close()


def _looked(driver: Driver, request: Request, host: str, address: str) -> Around:
    installation = find(driver, request.installation)
    named = f"{installation.name} ({installation.path})"
    release = str(installation.release)
    try:
        check_user(driver, arguments=request.arguments or ("mqwizard",), root_allowed=request.sandbox is not None)
        listed = queue_managers(driver, installation)
    except MqWizardError as error:
        return Around(host, named, release, trouble=str(error), address=address)
    found = tuple(Found(one.name, one.status) for one in listed)
    return Around(host, named, release, found, address=address)


def port_taken(request: Request, around: Around, port: int) -> str:
    """Who holds a port here; empty where a listener can have it. It is bound for a moment, as a listener would."""
    try:
        with _driver(request) as (driver, _address):
            return holder_at(driver, around.address, port)
    except MqWizardError as error:
        return str(error)


def user_known(request: Request, name: str) -> bool | None:
    """Whether the operating system knows a user; None where that cannot be asked."""
    try:
        with _driver(request) as (driver, _address):
            finished = driver.run(["getent", "passwd", name], timeout=TIME_LIMIT)
    except MqWizardError:
        return None
    return any(line.split(":")[0] == name for line in finished.output.splitlines())
