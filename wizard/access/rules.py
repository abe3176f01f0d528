"""A channel authentication record made ready for comparing, and whether it fits a partner.

Used by `rulebook`, which finds the one record that decides. A record that MQ would refuse becomes no rule. Facts TLS
3.2, 4.1, 4.4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from wizard.errors import UsageError
from wizard.mq.addresses import AddressPattern, is_host_name, numbers_of
from wizard.mq.attribute_check import check
from wizard.mq.chlauth import UserSource, profile_matches
from wizard.mq.dn import DistinguishedName, Pattern
from wizard.mq.findings import Finding
from wizard.mq.mqsc import set_chlauth
from wizard.mq.objects import MqObject
from wizard.mq.releases import NEWEST_LONG_TERM, Release


class RuleType(StrEnum):
    """The types of record."""

    SSLPEERMAP = "SSLPEERMAP"
    USERMAP = "USERMAP"
    QMGRMAP = "QMGRMAP"
    ADDRESSMAP = "ADDRESSMAP"
    BLOCKUSER = "BLOCKUSER"
    BLOCKADDR = "BLOCKADDR"


MAPPINGS = frozenset({RuleType.SSLPEERMAP, RuleType.USERMAP, RuleType.QMGRMAP, RuleType.ADDRESSMAP})
"""The types of which one record is chosen for a partner."""


class InvalidRule(UsageError):
    """A record that MQ would refuse, so that it decides nothing; carries what is wrong with it."""

    def __init__(self, record: MqObject, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            f"MQ would refuse the {record.text('TYPE') or 'record'} on {record.name}",
            " ".join(map(str, findings)),
            "Correct it; until then it decides nothing.",
        )
        self.record = record
        self.findings = findings


@dataclass(frozen=True)
class Partner:
    """Who wants in, as mapping records see it: a client has a user, a queue manager has a name.

    `host_name` is what the address resolves to, empty where that is not known or not asked. `subject` and `issuer` are
    those of the certificate that the partner showed. `any_case` is ChlauthIgnoreUserCase of qm.ini.
    """

    address: str
    host_name: str = ""
    client_user: str | None = None
    queue_manager: str | None = None
    subject: DistinguishedName | None = None
    issuer: DistinguishedName | None = None
    any_case: bool = False

    @cached_property
    def numbers(self) -> Mapping[int, tuple[int, ...]]:
        """Its address as patterns compare it."""
        return numbers_of(self.address)


@dataclass(frozen=True)
class Place:
    """The ADDRESS of a record: an IP pattern, or a host name in which `*` stands for any run of characters."""

    text: str
    pattern: AddressPattern | None

    @classmethod
    def of(cls, text: str) -> Place:
        return cls(text, None if is_host_name(text) else AddressPattern.parse(text))

    def covers(self, partner: Partner) -> bool:
        """Whether the partner comes from here; by name only where the name behind its address is known."""
        if self.pattern is not None:
            return self.pattern.covers(partner.numbers)
        name = partner.host_name.casefold().rstrip(".")
        return bool(name) and self._names.fullmatch(name) is not None

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return re.compile(".*".join(map(re.escape, self.text.casefold().rstrip(".").split("*"))))


@dataclass(frozen=True, eq=False)
class Rule:
    """One record that MQ takes; equal only to itself, since a queue manager has each of its records once."""

    record: MqObject
    type: RuleType
    subject: Pattern | None = None
    issuer: Pattern | None = None
    place: Place | None = None
    addresses: tuple[AddressPattern, ...] = ()

    @classmethod
    def of(cls, record: MqObject, release: Release = NEWEST_LONG_TERM) -> Rule:
        """The rule that a record makes; InvalidRule where a queue manager of this release would refuse it."""
        known = {keyword: value for keyword, value in record.attributes.items() if keyword not in _SHOWN_ONLY}
        findings = tuple(check(MqObject(record.kind, record.name, known), release))
        if findings:
            raise InvalidRule(record, findings)
        listed = _listed(record, "ADDRLIST")
        return cls(
            record=record,
            type=RuleType(record.text("TYPE")),
            subject=Pattern.parse(record.text("SSLPEER")) if record.text("SSLPEER") else None,
            issuer=Pattern.parse(record.text("SSLCERTI")) if record.text("SSLCERTI") else None,
            place=Place.of(record.text("ADDRESS")) if record.text("ADDRESS") else None,
            addresses=tuple(AddressPattern.parse(one) for one in listed),
        )

    @property
    def profile(self) -> str:
        return self.record.name

    @property
    def source(self) -> str:
        """USERSRC, which is MAP where the record does not say."""
        return self.record.text("USERSRC") or "MAP"

    @property
    def user(self) -> str:
        """The user that USERSRC(MAP) gives."""
        return self.record.text("MCAUSER")

    @property
    def client_check(self) -> str:
        """CHCKCLNT, which is ASQMGR where the record does not say."""
        return self.record.text("CHCKCLNT") or "ASQMGR"

    @property
    def warns(self) -> bool:
        """Whether what it would refuse is let through and only reported."""
        return self.record.text("WARN") == "YES"

    @property
    def refuses(self) -> bool:
        """Whether a partner that it fits is not let in."""
        return self.source == UserSource.NOACCESS and not self.warns

    @cached_property
    def users(self) -> tuple[str, ...]:
        """USERLIST of a BLOCKUSER."""
        return _listed(self.record, "USERLIST")

    @property
    def effect(self) -> tuple[str, str, str, bool]:
        """What happens to a partner that it fits; equal for rules between which the choice does not matter."""
        return (self.source, self.user, self.client_check, self.warns)

    @property
    def command(self) -> str:
        """The record as it would be typed."""
        values = {keyword: value for keyword, value in self.record.attributes.items() if keyword not in _SHOWN_ONLY}
        return set_chlauth(MqObject(self.record.kind, self.record.name, values), "REPLACE")

    def covers(self, channel: str) -> bool:
        """Whether its profile covers a channel."""
        return profile_matches(self.profile, channel)

    def fits(self, partner: Partner) -> bool:
        """Whether its identity and its address are the partner's."""
        return self._knows(partner) and (self.place is None or self.place.covers(partner))

    def _knows(self, partner: Partner) -> bool:
        if self.type is RuleType.SSLPEERMAP:
            return self._certified(partner)
        if self.type is RuleType.USERMAP:
            return partner.client_user is not None and self._same_user(partner.client_user, any_case=partner.any_case)
        if self.type is RuleType.QMGRMAP:
            wanted = self.record.text("QMNAME")
            return partner.queue_manager is not None and profile_matches(wanted, partner.queue_manager)
        return self.type is RuleType.ADDRESSMAP

    def _certified(self, partner: Partner) -> bool:
        if partner.subject is None or self.subject is None or not self.subject.matches(partner.subject):
            return False
        return self.issuer is None or (partner.issuer is not None and self.issuer.matches(partner.issuer))

    def _same_user(self, user: str, *, any_case: bool) -> bool:
        wanted = self.record.text("CLNTUSER")
        return wanted == user or (any_case and wanted.casefold() == user.casefold())

    def mismatch(self, partner: Partner) -> str:
        """Why it does not fit, in a sentence; empty where it does."""
        if not self._knows(partner):
            return self._unknown(partner)
        if self.place is None or self.place.covers(partner):
            return ""
        if self.place.pattern is None and not partner.host_name:
            return f"{self.place.text} is a host name, and the name behind {partner.address} is not known"
        where = partner.host_name if self.place.pattern is None else partner.address
        return f"{where} is not {self.place.text}"

    def _unknown(self, partner: Partner) -> str:
        if self.type is RuleType.USERMAP:
            if partner.client_user is None:
                return "it is for clients, and the partner is a queue manager"
            return f"the client's user is {partner.client_user or 'blank'}, not {self.record.text('CLNTUSER')}"
        if self.type is RuleType.QMGRMAP:
            if partner.queue_manager is None:
                return "it is for queue managers, and the partner is a client"
            return f"the partner is {partner.queue_manager}, not {self.record.text('QMNAME')}"
        if partner.subject is None:
            return "the partner shows no certificate"
        if self.subject is not None and not self.subject.matches(partner.subject):
            return f"{partner.subject} does not match {self.subject}"
        return f"the issuer {partner.issuer or 'is not known and'} does not match {self.issuer}"


_SHOWN_ONLY = frozenset({"ALTDATE", "ALTTIME"})
"""Attributes that DISPLAY shows and SET does not take."""


def _listed(record: MqObject, keyword: str) -> tuple[str, ...]:
    value = record.attributes.get(keyword, ())
    texts = value.split(",") if isinstance(value, str) else value
    return tuple(text.strip() for text in texts if text.strip())
