"""What a proof needs for a moment: two queues of its own with one grant, and kits that differ from the real one.

Everything here is made for the proof and removed again; what a killed run left is known from the journal and removed
by the next one.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import OperationFailed
from wizard.kits.files import settings_files
from wizard.mq import mqsc
from wizard.mq.display import objects
from wizard.mq.messages import Outcome
from wizard.mq.objects import Kind, MqObject
from wizard.mq.secret_text import SecretRef
from wizard.run.files import make_folder, write_file
from wizard.run.journal import Journal
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.secrets import Secret
from wizard.topology.values import Client, Tls, Topology

if TYPE_CHECKING:
    from wizard.pki.values import Entry

PREFIX = "MQWIZARD.PROOF"
OWED = "remove proof queue"


@dataclass(frozen=True)
class Stage:
    """The queues of a proof on one queue manager, and the folder for its throw-away kits."""

    queue_manager: str
    open_queue: str
    closed_queue: str
    folder: Path


@contextmanager
def staged(
    machine: Machine, journal: Journal, queue_manager: str, clients: Sequence[Client], folder: Path
) -> Iterator[Stage]:
    """Make the queues and the grant, hand out the stage, remove everything; the journal knows of it meanwhile."""
    name = f"{PREFIX}.{secrets.token_hex(4).upper()}"
    stage = Stage(queue_manager, name, f"{name}.CLOSED", folder / queue_manager.replace("/", "&"))
    owed = f"{queue_manager} {OWED} {name}"
    groups = tuple(dict.fromkeys(client.account.group for client in clients))
    journal.owe(owed)
    try:
        _set_up(machine, stage, groups)
        yield stage
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        remove(machine, queue_manager, name)
        journal.paid(owed)


def leftovers(owed: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Queue manager and queue of every proof that a killed run left behind."""
    found = (work.partition(f" {OWED} ") for work in owed)
    return tuple((queue_manager, name) for queue_manager, middle, name in found if middle)


def _set_up(machine: Machine, stage: Stage, groups: tuple[str, ...]) -> None:
    queues = [MqObject(Kind.QLOCAL, name, {"MAXDEPTH": "10"}) for name in (stage.open_queue, stage.closed_queue)]
    grants = [_grant(stage.open_queue, group) for group in groups]
    commands = [mqsc.define(one) for one in queues] + [mqsc.set_authrec(one) for one in grants]
    for command, reply in zip(commands, machine.ask({stage.queue_manager: commands})[stage.queue_manager], strict=True):
        if reply.outcome is not Outcome.DONE:
            raise OperationFailed(
                f"{stage.queue_manager} refused: {command}\n{reply.shown.strip()}",
                "The proof cannot have its own queue.",
                "Run again with --no-proof, or remove the reason.",
            )


def remove(machine: Machine, queue_manager: str, name: str) -> None:
    """Delete the two queues of a proof, messages and all, and the rights on them; what is gone already stays gone.

    Raises OperationFailed where one stays, such as a queue that a client still has open.
    """
    listing = machine.ask({queue_manager: [f"DISPLAY AUTHREC PROFILE({name}) OBJTYPE(QUEUE)"]})[queue_manager]
    records = [one for one in objects(listing[0].text.splitlines(), Kind.AUTHREC) if one.name == name]
    ours = [one for one in records if one.text("ENTITY") != "mqm"]
    queues = [MqObject(Kind.QLOCAL, each) for each in (name, f"{name}.CLOSED")]
    commands = [mqsc.delete_authrec(one) for one in ours] + [mqsc.delete(one, purge=True) for one in queues]
    for command, reply in zip(commands, machine.ask({queue_manager: commands})[queue_manager], strict=True):
        if reply.outcome not in {Outcome.DONE, Outcome.NOT_FOUND}:
            raise OperationFailed(
                f"{queue_manager} refused: {command}\n{reply.shown.strip()}",
                "A queue or a right that the proof had for itself is still there.",
                "Run again: what the proof left behind is removed first.",
            )


def _grant(queue: str, group: str) -> MqObject:
    words = ("BROWSE", "GET", "INQ", "PUT")
    return MqObject(Kind.AUTHREC, queue, {"OBJTYPE": "QUEUE", "ENTTYPE": "GROUP", "ENTITY": group, "AUTHLIST": words})


