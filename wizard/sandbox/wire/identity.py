"""Under which user a client channel runs: the sequence after APAR IT25839 (facts TLS 5.1, steps 6 to 13,
and 5.3).

Pure: what the machine and the rules say comes in through `Oracle`. The steps are in MQ's order, and each
ends the connection with its own message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from wizard.sandbox.wire.log import Entry
from wizard.sandbox.wire.refusal import RefusalError

LONGEST_USER = 12


class Credentials(NamedTuple):
    """User and password of an MQCSP."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.user!r})"


class Rule(NamedTuple):
    """The one mapping record that serves a connection: USERSRC, MCAUSER, CHCKCLNT, WARN."""

    source: str
    user: str = ""
    check: str = "ASQMGR"
    warn: bool = False


class Oracle(Protocol):
    """What the queue manager and its machine answer while a user is found."""

    def mapping(self, user: str) -> Rule | None:
        """The mapping record for this client user, None when there is none (or CHLAUTH is off)."""

    def is_blocked(self, user: str) -> bool:
        """Whether BLOCKUSER refuses this user."""

    def password_fits(self, credentials: Credentials) -> bool:
        """Whether user and password are right."""

    def is_privileged(self, user: str) -> bool:
        """Whether the user is an MQ administrator."""


@dataclass(frozen=True)
class Policy:
    """Connection authentication of the queue manager: AUTHINFO and qm.ini."""

    authinfo: str = ""
    check: str = "NONE"
    adopt: bool = False
    early_adopt: bool = True
    delay: int = 0


@dataclass(frozen=True)
class Caller:
    """What is known of a connecting program; `active` adds TLS and address to the values that
    messages show.
    """

    channel: str
    address: str
    user: str
    credentials: Credentials | None = None
    application: str = ""
    version: str = ""
    active: dict[str, str] = field(default_factory=dict)


def identify(caller: Caller, channel_user: str, policy: Policy, oracle: Oracle) -> str:
    """The user that the channel runs under; raises RefusalError."""
    early = policy.adopt and policy.early_adopt
    authenticated = ""
    if early:
        authenticated = _authenticated(caller, policy, oracle)
    flowed = authenticated or caller.user
    rule = oracle.mapping(flowed)
    if rule is not None and rule.source == "NOACCESS" and not rule.warn:
        raise _blocked("AMQ9777E", caller, flowed, "", "USERSRC(NOACCESS)")
    mapped = rule.user if rule is not None and rule.source == "MAP" else ""
    user = mapped or authenticated or channel_user or caller.user
    if not authenticated:
        authenticated = _authenticated(caller, policy, oracle) or _excused(caller, policy, oracle, user)
        if authenticated and policy.adopt:
            user = authenticated
    if oracle.is_blocked(user):
        raise _blocked("AMQ9776E", caller, flowed, user)
    if rule is not None:
        _require_password(rule, caller, policy, authenticated, privileged=oracle.is_privileged(user))
    return user


def _authenticated(caller: Caller, policy: Policy, oracle: Oracle) -> str:
    """The user of the MQCSP when its password is right, empty when none was sent; a wrong one ends
    the connection.
    """
    sent = caller.credentials
    if policy.check == "NONE" or sent is None:
        return ""
    if not oracle.password_fits(sent):
        failed = Entry("AMQ5534E", {"user": sent.user, "application": caller.application})
        raise _unauthenticated(failed, caller, policy)
    return sent.user[:LONGEST_USER]


def _excused(caller: Caller, policy: Policy, oracle: Oracle, user: str) -> str:
    """Nothing, when a connection without password may go on; else the connection ends."""
    required = policy.check == "REQUIRED" or (policy.check == "REQDADM" and oracle.is_privileged(user))
    if required and caller.credentials is None:
        failed = Entry("AMQ5540E", {"application": caller.application})
        raise _unauthenticated(failed, caller, policy)
    return ""


def _unauthenticated(failed: Entry, caller: Caller, policy: Policy) -> RefusalError:
    sent = caller.credentials.user if caller.credentials else ""
    values = {"authinfo": policy.authinfo, "check": policy.check, "user": sent or caller.user}
    final = Entry("AMQ9557E", {"flowed": caller.user, "user": sent})
    return RefusalError([failed, Entry("AMQ5542I", values), final], delay=policy.delay)


def _require_password(rule: Rule, caller: Caller, policy: Policy, authenticated: str, *, privileged: bool) -> None:
    required = rule.check == "REQUIRED" or (rule.check == "REQDADM" and privileged)
    if not required or authenticated:
        return
    values = {
        "channel": caller.channel,
        "host": caller.address,
        "check": rule.check,
        "values": shown(caller, caller.user, ""),
    }
    raise RefusalError([Entry("AMQ9790E" if policy.check == "NONE" else "AMQ9791E", values)])


def _blocked(message: str, caller: Caller, flowed: str, user: str, record: str = "") -> RefusalError:
    values = {
        "channel": caller.channel,
        "address": caller.address,
        "values": shown(caller, flowed, user),
        "record": record,
    }
    return RefusalError([Entry(message, values)])


def shown(caller: Caller, flowed: str, user: str) -> str:
    """The active values as AMQ9776 and AMQ9777 print them, fit for DISPLAY CHLAUTH MATCH(RUNCHECK)."""
    parts = [f"MCAUSER({user})"] if user else []
    parts.append(f"CLNTUSER({flowed})")
    parts += [f"{keyword}('{value}')" for keyword, value in caller.active.items() if value]
    return " ".join([*parts, f"ADDRESS({caller.address})"])
