"""The recipe as a whole: the order form that reader, wizard and topology share.

`Recipe` holds what was written and the defaults that need no thought; what must be derived is derived by the topology.
Loading this module loads pydantic.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field, PrivateAttr

from wizard.errors import Problem
from wizard.recipe.clients import ChannelEntry, ClientEntry
from wizard.recipe.model import Part, Several
from wizard.recipe.nodes import Mapping, Path, place
from wizard.recipe.queue_managers import Host, KeyRepository, Listener, Log, QueueManagerEntry
from wizard.recipe.texts import (
    ChannelName,
    ClientName,
    CountryCode,
    HostName,
    Line,
    NamePattern,
    QueueManagerName,
    RelativePath,
)
from wizard.recipe.trust import Certificate, Certificates, Trust

__all__ = [
    "Certificate",
    "Certificates",
    "ChannelEntry",
    "ClientEntry",
    "Host",
    "KeyRepository",
    "Listener",
    "Log",
    "Names",
    "QueueManagerEntry",
    "Recipe",
    "Trust",
    "json_schema",
]


class Names(Part):
    """Naming patterns; {name} and {NAME} are the entry's name, {QM} and {qm} its queue manager's."""

    channel: NamePattern = Field("{NAME}.SVRCONN", description="The pattern of channel names.")
    user: NamePattern = Field("{name}", description="The pattern of user names.")
    certificate: NamePattern = Field("{name}", description="The pattern of certificate names.")
    dead_letter_queue: NamePattern = Field("{QM}.DLQ", description="The pattern of dead-letter queue names.")
    listener: NamePattern = Field("LISTENER.TCP", description="The pattern of listener names.")
    description: Line = Field("", description="The pattern of the DESCR of channels; none where it is empty.")


class Layout:
    """Where a recipe's parts stand in its text.

    Layouts never differ: two recipes are equal where they order the same, however they are written.
    """

    def __init__(self, source: str = "", root: Mapping | None = None) -> None:
        self.source = source
        self.root = root

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout)

    def __hash__(self) -> int:
        return 0


class Recipe(Part):
    """What is wanted."""

    model_config = ConfigDict(defer_build=False)

    mqwizard: Literal["1"] = Field(description="The version of the recipe's form: 1.")
    organization: Line | None = Field(
        None, description="The O of distinguished names; needed where a distinguished name is derived."
    )
    organizational_unit: Line = Field("MQ", description="The OU of distinguished names.")
    country: CountryCode | None = Field(None, description="The C of distinguished names, two letters.")
    trust: Trust = Field(
        default={}, validate_default=True, description="Who vouches for certificates: ca, self-signed or external."
    )
    certificates: Certificates = Field(
        default={},
        validate_default=True,
        description="What all certificates have in common: key, days, distinguished name.",
    )
    names: Names = Field(default={}, validate_default=True, description="Naming patterns.")
    hosts: dict[HostName, Host] = Field({}, description="The machines, where there is more than one.")
    queue_managers: dict[QueueManagerName, QueueManagerEntry] = Field(
        description="The queue managers by name, and what is wanted on each."
    )
    channels: dict[ChannelName, ChannelEntry] = Field({}, description="Channels that several clients share, by name.")
    clients: dict[ClientName, ClientEntry] = Field({}, description="The applications that connect, by name.")
    mqsc: Several[RelativePath] = Field((), description="MQSC files beside the recipe whose objects are wanted too.")

    _layout: Layout = PrivateAttr(default_factory=Layout)

    @property
    def source(self) -> str:
        """The name of the text that the recipe was read from; empty where there was none."""
        return self._layout.source

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of what a path means, such as ("clients", "app1", "tls"); 0, 0 without a text.

        A path that the text does not spell out gives the nearest place above it.
        """
        return place(self._layout.root, path) if self._layout.root else (0, 0)

    def problem(self, path: Path, what: str, remedy: str = "") -> Problem:
        """A problem at the place that a path means."""
        return Problem(self.source, *self.place(path), what, remedy)

    def written_as(self, layout: Layout) -> Recipe:
        """The same recipe, which knows its text."""
        known = self.model_copy()
        known._layout = layout
        return known


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a recipe, for editors: short and long forms, descriptions, bounds."""
    from wizard.recipe.json_schema import document

    return document(Recipe)
