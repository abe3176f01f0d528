"""What the doctor saw, as values: filled in by `look`, judged by `judge`. An empty value is what was not there.

A `trouble` says why something could not be looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from wizard.errors import MqWizardError
from wizard.mq.ini import Stanza
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.plan.facts import CertificateFact
from wizard.plan.operations import Operation
from wizard.run.dspmq import QueueManagerStatus
from wizard.run.installation import Installation


@dataclass(frozen=True)
class InstallationSeen:
    """One installation, as dspmqinst lists it."""

    name: str
    path: str
    version: str = ""
    primary: bool = False
    state: str = "Available"


@dataclass(frozen=True)
class MqSeen:
    """The installations of this machine, the one that is used, and what it holds."""

    installations: tuple[InstallationSeen, ...] = ()
    chosen: Installation | None = None
    refused: MqWizardError | None = None
    """Why mqwizard would not know which one to use."""
    built: str = ""
    """The build date in dspmqver's Level, such as 240605."""
    missing: frozenset[str] = frozenset()
    set_up: str = ""
    """MQ_INSTALLATION_PATH of this session."""
    on_path: str = ""
    """The installation whose dspmq comes first on PATH."""
    steering: tuple[str, ...] = ()
    """Variables of this session that steer C clients."""
    gskit9: bool = False
    icu: bool = True
    java: str = ""


@dataclass(frozen=True)
class FolderSeen:
    """A folder or file: who may do what there, and how full its file system is."""

    path: str
    exists: bool = True
    mode: int = 0o2775
    uid: int = 0
    gid: int = 0
    writable: bool = True
    device: int = 0
    free: int | None = None
    inodes: float | None = None
    """The part of the file system's inodes that is free; None where it does not count them."""


@dataclass(frozen=True)
class UserSeen:
    """Who runs this, and the group mqm."""

    name: str
    root: bool = False
    mqm: int | None = None
    """The number of the group mqm; None where there is no such group."""
    mqm_user: int | None = None
    """The number of the user mqm."""
    member: bool = False
    active: bool = False
    """Whether this session has the group."""
    trouble: str = ""


@dataclass(frozen=True)
class SystemSeen:
    """The session and the machine, apart from MQ; a limit of None has no end."""

    language: str = "C.UTF-8"
    english_utf8: bool | None = True
    """Whether the locale in which commands are run exists; None where that cannot be seen."""
    open_files: tuple[int | None, int | None] = (None, None)
    processes: tuple[int | None, int | None] = (None, None)
    commands_missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataSeen:
    """MQ's data path and the folders in it."""

    folders: tuple[FolderSeen, ...] = ()
    errors: FolderSeen | None = None
    incidents: int = 0
    """FDC files in the errors folder."""
    newest_incident: float | None = None
    """Days since the newest of them."""


@dataclass(frozen=True)
class ListenerSeen:
    """A TCP listener of a queue manager; `holder` is who else has its port."""

    name: str
    address: str
    port: int
    control: str = "QMGR"
    running: bool = True
    holder: str = ""


@dataclass(frozen=True)
class ChannelSeen:
    """A channel and its CipherSpec."""

    name: str
    type: str
    cipher: str = ""


@dataclass(frozen=True)
class StoreSeen:
    """A key repository as SSLKEYR names it, and the files beside it."""

    path: str
    keyr: str
    exists: bool = True
    files: tuple[FolderSeen, ...] = ()
    stash: bool = True
    password_set: bool = False
    """Whether KEYRPWD holds its password."""
    listed: bool = True
    trouble: str = ""
    certificates: tuple[CertificateFact, ...] = ()


@dataclass(frozen=True)
class QueueManagerSeen:
    """A queue manager: what dspmq says, and, where it runs and answers, what it says itself."""

    status: QueueManagerStatus
    asked: bool = False
    trouble: str = ""
    own: MqObject | None = None
    authentication: MqObject | None = None
    """The object that CONNAUTH names."""
    listeners: tuple[ListenerSeen, ...] = ()
    channels: tuple[ChannelSeen, ...] = ()
    settings: tuple[Stanza, ...] = ()
    """qm.ini; empty where it cannot be read."""
    error_log: int | None = None
    """Bytes of AMQERR01.LOG."""
    log: FolderSeen | None = None
    data: FolderSeen | None = None
    store: StoreSeen | None = None

    @property
    def name(self) -> str:
        return self.status.name


@dataclass(frozen=True)
class RunSeen:
    """The journals of one recipe in one place: what its runs left open."""

    key: str
    word: str
    """What is known of the recipe's name."""
    ours: bool = False
    """Whether it is the recipe that was named now."""
    user: str = ""
    begun: str = ""
    at_work: tuple[int, ...] = ()
    """Processes of it that still run."""
    open: tuple[str, ...] = ()
    """Resources whose operation never came to its end."""
    owed: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True)
class LockSeen:
    """A lock file, whether a process holds it (None where that cannot be seen), and who it says that is."""

    path: str
    held: bool | None
    holder: str


@dataclass(frozen=True)
class MemorySeen:
    """mqwizard's state folder, and what earlier runs left behind."""

    folder: FolderSeen
    parent: FolderSeen | None = None
    """The nearest folder above that is there, where the state folder is not."""
    own: bool = True
    runs: tuple[RunSeen, ...] = ()
    locks: tuple[LockSeen, ...] = ()


@dataclass(frozen=True)
class RecipeSeen:
    """What a recipe wants of this machine."""

    name: str
    queue_managers: tuple[str, ...] = ()
    busy: Mapping[tuple[str, int], str] = field(default_factory=dict)
    names: Mapping[str, bool] = field(default_factory=dict)
    """Each address name → whether it can be looked up here."""
    accounts: tuple[Operation, ...] = ()
    folders: tuple[FolderSeen, ...] = ()
    """Folders outside the queue manager's own in which it wants key repositories."""
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """Everything that was looked at."""

    moment: datetime
    host: str
    sandboxed: bool
    arguments: tuple[str, ...]
    mq: MqSeen
    user: UserSeen
    system: SystemSeen
    data: DataSeen
    memory: MemorySeen
    queue_managers: tuple[QueueManagerSeen, ...] = ()
    queue_managers_trouble: str = ""
    recipe: RecipeSeen | None = None

    @property
    def may_ask(self) -> bool:
        """Whether MQ's commands are run here: not as root, and only for who may administer MQ."""
        return self.sandboxed or (self.user.active and not self.user.root)

    @property
    def day(self) -> datetime:
        """The moment in universal time, without its zone, as tools' dates are read."""
        return self.moment.astimezone(UTC).replace(tzinfo=None)


def release_of(manager: QueueManagerSeen, installation: Installation | None) -> Release | None:
    """The release a queue manager runs at: what it says itself, else that of the installation."""
    digits = manager.own.text("VERSION") if manager.own else ""
    if len(digits) == 8 and digits.isascii() and digits.isdigit():
        return Release.from_digits(digits)
    return installation.release if installation else None
