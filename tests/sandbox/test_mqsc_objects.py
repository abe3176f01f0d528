"""DEFINE, ALTER, DELETE: what is taken, what is refused and with which reply."""

from __future__ import annotations

from pathlib import Path

import pytest
from mqsc_calls import NAME, QueueManager


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    return QueueManager(tmp_path)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("DEFINE QLOCAL(A)", "AMQ8006I: IBM MQ queue created."),
        ("def ql(A)", "AMQ8006I: IBM MQ queue created."),
        ("DEFINE QREMOTE(R) RNAME(X) RQMNAME(QM2) XMITQ(QM2)", "AMQ8006I: IBM MQ queue created."),
        ("DEF QA(AL) TARGQ(Q1)", "AMQ8006I: IBM MQ queue created."),
        ("DEF QM(M) DEFTYPE(PERMDYN)", "AMQ8006I: IBM MQ queue created."),
        ("ALTER QL(SYSTEM.DEFAULT.LOCAL.QUEUE) MAXDEPTH(1)", "AMQ8008I: IBM MQ queue changed."),
        ("DELETE QL(SYSTEM.CICS.INITIATION.QUEUE)", "AMQ8007I: IBM MQ queue deleted."),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN)", "AMQ8014I: IBM MQ channel created."),
        ("DEF CHL(C) CHLTYPE(SDR) CONNAME('h(1414)') XMITQ(X)", "AMQ8014I: IBM MQ channel created."),
        ("DEF CHL(C) CHLTYPE(CLUSRCVR) CLUSTER(CL)", "AMQ8014I: IBM MQ channel created."),
        (
            "DEF CHL(UNI.+QMNAME+) CHLTYPE(CLUSSDR) CONNAME('h(1)') CLUSTER(CL)",
            "AMQ8014I: IBM MQ channel created.",
        ),
        ("ALT CHL(SYSTEM.DEF.SVRCONN) CHLTYPE(SVRCONN) MAXINST(5)", "AMQ8016I: IBM MQ channel changed."),
        ("DELETE CHL(SYSTEM.AUTO.SVRCONN)", "AMQ8015I: IBM MQ channel deleted."),
        ("DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1414) CONTROL(QMGR)", "AMQ8626I: IBM MQ listener created."),
        ("ALTER LSTR(SYSTEM.DEFAULT.LISTENER.TCP) TRPTYPE(TCP) PORT(1)", "AMQ8627I: IBM MQ listener changed."),
        ("DELETE LISTENER(SYSTEM.DEFAULT.LISTENER.TCP)", "AMQ8628I: IBM MQ listener deleted."),
        (
            "DEFINE AUTHINFO(O) AUTHTYPE(OCSP) OCSPURL('http://ocsp.example.com')",
            "AMQ8563I: IBM MQ authentication information object created.",
        ),
        (
            "ALTER AUTHINFO(SYSTEM.DEFAULT.AUTHINFO.IDPWOS) AUTHTYPE(IDPWOS) CHCKCLNT(OPTIONAL)",
            "AMQ8567I: IBM MQ authentication information changed.",
        ),
        ("DEFINE TOPIC(T) TOPICSTR('/prices')", "AMQ8690I: IBM MQ topic created."),
        ("ALTER TOPIC(SYSTEM.BASE.TOPIC) PUB(DISABLED)", "AMQ8691I: IBM MQ topic changed."),
        ("ALTER NL(SYSTEM.DEFAULT.NAMELIST) NAMES(A,B)", "AMQ8551I: IBM MQ namelist changed."),
        ("DEFINE PROCESS(P) APPLICID('run')", "AMQ8010I: IBM MQ process created."),
        ("DEFINE COMMINFO(CI) TYPE(MULTICAST)", "AMQ8858I: IBM MQ comminfo created."),
        ("DEFINE SUB('a sub') TOPICSTR('/prices') DEST(Q1)", "AMQ8094I: IBM MQ subscription created."),
        ("DEFINE SERVICE(S) STARTCMD('/bin/true')", "AMQ8625I: IBM MQ service created."),
    ],
)
def test_a_good_command_is_answered_as_the_facts_say(qm: QueueManager, command: str, reply: str) -> None:
    assert qm.run(command) == ([reply], False, False)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("ALTER QLOCAL(NOPE) MAXDEPTH(1)", "AMQ8147E: IBM MQ object NOPE not found."),
        ("DELETE QLOCAL(NOPE)", "AMQ8147E: IBM MQ object NOPE not found."),
        ("DISPLAY QLOCAL(NOPE)", "AMQ8147E: IBM MQ object NOPE not found."),
        ("DISPLAY QLOCAL(NOPE*)", "AMQ8147E: IBM MQ object NOPE* not found."),
        ("DISPLAY CHANNEL(NOPE)", "AMQ8147E: IBM MQ object NOPE not found."),
        ("DEFINE QLOCAL(A) LIKE(NOPE)", "AMQ8147E: IBM MQ object NOPE not found."),
        ("ALTER CHANNEL(NOPE) CHLTYPE(SVRCONN) DESCR('x')", "AMQ8227E: Channel NOPE not found."),
        ("START CHANNEL(NOPE)", "AMQ8227E: Channel NOPE not found."),
        ("DEFINE QLOCAL(SYSTEM.DEFAULT.LOCAL.QUEUE)", "AMQ8150E: IBM MQ object already exists."),
        ("DEFINE CHANNEL(SYSTEM.DEF.SVRCONN) CHLTYPE(SVRCONN)", "AMQ8226E: IBM MQ channel already exists."),
        ("DEFINE QLOCAL('A B')", "AMQ8424E: Error detected in a name keyword."),
        ("DEFINE QLOCAL(A*)", "AMQ8424E: Error detected in a name keyword."),
        ("DEFINE QLOCAL('')", "AMQ8424E: Error detected in a name keyword."),
        ("ALTER QMGR DEADQ('my queue')", "AMQ8424E: Error detected in a name keyword."),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLCIPH(NO_SUCH)", "AMQ8242E: SSLCIPH definition wrong."),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLCIPH(TRIPLE_DES_SHA_US)", "AMQ8242E: SSLCIPH definition wrong."),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLCIPH('any_tls12')", "AMQ8242E: SSLCIPH definition wrong."),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLPEER('cn=app1')", "AMQ8243E: SSLPEER definition wrong."),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLPEER('CN=a*b')", "AMQ8243E: SSLPEER definition wrong."),
        (
            "DEFINE CHANNEL(C) CHLTYPE(SDR) XMITQ(X)",
            "AMQ8214E: CONNAME parameter required with channel types SDR, RQSTR, CLNTCONN, CLUSSDR and CLUSRCVR.",
        ),
        (
            "DEFINE CHANNEL(C) CHLTYPE(SDR) CONNAME('h(1)')",
            "AMQ8213E: XMITQ parameter required with channel types SDR and SVR.",
        ),
        ("DEFINE QALIAS(SYSTEM.CICS.INITIATION.QUEUE) REPLACE", "AMQ8151E: IBM MQ object has a different type."),
        ("ALTER CHANNEL(SYSTEM.DEF.SVRCONN) CHLTYPE(RCVR)", "AMQ8151E: IBM MQ object has a different type."),
        (
            "DEFINE QLOCAL(A) CLUSTER(X) CLUSNL(Y)",
            "AMQ8218E: The system cannot accept the combination of parameters entered.",
        ),
        ("ALTER QMGR LOGGEREV(ENABLED)", "AMQ8518E: Logger events are not available with circular logging."),
        ("DEFINE AUTHINFO(A) AUTHTYPE(CRLLDAP)", "AMQ8229E: CONNAME parameter is required."),
    ],
)
def test_a_valid_command_that_cannot_be_done_counts_as_failed(qm: QueueManager, command: str, reply: str) -> None:
    assert qm.run(command) == ([reply], True, False)


