"""A connection that is asked about, and the answer: numbered steps, the end, and what is open about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.access.guard import Right
from wizard.access.recalled import Recalled
from wizard.access.rules import Rule
from wizard.mq.dn import DistinguishedName


class Password(StrEnum):
    """Which password comes with the user that logs in."""

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True)
class Shown:
    """The certificate that a partner shows. `trusted` is None where nobody has looked; `in_date` likewise."""

    subject: DistinguishedName
    issuer: DistinguishedName | None = None
    trusted: bool | None = None
    in_date: bool | None = None
    key_type: str = ""


@dataclass(frozen=True)
class Exit:
    """What the channel's security exit answers: it may refuse, or set the user that the connection runs as."""

    refuses: bool = False
    user: str = ""


@dataclass(frozen=True)
class Connection:
    """Somebody who wants in by a channel: a client, or a queue manager where `queue_manager` is set.

    `user` is the operating system's user that the client flows; `login` and `password` are what it puts into the MQCSP.
    `cipher` is its SSLCIPH, blank for none; None stands for one that fits. `old` is a client before 8.0, or Java in
    compatibility mode, which sends no MQCSP.
    """

    channel: str
    address: str
    host_name: str = ""
    user: str = ""
    queue_manager: str = ""
    certificate: Shown | None = None
    cipher: str | None = None
    login: str = ""
    password: Password = Password.NONE
    old: bool = False
    exit: Exit | None = None


class Verdict(StrEnum):
    """How one step ended."""

    PASSED = "passed"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Compared:
    """One rule that was looked at: whether it was used, and why or why not."""

    rule: Rule
    used: bool
    why: str


@dataclass(frozen=True)
class Step:
    """One step of a connection: what was compared, how it ended, and the user as it is after it."""

    title: str
    said: str
    verdict: Verdict = Verdict.PASSED
    user: str = ""
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why a connection is refused: what the queue manager logs, what the client gets, and the remedy."""

    messages: tuple[str, ...]
    reasons: tuple[int, ...]
    why: str
    remedy: str = ""


@dataclass(frozen=True)
class Question:
    """Something that is open, and the reading that would settle it the other way."""

    what: str
    reading: Reading


@dataclass(frozen=True)
class Reading:
    """How open questions are settled for one evaluation; what is None or absent is read the likelier way."""

    rule: Rule | None = None
    early_adopt: bool | None = None
    exits_see_mapped_user: bool | None = None
    privileged: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """What a connection comes to: in as `user` with `rights`, or refused."""

    user: str = ""
    refusal: Refusal | None = None
    rights: tuple[Right, ...] | None = None
    privileged: bool = False

    @property
    def inside(self) -> bool:
        return self.refusal is None

    @property
    def sentence(self) -> str:
        """The end in a few words."""
        if self.refusal is None:
            return f"in, as user {self.user or '(blank)'}"
        told = ", ".join((*self.refusal.messages, *(f"reason {one}" for one in self.refusal.reasons)))
        return f"refused: {told}" if told else "refused"

    def same(self, other: End) -> bool:
        """Whether it makes no difference which of the two comes."""
        mine, theirs = self.refusal, other.refusal
        if mine is None or theirs is None:
            return mine is theirs and self.user == other.user
        return mine.messages == theirs.messages and mine.reasons == theirs.reasons


@dataclass(frozen=True)
class Alternative:
    """Another end that is possible, and on what that depends."""

    depends: str
    end: End


@dataclass(frozen=True)
class Answer:
    """The whole answer about one connection.

    `alternatives` are other ends that open facts allow; `recalled` names the recalled facts it rests on; `changes` says
    what would bring another end.
    """

    queue_manager: str
    connection: Connection
    steps: tuple[Step, ...]
    end: End
    alternatives: tuple[Alternative, ...] = ()
    recalled: tuple[Recalled, ...] = ()
    changes: tuple[Alternative, ...] = ()
    rule: Rule | None = None
    """The mapping rule that was used."""
