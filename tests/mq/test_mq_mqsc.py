from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mq_strategies import objects, texts

from wizard.errors import UsageError
from wizard.mq import mqsc
from wizard.mq.objects import Kind, MqObject
from wizard.mq.reader import MqscCommand, read, to_object
from wizard.mq.secret_text import SecretRef, masked, revealed, secrets_in

CHANNEL = MqObject(
    Kind.CHANNEL,
    "APP1.SVRCONN",
    {"CHLTYPE": "SVRCONN", "TRPTYPE": "TCP", "SSLCIPH": "ANY_TLS12_OR_HIGHER", "MCAUSER": "*NOACCESS"},
)
PEER_RULE = MqObject(
    Kind.CHLAUTH,
    "APP1.SVRCONN",
    {
        "TYPE": "SSLPEERMAP",
        "SSLPEER": "CN=app1,O=Acme",
        "SSLCERTI": "CN=Acme CA",
        "ADDRESS": "",
        "USERSRC": "MAP",
        "MCAUSER": "app1",
        "CHCKCLNT": "ASQMGR",
    },
)
QUEUE_RIGHT = MqObject(
    Kind.AUTHREC,
    "APP.Q",
    {"OBJTYPE": "QUEUE", "ENTTYPE": "PRINCIPAL", "ENTITY": "app1", "AUTHLIST": ("GET", "PUT")},
)
QMGR_RIGHT = MqObject(
    Kind.AUTHREC,
    "SELF",
    {"OBJTYPE": "QMGR", "ENTTYPE": "GROUP", "ENTITY": "app", "AUTHLIST": ("CONNECT", "INQ")},
)
LISTENER = MqObject(Kind.LISTENER, "L1", {"PORT": "1414", "TRPTYPE": "TCP", "CONTROL": "QMGR"})
CLIENT_END = MqObject(Kind.CHANNEL, "C", {"CHLTYPE": "CLNTCONN"})


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (mqsc.define(MqObject(Kind.QLOCAL, "APP.Q")), "DEFINE QLOCAL(APP.Q)"),
        (mqsc.define(MqObject(Kind.QLOCAL, "app.q")), "DEFINE QLOCAL('app.q')"),
        (
            mqsc.define(
                MqObject(Kind.QLOCAL, "A", {"MAXDEPTH": "5", "DESCR": "It's", "SHARE": "NO", "TRIGGER": "YES"}),
                replace=True,
            ),
            "DEFINE QLOCAL(A) MAXDEPTH(5) DESCR('It''s') NOSHARE TRIGGER REPLACE",
        ),
        (
            mqsc.define(CHANNEL),
            "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP) SSLCIPH(ANY_TLS12_OR_HIGHER) "
            "MCAUSER('*NOACCESS')",
        ),
        (mqsc.define(LISTENER), "DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1414) CONTROL(QMGR)"),
        (
            mqsc.define(MqObject(Kind.QMGR, "QM1", {"DEADQ": "SYSTEM.DEAD.LETTER.QUEUE", "QMID": "x"})),
            "ALTER QMGR DEADQ(SYSTEM.DEAD.LETTER.QUEUE)",
        ),
        (
            mqsc.define(MqObject(Kind.NAMELIST, "NL", {"NAMES": ("A", "b")})),
            "DEFINE NAMELIST(NL) NAMES(A,'b')",
        ),
        (
            mqsc.define(
                MqObject(Kind.CHANNEL, "C", {"CHLTYPE": "CLNTCONN", "CONNAME": "h(1414)", "COMPMSG": ("NONE",)})
            ),
            "DEFINE CHANNEL(C) CHLTYPE(CLNTCONN) CONNAME('h(1414)') COMPMSG(NONE)",
        ),
        (
            mqsc.alter(Kind.QMGR, "", {"SSLKEYR": "/var/mqm/ssl/key.p12", "CERTLABL": "qm1"}),
            "ALTER QMGR SSLKEYR('/var/mqm/ssl/key.p12') CERTLABL('qm1')",
        ),
        (
            mqsc.alter(Kind.CHANNEL, "C", {"SSLPEER": "CN=QM1"}, chltype="SDR"),
            "ALTER CHANNEL(C) CHLTYPE(SDR) SSLPEER('CN=QM1')",
        ),
        (
            mqsc.alter(Kind.AUTHINFO, "A", {"AUTHTYPE": "IDPWOS", "CHCKCLNT": "REQUIRED"}),
            "ALTER AUTHINFO(A) AUTHTYPE(IDPWOS) CHCKCLNT(REQUIRED)",
        ),
        (mqsc.alter(Kind.QLOCAL, "Q", {"MAXDEPTH": "9"}, force=True), "ALTER QLOCAL(Q) MAXDEPTH(9) FORCE"),
        (mqsc.delete(MqObject(Kind.QLOCAL, "Q")), "DELETE QLOCAL(Q)"),
        (mqsc.delete(MqObject(Kind.QLOCAL, "Q"), purge=True), "DELETE QLOCAL(Q) PURGE"),
        (mqsc.delete(CHANNEL), "DELETE CHANNEL(APP1.SVRCONN)"),
        (mqsc.delete(CLIENT_END), "DELETE CHANNEL(C) CHLTABLE(CLNTTBL)"),
        (
            mqsc.delete(PEER_RULE),
            "SET CHLAUTH('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=Acme') SSLCERTI('CN=Acme CA') "
            "ACTION(REMOVE)",
        ),
        (
            mqsc.set_chlauth(PEER_RULE, "REPLACE"),
            "SET CHLAUTH('APP1.SVRCONN') TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=Acme') SSLCERTI('CN=Acme CA') "
            "USERSRC(MAP) MCAUSER('app1') CHCKCLNT(ASQMGR) ACTION(REPLACE)",
        ),
        (
            mqsc.set_authrec(QUEUE_RIGHT, add=["BROWSE"], remove=["PUT"]),
            "SET AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE) PRINCIPAL('app1') AUTHADD(BROWSE) AUTHRMV(PUT)",
        ),
        (mqsc.define(QMGR_RIGHT), "SET AUTHREC OBJTYPE(QMGR) GROUP('app') AUTHADD(CONNECT,INQ)"),
        (mqsc.delete(QMGR_RIGHT), "DELETE AUTHREC OBJTYPE(QMGR) GROUP('app')"),
        (mqsc.delete_authrec(QUEUE_RIGHT), "DELETE AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE) PRINCIPAL('app1')"),
        (mqsc.display(Kind.QMGR), "DISPLAY QMGR ALL"),
        (mqsc.display(Kind.QMGR, "QM1", ["DEADQ"]), "DISPLAY QMGR DEADQ"),
        (mqsc.display("QUEUE", "APP.*"), "DISPLAY QUEUE('APP.*') ALL"),
        (mqsc.display(Kind.CHANNEL, "C", ["sslciph", "MCAUSER"]), "DISPLAY CHANNEL(C) SSLCIPH MCAUSER"),
        (mqsc.display("LSSTATUS", "L1", ["STATUS"]), "DISPLAY LSSTATUS(L1) STATUS"),
        (mqsc.display(Kind.AUTHREC, "SELF"), "DISPLAY AUTHREC OBJTYPE(QMGR) ALL"),
        (mqsc.display(Kind.AUTHREC, "APP.Q"), "DISPLAY AUTHREC PROFILE(APP.Q) ALL"),
        (mqsc.display(Kind.AUTHREC), "DISPLAY AUTHREC ALL"),
        (mqsc.refresh("SSL"), "REFRESH SECURITY TYPE(SSL)"),
        (mqsc.refresh("connauth"), "REFRESH SECURITY TYPE(CONNAUTH)"),
        (mqsc.refresh_cluster("C1"), "REFRESH CLUSTER(C1) REPOS(NO)"),
        (mqsc.start(Kind.LISTENER, "L1"), "START LISTENER(L1)"),
        (
            mqsc.stop(Kind.CHANNEL, "C", mode="FORCE", status="INACTIVE"),
            "STOP CHANNEL(C) MODE(FORCE) STATUS(INACTIVE)",
        ),
        (mqsc.ping(Kind.CHANNEL, "C"), "PING CHANNEL(C)"),
        (mqsc.ping(Kind.QMGR), "PING QMGR"),
        (mqsc.clear("Q"), "CLEAR QLOCAL(Q)"),
        (
            mqsc.display_runcheck(
                "C", {"ADDRESS": "10.0.0.9", "CLNTUSER": "app", "SSLPEER": "CN=a,O=b", "SSLCERTI": ""}
            ),
            "DISPLAY CHLAUTH(C) MATCH(RUNCHECK) ALL ADDRESS('10.0.0.9') CLNTUSER('app') SSLPEER('CN=a,O=b')",
        ),
    ],
)
def test_each_command_reads_as_an_administrator_writes_it(command: str, expected: str) -> None:
    assert command == expected


