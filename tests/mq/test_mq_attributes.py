from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mq_strategies import objects

from wizard.mq.attributes import Type, attribute, attributes, flag, normalise, same, subtype
from wizard.mq.objects import Kind, MqObject, Value

CHANNEL_TYPES = ("SDR", "SVR", "RCVR", "RQSTR", "CLUSSDR", "CLUSRCVR", "SVRCONN", "CLNTCONN", "AMQP")

SHOWN_BY_9_4_2 = {
    "SVRCONN": "ALTDATE ALTTIME CERTLABL CHLTYPE COMPHDR COMPMSG DESCR DISCINT HBINT KAINT MAXINST MAXINSTC MAXMSGL "
    "MCAUSER MONCHL RCVDATA RCVEXIT SCYDATA SCYEXIT SENDDATA SENDEXIT SHARECNV SSLCAUTH SSLCIPH SSLPEER TRPTYPE",
    "CLNTCONN": "AFFINITY ALTDATE ALTTIME CERTLABL CHLTYPE CLNTWGHT COMPHDR COMPMSG CONNAME DEFRECON DESCR HBINT KAINT "
    "LOCLADDR MAXMSGL MODENAME PASSWORD QMNAME RCVDATA RCVEXIT SCYDATA SCYEXIT SENDDATA SENDEXIT SHARECNV SSLCIPH "
    "SSLPEER TPNAME TRPTYPE USERID",
    "AMQP": "ALTDATE ALTTIME AMQPKA CERTLABL CHLTYPE DESCR LOCLADDR MAXINST MAXMSGL MCAUSER PORT SSLCAUTH SSLCIPH "
    "SSLPEER TMPMODEL TMPQPRFX TPROOT USECLTID",
    "SDR": "ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CERTLABL CHLTYPE COMPHDR COMPMSG CONNAME CONVERT DESCR "
    "DISCINT HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME MCATYPE MCAUSER MODENAME MONCHL MSGDATA MSGEXIT "
    "NPMSPEED PASSWORD PROPCTL RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT SEQWRAP SHORTRTY SHORTTMR "
    "SSLCIPH SSLPEER STATCHL TPNAME TRPTYPE USEDLQ USERID XMITQ",
    "RCVR": "ALTDATE ALTTIME BATCHSZ CERTLABL CHLTYPE COMPHDR COMPMSG DESCR HBINT KAINT MAXMSGL MCAUSER MONCHL MRDATA "
    "MREXIT MRRTY MRTMR MSGDATA MSGEXIT NPMSPEED PUTAUT RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT "
    "SEQWRAP SSLCAUTH SSLCIPH SSLPEER STATCHL TRPTYPE USEDLQ",
    "CLUSSDR": "ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CHLTYPE CLUSNL CLUSTER CLWLPRTY CLWLRANK CLWLWGHT "
    "COMPHDR COMPMSG CONNAME CONVERT DESCR DISCINT HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME MCATYPE "
    "MCAUSER MODENAME MONCHL MSGDATA MSGEXIT NPMSPEED PASSWORD PROPCTL RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT "
    "SENDDATA SENDEXIT SEQWRAP SHORTRTY SHORTTMR SSLCIPH SSLPEER STATCHL TPNAME TRPTYPE USEDLQ USERID",
    "CLUSRCVR": "ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CERTLABL CHLTYPE CLUSNL CLUSTER CLWLPRTY CLWLRANK "
    "CLWLWGHT COMPHDR COMPMSG CONNAME CONVERT DESCR DISCINT HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME "
    "MCATYPE MCAUSER MODENAME MONCHL MRDATA MREXIT MRRTY MRTMR MSGDATA MSGEXIT NETPRTY NPMSPEED PROPCTL PUTAUT "
    "RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT SEQWRAP SHORTRTY SHORTTMR SSLCAUTH SSLCIPH SSLPEER "
    "STATCHL TPNAME TRPTYPE USEDLQ",
}


@pytest.mark.parametrize("chltype", sorted(SHOWN_BY_9_4_2))
def test_a_channel_type_has_exactly_the_attributes_that_mq_shows(chltype: str) -> None:
    assert set(attributes(Kind.CHANNEL, chltype)) == set(SHOWN_BY_9_4_2[chltype].split())


@pytest.mark.parametrize("kind", list(Kind))
def test_every_attribute_is_explained_in_a_sentence(kind: Kind) -> None:
    for row in attributes(kind).values():
        assert row.description.endswith("."), row.keyword
        assert row.description[0].isupper(), row.keyword
        assert row.allowed


@pytest.mark.parametrize("kind", list(Kind))
def test_every_default_is_one_of_the_values_allowed_and_in_normal_form(kind: Kind) -> None:
    for row in attributes(kind).values():
        if row.default is None:
            continue
        assert normalise(kind, row.keyword, row.default) == row.default, row.keyword
        if row.type is Type.ENUM:
            assert row.default in row.choices, row.keyword
        if row.type is Type.INTEGER and row.default not in row.choices:
            assert row.low <= int(str(row.default)) <= row.high, row.keyword


@pytest.mark.parametrize(
    ("keyword", "chltype", "default"),
    [
        ("DISCINT", "SDR", "6000"),
        ("DISCINT", "SVRCONN", "0"),
        ("MCATYPE", "CLUSSDR", "THREAD"),
        ("MCATYPE", "SDR", "PROCESS"),
    ],
)
def test_defaults_differ_by_channel_type(keyword: str, chltype: str, default: str) -> None:
    row = attribute(Kind.CHANNEL, keyword, chltype)
    assert row is not None and row.default == default


