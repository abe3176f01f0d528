"""Examples whose answers are documented: rules as administrators write them, and who gets in (facts TLS 4.2 to 4.7)."""

from __future__ import annotations

import pytest
from access_guards import certificate, channel, client, guard
from access_rules import record

from wizard.access.admission import end_of
from wizard.access.guard import Guard, Login, Users
from wizard.access.values import Connection, Password
from wizard.mq.chlauth import default_records
from wizard.mq.objects import MqObject

USERS = Users({"mqm": frozenset({"mqm"}), "johndoe": frozenset({"users"}), "app": frozenset({"users"})}, all_known=True)
CHECKS = Login("SYSTEM.DEFAULT.AUTHINFO.IDPWOS", "IDPWOS", "REQDADM", adopt=True, early_adopt=True)


def new(*rules: MqObject, **more: object) -> Guard:
    """A new queue manager with its three default records, and further rules and channels."""
    names = ("SYSTEM.ADMIN.SVRCONN", "SYSTEM.DEF.SVRCONN", "ADMIN.SVRCONN", "APP.SVRCONN", "ADMIN.CHAN")
    channels = [channel(name) for name in names]
    return guard([*default_records(), *rules], *channels, **({"users": USERS, "login": CHECKS} | more))


def user(found: Guard, connection: Connection) -> str:
    """Who gets in, or the message of the refusal."""
    end = end_of(found, connection)
    return end.refusal.messages[0] if end.refusal else end.user


@pytest.mark.parametrize(
    ("name", "who", "outcome"),
    [
        ("SYSTEM.DEF.SVRCONN", "johndoe", "AMQ9777"),
        ("SYSTEM.ADMIN.SVRCONN", "johndoe", "johndoe"),
        ("SYSTEM.ADMIN.SVRCONN", "mqm", "AMQ5540"),
        ("APP.SVRCONN", "johndoe", "johndoe"),
        ("APP.SVRCONN", "mqm", "AMQ5540"),
    ],
)
def test_the_default_records_close_system_channels_and_keep_administrators_out(
    name: str, who: str, outcome: str
) -> None:
    assert user(new(), client(who, channel=name)) == outcome


def test_an_administrator_with_a_password_is_still_blocked() -> None:
    sent = client("mqm", channel="SYSTEM.ADMIN.SVRCONN", login="mqm", password=Password.RIGHT)
    assert user(new(), sent) == "AMQ9776"


ADMIN = (
    record("ADMIN.SVRCONN", "BLOCKUSER", USERLIST=("nobody",)),
    record("ADMIN.SVRCONN", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS"),
    record("ADMIN.SVRCONN", "ADDRESSMAP", ADDRESS="10.9.9.9", USERSRC="CHANNEL", CHCKCLNT="REQUIRED"),
)


@pytest.mark.parametrize(
    ("address", "password", "outcome"),
    [
        ("10.9.9.9", Password.RIGHT, "mqm"),
        ("10.9.9.9", Password.NONE, "AMQ5540"),
        ("10.9.9.9", Password.WRONG, "AMQ5534"),
        ("10.9.9.8", Password.RIGHT, "AMQ9777"),
    ],
)
def test_an_administrators_channel_opens_from_one_address_with_a_password(
    address: str, password: Password, outcome: str
) -> None:
    sent = client("mqm", channel="ADMIN.SVRCONN", address=address, login="mqm", password=password)
    assert user(new(*ADMIN), sent) == outcome


def test_block_all_and_allow_johndoe() -> None:
    rules = (
        record("ADMIN.CHAN", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS"),
        record("ADMIN.CHAN", "USERMAP", CLNTUSER="johndoe", USERSRC="CHANNEL"),
    )
    assert user(new(*rules), client("johndoe", channel="ADMIN.CHAN")) == "johndoe"
    assert user(new(*rules), client("app", channel="ADMIN.CHAN")) == "AMQ9777"


def test_a_refusal_by_address_does_not_stop_a_certificate_rule() -> None:
    rules = (
        record("APP.SVRCONN", "ADDRESSMAP", ADDRESS="10.0.0.66", USERSRC="NOACCESS"),
        record("APP.SVRCONN", "SSLPEERMAP", SSLPEER="CN=app1,O=ACME", MCAUSER="app"),
    )
    own = channel(SSLCIPH="ANY_TLS12_OR_HIGHER", SSLCAUTH="REQUIRED")
    found = guard([*default_records(), *rules], own, users=USERS, login=CHECKS)
    known = client("x", address="10.0.0.66", certificate=certificate("CN=app1,O=ACME"))
    assert user(found, known) == "app"
    assert user(found, client("johndoe", address="10.0.0.66", certificate=certificate("CN=b,O=ACME"))) == "AMQ9777"


def test_a_user_rule_everywhere_loses_to_an_address_rule_on_the_channel() -> None:
    rules = (
        record("*", "USERMAP", CLNTUSER="johndoe", MCAUSER="app"),
        record("APP.SVRCONN", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS"),
    )
    assert user(new(*rules), client("johndoe")) == "AMQ9777"


def test_a_certificate_does_not_stand_for_a_password() -> None:
    own = channel(SSLCIPH="ANY_TLS12_OR_HIGHER", SSLCAUTH="REQUIRED")
    rule = record("APP.SVRCONN", "SSLPEERMAP", SSLPEER="CN=app1", MCAUSER="app")
    strict = Login("A", "IDPWOS", "REQUIRED", adopt=True, early_adopt=True)
    shown = client("x", certificate=certificate("CN=app1"))
    assert user(guard([rule], own, users=USERS, login=strict), shown) == "AMQ5540"
    assert user(guard([rule], own, users=USERS, login=CHECKS), shown) == "app"


def test_a_partner_queue_manager_comes_in_by_its_certificate_and_address() -> None:
    own = channel("QM1.TO.QM2", "RCVR", SSLCIPH="ANY_TLS12_OR_HIGHER", SSLCAUTH="REQUIRED")
    rules = (
        record(
            "QM1.TO.QM2", "SSLPEERMAP", SSLPEER="CN=QM1,OU=MQ,O=ACME", SSLCERTI="CN=ACME Issuing CA,O=ACME",
            ADDRESS="10.1.2.*", MCAUSER="app",
        ),
        record("*", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS"),
    )  # fmt: skip
    found = guard(rules, own, users=USERS, login=CHECKS)
    shown = certificate("CN=QM1,OU=MQ,O=ACME,C=DE", "CN=ACME Issuing CA,O=ACME")
    came = Connection("QM1.TO.QM2", "10.1.2.9", queue_manager="QM1", certificate=shown)
    assert user(found, came) == "app"
    other = certificate("CN=QM1,OU=MQ,O=ACME", "CN=ACME Root CA,O=ACME")
    assert user(found, Connection("QM1.TO.QM2", "10.1.2.9", queue_manager="QM1", certificate=other)) == "AMQ9777"
    assert user(found, Connection("QM1.TO.QM2", "10.1.3.9", queue_manager="QM1", certificate=shown)) == "AMQ9777"