@pytest.mark.parametrize(
    ("command", "segment"),
    [
        ("DEFINE CHANNEL(C)", "DEFINE CHANNEL(C)"),
        ("DEFINE CHANNEL(C) TRPTYPE(TCP) CHLTYPE(SVRCONN)", "DEFINE CHANNEL(C)"),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCON)", "DEFINE CHANNEL(C) CHLTYPE(SVRCON"),
        ("DEFINE LISTENER(L) PORT(1414)", "DEFINE LISTENER(L) PORT(1414)"),
        ("DEFINE LISTENER(L) TRPTYPE(LU62)", "DEFINE LISTENER(L) TRPTYPE(LU62"),
        ("DEFINE AUTHINFO(A) CONNAME('h')", "DEFINE AUTHINFO(A) CONNAME('h')"),
        ("DEFINE QLOCAL(A) MAXDEPT(5)", "DEFINE QLOCAL(A) MAXDEPT(5)"),
        ("DEFINE QLOCAL(A) MAXDEPTH(many)", "DEFINE QLOCAL(A) MAXDEPTH(many"),
        ("DEFINE QLOCAL(A) MAXDEPTH(1000000000)", "DEFINE QLOCAL(A) MAXDEPTH(1000000000"),
        ("DEFINE QLOCAL(A) DEFPRTY(10)", "DEFINE QLOCAL(A) DEFPRTY(10"),
        ("DEFINE QLOCAL(A) DEFPSIST(MAYBE)", "DEFINE QLOCAL(A) DEFPSIST(MAYBE"),
        ("DEFINE QLOCAL(A) DEFPSIST", "DEFINE QLOCAL(A) DEFPSIST"),
        ("DEFINE QLOCAL(A) SHARE(YES)", "DEFINE QLOCAL(A) SHARE(YES)"),
        ("DEFINE QLOCAL(A) REPLACE(YES)", "DEFINE QLOCAL(A) REPLACE(YES)"),
        ("DEFINE QLOCAL(A) CURDEPTH(0)", "DEFINE QLOCAL(A) CURDEPTH(0)"),
        ("DEFINE QLOCAL(A) MAXDEPTH(1,2)", "DEFINE QLOCAL(A) MAXDEPTH(1,2"),
        ("DEFINE QALIAS(A) MAXDEPTH(5)", "DEFINE QALIAS(A) MAXDEPTH(5)"),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) XMITQ(X)", "DEFINE CHANNEL(C) CHLTYPE(SVRCONN) XMITQ(X)"),
        ("DEFINE CHANNEL(C) CHLTYPE(SDR) SSLCAUTH(REQUIRED)", "DEFINE CHANNEL(C) CHLTYPE(SDR) SSLCAUTH(REQUIRED)"),
        (
            "DEFINE CHANNEL(C) CHLTYPE(CLUSSDR) CERTLABL('x')",
            "DEFINE CHANNEL(C) CHLTYPE(CLUSSDR) CERTLABL('x')",
        ),
        ("DEFINE CHANNEL(C) CHLTYPE('svrconn')", "DEFINE CHANNEL(C) CHLTYPE('svrconn'"),
        ("DISPLAY QMGR LOGTYPE", "DISPLAY QMGR LOGTYPE"),
        ("DISPLAY QUEUE(*) WHERE(NOPE EQ 1)", "DISPLAY QUEUE(*) WHERE(NOPE EQ 1"),
        ("DISPLAY QLOCAL", "DISPLAY QLOCAL"),
    ],
)
def test_a_syntax_error_shows_the_segment_and_the_syntax(qm: QueueManager, command: str, segment: str) -> None:
    reply = qm.run(command)
    assert reply.syntax_error
    assert not reply.failed
    assert reply.lines[:4] == [
        "AMQ8405I: Syntax error detected at or near end of command segment below:-",
        segment,
        "",
        "AMQ8427I: Valid syntax for the MQSC command is:",
    ]


