"""The product's way to the final user against the sandbox's, which was written apart from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from access_examiner import Records
from access_guards import USERS, channel, guard
from access_rules import CHANNELS, mapping_records, record
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.access.admission import answer
from wizard.access.guard import Login, Standing
from wizard.access.values import Connection, End, Password
from wizard.mq.chlauth import identity as same_record
from wizard.mq.objects import MqObject
from wizard.sandbox.mqsc import rules as rules_of_sandbox
from wizard.sandbox.state import State
from wizard.sandbox.wire import identity
from wizard.sandbox.wire.refusal import RefusalError

PEOPLE = ("app1", "mqm", "mapped", "login", "ghost", "")
BLOCK_LISTS = (("*MQADMIN",), ("nobody",), ("app1", "mapped"), ("*MQADMIN", "login"))


@dataclass(frozen=True)
class Examiner:
    """Answers the sandbox's questions by its own rules, and by the users that both sides are told of."""

    records: list[MqObject]
    connection: Connection

    @property
    def _state(self) -> State:
        return cast(State, Records(self.records))

    def mapping(self, user: str) -> identity.Rule | None:
        found = rules_of_sandbox.mapping(
            self._state, "QM1", self.connection.channel, self.connection.address, client_user=user
        )
        if found is None:
            return None
        return identity.Rule(found.user_source, found.mcauser, found.check_client, found.is_warning)

    def is_blocked(self, user: str) -> bool:
        fitting = [
            one
            for one in rules_of_sandbox.records(self._state, "QM1")
            if one.type == "BLOCKUSER" and rules_of_sandbox.profile_matches(one.profile, self.connection.channel)
        ]
        best = min(fitting, key=lambda one: rules_of_sandbox.profile_rank(one.profile), default=None)
        if best is None:
            return False
        return user in best.users or ("*MQADMIN" in best.users and self.is_privileged(user))

    def password_fits(self, credentials: identity.Credentials) -> bool:
        return credentials.password == "right"

    def is_privileged(self, user: str) -> bool:
        return USERS.standing(user) is not Standing.ORDINARY


def examined(records: list[MqObject], connection: Connection, mcauser: str, login: Login) -> str:
    """The user, or the message of the refusal, as the sandbox has it."""
    sent = identity.Credentials(connection.login, connection.password.value)
    caller = identity.Caller(
        connection.channel,
        connection.address,
        connection.user,
        sent if connection.login and connection.password is not Password.NONE else None,
    )
    policy = identity.Policy("A", login.check, login.adopt, bool(login.early_adopt))
    try:
        return identity.identify(caller, mcauser, policy, Examiner(records, connection))
    except RefusalError as refusal:
        return refusal.entries[0].message.rstrip("EWI")


def said(end: End) -> str:
    return end.refusal.messages[0] if end.refusal else end.user


@st.composite
def logins(draw: st.DrawFn) -> Login:
    return Login(
        "A",
        "IDPWOS",
        draw(st.sampled_from(("NONE", "OPTIONAL", "REQDADM", "REQUIRED"))),
        adopt=draw(st.booleans()),
        early_adopt=draw(st.booleans()),
    )


@st.composite
def connections(draw: st.DrawFn) -> Connection:
    return Connection(
        draw(st.sampled_from(CHANNELS)),
        draw(st.sampled_from(("10.0.0.1", "192.0.2.5"))),
        user=draw(st.sampled_from(PEOPLE)),
        login=draw(st.sampled_from(("", "login", "mqm"))),
        password=draw(st.sampled_from(Password)),
    )


@st.composite
def rule_sets(draw: st.DrawFn) -> list[MqObject]:
    """Mapping rules, some of which ask for a password, and block lists."""
    found = []
    for one in draw(st.lists(mapping_records(), max_size=8, unique_by=same_record)):
        asks = draw(st.sampled_from(("", "REQUIRED", "REQDADM")))
        plain = one.text("TYPE") == "QMGRMAP" or one.text("USERSRC") == "NOACCESS" or not asks
        user = {"MCAUSER": draw(st.sampled_from(("mapped", "mqm", "ghost")))} if one.text("USERSRC") == "MAP" else {}
        values = {**one.attributes, **user} if plain else {**one.attributes, **user, "CHCKCLNT": asks}
        found.append(replace(one, attributes=values))
    profiles = draw(st.lists(st.sampled_from(("*", "APP.*", "APP.SVRCONN", "TO.*")), max_size=3, unique=True))
    return [*found, *(record(one, "BLOCKUSER", USERLIST=draw(st.sampled_from(BLOCK_LISTS))) for one in profiles)]


@settings(max_examples=600, deadline=None)
@given(records=rule_sets(), connection=connections(), mcauser=st.sampled_from(("", "own", "mqm")), login=logins())
def test_both_come_to_the_same_user_or_the_same_refusal(
    records: list[MqObject], connection: Connection, mcauser: str, login: Login
) -> None:
    channels = [channel(name, MCAUSER=mcauser) for name in CHANNELS]
    found = answer(guard(records, *channels, login=login), connection)
    theirs = examined(records, connection, mcauser, login)
    if found.end.refusal and found.end.refusal.messages == ("AMQ8077",):
        # Whether the user may connect is asked after the sandbox has settled who it is.
        assert not theirs.startswith("AMQ")
        return
    assert theirs in {said(found.end), *(said(one.end) for one in found.alternatives)}, found.steps