def test_a_keyword_is_found_in_any_case_and_under_its_second_name() -> None:
    assert attribute(Kind.QLOCAL, "maxdepth") is attribute(Kind.QLOCAL, "MAXDEPTH")
    assert attribute(Kind.QALIAS, "TARGQ") is attribute(Kind.QALIAS, "TARGET")
    assert attribute(Kind.QLOCAL, "TARGET") is None
    assert attribute(Kind.CHANNEL, "XMITQ", "SVRCONN") is None


def test_a_bare_keyword_stands_for_yes_or_no() -> None:
    assert flag("NOSHARE") == ("SHARE", "NO")
    assert flag("trigger") == ("TRIGGER", "YES")
    assert flag("NOREPLACE") is None


@pytest.mark.parametrize(
    ("kind", "keyword", "given_", "normal"),
    [
        (Kind.QLOCAL, "DEFPSIST", "yes", "YES"),
        (Kind.QLOCAL, "MAXDEPTH", "0005000", "5000"),
        (Kind.QLOCAL, "MAXDEPTH", "000", "0"),
        (Kind.CHANNEL, "KAINT", "auto", "AUTO"),
        (Kind.CHANNEL, "SSLCIPH", "any_tls12_or_higher", "ANY_TLS12_OR_HIGHER"),
        (Kind.CHANNEL, "CONNAME", "a(1414), b(1415)", "a(1414),b(1415)"),
        (Kind.CHANNEL, "DESCR", "two words  ", "two words"),
        (Kind.CHANNEL, "DESCR", " leading", " leading"),
        (Kind.CHANNEL, "MCAUSER", "app1", "app1"),
        (Kind.CHANNEL, "MCAUSER", " ", ""),
        (Kind.NAMELIST, "NAMES", "A, b ,C", ("A", "b", "C")),
        (Kind.AUTHREC, "AUTHLIST", ("put", "GET", "put"), ("GET", "PUT")),
        (Kind.QMGR, "SUITEB", "128_bit,192_bit", ("128_BIT", "192_BIT")),
        (Kind.QLOCAL, "DESCR", ("a", "b"), "a,b"),
        (Kind.QLOCAL, "NOSUCH", "kept ", "kept"),
    ],
)
def test_values_take_the_form_in_which_mq_shows_them(kind: Kind, keyword: str, given_: Value, normal: Value) -> None:
    assert normalise(kind, keyword, given_) == normal


@pytest.mark.parametrize(
    ("kind", "keyword", "a", "b", "alike"),
    [
        (Kind.CHANNEL, "CONNAME", "Host.Example.com", "host.example.com(1414)", True),
        (Kind.CHANNEL, "CONNAME", "host(1414)", "host(1415)", False),
        (Kind.CHANNEL, "CONNAME", "a(1),b(1)", "b(1),a(1)", False),
        (Kind.AUTHINFO, "CONNAME", "ldap", "ldap(389)", True),
        (Kind.CHANNEL, "SSLPEER", "CN=App1, O=Example", "O=example,CN=app1", True),
        (Kind.CHANNEL, "SSLPEER", "OU=A,OU=B", "OU=B,OU=A", False),
        (Kind.CHANNEL, "SSLPEER", "", "CN=app1", False),
        (Kind.CHANNEL, "MCAUSER", "app1", "APP1", False),
        (Kind.CHANNEL, "MCAUSER", "", "  ", True),
        (Kind.CHLAUTH, "USERLIST", ("a", "b"), ("b", "a"), True),
        (Kind.CHLAUTH, "USERLIST", ("a",), ("A",), False),
        (Kind.CHLAUTH, "ADDRESS", "2001:db8::1", "2001:DB8::1", True),
        (Kind.NAMELIST, "NAMES", ("A", "B"), ("B", "A"), False),
        (Kind.CHLAUTH, "ADDRLIST", ("2001:db8::1", "10.0.0.1"), ("10.0.0.1", "2001:DB8::1"), True),
        (Kind.CHANNEL, "COMPMSG", (), "NONE", True),
        (Kind.QMGR, "SUITEB", ("128_BIT", "192_BIT"), "192_BIT,128_BIT", True),
        (Kind.QMGR, "KEYRPWD", "secret", "********", True),
        (Kind.QMGR, "KEYRPWD", "", "********", False),
        (Kind.QLOCAL, "MAXDEPTH", "5000", "05000", True),
        (Kind.QLOCAL, "SHARE", "YES", "yes", True),
        (Kind.QLOCAL, "NOSUCH", "a", "a", True),
    ],
)
def test_two_values_are_the_same_where_mq_would_behave_alike(
    kind: Kind, keyword: str, a: Value, b: Value, alike: bool
) -> None:
    assert same(kind, keyword, a, b) is alike
    assert same(kind, keyword, b, a) is alike


@given(objects())
def test_normal_form_is_stable_and_equal_to_what_it_came_from(obj: MqObject) -> None:
    for keyword, value in obj.attributes.items():
        once = normalise(obj.kind, keyword, value, subtype(obj))
        assert normalise(obj.kind, keyword, once, subtype(obj)) == once
        assert same(obj.kind, keyword, value, once)


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_any_two_texts_never_fails_and_is_symmetric(a: str, b: str) -> None:
    for kind, keyword in ((Kind.CHANNEL, "SSLPEER"), (Kind.CHANNEL, "CONNAME"), (Kind.QLOCAL, "MAXDEPTH")):
        assert same(kind, keyword, a, b) is same(kind, keyword, b, a)
        assert same(kind, keyword, a, a)
