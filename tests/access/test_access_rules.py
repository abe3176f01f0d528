"""Which mapping rule decides: precedence, types, what MQ would refuse, and what the facts leave open."""

from __future__ import annotations

import pytest
from access_rules import partner, record

from wizard.access.rulebook import RuleBook
from wizard.access.rules import Partner
from wizard.mq.objects import MqObject

CLIENT = partner("10.0.0.1", "CN=app1,OU=MQ,O=Example", "CN=CA one,O=Example", client_user="app1")
PARTNER = partner("10.0.0.1", "CN=QM2,O=Example", "CN=CA one", queue_manager="QM2")


def used(records: list[MqObject], who: Partner = CLIENT, channel: str = "APP.SVRCONN") -> str:
    """The user of the rule that decides, or what it does instead."""
    rule = RuleBook(records).choose(channel, who).rule
    return "" if rule is None else rule.user or rule.source


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (record("APP.SVRCONN", "ADDRESSMAP", ADDRESS="*"), record("*", "SSLPEERMAP", SSLPEER="CN=app1")),
        (record("APP.*", "ADDRESSMAP", ADDRESS="*"), record("*", "USERMAP", CLNTUSER="app1")),
        (record("*", "SSLPEERMAP", SSLPEER="O=Example"), record("*", "USERMAP", CLNTUSER="app1")),
        (record("*", "USERMAP", CLNTUSER="app1"), record("*", "ADDRESSMAP", ADDRESS="10.0.0.1")),
        (record("*", "SSLPEERMAP", SSLPEER="CN=app1"), record("*", "SSLPEERMAP", SSLPEER="CN=app*")),
        (record("*", "SSLPEERMAP", SSLPEER="CN=app1"), record("*", "SSLPEERMAP", SSLPEER="OU=MQ,O=Example")),
        (record("*", "SSLPEERMAP", SSLPEER="CN=app1,O=Example"), record("*", "SSLPEERMAP", SSLPEER="CN=app1")),
        (
            record("*", "SSLPEERMAP", SSLPEER="CN=app1", SSLCERTI="CN=CA one"),
            record("*", "SSLPEERMAP", SSLPEER="CN=app1"),
        ),
        (
            record("*", "SSLPEERMAP", SSLPEER="CN=app1", ADDRESS="10.*"),
            record("*", "SSLPEERMAP", SSLPEER="CN=app1"),
        ),
        (record("*", "ADDRESSMAP", ADDRESS="10.0.0.1"), record("*", "ADDRESSMAP", ADDRESS="10.0.0.1-8")),
        (record("*", "ADDRESSMAP", ADDRESS="10.0.0.1-8"), record("*", "ADDRESSMAP", ADDRESS="10.0.0.*")),
        (record("*", "ADDRESSMAP", ADDRESS="10.0.0.*"), record("*", "ADDRESSMAP", ADDRESS="10.*")),
        (record("*", "ADDRESSMAP", ADDRESS="10.*"), record("*", "ADDRESSMAP", ADDRESS="*")),
    ],
)
def test_the_more_specific_rule_is_used(first: MqObject, second: MqObject) -> None:
    one = MqObject(first.kind, first.name, {**first.attributes, "MCAUSER": "first"})
    other = MqObject(second.kind, second.name, {**second.attributes, "MCAUSER": "second"})
    assert used([one, other]) == used([other, one]) == "first"


def test_a_rule_for_queue_managers_does_nothing_to_a_client() -> None:
    rules = [record("*", "QMGRMAP", QMNAME="*", MCAUSER="partner")]
    assert used(rules) == ""
    assert used(rules, PARTNER, "TO.QM1") == "partner"


def test_a_rule_for_users_does_nothing_to_a_queue_manager() -> None:
    assert used([record("*", "USERMAP", CLNTUSER="QM2", MCAUSER="somebody")], PARTNER, "TO.QM1") == ""


def test_the_address_of_a_mapped_ipv4_partner_counts_as_ipv4() -> None:
    rules = [record("*", "ADDRESSMAP", ADDRESS="10.0.0.*", MCAUSER="four")]
    assert used(rules, partner("::ffff:10.0.0.7", client_user="x")) == "four"
    assert used(rules, partner("2001:db8::1", client_user="x")) == ""


