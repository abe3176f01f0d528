"""The door to diagnosis: why a connection was refused, from what a person has, both logs, an attempt, and what is here.

Nothing is changed. The repair is a plan where running the recipe mends it; no repair trusts a certificate, a name or an
address that the recipe does not name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wizard.access.cause_values import Diagnosis, Evidence, Observed
from wizard.access.diagnosis import diagnose
from wizard.access.evidence import joined, read_evidence
from wizard.engine.explain import Scene, scene
from wizard.engine.observe import observations
from wizard.engine.request import Request
from wizard.errors import MqWizardError, UsageError
from wizard.mq.error_log import LogEntry, entries
from wizard.pki.errors import StoreError, StorePasswordError
from wizard.proof.attempt import Attempt, Target, put
from wizard.proof.errorlog import NO_CHANNEL, About, ErrorLog
from wizard.run.machine import Machine
from wizard.run.secrets import Secret
from wizard.topology.values import Client

NO_QUEUE = "MQWIZARD.NO.SUCH.QUEUE"
"""What a live attempt tries to open: a connection that works ends with 2085, and nothing is put anywhere."""

CONNECTED = 2085
LOG = "AMQERR01.LOG"
LARGEST = 8_000_000
"""Bytes of a log that are read, from its end."""


@dataclass(frozen=True)
class Failure:
    """What a person says of a failure: their words or files' content, and whose logs those are."""

    texts: tuple[str, ...] = ()
    server_logs: tuple[str, ...] = ()
    client_logs: tuple[str, ...] = ()
    client: str = ""
    attempt: bool = False


@dataclass(frozen=True)
class Diagnosed:
    """The diagnosis, what it is about, and whether a live attempt came through."""

    title: str
    diagnosis: Diagnosis
    connected: bool | None = None
    recipe: str = ""
    tried: str = ""
    observed: tuple[Observed, ...] = field(default=())

    @property
    def planned(self) -> tuple[Observed, ...]:
        """What of the cause running the recipe mends."""
        cause = self.diagnosis.cause
        return tuple(one for one in cause.seen if one.planned) if cause else ()


def diagnosed(request: Request, queue_manager: str, failure: Failure) -> Diagnosed:
    """The diagnosis of a failure; without a recipe and a queue manager from the evidence alone.

    Raises as `scene` does, and UsageError for a client that the recipe does not have.
    """
    told = joined(
        *(read_evidence(text) for text in failure.texts),
        *(read_evidence(text, client=False) for text in failure.server_logs),
        *(read_evidence(text, client=True) for text in failure.client_logs),
    )
    if not request.recipe and not queue_manager:
        if told.empty:
            raise UsageError(
                "Nothing was said of the failure.",
                "A reason code, a message, an error text or a log tells of it; a recipe tells what is here.",
                "Name one of them, or --recipe and --client.",
            )
        return Diagnosed("from the evidence alone", diagnose(told))
    try:
        return _here(request, queue_manager, failure, told)
    except StoreError as error:
        # A store that does not open keeps the plan from being made, and says itself what is wrong.
        shut = Observed("client-password" if isinstance(error, StorePasswordError) else "client-store", error.what)
        return Diagnosed(failure.client or queue_manager, diagnose(told, (shut,), here=True), recipe=request.recipe)


def _here(request: Request, queue_manager: str, failure: Failure, told: Evidence) -> Diagnosed:
    """The diagnosis with what is here."""
    with scene(request, queue_manager) as found:
        client = _client(found, failure.client)
        attempt, evidence = None, told
        if failure.attempt:
            attempt, seen = _attempted(found, client)
            evidence = joined(told, seen)
        elif not told.empty and not told.server and not told.either:
            evidence = joined(told, _logged(found, client))
        observed = observations(found, client)
        connected = None if attempt is None else attempt.reason == CONNECTED
        result = diagnose(evidence, observed, here=True)
    about = f"{client.name} by {client.channel}" if client else "any client"
    tried = attempt.seen if attempt else ""
    return Diagnosed(f"{found.guard.name}, {about}", result, connected, request.recipe, tried, observed)


def _client(found: Scene, name: str) -> Client | None:
    clients = found.ready.topology.clients_of(found.guard.name) if found.ready else ()
    if not name:
        return clients[0] if len(clients) == 1 else None
    for one in clients:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in clients) or "none"
    raise UsageError(f"{found.guard.name} has no client {name} in a recipe.", f"Its clients are: {known}.", "")


def _logged(found: Scene, client: Client | None) -> Evidence:
    """The end of the queue manager's log, as far as it is about the client's channel."""
    if found.seen is None or found.seen.errors is None:
        return Evidence()
    listed = entries(_end_of(found.seen.errors / LOG))
    if client is not None:
        listed = tuple(one for one in listed if client.channel in one.values or client.channel in one.text)
    return Evidence(server=listed[-20:])


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as log:
            log.seek(0, 2)
            log.seek(max(0, log.tell() - LARGEST))
            return log.read().decode("utf-8", errors="replace")
    except OSError:
        return ""


def _attempted(found: Scene, client: Client | None) -> tuple[Attempt, Evidence]:
    """One attempt of the client to connect, and what both logs say meanwhile."""
    if client is None or found.machine is None:
        raise UsageError(
            "There is no client to try.", "A live attempt uses a client's kit.", "Say --recipe FILE --client NAME."
        )
    machine = found.machine
    about = About(frozenset({client.channel, client.account.user}), machine.listen_address)
    server = ErrorLog(found.seen.errors, about) if found.seen and found.seen.errors else None
    own = ErrorLog(machine.installation.data_path / "errors", about)
    target = Target(machine.path(client.kit), NO_QUEUE, client.queue_manager, _password(machine, client))
    attempt = put(machine, target, "x")
    connected = attempt.reason == CONNECTED
    if server is not None and not connected:
        server.messages(LAST)
    reasons = (attempt.reason,) if attempt.reason and not connected else ()
    return attempt, Evidence(
        server=_concerning(server, about), client=_concerning(own, about), reasons=reasons, text=_said(attempt)
    )


LAST = frozenset({"AMQ9999"})
"""What a queue manager logs last when it refuses a connection."""


def _concerning(log: ErrorLog | None, about: About) -> tuple[LogEntry, ...]:
    """The entries about the attempt; before the channel is known MQ names neither channel nor address."""
    listed = entries(log.since()) if log else ()
    texts = {one: " ".join((one.text, *one.inserts)) for one in listed}
    return tuple(one for one, text in texts.items() if about.concerns(text) or NO_CHANNEL in text)


def _said(attempt: Attempt) -> str:
    """The client's own words, where no reason code says it shorter."""
    return "" if attempt.reason else attempt.output[-2000:]


def _password(machine: Machine, client: Client) -> Secret | None:
    """The client's password where it can be had without asking anybody."""
    try:
        return machine.keyring.secret(client.password) if client.password else None
    except MqWizardError:
        return None


def repair_lines(found: Diagnosed) -> Sequence[str]:
    """The repair in lines: the recipe to run and its commands, or what somebody has to do."""
    cause = found.diagnosis.cause
    if cause is None:
        return ()
    if found.planned:
        commands = dict.fromkeys(line for one in found.planned for line in one.commands)
        consents = sorted({one.consent for one in found.planned if one.consent})
        allow = f" --allow {','.join(consents)}" if consents else ""
        return (f"Run the recipe: mqwizard --recipe {found.recipe}{allow}", *(f"  {line}" for line in commands))
    return (cause.cause.remedy, *(f"  {line}" for one in cause.seen for line in one.commands))
