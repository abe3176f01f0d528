"""Which channel authentication record decides, address patterns, distinguished names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mqsc_calls import NAME, QueueManager

from wizard.sandbox.mqsc import addresses, dn, rules
from wizard.sandbox.mqsc.refusals import CommandFailedError
from wizard.sandbox.mqsc.rules import Rule

CHANNEL = "APP1.SVRCONN"
APP1 = "SERIALNUMBER=78:40,CN=app1,OU=Payments,O=Acme,C=GB"
CA = "CN=Acme CA,O=Acme,C=GB"


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    found = QueueManager(tmp_path)
    found.done("SET CHLAUTH('*') TYPE(BLOCKUSER) ACTION(REMOVEALL)")
    return found


def winner(
    qm: QueueManager,
    *records: str,
    address: str = "10.0.0.9",
    user: str | None = "app",
    qmname: str | None = None,
    subject: str = APP1,
    host: str | None = None,
) -> Rule | None:
    qm.done(*(f"SET CHLAUTH{record}" for record in records))
    return rules.mapping(
        qm.state,
        NAME,
        CHANNEL,
        address,
        client_user=user,
        qmname=qmname,
        subject=subject,
        issuer=CA,
        host_name=host,
    )


PEER = "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1') MCAUSER('peer')"
USER = "('APP1.SVRCONN') TYPE(USERMAP) CLNTUSER('app') MCAUSER('user')"
ADDRESS = "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*') MCAUSER('address')"
QUEUE_MANAGER = "('APP1.SVRCONN') TYPE(QMGRMAP) QMNAME('QM*') MCAUSER('qmgr')"


def test_without_a_fitting_record_the_channel_decides(qm: QueueManager) -> None:
    assert winner(qm) is None
    assert winner(qm, "('OTHER') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)") is None


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        # Kind of identity: certificate, then user, then address.
        ((ADDRESS, USER, PEER), "peer"),
        ((ADDRESS, USER), "user"),
        ((ADDRESS,), "address"),
        # Channel profile before everything else.
        ((ADDRESS, "('APP1.*') TYPE(SSLPEERMAP) SSLPEER('CN=app1') MCAUSER('wrong')"), "address"),
        (
            (
                "('*') TYPE(ADDRESSMAP) ADDRESS('10.0.0.9') MCAUSER('star')",
                "('APP1.*') TYPE(ADDRESSMAP) ADDRESS('*') MCAUSER('app1')",
            ),
            "app1",
        ),
        # Identity: the more specific pattern, and SSLCERTI before none.
        ((PEER, "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=*') MCAUSER('wrong')"), "peer"),
        ((PEER, "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('O=Acme') MCAUSER('wrong')"), "peer"),
        ((PEER, "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=Acme') MCAUSER('both')"), "both"),
        (
            (PEER, "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1') SSLCERTI('CN=Acme CA') MCAUSER('ca')"),
            "ca",
        ),
        ((PEER, "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('SERIALNUMBER=78:40') MCAUSER('pinned')"), "pinned"),
        # Address: with one before without, narrow before wide.
        ((USER, "('APP1.SVRCONN') TYPE(USERMAP) CLNTUSER('app') ADDRESS('10.*') MCAUSER('near')"), "near"),
        (
            (
                "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.*') MCAUSER('wide')",
                "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.0.*') MCAUSER('net')",
                "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.0.8-20') MCAUSER('range')",
                "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.0.9') MCAUSER('one')",
            ),
            "one",
        ),
        (
            (
                "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.0.*') MCAUSER('net')",
                "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.0.8-20') MCAUSER('range')",
            ),
            "range",
        ),
    ],
)
def test_the_most_specific_record_wins(qm: QueueManager, records: tuple[str, ...], expected: str) -> None:
    found = winner(qm, *records)
    assert found is not None
    assert found.mcauser == expected


def test_an_address_rule_does_not_stop_a_client_whose_certificate_is_mapped(qm: QueueManager) -> None:
    found = winner(qm, PEER, "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.0.0.9') USERSRC(NOACCESS)")
    assert found is not None
    assert found.user_source == "MAP"


def test_a_queue_manager_rule_means_nothing_for_a_client_and_a_user_rule_nothing_for_a_queue_manager(
    qm: QueueManager,
) -> None:
    assert winner(qm, QUEUE_MANAGER) is None
    found = winner(qm, USER, user=None, qmname="QM7")
    assert found is not None
    assert found.type == "QMGRMAP"


def test_a_certificate_rule_needs_a_certificate_and_the_issuer_it_names(qm: QueueManager) -> None:
    assert winner(qm, PEER, subject="") is None
    other = "('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('OU=Payments') SSLCERTI('CN=Other CA') MCAUSER('x')"
    found = winner(qm, other, subject="CN=app9,OU=Payments")
    assert found is None


def test_a_host_name_rule_needs_the_name_and_beats_the_star(qm: QueueManager) -> None:
    records = (ADDRESS, "('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*.example.com') MCAUSER('named')")
    found = winner(qm, *records, host="App.Example.COM")
    assert found is not None
    assert found.mcauser == "named"
    other = winner(qm, host=None)
    assert other is not None
    assert other.mcauser == "address"


def test_only_the_best_block_list_counts(qm: QueueManager) -> None:
    qm.add_user("admin", members_of=("mqm",))
    qm.done("SET CHLAUTH('*') TYPE(BLOCKUSER) USERLIST('*MQADMIN')")
    assert rules.blocked_user(qm.state, NAME, CHANNEL, "admin") is not None
    qm.done("SET CHLAUTH('APP1.*') TYPE(BLOCKUSER) USERLIST('nobody')")
    assert rules.blocked_user(qm.state, NAME, CHANNEL, "admin") is None
    assert rules.blocked_user(qm.state, NAME, CHANNEL, "nobody") is not None


@pytest.mark.parametrize(
    ("user", "is_blocked"),
    [("mqm", True), ("admin", True), ("", True), ("unknown", True), ("app1", False)],
)
def test_mqadmin_means_administrators_and_users_that_nobody_knows(
    qm: QueueManager, user: str, is_blocked: bool
) -> None:
    qm.add_user("admin", "mqm")
    qm.add_user("app1")
    qm.done("SET CHLAUTH('*') TYPE(BLOCKUSER) USERLIST('*MQADMIN')")
    assert (rules.blocked_user(qm.state, NAME, CHANNEL, user) is not None) is is_blocked


def test_addresses_are_blocked_before_anything_else(qm: QueueManager) -> None:
    qm.done("SET CHLAUTH('*') TYPE(BLOCKADDR) ADDRLIST('10.0.0.*','192.0.2.1-8')")
    assert rules.blocked_address(qm.state, NAME, "192.0.2.8") is not None
    assert rules.blocked_address(qm.state, NAME, "192.0.2.9") is None


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("192.0.2.0", "192.0.2.0", "192.0.2.1"),
        ("192.0.2.*", "192.0.2.255", "192.0.3.0"),
        ("192.0.*", "192.0.7.9", "192.1.7.9"),
        ("192.0.*.2", "192.0.99.2", "192.0.99.3"),
        ("192.*.2", "192.7.9.2", "192.7.9.3"),
        ("*", "1.2.3.4", None),
        ("192.0.2.1-8", "192.0.2.8", "192.0.2.9"),
        ("192.0.*.1-8", "192.0.5.1", "192.0.5.0"),
        ("2001:DB8:0:0:0:*:0:1", "2001:db8::7:0:1", "2001:db8::7:0:2"),
        ("2001:*:1", "2001:db8::7:0:1", "2001:db8::7:0:2"),
        ("2001:*", "2001:db8::1", "2002:db8::1"),
        ("2001:DB8::1", "2001:db8:0:0:0:0:0:1", "2001:db8::2"),
        ("10.0.0.9", "::ffff:10.0.0.9", "::ffff:10.0.0.8"),
    ],
)
def test_address_patterns_match_by_whole_parts(text: str, inside: str, outside: str | None) -> None:
    found = addresses.pattern(text)
    assert any(pattern.matches(inside) for pattern in found)
    assert outside is None or not any(pattern.matches(outside) for pattern in found)


@pytest.mark.parametrize(
    "text",
    [
        "192.0.2",
        "192.0*",
        "192.0.*.*",
        "2001::*",
        "256.0.0.1",
        "192.0.2.8-300",
        "1.2.3.4.5",
        "10.0.0.",
        "2001:GG::1",
        "1:*:5:*:9",
    ],
)
def test_bad_address_patterns_are_refused(text: str) -> None:
    with pytest.raises(CommandFailedError, match="AMQ8891E"):
        addresses.pattern(text)


def test_a_range_runs_from_low_to_high() -> None:
    with pytest.raises(CommandFailedError, match="AMQ8892E"):
        addresses.pattern("192.0.2.8-1")


parts = st.one_of(st.just("*"), st.integers(0, 255).map(str))


@given(st.tuples(parts, parts, parts, st.integers(0, 255).map(str)), st.tuples(*[st.integers(0, 255)] * 4))
def test_a_pattern_matches_exactly_the_addresses_that_its_parts_admit(
    pattern: tuple[str, ...], address: tuple[int, ...]
) -> None:
    expected = all(wanted in ("*", str(number)) for wanted, number in zip(pattern, address, strict=True))
    found = addresses.pattern(".".join(pattern))[0]
    assert found.matches(".".join(map(str, address))) is expected


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("CN=app1", True),
        ("CN=APP1", True),
        ("CN=app2", False),
        ("CN=app*", True),
        ("CN=*1", True),
        ("CN=*p*", True),
        ("CN=*", True),
        ("OU=*", True),
        ("L=*", False),
        ("CN=app1,O=Acme", True),
        ("O=Acme;CN=app1", True),
        ("O = Acme", None),
        (" CN=app1 , O=Acme ", True),
        ("cn=app1", None),
        ("CN=a*1", None),
        ("XX=1", None),
        ("CN=app1,", None),
        ("", None),
        ("CN=", None),
        ("CN=a,CN=b", None),
        ("SERIALNUMBER=78:40", True),
        ("SERIALNUMBER=78:41", False),
        ("OU=Payments", True),
        ("OU=Payments,OU=Night", True),
        ("OU=Night", False),
        ("OU=Night,OU=Payments", False),
        ("OU=Payments,OU=Night,OU=More", False),
        ("S=Kent", True),
        ("SP=Kent", True),
        ("ST=Kent", True),
        ('O="Acme"', True),
    ],
)
def test_name_patterns_match_as_the_facts_say(pattern: str, matches: bool | None) -> None:
    subject = "SERIALNUMBER=78:40,CN=app1,OU=Payments,OU=Night,O=Acme,ST=Kent,C=GB"
    if matches is None:
        with pytest.raises(dn.BadNameError):
            dn.pattern(pattern)
        return
    assert dn.matches(dn.pattern(pattern), subject) is matches


def test_separators_inside_quotes_are_text() -> None:
    assert dn.matches(dn.pattern('O="Acme, Inc; CN=x"'), 'CN=app1,O="Acme, Inc; CN=x"')
    assert not dn.matches(dn.pattern('O="Acme, Ltd"'), 'CN=app1,O="Acme, Inc"')


def test_an_escaped_star_is_a_star() -> None:
    assert dn.matches(dn.pattern("CN=a\\*"), "CN=a*")
    assert not dn.matches(dn.pattern("CN=a\\*"), "CN=ab")


values = st.text("abcXYZ 019.-/()'", min_size=1, max_size=12).filter(lambda text: text == text.strip())


@given(values, values)
def test_a_name_fits_the_pattern_that_spells_it(common: str, organization: str) -> None:
    subject = f"SERIALNUMBER=01,CN={common},O={organization}"
    assert dn.matches(dn.pattern(f"CN={common},O={organization}"), subject)
    assert dn.matches(dn.pattern(f"O={organization.upper()}"), subject)


@given(st.text())
def test_no_text_breaks_the_name_reader(text: str) -> None:
    try:
        dn.matches(dn.pattern(text), text)
    except dn.BadNameError:
        assert True