def test_a_wrong_verb_is_answered_with_the_list_of_verbs(qm: QueueManager) -> None:
    lines = qm.lines("DEFI QLOCAL(A)")
    assert lines[1:4] == ["DEFI", "", "AMQ8426I: Valid MQSC commands are:"]
    assert [line.strip() for line in lines[4:]][:4] == ["ALTER", "CLEAR", "DEFINE", "DELETE"]


def test_a_wrong_noun_is_answered_with_what_the_verb_takes(qm: QueueManager) -> None:
    lines = qm.lines("DELETE CHLAUTH(X)")
    assert lines[1] == "DELETE CHLAUTH(X)"
    assert "    DELETE QLOCAL" in lines


def test_delete_has_no_synonym(qm: QueueManager) -> None:
    assert qm.run("DEL QLOCAL(A)").syntax_error


def test_a_21_character_channel_name_is_refused_and_20_are_taken(qm: QueueManager) -> None:
    assert qm.run(f"DEFINE CHANNEL({'C' * 21}) CHLTYPE(SVRCONN)").syntax_error
    qm.done(f"DEFINE CHANNEL({'C' * 20}) CHLTYPE(SVRCONN)")


@pytest.mark.parametrize(
    ("start", "keyword", "length"),
    [
        ("DEFINE QLOCAL(A)", "DESCR", 64),
        ("DEFINE QLOCAL(A)", "BOQNAME", 48),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN)", "MCAUSER", 12),
        ("DEFINE CHANNEL(C) CHLTYPE(RCVR)", "CERTLABL", 64),
        ("DEFINE CHANNEL(C) CHLTYPE(CLUSRCVR)", "CONNAME", 264),
        ("ALTER QMGR", "SSLKEYR", 256),
        ("ALTER QMGR", "CERTLABL", 64),
    ],
)
def test_a_text_one_byte_too_long_is_refused(qm: QueueManager, start: str, keyword: str, length: int) -> None:
    assert qm.run(f"{start} {keyword}('{'x' * (length + 1)}')").syntax_error
    qm.done(f"{start} {keyword}('{'x' * length}')")


