"""The resources a recipe implies, with every default spelled out.

Made by `build`, read by plan, kits, access and proof. Paths are relative to the recipe's folder unless they start with
`/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef


class Tls(StrEnum):
    """What a channel's TLS proves: nothing, the queue manager, or both ends."""

    NONE = "none"
    SERVER = "server"
    MUTUAL = "mutual"


class Trust(StrEnum):
    """Who vouches for a certificate."""

    CA = "ca"
    SELF_SIGNED = "self-signed"
    EXTERNAL = "external"


@dataclass(frozen=True)
class Identity:
    """A personal certificate that is wanted: its label, its subject as MQ writes it, its key, its days.

    `requested` says that a CA elsewhere issues it, by request; `issuer` is then that CA, where it is known already.
    """

    label: str
    subject: str
    key: str
    days: int
    requested: bool = False
    issuer: str = ""
    public_key: str = ""
    """SHA-256 of the public key that the recipe names, for a key that is made on another host."""


@dataclass(frozen=True)
class Signer:
    """A certificate that a store must trust, and the file in which its public part lies."""

    label: str
    subject: str
    file: str

    @property
    def copy(self) -> str:
        """The name of its file in a kit; a label may hold what no file name should."""
        return f"{plain_word(self.label)}.pem"


def plain_word(text: str) -> str:
    """The text in small ASCII letters, digits, dots and hyphens: a name that tools and file systems take as it is."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip(".-") or "mq"


@dataclass(frozen=True)
class Authority:
    """The recipe's own certificate authority."""

    name: str
    folder: str
    subject: str
    key: str
    days: int
    passphrase: SecretRef

    @property
    def certificate(self) -> str:
        """The file that holds its public certificate."""
        return f"{self.folder}/ca.pem"


@dataclass(frozen=True)
class Repository:
    """A queue manager's key repository.

    `folder` is empty for the queue manager's own ssl folder. With `stash` the password is stashed beside the store and
    nobody needs it again; otherwise it goes into KEYRPWD, after `initial_key` into INITKEY (9.3 and later, facts 2.3).
    """

    type: str
    folder: str
    password: SecretRef
    stash: bool
    initial_key: SecretRef | None
    file: str = ""
    """The whole file where a queue manager has a store of its own already; then `folder` says nothing."""
    by_hand: bool = False
    """Whether mqwizard writes the store itself, since runmqakm cannot be given its password."""

    @property
    def file_name(self) -> str:
        return "key.p12" if self.type == "pkcs12" else "key.kdb"


@dataclass(frozen=True)
class Account:
    """A user on the queue manager's host and the group that its authorities go to.

    `shared` says that the recipe names the group itself, so that other members are wanted.
    """

    user: str
    group: str
    shared: bool


@dataclass(frozen=True)
class Creation:
    """What crtmqm is told: log type, log sizes in pages and files, log and data folder."""

    log_type: str = "circular"
    file_pages: int | None = None
    primary: int | None = None
    secondary: int | None = None
    log_path: str = ""
    data_path: str = ""


class Action(StrEnum):
    """What a script's command does that defines nothing."""

    START_LISTENER = "start listener"
    START_CHANNEL = "start channel"
    REFRESH_SSL = "refresh security (TLS)"
    REFRESH_CONNAUTH = "refresh security (CONNAUTH)"
    REFRESH_AUTHSERV = "refresh security (authorities)"
    SHOW = "show"


@dataclass(frozen=True)
class ScriptCommand:
    """A command of an MQSC script that defines nothing; `name` is what it is about, `origin` its file and line."""

    action: Action
    name: str
    origin: str


@dataclass(frozen=True)
class Closing:
    """A way in that is to be closed and stays open until its clients have moved.

    `way` says how they come, `beside` which channel they move to, empty for the same one.
    """

    channel: str
    way: str
    beside: str = ""


