"""Everything of one queue manager that decides who gets in: as it is, or as a recipe will make it.

Made by `planned` from a topology and by `wizard/run/guardfacts` from a running queue manager; read by `admission`, the
access table and the audit. What is not known is None, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from wizard.access.rulebook import RuleBook
from wizard.mq.channel_types import ANSWERING
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release

ADMINISTRATORS = "mqm"
"""The group whose members administer MQ on AIX and Linux, and the user that owns it."""


class Standing(StrEnum):
    """What a user is to the queue manager's system."""

    ORDINARY = "ordinary"
    PRIVILEGED = "privileged"
    UNKNOWN_USER = "no such user"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Login:
    """Connection authentication: the AUTHINFO that CONNAUTH names. `check` is NONE where there is none.

    `early_adopt` is ChlauthEarlyAdopt of qm.ini, None where qm.ini could not be read.
    """

    name: str = ""
    kind: str = ""
    check: str = "NONE"
    adopt: bool = False
    early_adopt: bool | None = False


@dataclass(frozen=True)
class Right:
    """An authority record that a user has, itself or by a group."""

    object_type: str
    profile: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        where = "queue manager" if self.object_type == "QMGR" else self.profile
        return f"{where}: {', '.join(word.lower() for word in self.words)}"


@dataclass(frozen=True)
class Users:
    """The users that are known, with their groups. With `all_known` nobody else exists."""

    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    all_known: bool = False

    def standing(self, user: str) -> Standing:
        """What a user is; a blank one exists nowhere."""
        bare = user.strip()
        if not bare or bare.startswith("*"):
            return Standing.UNKNOWN_USER
        if bare == ADMINISTRATORS or ADMINISTRATORS in self.groups.get(bare, frozenset()):
            return Standing.PRIVILEGED
        if bare in self.groups:
            return Standing.ORDINARY
        return Standing.UNKNOWN_USER if self.all_known else Standing.NOT_KNOWN


@dataclass(frozen=True)
class Guard:
    """One queue manager as those who want in meet it.

    `authorities` are its AUTHREC objects, None where they were not read. `signers` are the subjects of the certificates
    that its key repository trusts, None where that is not known.
    """

    name: str
    release: Release
    channels: Mapping[str, MqObject]
    rules: RuleBook
    chlauth: bool = True
    login: Login = Login()
    users: Users = Users()
    authorities: tuple[MqObject, ...] | None = None
    signers: tuple[str, ...] | None = None
    reverse_dns: bool = True
    any_case: bool = False
    only_secure: bool = False
    tls13: bool = True
    subject: str = ""
    """The subject of its own certificate."""

    @property
    def inbound(self) -> tuple[MqObject, ...]:
        """The channels that partners can come in by."""
        return tuple(one for one in self.channels.values() if one.text("CHLTYPE") in ANSWERING)

    @property
    def exits_see_mapped_user(self) -> bool | None:
        """Whether APAR IT25839 is in: mapping and the MQCSP come before the security exit, blocking after it.

        In 9.0.0.5 and from 9.2; of the fix packs of 8.0 and 9.1 only the year is known (facts TLS 5.1), so None.
        """
        if self.release >= Release(9, 2) or Release(9, 0, 0, 5) <= self.release < Release(9, 0, 1):
            return True
        return None if self.release >= Release(9, 1, 0, 1) or self.release < Release(9, 0) else False

    def rights(self, user: str) -> tuple[Right, ...] | None:
        """What a user may do, by its own records and those of its groups; None where it is not known."""
        groups = self.users.groups.get(user)
        if self.authorities is None or groups is None:
            return None
        held = [("PRINCIPAL", user), *(("GROUP", group) for group in sorted(groups))]
        return tuple(right for entity in held for right in self._by_entity.get(entity, ()))

    @cached_property
    def _by_entity(self) -> Mapping[tuple[str, str], list[Right]]:
        found: dict[tuple[str, str], list[Right]] = {}
        for one in self.authorities or ():
            words = one.attributes.get("AUTHLIST", ())
            right = Right(one.text("OBJTYPE"), one.name, (words,) if isinstance(words, str) else words)
            found.setdefault((one.text("ENTTYPE"), one.text("ENTITY")), []).append(right)
        return found
