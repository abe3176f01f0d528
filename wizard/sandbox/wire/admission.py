"""Whether a client is let in: every check of facts TLS 5.1 in MQ's order, and the channel status
while it runs.
"""

from __future__ import annotations

from typing import NamedTuple

from wizard.sandbox.state import State
from wizard.sandbox.wire import channels, frames, identity, oracle, settings, status
from wizard.sandbox.wire.log import Entry
from wizard.sandbox.wire.refusal import RefusalError
from wizard.sandbox.wire.security import Security


class Terms(NamedTuple):
    """On what terms the queue manager lets anybody in."""

    authentication: identity.Policy
    only_secure: bool = False
    ignores_user_case: bool = False


class Admitted(NamedTuple):
    """A client that is in: the user it runs under, its row in chstatus, the longest message of its
    channel.
    """

    user: str
    status_row: int
    message_limit: int


def check_address(state: State, qmgr: str, host: str) -> None:
    """BLOCKADDR, before any MQ data is read; raises RefusalError."""
    if oracle.is_address_blocked(state, qmgr, host):
        values = {"address": host, "record": "BLOCKADDR", "values": f"ADDRESS({host})"}
        raise RefusalError([Entry("AMQ9777E", values)])


def admit(
    state: State,
    qmgr: str,
    hello: frames.Frame,
    *,
    security: Security | None,
    host: str,
    terms: Terms,
) -> Admitted:
    """Let a client in by its first frame, or raise RefusalError."""
    name = str(hello.get("channel", ""))
    row = state.qmgr(qmgr)
    if row is None or row["status"] != "Running":
        raise RefusalError([Entry("AMQ9508E", {"channel": name, "host": host})])
    channel = channels.definition(state, qmgr, name, host)
    channels.check_tls(name, channel, security, host, only_secure=terms.only_secure)
    caller = _caller(hello, security, host)
    machine = oracle.Machine(state, qmgr, caller, ignores_case=terms.ignores_user_case)
    user = identity.identify(caller, settings.word(channel, "MCAUSER"), terms.authentication, machine)
    if not oracle.has_authority(state, qmgr, user, ("QMGR", "SELF"), "CONNECT"):
        values = {"user": user, "object": qmgr, "type": "qmgr", "missing": "connect"}
        raise RefusalError([Entry("AMQ8077W", values)])
    row_id = status.enter_channel(state, qmgr, caller, channel, user, security)
    return Admitted(user, row_id, settings.number(channel, "MAXMSGL", 4_194_304))


def _caller(hello: frames.Frame, security: Security | None, host: str) -> identity.Caller:
    sent = hello.get("user_id")
    try:
        password = frames.revealed(hello["password"]) if hello.get("password") else ""
    except frames.FrameError as error:
        raise RefusalError([Entry("AMQ9207E", {"host": host})]) from error
    return identity.Caller(
        channel=str(hello.get("channel", "")),
        address=host,
        user=str(hello.get("user", ""))[: identity.LONGEST_USER],
        # A user without a password counts as not having authenticated at all (facts TLS 5.1, step 10).
        credentials=identity.Credentials(str(sent), password) if sent and password else None,
        application=str(hello.get("application", "")),
        version=str(hello.get("version", "")),
        active={"SSLPEER": security.subject, "SSLCERTI": security.issuer} if security else {},
    )
