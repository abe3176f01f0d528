"""The recipe's `queue_managers` and `hosts`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from wizard.recipe.model import Attributes, Named, Part, Several
from wizard.recipe.texts import (
    Count,
    HostName,
    ListenAddress,
    ListenerName,
    LogFiles,
    LogPages,
    MqPath,
    NetworkAddress,
    Port,
    QueueName,
    ReleaseText,
    Secret,
    StorePassword,
)
from wizard.recipe.trust import Certificate

ObjectKind = Literal[
    "QLOCAL",
    "QREMOTE",
    "QALIAS",
    "QMODEL",
    "CHANNEL",
    "LISTENER",
    "AUTHINFO",
    "NAMELIST",
    "TOPIC",
    "PROCESS",
    "SERVICE",
    "SUB",
    "COMMINFO",
]


class Host(Part):
    """A machine of the recipe."""

    address: NetworkAddress | None = Field(
        None, description="The host name or IP address by which others reach this machine."
    )
    mq: ReleaseText | None = Field(
        None, description="The release of MQ on it, such as 9.4; else what dspmqver says there."
    )


class Listener(Part):
    """The listener of a queue manager; a lone number is its port."""

    short_form: ClassVar[str] = "port"

    port: Port = Field(1414, description="The TCP port that the queue manager listens on.")
    name: ListenerName | None = Field(None, description="The name of the listener object; else by `names`.")
    address: ListenAddress = Field("*", description="The address of the machine to listen on; * for all of them.")
    backlog: Count | None = Field(None, description="How many connections may wait to be taken.")
    attributes: Attributes = Field({}, description="Further attributes of the listener, by their MQSC names.")


class Log(Part):
    """The recovery log, as crtmqm makes it; type, sizes and path of an existing queue manager stay as they are."""

    type: Literal["circular", "linear"] = Field(
        "circular", description="circular for restart recovery, linear for media recovery too."
    )
    file_pages: LogPages | None = Field(None, description="The size of each log file in pages of 4 KB.")
    primary: LogFiles | None = Field(None, description="How many log files are made at the start.")
    secondary: LogFiles | None = Field(None, description="How many log files may be added when those are full.")
    path: MqPath | None = Field(None, description="The folder of the log; else MQ's own.")


class KeyRepository(Part):
    """The store of the queue manager's keys and certificates."""

    type: Literal["pkcs12", "cms"] | None = Field(
        None, description="The type of the store; else pkcs12 from MQ 9.3 and cms before."
    )
    password: StorePassword | None = Field(
        None,
        description="stash (a stash file beside the store), or env:NAME, file:PATH or prompt for ALTER QMGR KEYRPWD.",
    )
    path: MqPath | None = Field(None, description="The store's folder; else the queue manager's ssl folder.")
    initial_key: Secret | None = Field(
        None, description="The initial key that encrypts KEYRPWD: env:NAME, file:PATH or prompt."
    )


class QueueManagerEntry(Part):
    """A queue manager and what is wanted on it."""

    host: HostName | None = Field(None, description="The machine it runs on, one of `hosts`; else this one.")
    address: NetworkAddress | None = Field(
        None, description="The host name or IP address that clients connect to; else its host's, else localhost."
    )
    listener: Listener | None = Field(None, description="The port it listens on, or a mapping that says more.")
    dead_letter_queue: QueueName | None = Field(
        None, description="The queue for messages that cannot be delivered; else by `names`."
    )
    queues: Named[QueueName, Attributes] = Field(
        {}, description="The local queues: a list of names, or names with attributes by their MQSC names."
    )
    existing_queues: Several[QueueName] = Field(
        (), description="Queues that exist already or that others make, so that clients may be granted them."
    )
    log: Log = Field(default={}, validate_default=True, description="The recovery log.")
    data_path: MqPath | None = Field(None, description="The folder of the queue manager's data; else MQ's own.")
    attributes: Attributes = Field(
        {}, description="Attributes of the queue manager, by their MQSC names, as for ALTER QMGR."
    )
    key_repository: KeyRepository = Field(default={}, validate_default=True, description="The store of its keys.")
    certificate: Certificate = Field(
        default={}, validate_default=True, description="Its certificate; a lone text is the name."
    )
    objects: dict[ObjectKind, Named[str, Attributes]] = Field(
        {}, description="Any other objects: by kind, name and attributes, all by their MQSC names."
    )
    chlauth: tuple[Attributes, ...] = Field(
        (), description="Further channel authentication records: `profile`, and attributes as for SET CHLAUTH."
    )
    authrec: tuple[Attributes, ...] = Field(
        (),
        description="Further authority records: `profile`, OBJTYPE, GROUP or PRINCIPAL, AUTHADD, as for SET AUTHREC.",
    )
