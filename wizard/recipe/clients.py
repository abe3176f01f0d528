"""The recipe's `clients` and `channels`: who connects, over which channel, and what each may do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wizard.recipe.model import Attributes, Named, Part, Several
from wizard.recipe.texts import (
    AddressPattern,
    ChannelName,
    CipherName,
    Count,
    GroupName,
    HostName,
    QueueManagerName,
    QueueName,
    ReleaseText,
    Right,
    Secret,
    UserName,
)
from wizard.recipe.trust import Certificate

KitWords = Literal["c", "java", "jms", "dotnet", "python", "nodejs", "go"]


class ChannelEntry(Part):
    """A server-connection channel for several clients, or one that needs attributes of its own."""

    queue_manager: QueueManagerName | None = Field(
        None, description="The queue manager it is on; else that of the clients that name it."
    )
    cipher: CipherName | None = Field(None, description="Its CipherSpec; else the best that both ends know.")
    attributes: Attributes = Field({}, description="Attributes of the channel, by their MQSC names.")


class ClientEntry(Part):
    """An application that connects to a queue manager."""

    connects_to: QueueManagerName = Field(description="The queue manager it connects to.")
    tls: Literal["none", "server", "mutual"] = Field(
        "mutual",
        description="Who shows a certificate: none, the queue manager (the client gives a password), or both.",
    )
    channel: ChannelName | None = Field(
        None, description="Its channel, at most 20 characters; several clients may name the same one; else by `names`."
    )
    user: UserName | None = Field(
        None, description="The user it runs as on the queue manager, at most 12 characters; else by `names`."
    )
    group: GroupName | None = Field(
        None, description="The group that gets its authorities; else one with the user's name."
    )
    certificate: Certificate = Field(
        default={}, validate_default=True, description="Its certificate, with tls: mutual; a lone text is the name."
    )
    queues: Named[QueueName, Several[Right]] = Field(
        {}, description="What it may do with each queue, such as {Q1: [put, get]}; a list of names means put and get."
    )
    address: Several[AddressPattern] = Field(
        (), description="Where it may connect from: IP addresses, patterns such as 10.1.2.*, or host names."
    )
    cipher: CipherName | None = Field(
        None, description="The CipherSpec; else its channel's, else the best that both ends know."
    )
    password: Secret | None = Field(
        None,
        description="With tls: server, the password of the proof: env:NAME, file:PATH or prompt. It is never kept.",
    )
    host: HostName | None = Field(
        None, description="The machine it runs on, one of `hosts`; else its key is made here and goes into its kit."
    )
    reset_bytes: Count | None = Field(
        None, description="After how many bytes the client asks for new session keys (MQSSLRESET)."
    )
    attributes: Attributes = Field({}, description="Attributes of its channel, by their MQSC names.")
    kit: Several[KitWords] = Field((), description="The kinds of programs its kit is for; else all of them.")
    mq: ReleaseText | None = Field(
        None, description="The release of its MQ client, such as 9.1; else the queue manager's."
    )

    @property
    def grants(self) -> dict[str, tuple[str, ...]]:
        """What it may do, by queue; a queue without a word means put and get."""
        return {queue: rights or ("put", "get") for queue, rights in self.queues.items()}