def test_lengths_count_bytes_and_trailing_blanks_do_not_count(qm: QueueManager) -> None:
    assert qm.run(f"ALTER QMGR DESCR('{'é' * 33}')").syntax_error
    qm.done(f"ALTER QMGR DESCR('{'x' * 64}     ')")
    assert qm.shown("DISPLAY QMGR DESCR")["DESCR"] == "x" * 64


def test_define_takes_what_it_is_not_told_from_the_default_object(qm: QueueManager) -> None:
    qm.done("ALTER QLOCAL(SYSTEM.DEFAULT.LOCAL.QUEUE) MAXDEPTH(77)", "DEFINE QLOCAL(A) DESCR('mine')")
    assert qm.attributes("QUEUE", "A")["MAXDEPTH"] == "77"


def test_define_like_takes_it_from_the_other_object(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A) MAXDEPTH(77) NOSHARE", "DEFINE QLOCAL(B) LIKE(A) DESCR('copy')")
    found = qm.attributes("QUEUE", "B")
    assert (found["MAXDEPTH"], found["SHARE"], found["DESCR"]) == ("77", "NO", "copy")


def test_replace_resets_what_is_not_named_while_alter_keeps_it(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A) MAXDEPTH(77)", "ALTER QLOCAL(A) DESCR('x')")
    assert qm.attributes("QUEUE", "A")["MAXDEPTH"] == "77"
    qm.done("DEFINE QLOCAL(A) REPLACE")
    assert qm.attributes("QUEUE", "A")["MAXDEPTH"] == "5000"
    assert qm.attributes("QUEUE", "A")["DESCR"] == ""


def test_a_failed_command_changes_nothing(qm: QueueManager) -> None:
    qm.done("DEFINE CHANNEL(C) CHLTYPE(SDR) CONNAME('h(1)') XMITQ(X)")
    before = qm.attributes("CHANNEL", "C")
    assert qm.run("ALTER CHANNEL(C) CHLTYPE(SDR) CONNAME(' ') DESCR('new')").failed
    assert qm.attributes("CHANNEL", "C") == before


def test_unquoted_values_lose_their_case_which_is_the_classic_slip(qm: QueueManager) -> None:
    qm.done("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) MCAUSER(app1)")
    assert qm.attributes("CHANNEL", "C")["MCAUSER"] == "APP1"
    qm.done("ALTER CHANNEL(C) CHLTYPE(SVRCONN) MCAUSER('app1')")
    assert qm.attributes("CHANNEL", "C")["MCAUSER"] == "app1"


