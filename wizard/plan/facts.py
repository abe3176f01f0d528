"""What was read from the machine, as values; `run` fills them in, `plan` compares them with the topology.

Only what the recipe names or implies is read. A value that could not be read is absent, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.topology.values import Client, QueueManager


@dataclass(frozen=True)
class CertificateFact:
    """One entry of a key repository. `days_left` is None where the tool did not say when it ends."""

    label: str
    personal: bool
    subject: str = ""
    issuer: str = ""
    fingerprint: str = ""
    days_left: int | None = None
    key: str = ""


class PasswordWay(StrEnum):
    """How runmqakm can be given a password that is not stashed; `run` tries it where a plan may need it."""

    UNTRIED = "untried"
    TERMINAL = "terminal"
    """`-pw -` makes it ask at its terminal."""
    COMMAND_LINE = "command line"
    ABSENT = "absent"
    """There is no runmqakm."""

    @property
    def closed(self) -> bool:
        """Whether no password may be given to it: an argument is read by everybody on the host."""
        return self in {PasswordWay.COMMAND_LINE, PasswordWay.ABSENT}


@dataclass(frozen=True)
class StoreFact:
    """A key repository file: whether it is there, opens, what it holds, who may read it."""

    path: str
    exists: bool
    usable: bool = False
    certificates: tuple[CertificateFact, ...] = ()
    requests: tuple[str, ...] = ()
    mode: int = 0
    group: str = ""
    stash: bool = True
    """Whether a stash file lies beside it."""
    by_hand: bool = False
    """Whether mqwizard wrote it itself, and keeps its password."""
    former: StoreFact | None = None
    """A CMS store of ours in whose place this one comes, while this one is not there."""

    def certificate(self, label: str) -> CertificateFact | None:
        """The entry of that label, compared without regard to case as key repositories do."""
        return next((one for one in self.certificates if one.label.lower() == label.lower()), None)


@dataclass(frozen=True)
class LoginFact:
    """How the queue manager authenticates clients: its AUTHINFO, and when it adopts the user (facts tls 5).

    Empty and None where that could not be read.
    """

    kind: str = ""
    check_client: str = ""
    early_adopt: bool | None = None
    adopt: bool = False
    """ADOPTCTX(YES)."""


@dataclass(frozen=True)
class Instance:
    """Somebody who is connected over a channel right now: from where, as what, and with which TLS."""

    channel: str
    address: str
    application: str = ""
    cipher: str = ""
    subject: str = ""
    """The distinguished name of its certificate; empty where it shows none."""

    def __str__(self) -> str:
        program = f" ({self.application})" if self.application else ""
        return f"{self.channel} from {self.address}{program}"


@dataclass(frozen=True)
class QueueManagerFact:
    """A queue manager that exists, and what of it the recipe is about."""

    name: str
    status: str
    running: bool
    own: MqObject | None = None
    objects: Mapping[tuple[str, ...], MqObject] = field(default_factory=dict)
    rules: Mapping[tuple[str, ...], MqObject] = field(default_factory=dict)
    authorities: Mapping[tuple[str, ...], MqObject] = field(default_factory=dict)
    listening: frozenset[str] = frozenset()
    instances: tuple[Instance, ...] = ()
    """Who is connected over channels right now."""
    tls_channels: tuple[str, ...] = ()
    """Names of channels that run over TLS right now."""
    store: StoreFact | None = None
    ssl_folder: str = ""
    secured_channels: frozenset[str] = frozenset()
    """Every channel whose definition asks for TLS."""
    login: LoginFact = LoginFact()
    security_policy: str = ""
    """SecurityPolicy of qm.ini in small letters; empty for the default of the platform."""


@dataclass(frozen=True)
class UserFact:
    """A user of the operating system: its primary group, and every group it is in."""

    name: str
    primary: str
    groups: frozenset[str]


@dataclass(frozen=True)
class AuthorityFact:
    """The folder of our own certificate authority: absent, half made, or whole."""

    state: str
    subject: str = ""
    days_left: int | None = None


@dataclass(frozen=True)
class SignerFact:
    """A CA's certificate that came with an answer; `pem` is its public certificate."""

    label: str
    subject: str
    fingerprint: str
    pem: str = field(repr=False)

    @property
    def file(self) -> str:
        """The file from which it is added to stores and copied into kits."""
        return f"exchange/ca-{self.label}.pem"


