from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.attributes import check
from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.releases import Release

V94 = Release.parse("9.4")


def found(kind: Kind, name: str, values: Mapping[str, Value], release: Release = V94) -> list[str]:
    return [str(finding) for finding in check(MqObject(kind, name, values), release)]


def test_the_objects_of_the_usual_job_are_all_right() -> None:
    usual = [
        MqObject(Kind.QLOCAL, "APP.Q", {"DEFPSIST": "YES", "MAXDEPTH": "5000", "SHARE": "YES", "DESCR": "It's"}),
        MqObject(
            Kind.CHANNEL,
            "APP1.SVRCONN",
            {"CHLTYPE": "SVRCONN", "TRPTYPE": "TCP", "SSLCIPH": "ANY_TLS12_OR_HIGHER", "MCAUSER": "*NOACCESS"},
        ),
        MqObject(Kind.LISTENER, "L1", {"TRPTYPE": "TCP", "PORT": "1414", "CONTROL": "QMGR"}),
        MqObject(Kind.QMGR, "", {"SSLKEYR": "/var/mqm/qmgrs/QM1/ssl/key.p12", "CERTLABL": "qm1", "SUITEB": ("NONE",)}),
        MqObject(
            Kind.CHLAUTH,
            "APP1.SVRCONN",
            {
                "TYPE": "SSLPEERMAP",
                "SSLPEER": "CN=app1,O=A",
                "ADDRESS": "10.0.0.*",
                "USERSRC": "MAP",
                "MCAUSER": "app1",
            },
        ),
        MqObject(
            Kind.AUTHREC,
            "APP.Q",
            {"OBJTYPE": "QUEUE", "ENTTYPE": "GROUP", "ENTITY": "app", "AUTHLIST": ("GET", "PUT")},
        ),
    ]
    assert [finding for obj in usual for finding in check(obj, V94)] == []


def test_an_unknown_attribute_is_answered_with_the_nearest_one() -> None:
    assert found(Kind.QLOCAL, "Q", {"MAXDEPHT": "1"}) == [
        "MAXDEPHT: QLOCAL has no attribute MAXDEPHT. Was MAXDEPTH meant?"
    ]


def test_an_attribute_of_another_channel_type_says_whose_it_is() -> None:
    said = found(Kind.CHANNEL, "C", {"CHLTYPE": "SVRCONN", "XMITQ": "X"})
    assert said == ["XMITQ: CHANNEL of type SVRCONN has no XMITQ. It is for SDR, SVR."]


def test_a_misspelt_channel_type_is_one_mistake_and_no_more() -> None:
    said = found(Kind.CHANNEL, "C", {"CHLTYPE": "SVRCON", "MAXINST": "5", "SSLCIPH": "ANY_TLS12_OR_HIGHER"})
    assert len(said) == 1
    assert "Was SVRCONN meant?" in said[0]


def test_a_certificate_label_is_not_for_a_cluster_sender() -> None:
    said = found(Kind.CHANNEL, "C", {"CHLTYPE": "CLUSSDR", "CONNAME": "h(1)", "CERTLABL": "x"})
    assert said and said[0].startswith("CERTLABL: ")


@pytest.mark.parametrize(
    ("kind", "keyword", "value", "part"),
    [
        (Kind.QLOCAL, "MAXDEPTH", "many", "'MANY' is not a number from 0 to 999999999"),
        (Kind.QLOCAL, "MAXDEPTH", "1000000000", "is not a number from 0"),
        (Kind.QLOCAL, "MAXDEPTH", "9" * 5000, "is not a number from 0"),
        (Kind.QLOCAL, "MAXDEPTH", "٥", "is not a number"),
        (Kind.QLOCAL, "MAXDEPTH", "", "It is empty."),
        (Kind.QLOCAL, "DEFPSIST", "maybe", "'MAYBE' is not one of NO, YES."),
        (Kind.QLOCAL, "SHARE", "perhaps", "is not YES or NO."),
        (Kind.QLOCAL, "DESCR", "x" * 65, "65 characters, and at most 64"),
        (Kind.QLOCAL, "DESCR", "one\nDELETE QLOCAL(Q)", "a line feed at character 4"),
        (Kind.QLOCAL, "CURDEPTH", "0", "MQ sets this itself."),
        (Kind.NAMELIST, "NAMES", ("A" * 49,), "49 characters"),
        (Kind.QMGR, "SUITEB", ("256_BIT",), "'256_BIT' is not one or more of"),
    ],
)
def test_a_value_that_mq_would_refuse_is_found(kind: Kind, keyword: str, value: Value, part: str) -> None:
    said = found(kind, "X", {keyword: value})
    assert len(said) == 1
    assert part in said[0]


def test_a_word_that_is_nearly_right_is_offered() -> None:
    assert "Was SHARED meant?" in found(Kind.QLOCAL, "Q", {"DEFSOPT": "SHRED"})[0]