def test_a_host_name_fits_only_where_the_name_is_known() -> None:
    rules = [record("*", "ADDRESSMAP", ADDRESS="*.example.com", MCAUSER="host")]
    assert used(rules, partner("10.0.0.1", client_user="x")) == ""
    assert used(rules, partner("10.0.0.1", client_user="x", host_name="App.Example.com.")) == "host"


def test_the_case_of_a_user_counts_unless_qm_ini_says_otherwise() -> None:
    rules = [record("*", "USERMAP", CLNTUSER="app1", MCAUSER="mapped")]
    assert used(rules, partner(client_user="APP1")) == ""
    assert used(rules, Partner("10.0.0.1", client_user="APP1", any_case=True)) == "mapped"


def test_a_certificate_of_another_issuer_does_not_fit() -> None:
    rules = [record("*", "SSLPEERMAP", SSLPEER="CN=app1", SSLCERTI="CN=CA two", MCAUSER="mapped")]
    book = RuleBook(rules)
    assert book.choose("APP.SVRCONN", CLIENT).rule is None
    assert "issuer" in book.rules[0].mismatch(CLIENT)


@pytest.mark.parametrize(
    "refused",
    [
        record("*", "SSLPEERMAP", SSLPEER="CN=a*b", MCAUSER="x"),
        record("*", "SSLPEERMAP", SSLPEER="cn=app1", MCAUSER="x"),
        record("*", "ADDRESSMAP", ADDRESS="10.0.0.0/8", MCAUSER="x"),
        record("*", "ADDRESSMAP", ADDRESS="10.0*", MCAUSER="x"),
        record("*", "ADDRESSMAP", ADDRESS="10.0.*.*", MCAUSER="x"),
        record("*", "USERMAP", CLNTUSER="a"),
        record("*", "USERMAP", CLNTUSER="a", USERSRC="NOACCESS", MCAUSER="x"),
        record("APP.*", "BLOCKADDR", ADDRLIST=("10.0.0.1",)),
        record("*", "BLOCKADDR", ADDRLIST=("host.example.com",)),
        record("*", "QMGRMAP", QMNAME="QM1", MCAUSER="x", CHCKCLNT="REQUIRED"),
    ],
)
def test_what_mq_would_refuse_decides_nothing(refused: MqObject) -> None:
    book = RuleBook([refused])
    assert not book.rules
    assert book.invalid[0].findings


def test_a_choice_that_the_facts_leave_open_names_the_other_rule() -> None:
    by_name = record("*", "ADDRESSMAP", ADDRESS="*.example.com", MCAUSER="host")
    by_star = record("*", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS")
    choice = RuleBook([by_name, by_star]).choose("X", partner(client_user="x", host_name="a.example.com"))
    assert choice.rule is not None
    assert choice.rule.user == "host"
    assert [one.rule.source for one in choice.unsettled] == ["NOACCESS"]


def test_open_order_between_rules_with_one_effect_does_not_matter() -> None:
    rules = [record("*", "SSLPEERMAP", SSLPEER=one, MCAUSER="same") for one in ("CN=*1", "CN=a*")]
    assert RuleBook(rules).choose("X", CLIENT).unsettled == ()


def test_only_the_block_list_with_the_best_profile_comes_first() -> None:
    book = RuleBook(
        [record("*", "BLOCKUSER", USERLIST=("*MQADMIN",)), record("APP.*", "BLOCKUSER", USERLIST=("nobody",))]
    )
    assert [one.profile for one in book.block_lists("APP.SVRCONN")] == ["APP.*", "*"]


def test_ten_thousand_rules_find_the_one_that_fits() -> None:
    rules = [
        record("APP.*", "SSLPEERMAP", SSLPEER=f"CN=app{one},O=Example", MCAUSER=f"u{one}") for one in range(10_000)
    ]
    book = RuleBook(rules)
    for one in range(0, 10_000, 10):
        rule = book.decide("APP.SVRCONN", partner("10.0.0.1", f"CN=app{one},O=Example", "CN=CA", client_user="x"))
        assert rule is not None
        assert rule.user == f"u{one}"