@dataclass(frozen=True)
class QueueManager:
    """One queue manager and everything wanted on it."""

    name: str
    host: str
    address: str
    release: Release
    creation: Creation
    dead_letter_queue: str
    listener: MqObject | None
    queues: tuple[MqObject, ...] = ()
    objects: tuple[MqObject, ...] = ()
    channels: tuple[MqObject, ...] = ()
    rules: tuple[MqObject, ...] = ()
    authorities: tuple[MqObject, ...] = ()
    attributes: MqObject | None = None
    """The queue manager's own attributes that the recipe sets, as an object of kind QMGR."""
    repository: Repository | None = None
    identity: Identity | None = None
    signers: tuple[Signer, ...] = ()
    accounts: tuple[Account, ...] = ()
    adopted: bool = False
    """mqwizard did not make it: what it has stays."""
    gives: tuple[Signer, ...] = ()
    """Certificates in its store that clients must trust, and the files they are extracted to."""
    altered: tuple[MqObject, ...] = ()
    """Objects that scripts alter and nothing defines, such as those that MQ makes itself: only what is altered."""
    commands: tuple[ScriptCommand, ...] = ()
    """What scripts do besides."""
    origins: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Key of each object, rule and right that a script asks for → its file and line."""
    awaits: bool = False
    """Its certificate is still to come from a CA elsewhere, so that no TLS channel of ours can be used yet."""
    closings: tuple[Closing, ...] = ()
    """Ways in that stay open for now."""
    shows: str = ""
    """The label of the certificate that it goes on showing for now; empty for that of `identity`."""

    @property
    def port(self) -> int:
        return int(self.listener.text("PORT")) if self.listener else 1414

    @property
    def public(self) -> str:
        """The file that holds its public certificate, for those who trust it."""
        return f"exchange/{self.file_stem}.pem"

    @property
    def request(self) -> str:
        """The file that holds the request for its certificate, for those who sign it."""
        return f"exchange/{self.file_stem}.csr"

    @property
    def file_stem(self) -> str:
        """Its name as part of a file's name: MQ allows a slash in it, which would lead into another folder."""
        return self.name.replace("/", "&")


@dataclass(frozen=True)
class Client:
    """One application that connects: its channel, its identity, its rights, its kit."""

    name: str
    queue_manager: str
    host: str
    tls: Tls
    channel: str
    cipher: str
    account: Account
    queues: tuple[tuple[str, tuple[str, ...]], ...]
    addresses: tuple[str, ...]
    release: Release
    definition: MqObject
    """Its client-connection channel."""
    identity: Identity | None = None
    signers: tuple[Signer, ...] = ()
    password: SecretRef | None = None
    reset_bytes: int = 0
    awaits: bool = False
    """Its certificate, or that of its queue manager, is still to come from a CA elsewhere."""
    programs: tuple[str, ...] = ()
    """The kinds of programs that its kit is for; none named means every kind."""

    @property
    def kit(self) -> str:
        """The folder of its kit."""
        return f"kits/{self.name}"

    @property
    def store(self) -> str:
        """The file of its key repository; a client without TLS has none."""
        ending = "p12" if self.release.pkcs12_repository else "kdb"
        return f"{self.kit}/{self.name}.{ending}"

    @property
    def store_password(self) -> SecretRef:
        """The password of its key repository, kept in a file of its own beside the kit."""
        return SecretRef(f"kept:kits/{self.name}.password")

    @property
    def public(self) -> str:
        """The file that holds its public certificate, for those who trust it."""
        return f"exchange/{self.name}.pem"

    @property
    def request(self) -> str:
        """The file that holds the request for its certificate, for those who sign it."""
        return f"exchange/{self.name}.csr"

    @property
    def certificate_copy(self) -> str:
        """The name that its certificate has in its kit, where its key is made on another host."""
        return f"{plain_word(self.name)}-certificate.pem"

    @property
    def asks_us(self) -> bool:
        """Whether its key is made on another host, which sends the request for its certificate here."""
        return bool(self.host) and self.identity is not None

    @property
    def store_here(self) -> bool:
        """Whether its key repository is made here: it needs one, and no other host owns its key."""
        return self.tls is not Tls.NONE and not self.host


@dataclass(frozen=True)
class Topology:
    """Everything a recipe implies; `notes` are what a reader of the plan should know about it."""

    trust: Trust
    authority: Authority | None
    queue_managers: tuple[QueueManager, ...]
    clients: tuple[Client, ...]
    notes: tuple[str, ...] = ()
    roots: frozenset[str] = frozenset()
    """SHA-256 fingerprints of the CAs elsewhere that the recipe trusts: upper-case pairs with colons."""

    def queue_manager(self, name: str) -> QueueManager:
        """The queue manager of that name; KeyError where the topology has none."""
        return self._by_name[name]

    def clients_of(self, name: str) -> tuple[Client, ...]:
        """The clients that connect to a queue manager, in the recipe's order."""
        return tuple(self._clients_by_queue_manager.get(name, ()))

    @cached_property
    def _by_name(self) -> dict[str, QueueManager]:
        return {queue_manager.name: queue_manager for queue_manager in self.queue_managers}

    @cached_property
    def _clients_by_queue_manager(self) -> dict[str, list[Client]]:
        grouped: dict[str, list[Client]] = {}
        for client in self.clients:
            grouped.setdefault(client.queue_manager, []).append(client)
        return grouped