def test_names_differ_by_case(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL('a')", "DEFINE QLOCAL('A')")
    assert qm.run("DISPLAY QLOCAL('b')").failed


def test_a_client_channel_may_stand_beside_another_channel_of_its_name(qm: QueueManager) -> None:
    qm.done(
        "DEFINE CHANNEL(APP) CHLTYPE(SVRCONN)",
        "DEFINE CHANNEL(APP) CHLTYPE(CLNTCONN) CONNAME('h(1414)') QMNAME(QM1)",
        "DELETE CHANNEL(APP) CHLTABLE(CLNTTBL)",
    )
    assert qm.attributes("CHANNEL", "APP")["CHLTYPE"] == "SVRCONN"
    assert qm.run("DELETE CHANNEL(APP) CHLTABLE(CLNTTBL)").failed


def test_a_queue_with_messages_is_deleted_only_with_purge(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    qm.state.db.execute("INSERT INTO message (qmgr, queue, body) VALUES (?, 'A', ?)", (NAME, b"x"))
    assert qm.lines("DELETE QLOCAL(A)") == ["AMQ8143E: IBM MQ queue not empty."]
    qm.done("DELETE QLOCAL(A) PURGE")
    assert qm.state.db.execute("SELECT count(*) FROM message").fetchone()[0] == 0


def test_new_objects_belong_to_the_administrators_until_they_are_deleted(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    assert "PUT" in qm.shown("DISPLAY AUTHREC PROFILE(A) OBJTYPE(QUEUE) MATCH(EXACT)")["AUTHLIST"]
    qm.done("DELETE QLOCAL(A)")
    assert qm.run("DISPLAY AUTHREC PROFILE(A) OBJTYPE(QUEUE) MATCH(EXACT)").failed


def test_deprecated_ciphers_come_back_when_qm_ini_allows_them_before_944(tmp_path: Path) -> None:
    command = "DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLCIPH(TLS_RSA_WITH_AES_128_CBC_SHA) REPLACE"
    for version, is_taken in (("9.4.0.0", True), ("9.4.4.0", False)):
        qm = QueueManager(tmp_path / version, version)
        qm.write_ini("SSL:\n   AllowWeakCipherSpec=ALL\n")
        assert qm.run(command).failed is not is_taken


@pytest.mark.parametrize(
    ("version", "command", "is_known"),
    [
        ("9.2.0.0", "ALTER QMGR KEYRPWD('secret')", False),
        ("9.3.0.0", "ALTER QMGR KEYRPWD('secret')", True),
        ("9.2.0.0", "DISPLAY QMGR INITKEY", False),
        ("9.1.0.0", "DEFINE QLOCAL(A) MAXFSIZE(DEFAULT)", False),
        ("9.2.0.0", "DEFINE QLOCAL(A) STREAMQ(B)", False),
        ("9.3.0.0", "DEFINE QLOCAL(A) STREAMQ(B)", True),
    ],
)
def test_an_attribute_of_a_later_release_is_a_syntax_error(
    tmp_path: Path, version: str, command: str, is_known: bool
) -> None:
    assert QueueManager(tmp_path, version).run(command).syntax_error is not is_known


@pytest.mark.parametrize(
    ("version", "cipher", "is_known"),
    [
        ("9.1.0.0", "ANY_TLS12", False),
        ("9.1.0.0", "ECDHE_RSA_AES_256_GCM_SHA384", True),
        ("9.1.1.0", "ANY_TLS12", True),
        ("9.1.3.0", "ANY_TLS12_OR_HIGHER", False),
        ("9.1.4.0", "ANY_TLS12_OR_HIGHER", True),
        ("9.4.0.0", "TLS_AES_256_GCM_SHA384", True),
    ],
)
def test_a_cipher_is_known_from_its_release_on(tmp_path: Path, version: str, cipher: str, is_known: bool) -> None:
    reply = QueueManager(tmp_path, version).run(f"DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLCIPH({cipher})")
    assert reply.failed is not is_known


@pytest.mark.parametrize(
    "command",
    ["RESOLVE CHANNEL(C) ACTION(COMMIT)", "DISPLAY PUBSUB", "PING CHANNEL(C)", "REFRESH CLUSTER(C)", "RESET QMGR"],
)
def test_what_is_not_simulated_is_refused_loudly(qm: QueueManager, command: str) -> None:
    reply = qm.run(command)
    assert reply.failed
    assert reply.lines[0].startswith("SANDBOX: ")


def test_the_facts_own_admin_scripts_are_taken(qm: QueueManager) -> None:
    qm.done(
        "DEFINE CHANNEL(CLUS1.FR1) CHLTYPE(CLUSRCVR) TRPTYPE(TCP) CONNAME('fr1.host(1414)') CLUSTER(CLUS1) "
        "SSLCIPH(ANY_TLS12_OR_HIGHER) SSLCAUTH(REQUIRED) MCAUSER('mqclus') REPLACE",
        "DEFINE QMODEL('IBMQREP.SPILL.MODELQ') DEFSOPT(SHARED) MSGDLVSQ(FIFO) DEFTYPE(PERMDYN)",
        "DEFINE QLOCAL('TGT_QM') USAGE(XMITQ) DEFPSIST(YES) TRIGGER TRIGTYPE(FIRST) INITQ(SYSTEM.CHANNEL.INITQ)",
        "DEFINE CHL('SRC_QM.TO.TGT_QM') CHLTYPE(SDR) TRPTYPE(TCP) CONNAME('tgt(1450)') XMITQ('TGT_QM') DISCINT(0)",
        "DEFINE QREMOTE(QM1) RNAME('') RQMNAME(QM1) XMITQ(QM1.XMITQ)",
        "DEFINE AUTHINFO(LDAP1) AUTHTYPE(CRLLDAP) CONNAME('ldap.example.com(389)') LDAPUSER('cn=x') LDAPPWD('pw')",
        "DEFINE NAMELIST(CRL.NL) NAMES(OCSP1,LDAP1) REPLACE",
        "ALTER QMGR SSLCRLNL(CRL.NL) PSMODE(ENABLED) PARENT('')",
    )
