"""A connection through every step: who it is in the end, and what refuses it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from access_guards import certificate, channel, client, connect_right, guard
from access_rules import record

from wizard.access.admission import answer, end_of
from wizard.access.guard import Login, Users
from wizard.access.neighbours import neighbours
from wizard.access.recalled import Recalled
from wizard.access.text import answer_text
from wizard.access.values import Connection, Exit, Password
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release

ASKS = record("*", "ADDRESSMAP", ADDRESS="*", USERSRC="CHANNEL", CHCKCLNT="REQUIRED")
BLOCKED = record("*", "BLOCKUSER", USERLIST=("*MQADMIN",))
BACK_STOP = record("*", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS")
MAP = record("APP.SVRCONN", "ADDRESSMAP", ADDRESS="10.*", MCAUSER="mapped")
TLS = channel(SSLCIPH="ANY_TLS12_OR_HIGHER", SSLCAUTH="REQUIRED")
LATE = Login("A", "IDPWOS", "OPTIONAL", adopt=True, early_adopt=False)
EARLY = replace(LATE, early_adopt=True)
KEPT = replace(LATE, adopt=False)


def log_in(who: str = "login", password: Password = Password.RIGHT, **more: object) -> Connection:
    return client(login=who, password=password, **more)


@pytest.mark.parametrize(
    ("login", "sent", "rules", "mcauser", "user"),
    [
        (KEPT, True, [], "own", "own"),
        (KEPT, True, [], "", "app1"),
        (KEPT, True, [MAP], "own", "mapped"),
        (EARLY, True, [], "own", "login"),
        (EARLY, True, [MAP], "own", "mapped"),
        (LATE, True, [], "own", "login"),
        (LATE, True, [MAP], "own", "login"),
        (EARLY, False, [], "own", "own"),
        (EARLY, False, [], "", "app1"),
        (LATE, False, [MAP], "own", "mapped"),
    ],
)
def test_the_user_is_the_one_of_the_table(
    login: Login, sent: bool, rules: list[MqObject], mcauser: str, user: str
) -> None:
    """The table of facts TLS 5.3."""
    connection = log_in() if sent else client()
    assert end_of(guard(rules, channel(MCAUSER=mcauser), login=login), connection).user == user


@pytest.mark.parametrize(("login", "seen"), [(EARLY, "login"), (LATE, "app1"), (KEPT, "app1")])
def test_a_user_rule_sees_the_adopted_user_only_with_early_adoption(login: Login, seen: str) -> None:
    rules = [record("*", "USERMAP", CLNTUSER=seen, USERSRC="NOACCESS")]
    refusal = end_of(guard(rules, login=login), log_in()).refusal
    assert refusal is not None
    assert refusal.messages == ("AMQ9777",)


@pytest.mark.parametrize(
    ("connection", "rules", "own", "login", "message", "reason"),
    [
        (client(), [record("*", "BLOCKADDR", ADDRLIST=("10.*",))], channel(), Login(), "AMQ9777", 2059),
        (client(channel="NONE"), [], channel(), Login(), "AMQ9519", 2540),
        (client(cipher=""), [], TLS, Login(), "AMQ9639", 2393),
        (client(cipher="ANY_TLS12"), [], channel(), Login(), "", 2539),
        (client(cipher="TLS_RSA_WITH_AES_128_GCM_SHA256"), [], channel(SSLCIPH="ANY_TLS13"), Login(), "AMQ9631", 2393),
        (client(), [], TLS, Login(), "AMQ9637", 2393),
        (client(), [], channel(SSLCIPH="ANY", SSLCAUTH="OPTIONAL", SSLPEER="CN=a"), Login(), "AMQ9637", 2393),
        (client(certificate=certificate()), [], channel(SSLCIPH="ANY", SSLPEER="CN=b"), Login(), "AMQ9636", 2393),
        (client(certificate=certificate(trusted=False)), [], TLS, Login(), "AMQ9633", 2393),
        (client(certificate=certificate(in_date=False)), [], TLS, Login(), "AMQ9658", 2393),
        (client(), [BACK_STOP], channel(), Login(), "AMQ9777", 2035),
        (client("mqm"), [BLOCKED], channel(), Login(), "AMQ9776", 2035),
        (client("ghost"), [BLOCKED], channel(), Login(), "AMQ9776", 2035),
        (client(""), [BLOCKED], channel(), Login(), "AMQ9776", 2035),
        (log_in(password=Password.WRONG), [], channel(), LATE, "AMQ5534", 2035),
        (log_in(password=Password.WRONG), [], channel(), EARLY, "AMQ5534", 2035),
        (client(), [], channel(), replace(LATE, check="REQUIRED"), "AMQ5540", 2035),
        (client("mqm"), [], channel(), replace(LATE, check="REQDADM"), "AMQ5540", 2035),
        (client(), [ASKS], channel(), LATE, "AMQ9791", 2035),
        (client(), [ASKS], channel(), Login(), "AMQ9790", 2063),
        (client("ghost"), [], channel(), Login(), "AMQ8077", 2035),
    ],
)  # fmt: skip
def test_each_refusal_has_its_message_and_reason(
    connection: Connection, rules: list[MqObject], own: MqObject, login: Login, message: str, reason: int
) -> None:
    refusal = end_of(guard(rules, own, login=login), connection).refusal
    assert refusal is not None
    assert (message,) == refusal.messages[:1] or (message == "" and not refusal.messages)
    assert reason in refusal.reasons


def test_a_user_without_authority_to_connect_is_refused_and_told_so() -> None:
    without = end_of(guard(authorities=connect_right("mapped")), client())
    assert without.refusal is not None
    assert without.refusal.messages == ("AMQ8077",)
    assert end_of(guard(authorities=connect_right("app1")), client()).inside


def test_a_rule_that_only_warns_lets_the_partner_in() -> None:
    warned = record("*", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS", WARN="YES")
    found = answer(guard([warned]), client())
    assert found.end.inside
    assert Recalled.WARNED in found.recalled
    blocked = record("*", "BLOCKUSER", USERLIST=("app1",), WARN="YES")
    assert end_of(guard([blocked]), client()).inside


def test_with_chlauth_off_no_rule_counts() -> None:
    rules = [BACK_STOP, BLOCKED, record("*", "BLOCKADDR", ADDRLIST=("10.*",))]
    assert end_of(guard(rules, chlauth=False), client("mqm")).user == "mqm"


def test_a_harmless_list_on_the_channel_takes_the_place_of_the_ban_on_administrators() -> None:
    harmless = record("APP.SVRCONN", "BLOCKUSER", USERLIST=("nobody",))
    assert end_of(guard([BLOCKED, harmless]), client("mqm")).inside


def test_an_exit_may_set_the_user_or_refuse() -> None:
    own = channel(SCYEXIT="exit(func)")
    assert end_of(guard([MAP], own), client(exit=Exit(user="own"))).user == "own"
    assert end_of(guard([BACK_STOP], own), client(exit=Exit(user="own"))).inside
    assert not end_of(guard([MAP], own), client(exit=Exit(refuses=True))).inside


def test_without_the_fix_a_blocked_user_is_refused_before_the_exit_can_change_it() -> None:
    own = channel(SCYEXIT="exit(func)")
    wanted = log_in("mqm", user="mqm", exit=Exit(user="own"))
    old = guard([BLOCKED], own, release=Release(9, 1), login=KEPT)
    assert end_of(guard([BLOCKED], own, login=KEPT), wanted).user == "own"
    refusal = end_of(old, wanted).refusal
    assert refusal is not None
    assert refusal.messages == ("AMQ9776",)


def test_a_level_of_which_the_fix_is_not_known_shows_both_ends() -> None:
    own = channel(SCYEXIT="exit(func)")
    found = answer(
        guard([BLOCKED], own, release=Release(9, 1, 0, 3), login=KEPT), log_in("mqm", user="mqm", exit=Exit(user="own"))
    )
    assert found.end.inside
    assert [one.end.inside for one in found.alternatives] == [False]
    assert "IT25839" in found.alternatives[0].depends


def test_a_qm_ini_that_was_not_read_shows_both_ends() -> None:
    found = answer(guard([MAP], login=replace(LATE, early_adopt=None)), log_in())
    assert found.end.user == "mapped"
    assert [one.end.user for one in found.alternatives] == ["login"]


def test_a_user_of_whom_nothing_is_known_shows_both_ends() -> None:
    found = answer(guard([BLOCKED], users=Users()), client("stranger"))
    assert found.end.inside
    assert not found.alternatives[0].end.inside
    assert "stranger" in found.alternatives[0].depends


def test_rules_in_open_order_show_both_ends() -> None:
    rules = [record("*", "ADDRESSMAP", ADDRESS="h*", MCAUSER="mapped"), BACK_STOP]
    found = answer(guard(rules), client(host_name="host"))
    assert found.end.user == "mapped"
    assert not found.alternatives[0].end.inside


def test_a_queue_manager_gets_the_user_of_its_rule_and_meets_no_block_list() -> None:
    own = channel("TO.QM1", "RCVR")
    rules = [record("TO.QM1", "QMGRMAP", QMNAME="QM2", MCAUSER="mapped"), BLOCKED]
    came = Connection("TO.QM1", "10.0.0.1", queue_manager="QM2")
    assert end_of(guard(rules, own), came).user == "mapped"
    assert end_of(guard([BLOCKED], own), came).user == "mqm"
    refusal = end_of(guard([BACK_STOP], own), came).refusal
    assert refusal is not None
    assert refusal.messages == ("AMQ9777",)


def test_a_client_cannot_come_by_a_channel_for_queue_managers() -> None:
    assert not end_of(guard([], channel("TO.QM1", "RCVR")), client(channel="TO.QM1")).inside


def test_what_would_change_the_answer_is_named_either_way() -> None:
    rules = [
        record("APP.SVRCONN", "SSLPEERMAP", SSLPEER="CN=app1,O=Example", ADDRESS="10.*", MCAUSER="mapped"),
        BACK_STOP,
    ]
    strict = guard(rules, TLS)
    came = client(certificate=certificate())
    inside = answer(strict, came, neighbours(strict, came))
    assert inside.end.user == "mapped"
    assert {"without a certificate", "with another certificate of the same issuer"} <= {
        one.depends for one in inside.changes
    }
    stranger = client(certificate=certificate("CN=x,O=y"), address="192.0.2.9")
    outside = answer(strict, stranger, neighbours(strict, stranger))
    assert [one.end.user for one in outside.changes if one.end.inside] == ["mapped"]


def test_the_text_numbers_the_steps_and_shows_the_rule_as_it_stands() -> None:
    came = client(certificate=certificate())
    text = answer_text(answer(guard([MAP, BACK_STOP], TLS), came))
    assert " 1 listener " in text
    assert "CHLAUTH('APP.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.*') USERSRC(MAP) MCAUSER('mapped')" in text
    assert "fits too, but the other comes first" in text
    assert "\nIn, as user mapped.\n" in text
