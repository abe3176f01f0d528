"""SET CHLAUTH and DISPLAY CHLAUTH with its run-time check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mqsc_calls import QueueManager


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    return QueueManager(tmp_path)


def without_dates(lines: list[str]) -> list[str]:
    return [re.sub(r"ALT(DATE|TIME)\([^)]*\)", r"ALT\1(...)", line) for line in lines]


def test_a_new_queue_manager_has_the_three_default_records(qm: QueueManager) -> None:
    assert without_dates(qm.lines("DISPLAY CHLAUTH(*) ALL")) == [
        "AMQ8878I: Display channel authentication record details.",
        "   CHLAUTH(SYSTEM.ADMIN.SVRCONN)           TYPE(ADDRESSMAP)",
        "   DESCR(Default rule to allow MQ Explorer access)",
        "   CUSTOM( )                               ADDRESS(*)",
        "   USERSRC(CHANNEL)                        CHCKCLNT(ASQMGR)",
        "   ALTDATE(...)                     ALTTIME(...)",
        "AMQ8878I: Display channel authentication record details.",
        "   CHLAUTH(SYSTEM.*)                       TYPE(ADDRESSMAP)",
        "   DESCR(Default rule to disable all SYSTEM channels)",
        "   CUSTOM( )                               ADDRESS(*)",
        "   USERSRC(NOACCESS)                       WARN(NO)",
        "   ALTDATE(...)                     ALTTIME(...)",
        "AMQ8878I: Display channel authentication record details.",
        "   CHLAUTH(*)                              TYPE(BLOCKUSER)",
        "   DESCR(Default rule to disallow privileged users)",
        "   CUSTOM( )                            ",
        "   USERLIST(*MQADMIN)                      WARN(NO)",
        "   ALTDATE(...)                     ALTTIME(...)",
    ]


@pytest.mark.parametrize(
    "command",
    [
        "SET CHLAUTH('QM1.TO.QM2') TYPE(SSLPEERMAP) SSLPEER('CN=QM1,OU=MQ,O=ACME') "
        "SSLCERTI('CN=ACME Issuing CA,O=ACME') ADDRESS('10.1.2.*') USERSRC(MAP) MCAUSER('mqqm1') ACTION(REPLACE)",
        "SET CHLAUTH('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=ACME') USERSRC(MAP) MCAUSER('app1') "
        "CHCKCLNT(ASQMGR) ACTION(REPLACE)",
        "SET CHLAUTH('ADMIN.SVRCONN') TYPE(BLOCKUSER) USERLIST('nobody') ACTION(REPLACE)",
        "SET CHLAUTH('ADMIN.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) ACTION(REPLACE)",
        "SET CHLAUTH('ADMIN.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.9.9.9') USERSRC(CHANNEL) CHCKCLNT(REQUIRED)",
        "SET CHLAUTH('*') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) DESCR('Back-stop rule') WARN(YES)",
        "SET CHLAUTH('*') TYPE(BLOCKADDR) ADDRLIST('10.0.0.1','10.0.0.2') WARN(NO)",
        "SET CHLAUTH('C*') TYPE(USERMAP) CLNTUSER('johndoe') USERSRC(CHANNEL) ADDRESS('host.example.com')",
        "SET CHLAUTH('TO.*') TYPE(QMGRMAP) QMNAME('QM*') MCAUSER('mqqm')",
    ],
)
def test_the_facts_own_rules_are_taken(qm: QueueManager, command: str) -> None:
    assert qm.run(command) == (["AMQ8877I: IBM MQ channel authentication record set."], False, False)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("SET CHLAUTH('SYSTEM.*') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)", "AMQ8883E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') ACTION(REMOVE)", "AMQ8884E"),
        ("SET CHLAUTH('X') TYPE(BLOCKUSER) ACTION(REMOVEALL)", "AMQ8884E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('10.0.0.0/8') USERSRC(NOACCESS)", "AMQ8891E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('192.0.2') USERSRC(NOACCESS)", "AMQ8891E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('192.0.2.9-2') USERSRC(NOACCESS)", "AMQ8892E"),
        ("SET CHLAUTH('*') TYPE(BLOCKADDR) ADDRLIST('host.example.com')", "AMQ8891E"),
        ("SET CHLAUTH('X') TYPE(BLOCKADDR) ADDRLIST('10.0.0.1')", "AMQ8895E"),
        ("SET CHLAUTH('X') TYPE(SSLPEERMAP) SSLPEER('cn=a') MCAUSER('u')", "AMQ8243E"),
        ("SET CHLAUTH('X') TYPE(SSLPEERMAP) SSLPEER('CN=a') SSLCERTI('nonsense') MCAUSER('u')", "AMQ8243E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') CLNTUSER('a') MCAUSER('u')", "AMQ8882E"),
        ("SET CHLAUTH('X') TYPE(QMGRMAP) QMNAME('Q') MCAUSER('u') CHCKCLNT(REQUIRED)", "AMQ8882E"),
        ("SET CHLAUTH('X') TYPE(BLOCKUSER) USERLIST('u') MCAUSER('u')", "AMQ8882E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) MCAUSER('u')", "AMQ8886E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) CHCKCLNT(REQUIRED)", "AMQ8886E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL) WARN(YES)", "AMQ8886E"),
        ("SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) ACTION(REMOVE)", "AMQ8885E"),
        ("SET CHLAUTH('A B') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)", "AMQ8424E"),
    ],
)
def test_a_rule_that_cannot_be_set_is_refused_with_its_own_message(qm: QueueManager, command: str, reply: str) -> None:
    found = qm.run(command)
    assert found.failed
    assert found.lines[0].startswith(f"{reply}: ")


@pytest.mark.parametrize(
    "command",
    [
        "SET CHLAUTH('X') ADDRESS('*') USERSRC(NOACCESS)",
        "SET CHLAUTH('X') TYPE(ALLOW) ADDRESS('*')",
        "SET CHLAUTH('X') TYPE(ADDRESSMAP) USERSRC(NOACCESS)",
        "SET CHLAUTH('X') TYPE(SSLPEERMAP) MCAUSER('u')",
        "SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*')",
        "SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') ACTION(BLOCK)",
        "SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('*') CHNAME('X')",
        "SET CHLAUTH('X') TYPE(BLOCKUSER)",
        "SET CHLAUTH TYPE(BLOCKUSER) USERLIST('u')",
        "SET CHLAUTH('X.2345678901234567890') TYPE(BLOCKUSER) USERLIST('u')",
        "SET CHLAUTH('X') TYPE(USERMAP) CLNTUSER('u') MCAUSER('1234567890123')",
    ],
)
def test_a_rule_that_is_no_rule_is_a_syntax_error(qm: QueueManager, command: str) -> None:
    assert qm.run(command).syntax_error


def test_replace_creates_and_replaces(qm: QueueManager) -> None:
    rule = "SET CHLAUTH('X') TYPE(ADDRESSMAP) ADDRESS('10.0.0.1') ACTION(REPLACE)"
    qm.done(f"{rule} USERSRC(NOACCESS)", f"{rule} MCAUSER('app1') DESCR('new')")
    shown = qm.shown("DISPLAY CHLAUTH(X) ALL")
    assert (shown["MCAUSER"], shown["USERSRC"], shown["DESCR"]) == ("app1", "MAP", "new")
    assert "WARN" not in shown


def test_a_rule_is_removed_by_the_same_keys_only(qm: QueueManager) -> None:
    qm.done("SET CHLAUTH('X') TYPE(USERMAP) CLNTUSER('app') ADDRESS('10.0.0.1') USERSRC(NOACCESS)")
    assert qm.run("SET CHLAUTH('X') TYPE(USERMAP) CLNTUSER('app') ACTION(REMOVE)").failed
    assert qm.run("SET CHLAUTH('X') TYPE(USERMAP) CLNTUSER(app) ADDRESS('10.0.0.1') ACTION(REMOVE)").failed
    qm.done("SET CHLAUTH('X') TYPE(USERMAP) CLNTUSER('app') ADDRESS('10.0.0.1') ACTION(REMOVE)")
    assert qm.run("DISPLAY CHLAUTH(X)").failed


def test_block_lists_grow_and_shrink(qm: QueueManager) -> None:
    rule = "SET CHLAUTH('X') TYPE(BLOCKUSER)"
    qm.done(f"{rule} USERLIST('a','b')", f"{rule} USERLIST('c') ACTION(ADD)", f"{rule} USERLIST('a') ACTION(REMOVE)")
    assert [line.strip() for line in qm.lines("DISPLAY CHLAUTH(X) USERLIST")[2:]] == ["USERLIST(b", ",c)"]
    assert qm.run(f"{rule} USERLIST('z') ACTION(REMOVE)").failed
    qm.done(f"{rule} USERLIST('b','c') ACTION(REMOVE)")
    assert qm.run("DISPLAY CHLAUTH(X)").failed


def test_ranges_of_one_profile_are_nested_or_apart(qm: QueueManager) -> None:
    rule = "SET CHLAUTH('X') TYPE(ADDRESSMAP) USERSRC(NOACCESS) ADDRESS('192.0.2.{}')"
    qm.done(rule.format("10-20"), rule.format("12-15"), rule.format("30-40"), rule.format("*"))
    assert qm.lines(rule.format("15-25"))[0].startswith("AMQ8889E")
    qm.done(rule.format("15-25").replace("'X'", "'Y'"))


@pytest.mark.parametrize(
    ("command", "profiles"),
    [
        ("DISPLAY CHLAUTH('SYSTEM.ADMIN.SVRCONN')", ["SYSTEM.ADMIN.SVRCONN"]),
        ("DISPLAY CHLAUTH('SYSTEM.*')", ["SYSTEM.ADMIN.SVRCONN", "SYSTEM.*"]),
        ("DISPLAY CHLAUTH('SYSTEM.*') MATCH(EXACT)", ["SYSTEM.*"]),
        ("DISPLAY CHLAUTH('SYSTEM.ADMIN.SVRCONN') MATCH(ALL)", ["SYSTEM.ADMIN.SVRCONN", "SYSTEM.*", "*"]),
        ("DISPLAY CHLAUTH(*) TYPE(BLOCKUSER)", ["*"]),
        ("DISPLAY CHLAUTH(*) WHERE(USERSRC EQ NOACCESS)", ["SYSTEM.*"]),
    ],
)
def test_display_finds_by_match(qm: QueueManager, command: str, profiles: list[str]) -> None:
    assert re.findall(r"CHLAUTH\(([^)]*)\)", "\n".join(qm.lines(command))) == profiles


def test_display_without_a_match_fails(qm: QueueManager) -> None:
    assert qm.lines("DISPLAY CHLAUTH('NOPE')") == ["AMQ8884E: Channel authentication record not found."]


@pytest.fixture
def guarded(qm: QueueManager) -> QueueManager:
    """A channel with the back-stop, and one mapped certificate."""
    qm.add_user("app1")
    qm.add_user("boss", members_of=("mqm",))
    qm.done(
        "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLCIPH(ANY_TLS12_OR_HIGHER) MCAUSER('*NOACCESS')",
        "DEFINE CHANNEL(OPEN.SVRCONN) CHLTYPE(SVRCONN)",
        "DEFINE CHANNEL(FROM.QM2) CHLTYPE(RCVR)",
        "SET CHLAUTH('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)",
        "SET CHLAUTH('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=Acme') MCAUSER('app1')",
        "SET CHLAUTH('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=boss') MCAUSER('boss')",
    )
    return qm


ASK = "DISPLAY CHLAUTH('APP1.SVRCONN') MATCH(RUNCHECK) ALL ADDRESS('10.0.0.9') CLNTUSER('x')"


def test_runcheck_shows_the_record_that_maps(guarded: QueueManager) -> None:
    shown = guarded.shown(f"{ASK} SSLPEER('SERIALNUMBER=53:B1,CN=app1,OU=Test Group,O=Acme')")
    assert (shown["TYPE"], shown["USERSRC"], shown["MCAUSER"]) == ("SSLPEERMAP", "MAP", "app1")


def test_runcheck_shows_the_record_that_refuses(guarded: QueueManager) -> None:
    shown = guarded.shown(f"{ASK} SSLPEER('CN=app2,O=Acme')")
    assert (shown["TYPE"], shown["USERSRC"]) == ("ADDRESSMAP", "NOACCESS")


def test_runcheck_shows_the_block_list_that_stops_a_mapped_administrator(guarded: QueueManager) -> None:
    shown = guarded.shown(f"{ASK} SSLPEER('CN=boss')")
    assert (shown["TYPE"], shown["USERLIST"]) == ("BLOCKUSER", "*MQADMIN")


def test_runcheck_names_the_user_when_no_record_maps(guarded: QueueManager) -> None:
    ask = "DISPLAY CHLAUTH('OPEN.SVRCONN') MATCH(RUNCHECK) ADDRESS('10.0.0.9') CLNTUSER('app1')"
    assert guarded.run(ask) == (["AMQ9783I: Channel will run using MCAUSER('app1')."], False, False)
    guarded.done("ALTER CHANNEL(OPEN.SVRCONN) CHLTYPE(SVRCONN) MCAUSER('app1')")
    assert guarded.lines(ask.replace("CLNTUSER('app1')", "CLNTUSER('other')")) == [
        "AMQ9783I: Channel will run using MCAUSER('app1')."
    ]


def test_runcheck_of_a_message_channel_asks_for_the_queue_manager(guarded: QueueManager) -> None:
    ask = "DISPLAY CHLAUTH('FROM.QM2') MATCH(RUNCHECK) ADDRESS('10.0.0.9') QMNAME('QM2')"
    guarded.done("SET CHLAUTH('FROM.*') TYPE(QMGRMAP) QMNAME('QM*') MCAUSER('app1')")
    assert guarded.shown(ask)["TYPE"] == "QMGRMAP"


@pytest.mark.parametrize(
    "command",
    [
        "DISPLAY CHLAUTH('APP1.*') MATCH(RUNCHECK) ADDRESS('10.0.0.9') CLNTUSER('x')",
        "DISPLAY CHLAUTH('OPEN.SVRCONN') MATCH(RUNCHECK) CLNTUSER('x')",
        "DISPLAY CHLAUTH('OPEN.SVRCONN') MATCH(RUNCHECK) ADDRESS('host.example.com') CLNTUSER('x')",
        "DISPLAY CHLAUTH('OPEN.SVRCONN') MATCH(RUNCHECK) ADDRESS('10.0.0.*') CLNTUSER('x')",
        "DISPLAY CHLAUTH('OPEN.SVRCONN') MATCH(RUNCHECK) ADDRESS('10.0.0.9')",
        "DISPLAY CHLAUTH('OPEN.SVRCONN') MATCH(RUNCHECK) ADDRESS('10.0.0.9') QMNAME('QM2')",
        "DISPLAY CHLAUTH('FROM.QM2') MATCH(RUNCHECK) ADDRESS('10.0.0.9') CLNTUSER('x')",
        "DISPLAY CHLAUTH('APP1.SVRCONN') MATCH(RUNCHECK) ADDRESS('10.0.0.9') CLNTUSER('x')",
        "DISPLAY CHLAUTH('OPEN.SVRCONN') TYPE(USERMAP) MATCH(RUNCHECK) ADDRESS('10.0.0.9') CLNTUSER('x')",
    ],
)
def test_runcheck_refuses_what_it_cannot_check(guarded: QueueManager, command: str) -> None:
    assert guarded.lines(command)[0].startswith("AMQ8896E")


def test_runcheck_needs_an_existing_channel_and_rules_that_are_on(guarded: QueueManager) -> None:
    ask = "DISPLAY CHLAUTH('{}') MATCH(RUNCHECK) ADDRESS('10.0.0.9') CLNTUSER('x')"
    assert guarded.lines(ask.format("NOPE")) == ["AMQ9519E: Channel 'NOPE' not found."]
    guarded.done("ALTER QMGR CHLAUTH(DISABLED)")
    assert guarded.lines(ask.format("OPEN.SVRCONN"))[0].startswith("AMQ8899E")
