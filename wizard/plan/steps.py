"""The closed set of steps an operation consists of, and how each is shown.

`run` executes exactly these values and `text` prints exactly these values, so what was shown is what is done. A part
of a command may be known only later (`Later`) or never be shown (`SecretRef`).
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from wizard.mq.mqsc import quote
from wizard.mq.secret_text import SecretRef

STARS = "********"


@dataclass(frozen=True)
class Later:
    """A text that the run learns on the way, such as a folder that the queue manager names once it exists.

    `expected` is what it will be on a default installation, and what the plan shows; `tail` follows the learned text.
    """

    resource: str
    field: str
    expected: str
    tail: str = ""

    @property
    def shown(self) -> str:
        return self.expected + self.tail


Part = str | SecretRef | Later
Parts = tuple[Part, ...]


@dataclass(frozen=True)
class Mqsc:
    """One MQSC command for a queue manager; text parts stand as they are, other parts are quoted values."""

    queue_manager: str
    parts: Parts

    def lines(self) -> tuple[str, ...]:
        return ("".join(part if isinstance(part, str) else quote(shown(part)) for part in self.parts),)


@dataclass(frozen=True)
class Command:
    """One program started with an argument list, never through a shell.

    `answers` are the lines it reads from its terminal (where secrets go); `accepts` the exit statuses that mean
    success. `seconds` is its time limit.
    """

    argv: tuple[str | Later, ...]
    answers: Parts = ()
    accepts: frozenset[int] = frozenset({0})
    seconds: float = 60.0
    environment: Mapping[str, str | Later] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.argv, self.answers))

    def lines(self) -> tuple[str, ...]:
        settings = [f"{name}={shlex.quote(shown(value))}" for name, value in self.environment.items()]
        words = [shlex.quote(shown(word)) for word in self.argv]
        command = " ".join([*settings, *words])
        return (command, *(f"  > {shown(answer)}" for answer in self.answers))


@dataclass(frozen=True)
class WriteFile:
    """A file with exactly this content and mode, written beside and renamed over."""

    path: str | Later
    content: str
    mode: int = 0o600

    def lines(self) -> tuple[str, ...]:
        return (f"write {shown(self.path)}, {len(self.content.encode())} bytes, mode {self.mode:04o}",)


@dataclass(frozen=True)
class CreateAuthority:
    """A certificate authority of our own: an encrypted key and its certificate in a folder."""

    folder: str
    subject: str
    key: str
    days: int
    passphrase: SecretRef

    def lines(self) -> tuple[str, ...]:
        return (f"make certificate authority {self.subject}, {self.key}, {self.days} days, in {self.folder}",)


@dataclass(frozen=True)
class SignRequest:
    """A certificate issued by our own authority for the request in a file; asking again gives the same one."""

    folder: str
    passphrase: SecretRef
    request: str
    target: str
    days: int

    def lines(self) -> tuple[str, ...]:
        return (f"sign {self.request} with {self.folder}, {self.days} days, to {self.target}",)


@dataclass(frozen=True)
class CreateClientStore:
    """A new key and its certificate in a PKCS#12 store of our own, self-signed where no authority is named."""

    path: str | Later
    password: SecretRef
    label: str
    subject: str
    key: str
    days: int
    public: str
    authority: str = ""
    passphrase: SecretRef | None = None

    def lines(self) -> tuple[str, ...]:
        issuer = f"issued by {self.authority}" if self.authority else "self-signed"
        return (
            f"make {self.key} key and certificate {self.subject}, {issuer}, {self.days} days, "
            f"label {self.label}, in {shown(self.path)}",
        )


@dataclass(frozen=True)
class RequestCertificate:
    """A new key, set aside encrypted until its certificate is there, and the request for that certificate.

    A key that was set aside by an earlier run is asked for again.
    """

    path: str | Later
    password: SecretRef
    subject: str
    key: str
    target: str

    def lines(self) -> tuple[str, ...]:
        return (f"make {self.key} key for {shown(self.path)} and request {self.subject} in {self.target}",)


@dataclass(frozen=True)
class ReceiveCertificate:
    """The answer to a request of ours, taken into a store of our own together with the key that was set aside."""

    path: str | Later
    password: SecretRef
    label: str
    certificate: str

    def lines(self) -> tuple[str, ...]:
        return (f"receive {self.certificate} as {self.label} in {shown(self.path)}",)


@dataclass(frozen=True)
class CreateStore:
    """An empty PKCS#12 store of our own, in place of what an ended run left behind."""

    path: str | Later
    password: SecretRef

    def lines(self) -> tuple[str, ...]:
        return (f"make PKCS#12 key repository {shown(self.path)}",)


@dataclass(frozen=True)
class AddSigner:
    """A certificate file trusted by a store that we keep; the store is made where it is missing."""

    path: str | Later
    password: SecretRef
    label: str
    certificate: str

    def lines(self) -> tuple[str, ...]:
        return (f"trust {self.certificate} as {self.label} in {shown(self.path)}",)


