"""The table of reverse cases: who must be refused, for which tls × trust × address, and by which message.

Message ids and reason codes are those of facts tls 5 and 6 and commands 7. Several stand where TLS 1.3, the release or
the side that notices first decides. A recalled one is marked in the facts, not here; the proof reports what it saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.proof.values import How
from wizard.topology.values import Client, Tls, Trust

ANY_TRUST = frozenset(Trust)
BY_TLS = frozenset({Tls.SERVER, Tls.MUTUAL})
EVERY = frozenset(Tls)

TLS_REFUSED = frozenset({2393, 2009, 2059})
"""What a client reports for a handshake that was refused; under TLS 1.3 the refusal comes with its first read."""


class Case(StrEnum):
    """The reverse cases by name."""

    NO_TLS = "no TLS"
    NO_CERTIFICATE = "no certificate"
    UNKNOWN_CA = "unknown CA"
    EXPIRED = "expired"
    WRONG_NAME = "wrong name"
    ANOTHER_ISSUER = "another issuer"
    UNKNOWN_QUEUE_MANAGER = "another queue manager"
    NO_PASSWORD = "no password"  # noqa: S105 - the name of a case
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - as above
    UNKNOWN_USER = "unknown user"
    OTHER_CHANNEL = "other channel"
    WRONG_QUEUE = "wrong queue"
    WRONG_ADDRESS = "wrong address"
    ADMINISTRATOR = "says it is mqm"
    OLD_PROTOCOL = "TLS 1.1 and older"
    WEAK_CIPHER = "weak CipherSpec"


@dataclass(frozen=True)
class Row:
    """One reverse case: where it exists, how it is tried, and what must be seen.

    `messages` are ids in the queue manager's error log, any of which will do; none means that the client alone notices.
    `reasons` are MQ reason codes at the client. `needs_address` says that it takes an address rule, `sandbox_only` that
    it would endanger a real user's account.
    """

    case: Case
    what: str
    how: How
    tls: frozenset[Tls]
    trust: frozenset[Trust] = ANY_TRUST
    messages: frozenset[str] = frozenset()
    reasons: frozenset[int] = frozenset()
    needs_address: bool = False
    sandbox_only: bool = False


TABLE: tuple[Row, ...] = (
    Row(
        Case.NO_TLS,
        "a client that speaks no TLS",
        How.WIRE,
        BY_TLS,
        messages=frozenset({"AMQ9639"}),
        reasons=TLS_REFUSED | {2539},
    ),
    Row(
        Case.NO_CERTIFICATE,
        "a client without a certificate",
        How.WIRE,
        frozenset({Tls.MUTUAL}),
        messages=frozenset({"AMQ9637"}),
        reasons=TLS_REFUSED,
    ),
    Row(
        Case.UNKNOWN_CA,
        "the right name, vouched for by somebody else",
        How.WIRE,
        frozenset({Tls.MUTUAL}),
        messages=frozenset({"AMQ9633"}),
        reasons=TLS_REFUSED,
    ),
    Row(
        Case.EXPIRED,
        "the right name, out of date",
        How.WIRE,
        frozenset({Tls.MUTUAL}),
        frozenset({Trust.CA}),
        messages=frozenset({"AMQ9633", "AMQ9658"}),
        reasons=TLS_REFUSED,
    ),
    Row(
        Case.WRONG_NAME,
        "the right CA, another name",
        How.WIRE,
        frozenset({Tls.MUTUAL}),
        frozenset({Trust.CA}),
        messages=frozenset({"AMQ9777"}),
        reasons=frozenset({2035}),
    ),
    Row(
        Case.ANOTHER_ISSUER,
        "the right name, issued by another CA that the store trusts too",
        How.ASKED,
        frozenset({Tls.MUTUAL}),
    ),
    Row(
        Case.UNKNOWN_QUEUE_MANAGER,
        "the client refuses a queue manager it does not trust",
        How.WIRE,
        BY_TLS,
        reasons=frozenset({2393}),
    ),
    Row(
        Case.NO_PASSWORD,
        "no user and no password",
        How.WIRE,
        frozenset({Tls.SERVER}),
        messages=frozenset({"AMQ9777", "AMQ9791"}),
        reasons=frozenset({2035}),
    ),
    Row(
        Case.WRONG_PASSWORD,
        "the right user, a wrong password",
        How.WIRE,
        frozenset({Tls.SERVER}),
        messages=frozenset({"AMQ5534", "AMQ5540", "AMQ5541", "AMQ5542", "AMQ9557"}),
        reasons=frozenset({2035}),
        sandbox_only=True,
    ),
    Row(
        Case.UNKNOWN_USER,
        "a user that does not exist",
        How.WIRE,
        frozenset({Tls.SERVER}),
        messages=frozenset({"AMQ5534", "AMQ5540", "AMQ5541", "AMQ5542", "AMQ9557", "AMQ9777"}),
        reasons=frozenset({2035}),
    ),
    Row(
        Case.OTHER_CHANNEL,
        "SYSTEM.DEF.SVRCONN instead of its channel",
        How.WIRE,
        EVERY,
        messages=frozenset({"AMQ9777"}),
        reasons=frozenset({2035}),
    ),
    Row(
        Case.WRONG_QUEUE,
        "a queue that it was not granted",
        How.WIRE,
        EVERY,
        messages=frozenset({"AMQ8077"}),
        reasons=frozenset({2035}),
    ),
    Row(Case.WRONG_ADDRESS, "the same from another address", How.ASKED, EVERY, needs_address=True),
    Row(Case.ADMINISTRATOR, "claims to be mqm: in as the mapped user, or not at all", How.ASKED, EVERY),
    Row(Case.OLD_PROTOCOL, "a handshake with TLS 1.1 or older", How.WIRE, BY_TLS),
    Row(Case.WEAK_CIPHER, "a handshake with a weak CipherSpec", How.WIRE, BY_TLS),
)


def rows(client: Client, trust: Trust) -> tuple[Row, ...]:
    """The reverse cases that exist for a client, in the order in which they are tried."""
    return tuple(
        row
        for row in TABLE
        if client.tls in row.tls and trust in row.trust and (client.addresses or not row.needs_address)
    )


def absent(client: Client, trust: Trust) -> tuple[tuple[Row, str], ...]:
    """The reverse cases that do not exist for a client though its TLS would have them, and why."""
    reasons = []
    for row in TABLE:
        if client.tls not in row.tls:
            continue
        if trust not in row.trust:
            reasons.append((row, "takes a CA that we hold"))
        elif row.needs_address and not client.addresses:
            reasons.append((row, "the recipe has no address rule"))
    return tuple(reasons)