@dataclass(frozen=True)
class AnswerFact:
    """What the exchange folder holds for one request of ours: the request at least, and the CA's answer or nothing.

    `chain` holds the CAs above the certificate, the issuing one first. `missing` says what a chain still lacks;
    `wrong` why an answer cannot be used at all.
    """

    file: str = ""
    subject: str = ""
    issuer: str = ""
    pem: str = field(default="", repr=False)
    chain: tuple[SignerFact, ...] = ()
    missing: str = ""
    wrong: str = ""

    @property
    def usable(self) -> bool:
        return bool(self.pem) and not self.missing and not self.wrong


@dataclass(frozen=True)
class RequestFact:
    """A request that another host put into the exchange folder.

    `public_key` is the SHA-256 of its public key, `wrong` why nothing can be signed for it, `answered` whether the
    certificate that lies there is one for this very key.
    """

    public_key: str = ""
    wrong: str = ""
    answered: bool = False


@dataclass(frozen=True)
class KitFact:
    """A client's kit: the content of each file that is there, and its key repository."""

    files: Mapping[str, str] = field(default_factory=dict)
    store: StoreFact | None = None


@dataclass(frozen=True)
class Memory:
    """What the journals of earlier runs say.

    `set_values` holds, for each resource of ours, the values that a run gave it last; `owed` the work still to do;
    `begun` the resources whose operation never came to its end; `made` those that a run created, or began to, and that
    none deleted since. What was there before and only got other values is not among them.
    """

    set_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    owed: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()

    def ours(self, resource: str) -> bool:
        """Whether an earlier run of this recipe made the resource, or began to."""
        return resource in self.set_values or resource in self.begun

    def entities(self, queue_manager: str) -> tuple[tuple[str, str], ...]:
        """GROUP or PRINCIPAL, and the name, of all whom earlier runs gave rights on a queue manager."""
        lead = f"{queue_manager}/authority/"
        rests = [resource.removeprefix(lead) for resource in self.set_values if resource.startswith(lead)]
        return tuple(("PRINCIPAL", rest[10:]) if rest.startswith("principal/") else ("GROUP", rest) for rest in rests)

    def unfinished(self, resource: str) -> bool:
        """Whether a run began to make the resource, and none has come to its end since."""
        return resource in self.begun and resource not in self.set_values


@dataclass(frozen=True)
class Facts:
    """Everything a plan is made from, besides the topology."""

    taken: str
    host: str
    release: Release
    installation: str
    data_path: str = "/var/mqm"
    assumed: bool = False
    """No MQ was found, so an empty machine is assumed."""
    plays_root: bool = False
    """Commands that need root are ours to run, as in the sandbox."""
    queue_managers: Mapping[str, QueueManagerFact] = field(default_factory=dict)
    users: Mapping[str, UserFact] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Each group that exists, with every member, whether by primary group or by list."""
    busy_ports: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Address and port of listeners to be → who holds it, where somebody does."""
    authority: AuthorityFact = field(default_factory=lambda: AuthorityFact("absent"))
    kits: Mapping[str, KitFact] = field(default_factory=dict)
    exchange: Mapping[str, str] = field(default_factory=dict)
    """Public certificate files that lie in the exchange folder → the subject each names."""
    answers: Mapping[str, AnswerFact] = field(default_factory=dict)
    """Queue manager or client → what lies in the exchange folder for its request, where the request itself does."""
    requests: Mapping[str, RequestFact] = field(default_factory=dict)
    """Client on another host → the request that it sent, where one is there."""
    unread: tuple[str, ...] = ()
    """Files in the exchange folder that may be meant as answers and cannot be read, each with why."""
    memory: Memory = field(default_factory=Memory)
    password_way: PasswordWay = PasswordWay.UNTRIED

    def has_key(self, client: Client) -> bool:
        """Whether a client's key repository holds its certificate with the key already."""
        kit = self.kits.get(client.name)
        there = kit.store.certificate(client.identity.label) if kit and kit.store and client.identity else None
        return there is not None and there.personal

    def has_own_key(self, queue_manager: QueueManager) -> bool:
        """Whether a queue manager's key repository opens and holds its certificate with the key already."""
        fact = self.queue_managers.get(queue_manager.name)
        found = fact.store if fact else None
        found = found.former if found and found.former else found
        store = found if found and found.usable else None
        there = store.certificate(queue_manager.identity.label) if store and queue_manager.identity else None
        return there is not None and there.personal
