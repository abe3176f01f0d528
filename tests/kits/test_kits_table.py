from __future__ import annotations

import json

import pytest
from kits_support import kit

from wizard.kits.ccdt import ccdt, connections
from wizard.mq.objects import Kind, MqObject


def test_the_table_says_where_the_queue_manager_is_and_whom_to_trust() -> None:
    assert json.loads(kit()["ccdt.json"]) == {
        "channel": [
            {
                "name": "APP1.SVRCONN",
                "type": "clientConnection",
                "clientConnection": {
                    "connection": [{"host": "mqhost.example.com", "port": 1415}],
                    "queueManager": "QM1",
                },
                "transmissionSecurity": {
                    "cipherSpecification": "ANY_TLS12_OR_HIGHER",
                    "certificateLabel": "app1",
                    "certificatePeerName": "CN=QM1,OU=MQ,O=Example",
                },
            }
        ]
    }


def test_without_tls_the_table_names_no_cipher() -> None:
    channel = json.loads(kit(tls="none", address="10.1.1.1")["ccdt.json"])["channel"][0]
    assert set(channel) == {"name", "type", "clientConnection"}


def test_with_one_way_tls_the_table_names_no_certificate_of_the_client() -> None:
    channel = json.loads(kit(tls="server")["ccdt.json"])["channel"][0]
    assert set(channel["transmissionSecurity"]) == {"cipherSpecification", "certificatePeerName"}


@pytest.mark.parametrize(
    ("keyword", "value", "section", "name", "written"),
    [
        ("HBINT", "30", "connectionManagement", "heartbeatInterval", 30),
        ("KAINT", "60", "connectionManagement", "keepAliveInterval", 60),
        ("SHARECNV", "1", "connectionManagement", "sharingConversations", 1),
        ("MAXMSGL", "1000", "general", "maximumMessageLength", 1000),
        ("COMPHDR", ["SYSTEM"], "compression", "header", ["system"]),
        ("COMPMSG", ["ZLIBFAST", "RLE"], "compression", "message", ["zlibfast", "rle"]),
    ],
)
def test_an_attribute_of_the_channel_stands_where_the_table_wants_it(
    keyword: str, value: object, section: str, name: str, written: object
) -> None:
    channel = json.loads(kit(attributes={keyword: value})["ccdt.json"])["channel"][0]
    assert channel[section][name] == written


def test_a_word_in_place_of_a_number_is_left_to_mq() -> None:
    channel = json.loads(kit(attributes={"KAINT": "AUTO"})["ccdt.json"])["channel"][0]
    assert "connectionManagement" not in channel


@pytest.mark.parametrize(
    ("conname", "expected"),
    [
        ("a", [("a", 1414)]),
        ("a(1500)", [("a", 1500)]),
        ("a(1500),b.example.com,10.0.0.7(1414)", [("a", 1500), ("b.example.com", 1414), ("10.0.0.7", 1414)]),
        ("fe80::1(1500)", [("fe80::1", 1500)]),
        ("", []),
    ],
)
def test_a_connection_name_is_taken_apart(conname: str, expected: list[tuple[str, int]]) -> None:
    assert connections(conname) == [{"host": host, "port": port} for host, port in expected]


def test_a_description_of_any_letters_is_valid_json() -> None:
    text = 'It\'s "so" \\ ünï'
    definition = MqObject(Kind.CHANNEL, "C", {"CHLTYPE": "CLNTCONN", "CONNAME": "h", "DESCR": text})
    assert json.loads(ccdt(definition))["channel"][0]["general"] == {"description": text}


def test_a_client_before_9_1_2_gets_no_json_table() -> None:
    assert "ccdt.json" not in kit("9.1.0")
    assert "ccdt.json" in kit("9.1.2")


def test_the_kit_holds_the_same_channel_as_mqsc() -> None:
    assert kit()["client-channel.mqsc"] == (
        "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(CLNTCONN) TRPTYPE(TCP) CONNAME('mqhost.example.com(1415)') QMNAME(QM1) "
        "SSLCIPH(ANY_TLS12_OR_HIGHER) SSLPEER('CN=QM1,OU=MQ,O=Example') CERTLABL('app1') REPLACE\n"
    )