def test_what_mq_keeps_itself_and_secrets_stay_out_of_a_definition() -> None:
    shown = MqObject(Kind.QLOCAL, "Q", {"CURDEPTH": "7", "ALTDATE": "2026-01-01", "MAXDEPTH": "9"})
    assert mqsc.define(shown) == "DEFINE QLOCAL(Q) MAXDEPTH(9)"
    with_secret = MqObject(Kind.QMGR, "", {"KEYRPWD": "hidden", "DEADQ": "DLQ"})
    assert mqsc.define(with_secret) == "ALTER QMGR DEADQ(DLQ)"


@pytest.mark.parametrize("character", ["\n", "\r", "\t", "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\ud800"])
def test_a_control_character_is_refused_and_the_value_not_repeated(character: str) -> None:
    with pytest.raises(mqsc.UnquotableValue, match="at character 7") as refused:
        mqsc.quote(f"secret{character}DELETE QLOCAL(A)")
    assert "secret" not in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize(
    "attributes",
    [
        {"DEFPSIST": "YES) DESCR('x'"},
        {"MAXDEPTH": "5) REPLACE"},
        {"MAXDEPTH": "5\n"},
        {"SHARE": "PERHAPS"},
        {"NO SUCH": "x"},
        {"DESCR) X(": "x"},
        {"NAMES": ("a\nb",)},
    ],
)
def test_no_value_and_no_keyword_breaks_out_of_its_place(attributes: dict[str, str]) -> None:
    with pytest.raises(mqsc.UnquotableValue):
        mqsc.define(MqObject(Kind.QLOCAL, "Q", attributes))