@dataclass(frozen=True)
class ExtractCertificate:
    """The public certificate of one entry of a store that we keep, in a file to give away."""

    path: str | Later
    password: SecretRef
    label: str
    target: str

    def lines(self) -> tuple[str, ...]:
        return (f"extract certificate {self.label} of {shown(self.path)} to {self.target}",)


@dataclass(frozen=True)
class RemoveEntry:
    """An entry taken out of a store that we keep."""

    path: str | Later
    password: SecretRef
    label: str

    def lines(self) -> tuple[str, ...]:
        return (f"remove {self.label} from {shown(self.path)}",)


StoreWork = (
    CreateStore
    | CreateClientStore
    | RequestCertificate
    | ReceiveCertificate
    | AddSigner
    | ExtractCertificate
    | RemoveEntry
)
"""Work on one PKCS#12 store by our own hand."""

KeyWork = CreateAuthority | SignRequest | StoreWork


@dataclass(frozen=True)
class MakeKey:
    """Keys and certificates made by our own hand."""

    work: KeyWork

    def lines(self) -> tuple[str, ...]:
        return self.work.lines()


@dataclass(frozen=True)
class Wait:
    """What somebody else must do, with the commands for them; with `later` the rest of the plan goes on without it."""

    who: Literal["root", "ca", "partner", "host"]
    what: str
    commands: tuple[str, ...] = ()
    later: bool = False

    def lines(self) -> tuple[str, ...]:
        return tuple(f"{self.who}# {command}" for command in self.commands)


@dataclass(frozen=True)
class ListenerRuns:
    """DISPLAY LSSTATUS says RUNNING; START LISTENER alone proves nothing (facts 1.5)."""

    queue_manager: str
    listener: str

    def lines(self) -> tuple[str, ...]:
        return (f"check DISPLAY LSSTATUS({self.listener}) says RUNNING",)


@dataclass(frozen=True)
class FileSecured:
    """A file belongs to a group and has exactly this mode."""

    path: str | Later
    mode: int
    group: str

    def lines(self) -> tuple[str, ...]:
        return (f"check {shown(self.path)} is {self.mode:04o}, group {self.group}",)


@dataclass(frozen=True)
class StoreHolds:
    """A key repository opens and lists a label as a personal certificate or as a signer.

    `by_hand` where mqwizard reads it itself, since runmqakm cannot be given the password.
    """

    path: str | Later
    password: SecretRef | None
    label: str
    personal: bool
    by_hand: bool = False

    def lines(self) -> tuple[str, ...]:
        role = "personal" if self.personal else "signer"
        return (f"check {shown(self.path)} lists {self.label} as {role}",)


@dataclass(frozen=True)
class Stopped:
    """A listener or the instances of a channel have ended; STOP alone only asks them to."""

    queue_manager: str
    status: Literal["LSSTATUS", "CHSTATUS"]
    name: str

    def lines(self) -> tuple[str, ...]:
        return (f"check DISPLAY {self.status}({self.name}) shows none running",)


@dataclass(frozen=True)
class HoldsNothing:
    """No queue of a queue manager holds a message of an application; its dead-letter queue counts."""

    queue_manager: str
    dead_letter_queue: str

    def lines(self) -> tuple[str, ...]:
        return (f"check that no queue of {self.queue_manager} holds messages",)

    def counts(self, queue: str) -> bool:
        """Whether messages on that queue are those of applications: MQ keeps its own on SYSTEM queues."""
        ours = {self.dead_letter_queue, "SYSTEM.CLUSTER.TRANSMIT.QUEUE"}
        return not queue.startswith("SYSTEM.") or queue in ours


@dataclass(frozen=True)
class Gone:
    """A queue manager is there no longer."""

    queue_manager: str

    def lines(self) -> tuple[str, ...]:
        return (f"check that dspmq does not list {self.queue_manager}",)


@dataclass(frozen=True)
class Check:
    """Something asked and compared before the run goes on."""

    what: ListenerRuns | FileSecured | StoreHolds | Stopped | HoldsNothing | Gone

    def lines(self) -> tuple[str, ...]:
        return self.what.lines()


Step = Mqsc | Command | WriteFile | MakeKey | Wait | Check


def shown(part: Part) -> str:
    """A part as people may see it: secrets as stars, later values as expected."""
    if isinstance(part, SecretRef):
        return STARS
    return part.shown if isinstance(part, Later) else part


def secrets(steps: Iterable[Step]) -> set[SecretRef]:
    """Every secret that the steps need, so that missing ones are asked for before the first change."""
    found: set[SecretRef] = set()
    for step in steps:
        if isinstance(step, Mqsc):
            found.update(part for part in step.parts if isinstance(part, SecretRef))
        elif isinstance(step, Command):
            found.update(part for part in step.answers if isinstance(part, SecretRef))
        elif isinstance(step, MakeKey):
            found.update(value for value in vars(step.work).values() if isinstance(value, SecretRef))
    return found
