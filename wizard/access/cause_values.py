"""The values of a diagnosis: causes, what was seen of a failure, what is so here, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.mq.error_log import LogEntry


class Side(StrEnum):
    """Where a cause is, and so where it is repaired."""

    CLIENT = "at the client"
    QUEUE_MANAGER = "at the queue manager"
    BOTH = "at both ends"
    BETWEEN = "between them"


@dataclass(frozen=True)
class Cause:
    """One possible cause of a failure.

    `server` and `client` are the message ids by which the queue manager's and the client's error logs tell of it,
    `reasons` what the program gets, `phrases` what its error text holds. `shown_by` are the observations (`observe`)
    that confirm it. `look` says where to look when nothing here tells.
    """

    key: str
    what: str
    side: Side
    remedy: str
    server: frozenset[str] = frozenset()
    client: frozenset[str] = frozenset()
    reasons: frozenset[int] = frozenset()
    phrases: tuple[str, ...] = ()
    shown_by: frozenset[str] = frozenset()
    look: str = ""
    only_here: bool = False
    """Nothing but an observation can tell of it."""


def cause(  # noqa: PLR0913 - a row of a table
    key: str,
    side: Side,
    *,
    what: str,
    remedy: str,
    look: str,
    server: str = "",
    client: str = "",
    reasons: tuple[int, ...] = (),
    phrases: tuple[str, ...] = (),
    shown: str = "",
    only_here: bool = False,
) -> Cause:
    """A cause from a row of the tables: message ids by their numbers, ids of z/OS whole, observations by their keys."""
    return Cause(
        key,
        what,
        side,
        remedy,
        server=_ids(server),
        client=_ids(client),
        reasons=frozenset(reasons),
        phrases=phrases,
        shown_by=frozenset(shown.split()),
        look=look,
        only_here=only_here,
    )


def _ids(text: str) -> frozenset[str]:
    return frozenset(f"AMQ{one}" if one[0].isdigit() else one for one in text.split())


@dataclass(frozen=True)
class Evidence:
    """What is known of a failure: entries of both error logs, reason codes, the client's own text."""

    server: tuple[LogEntry, ...] = ()
    client: tuple[LogEntry, ...] = ()
    either: tuple[str, ...] = ()
    """Message ids of which it is not known whose log they are from."""
    reasons: tuple[int, ...] = ()
    text: str = ""

    @property
    def empty(self) -> bool:
        return not (self.server or self.client or self.either or self.reasons or self.text.strip())


@dataclass(frozen=True)
class Observed:
    """Something that is so here and bears on a failure: how it is seen, and what would mend it."""

    key: str
    what: str
    commands: tuple[str, ...] = ()
    planned: bool = False
    """Whether running the recipe mends it."""
    consent: str = ""
    """What --allow must name for that."""


@dataclass(frozen=True)
class Suspect:
    """A cause that the evidence allows, and the observations that confirm it."""

    cause: Cause
    seen: tuple[Observed, ...] = ()

    @property
    def confirmed(self) -> bool:
        return bool(self.seen)


@dataclass(frozen=True)
class Diagnosis:
    """What comes of evidence and observations.

    `symptoms` are sentences about what was seen. `cause` is set where one cause alone remains; `others` are the rest.
    `missing` names the evidence that would narrow it down.
    """

    symptoms: tuple[str, ...]
    cause: Suspect | None
    others: tuple[Suspect, ...] = ()
    missing: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