def plain(client: Client, channel: str) -> Client:
    """The same client without TLS, on a channel of that name."""
    kept = {
        keyword: value
        for keyword, value in client.definition.attributes.items()
        if keyword not in {"SSLCIPH", "SSLPEER", "CERTLABL"}
    }
    definition = MqObject(Kind.CHANNEL, channel, kept)
    return replace(client, tls=Tls.NONE, channel=channel, cipher="", identity=None, signers=(), definition=definition)


def anonymous(client: Client) -> Client:
    """The same client without a certificate of its own."""
    kept = {keyword: value for keyword, value in client.definition.attributes.items() if keyword != "CERTLABL"}
    return replace(client, identity=None, definition=MqObject(Kind.CHANNEL, client.channel, kept))


def throw_away_kit(
    machine: Machine, stage: Stage, topology: Topology, client: Client, case: str, entries: Sequence[Entry] | None
) -> Path:
    """A kit for a client that is like the real one in all but one thing; with `entries` it gets a store of them."""
    folder = stage.folder / client.name / case.replace(" ", "-")
    make_folder(folder)
    for name, content in settings_files(topology, client).items():
        write_file(folder / name, content.encode(), mode=0o600)
    if not client.release.json_ccdt and client.tls is not Tls.NONE:
        table = {"MQCHLLIB": str(folder), "MQCHLTAB": "AMQCLCHL.TAB"}
        define = mqsc.define(client.definition, replace=True)
        _must(machine, Request(("runmqsc", "-n"), answers=(define, "END"), environment=table))
    if entries is not None:
        _write_store(machine, client, folder, entries)
    return folder


def _write_store(machine: Machine, client: Client, folder: Path, entries: Sequence[Entry]) -> None:
    """A PKCS#12 store by our own hand; for a client that reads CMS only, runmqakm takes it over into one."""
    from wizard.pki.passwords import strong_password
    from wizard.pki.store import Strength, write_pkcs12

    password = machine.keyring.hide(Secret(strong_password()))
    modern = client.release.pkcs12_repository
    strength = Strength.MODERN if modern else Strength.LEGACY
    store = folder / f"{client.name}.p12"
    write_file(store, write_pkcs12(entries, password.reveal(), strength=strength), mode=0o600)
    if modern:
        write_file(folder / "password", f"{password.reveal()}\n".encode(), mode=0o600)
        return
    target = str(folder / f"{client.name}.kdb")
    prompts = ((PASSWORD_PROMPT, password),)
    create = ("runmqakm", "-keydb", "-create", "-db", target, "-type", "cms", "-pw", "-", "-stash")
    take = ("runmqakm", "-cert", "-import", "-file", str(store), "-pw", "-", "-type", "pkcs12")
    _must(machine, Request(create, prompts=prompts))
    _must(machine, Request((*take, "-target", target, "-target_stashed", "-target_type", "cms"), prompts=prompts))


def _must(machine: Machine, request: Request) -> None:
    finished = machine.run(request)
    if finished.exit_status != 0:
        raise OperationFailed(
            f"{request.argv[0]} failed while the proof set up a throw-away kit.",
            finished.shown.strip(),
            "Run again with --no-proof, or remove the reason.",
        )


def login(machine: Machine, client: Client) -> Secret | None:
    """The password with which a client logs in, where it does and one is to be had.

    In the sandbox, where mqwizard plays root, the user gets the password that the recipe names, else one that is made.
    """
    if client.tls is not Tls.SERVER or not (client.password or machine.sandboxed):
        return None
    password = machine.keyring.secret(client.password or SecretRef(f"generated:{client.account.user} login"))
    if machine.sandboxed:
        set_password(machine, client.account.user, password)
    return password


def set_password(machine: Machine, user: str, password: Secret) -> None:
    """Give a user of the sandbox a password."""
    line = machine.keyring.hide(Secret(f"{user}:{password.reveal()}"))
    finished = machine.run(Request(("chpasswd",), answers=(line,)))
    if finished.exit_status != 0:
        raise OperationFailed(f"chpasswd refused a password for {user}.", finished.shown.strip())