def test_an_attribute_that_the_table_does_not_know_is_quoted() -> None:
    assert mqsc.alter(Kind.QLOCAL, "Q", {"BRANDNEW": "A B"}) == "ALTER QLOCAL(Q) BRANDNEW('A B')"


def test_a_queue_manager_is_not_deleted_by_mqsc() -> None:
    with pytest.raises(UsageError, match="not deleted by MQSC"):
        mqsc.delete(MqObject(Kind.QMGR, "QM1"))


def test_an_unknown_refresh_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageError) as refused:
        mqsc.refresh("EVERYTHING")
    assert "CONNAUTH" in refused.value.remedy


def test_a_secret_is_stars_until_it_is_sent() -> None:
    command = mqsc.alter_secret(Kind.QMGR, "", {"KEYRPWD": SecretRef("store"), "INITKEY": SecretRef("key")})
    assert masked(command) == "ALTER QMGR KEYRPWD('********') INITKEY('********')"
    known = {"store": "it's", "key": "K"}
    assert revealed(command, lambda ref: known[ref.name]) == "ALTER QMGR KEYRPWD('it''s') INITKEY('K')"
    assert secrets_in(command) == (SecretRef("store"), SecretRef("key"))
    assert str(SecretRef("store")) == "********"


def test_a_secret_for_an_object_with_a_type_names_the_type() -> None:
    command = mqsc.alter_secret(Kind.AUTHINFO, "LDAP1", {"LDAPPWD": SecretRef("ldap")}, chltype="IDPWLDAP")
    assert masked(command) == "ALTER AUTHINFO(LDAP1) AUTHTYPE(IDPWLDAP) LDAPPWD('********')"


def test_a_secret_with_a_line_feed_is_refused_without_showing_it() -> None:
    command = mqsc.alter_secret(Kind.QMGR, "", {"KEYRPWD": SecretRef("store")})
    with pytest.raises(mqsc.UnquotableValue) as refused:
        revealed(command, lambda _: "hunter2\nEND")
    assert "hunter2" not in str(refused.value)


def test_a_plain_command_is_a_command_of_one_part() -> None:
    assert mqsc.parts("PING QMGR") == ("PING QMGR",)
    assert masked("PING QMGR") == revealed("PING QMGR", lambda ref: ref.name) == "PING QMGR"


@given(objects())
def test_what_is_written_is_read_back_as_the_same_object(obj: MqObject) -> None:
    (command,) = read(mqsc.define(obj), "test")
    assert isinstance(command, MqscCommand)
    assert to_object(command) == obj


@given(objects(), st.booleans())
def test_every_command_is_one_line(obj: MqObject, replace: bool) -> None:
    assert len(mqsc.define(obj, replace=replace).splitlines()) == 1


@given(texts(200))
def test_a_quoted_text_holds_its_quotes(text: str) -> None:
    quoted = mqsc.quote(text)
    assert quoted[0] == quoted[-1] == "'"
    assert quoted[1:-1].replace("''", "'") == text
    assert quoted[1:-1].replace("''", "").count("'") == 0