@pytest.mark.parametrize(
    ("kind", "values", "missing"),
    [
        (Kind.CHANNEL, {}, "CHLTYPE"),
        (Kind.CHANNEL, {"CHLTYPE": "SDR", "CONNAME": "h(1)"}, "XMITQ"),
        (Kind.CHANNEL, {"CHLTYPE": "SVR"}, "XMITQ"),
        (Kind.CHANNEL, {"CHLTYPE": "RQSTR"}, "CONNAME"),
        (Kind.CHANNEL, {"CHLTYPE": "CLNTCONN"}, "CONNAME"),
        (Kind.LISTENER, {"PORT": "1414"}, "TRPTYPE"),
        (Kind.AUTHINFO, {"AUTHTYPE": "OCSP"}, "OCSPURL"),
        (Kind.CHLAUTH, {"TYPE": "BLOCKUSER"}, "USERLIST"),
        (Kind.CHLAUTH, {"TYPE": "ADDRESSMAP", "USERSRC": "NOACCESS"}, "ADDRESS"),
        (Kind.TOPIC, {}, "TOPICSTR"),
        (Kind.SUB, {"DEST": "Q"}, "TOPICSTR"),
        (Kind.AUTHREC, {"OBJTYPE": "QUEUE", "ENTTYPE": "GROUP"}, "ENTITY"),
    ],
)
def test_what_an_object_cannot_do_without_is_missed(kind: Kind, values: dict[str, Value], missing: str) -> None:
    findings = check(MqObject(kind, "X", values), V94)
    assert [finding.keyword for finding in findings] == [missing]
    assert findings[0].what == "It is missing."
    assert check(MqObject(kind, "X", values), V94, complete=False) == []


def test_a_cluster_receiver_and_a_topic_subscription_by_object_need_nothing_more() -> None:
    assert found(Kind.CHANNEL, "C", {"CHLTYPE": "CLUSRCVR", "CLUSTER": "C1"}) == []
    assert found(Kind.SUB, "S", {"TOPICOBJ": "T"}) == []


def test_what_a_release_does_not_know_yet_is_found() -> None:
    older = Release.parse("9.2")
    assert "9.3.0.0" in found(Kind.QLOCAL, "Q", {"STREAMQ": "COPY"}, older)[0]
    assert found(Kind.QLOCAL, "Q", {"STREAMQ": "COPY"}) == []
    assert found(Kind.CHANNEL, "C", {"CHLTYPE": "SVRCONN", "SSLCIPH": "ANY_TLS12_OR_HIGHER"}, Release.parse("9.1")) == [
        "SSLCIPH: ANY_TLS12_OR_HIGHER is known from 9.1.4.0, and this is 9.1.0.0. "
        "Use ECDHE_RSA_AES_256_GCM_SHA384 on both ends."
    ]


def test_a_weak_cipher_of_the_old_days_is_found_with_its_replacement() -> None:
    said = found(Kind.CHANNEL, "C", {"CHLTYPE": "SVRCONN", "SSLCIPH": "TRIPLE_DES_SHA_US"})
    assert "Use ANY_TLS12_OR_HIGHER on both ends." in said[0]


def test_a_wrong_pattern_is_found_with_its_remedy() -> None:
    said = found(Kind.CHANNEL, "C", {"CHLTYPE": "SVRCONN", "SSLPEER": "CN=a*b"})
    assert "in the middle" in said[0]


def test_a_pattern_with_a_line_feed_is_found_before_anything_reads_it() -> None:
    said = found(Kind.CHANNEL, "C", {"CHLTYPE": "SVRCONN", "SSLPEER": "CN=app1\nCN=app2"})
    assert "a line feed" in said[0]


def test_a_change_of_one_attribute_needs_no_others() -> None:
    change = MqObject(Kind.CHANNEL, "C", {"SSLCIPH": "ANY_TLS12_OR_HIGHER"})
    assert check(change, V94, complete=False) == []


def test_a_name_that_mq_would_refuse_is_found() -> None:
    assert "at most 20" in found(Kind.CHANNEL, "C" * 21, {"CHLTYPE": "SVRCONN"})[0]


def test_a_rule_without_its_user_is_found() -> None:
    said = found(Kind.CHLAUTH, "C", {"TYPE": "ADDRESSMAP", "ADDRESS": "*"})
    assert said[0].startswith("MCAUSER: It is missing.")


def test_a_rule_that_refuses_and_names_a_user_is_found() -> None:
    said = found(Kind.CHLAUTH, "C", {"TYPE": "ADDRESSMAP", "ADDRESS": "*", "USERSRC": "NOACCESS", "MCAUSER": "app"})
    assert said[0].startswith("MCAUSER: USERSRC(NOACCESS) does not use it.")


def test_a_network_mask_and_a_blocked_host_name_are_found() -> None:
    masked = {"TYPE": "ADDRESSMAP", "ADDRESS": "10.0.0.0/8", "USERSRC": "NOACCESS"}
    assert "network mask" in found(Kind.CHLAUTH, "C", masked)[0]
    named: dict[str, Value] = {"TYPE": "BLOCKADDR", "ADDRLIST": ("evil.example.com",)}
    assert "host name" in found(Kind.CHLAUTH, "*", named)[0]
    assert "profile *" in found(Kind.CHLAUTH, "C", {"TYPE": "BLOCKADDR", "ADDRLIST": ("10.0.0.1",)})[0]


@given(st.sampled_from(list(Kind)), st.dictionaries(st.text(max_size=10), st.text(max_size=20), max_size=4))
def test_nothing_that_a_person_writes_makes_the_check_fail(kind: Kind, values: dict[str, str]) -> None:
    for finding in check(MqObject(kind, "X", values), V94):
        assert finding.what
