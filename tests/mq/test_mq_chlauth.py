from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq import chlauth
from wizard.mq.attributes import check
from wizard.mq.chlauth import UserSource, identity, profile_matches
from wizard.mq.mqsc import set_chlauth
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release


@pytest.mark.parametrize(
    ("rule", "command"),
    [
        (
            chlauth.ssl_peer_map("APP1.SVRCONN", "CN=app1,O=A", "CN=CA,O=A", "10.0.0.*", "app1"),
            "SET CHLAUTH('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=A') SSLCERTI('CN=CA,O=A') "
            "ADDRESS('10.0.0.*') USERSRC(MAP) MCAUSER('app1') CHCKCLNT(ASQMGR) ACTION(REPLACE)",
        ),
        (
            chlauth.user_map("C", "joe", "", UserSource.CHANNEL),
            "SET CHLAUTH('C') TYPE(USERMAP) CLNTUSER('joe') USERSRC(CHANNEL) CHCKCLNT(ASQMGR) ACTION(REPLACE)",
        ),
        (
            chlauth.queue_manager_map("QM1.TO.QM2", "QM1", "10.0.0.1", "mqqm1"),
            "SET CHLAUTH('QM1.TO.QM2') TYPE(QMGRMAP) QMNAME(QM1) ADDRESS('10.0.0.1') USERSRC(MAP) MCAUSER('mqqm1') "
            "ACTION(REPLACE)",
        ),
        (
            chlauth.back_stop("APP1.SVRCONN"),
            "SET CHLAUTH('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) WARN(NO) ACTION(REPLACE)",
        ),
        (
            chlauth.block_user("*"),
            "SET CHLAUTH('*') TYPE(BLOCKUSER) USERLIST('*MQADMIN') WARN(NO) ACTION(REPLACE)",
        ),
        (
            chlauth.block_user("ADMIN.SVRCONN", "nobody", "root"),
            "SET CHLAUTH('ADMIN.SVRCONN') TYPE(BLOCKUSER) USERLIST('nobody','root') WARN(NO) ACTION(REPLACE)",
        ),
        (
            chlauth.block_address("10.0.0.66", "10.1.*"),
            "SET CHLAUTH('*') TYPE(BLOCKADDR) ADDRLIST(10.0.0.66,'10.1.*') WARN(NO) ACTION(REPLACE)",
        ),
    ],
)
def test_each_record_is_what_an_administrator_would_set(rule: MqObject, command: str) -> None:
    assert set_chlauth(rule, "REPLACE") == command
    assert check(rule, Release.parse("9.4")) == []


def test_the_records_of_a_new_queue_manager() -> None:
    assert [(rule.name, rule.text("TYPE")) for rule in chlauth.default_records()] == [
        ("SYSTEM.ADMIN.SVRCONN", "ADDRESSMAP"),
        ("SYSTEM.*", "ADDRESSMAP"),
        ("*", "BLOCKUSER"),
    ]


def test_a_record_is_the_same_whatever_the_letters_of_its_patterns() -> None:
    one = chlauth.ssl_peer_map("C", "CN=app1, O=Example", "", "10.0.0.1", "app1")
    other = chlauth.ssl_peer_map("C", "O=EXAMPLE,CN=App1", "", "10.0.0.1", "other")
    assert identity(one) == identity(other)
    assert identity(one) != identity(chlauth.ssl_peer_map("C", "CN=app2,O=Example", "", "10.0.0.1", "app1"))
    assert identity(chlauth.block_user("*")) == identity(chlauth.block_user("*", "nobody"))


@pytest.mark.parametrize(
    ("profile", "channel", "covered"),
    [
        ("APP1.SVRCONN", "APP1.SVRCONN", True),
        ("APP1.SVRCONN", "APP1.SVRCON", False),
        ("APP1.*", "APP1.SVRCONN", True),
        ("*", "ANYTHING", True),
        ("*.SVRCONN", "APP1.SVRCONN", True),
        ("A*1*CONN", "APP1.SVRCONN", True),
        ("A*1*CONN", "APP.SVRCONN", False),
        ("AB*BA", "ABA", False),
        ("app*", "APP1", False),
    ],
)
def test_a_profile_covers_channels_letter_by_letter(profile: str, channel: str, covered: bool) -> None:
    assert profile_matches(profile, channel) is covered


@given(st.text("AB.", max_size=8), st.text("AB.", max_size=8), st.text("AB.", max_size=8))
def test_a_profile_with_a_star_covers_whatever_stands_for_it(head: str, middle: str, tail: str) -> None:
    assert profile_matches(f"{head}*{tail}", head + middle + tail)
    assert profile_matches(f"{head}**{tail}", head + middle + tail)


def test_overlapping_ranges_of_one_profile_are_found() -> None:
    one = chlauth.address_map("C", "10.0.0.1-5", "a")
    other = chlauth.address_map("C", "10.0.0.4-9", "b")
    assert chlauth.conflicting_addresses(one, other)
    assert not chlauth.conflicting_addresses(one, chlauth.address_map("D", "10.0.0.4-9", "b"))
    assert not chlauth.conflicting_addresses(one, chlauth.address_map("C", "host.example.com", "b"))
