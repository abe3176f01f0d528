"""What the wire reads: server names, definitions, JSON tables, ini files, frames, addresses."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.sandbox.state import State
from wizard.sandbox.wire import addresses, ccdt_json, definitions, frames, ini, sni
from wizard.sandbox.wire.definitions import Definition, DefinitionError

CHANNEL_NAMES = st.text(string.ascii_letters + string.digits + "./_%", min_size=1, max_size=20)


class Buffer:
    """A stream that gives back what was written to it."""

    def __init__(self) -> None:
        self.content = b""

    def read(self, length: int) -> bytes:
        taken, self.content = self.content[:length], self.content[length:]
        return taken

    def write(self, content: bytes) -> None:
        self.content += content

    def close(self) -> None:
        self.content = b""


@pytest.mark.parametrize(
    ("channel", "name"),
    [("TO.QMGR1", "to2e-qmgr1.chl.mq.ibm.com"), ("to.qmgr1", "74-6f-2e-71-6d-67-72-1.chl.mq.ibm.com")],
)
def test_a_channel_is_named_in_sni_as_ibm_shows(channel: str, name: str) -> None:
    assert sni.encode(channel) == name


@given(CHANNEL_NAMES)
def test_a_channel_name_comes_back_from_its_server_name(channel: str) -> None:
    assert sni.decode(sni.encode(channel)) == channel


@pytest.mark.parametrize("name", ("", "mqhost.example.com", ".chl.mq.ibm.com", "a_b.chl.mq.ibm.com"))
def test_other_server_names_name_no_channel(name: str) -> None:
    assert sni.decode(name) is None


def test_mqserver_gives_a_channel_without_tls() -> None:
    found = definitions.from_mqserver("APP1.SVRCONN/TCP/mqhost(1415),other")
    assert found == Definition("APP1.SVRCONN", (("mqhost", 1415), ("other", 1414)))


@pytest.mark.parametrize("text", ("APP1.SVRCONN", "A/LU62/x", "A/TCP/", "A/TCP/host(port)", "A/TCP/host(70000)"))
def test_a_malformed_mqserver_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        definitions.from_mqserver(text)


def test_a_name_selects_its_definitions_and_a_blank_one_those_without_name() -> None:
    named, blank = Definition("B", (), "QM1"), Definition("A", ())
    assert definitions.chosen([named, blank], "QM1") == [named]
    assert definitions.chosen([named, blank], "*QM1") == [named]
    assert definitions.chosen([named, blank], "") == definitions.chosen([named, blank], "*") == [blank]
    assert definitions.chosen([named], "QM2") == []


@pytest.mark.parametrize(("asked", "stays"), [("QM1", True), ("", True), ("*", True), ("*GROUP", True), ("QM2", False)])
def test_a_program_stays_with_the_queue_manager_it_asked_for(asked: str, stays: bool) -> None:
    assert definitions.answers_to(asked, "QM1") == stays


def table(**channel: Any) -> str:
    """A JSON table of one channel, changed as the test wants it."""
    whole: dict[str, Any] = {
        "name": "APP1.SVRCONN",
        "type": "clientConnection",
        "clientConnection": {"connection": [{"host": "mqhost", "port": 1414}], "queueManager": "QM1"},
        "transmissionSecurity": {
            "cipherSpecification": "ANY_TLS12_OR_HIGHER",
            "certificateLabel": "app1",
            "certificatePeerName": "CN=QM1",
        },
    }
    return json.dumps({"channel": [{**whole, **channel}]})


def test_a_json_table_gives_every_attribute_that_tls_needs() -> None:
    assert ccdt_json.read(table()) == [
        Definition("APP1.SVRCONN", (("mqhost", 1414),), "QM1", "ANY_TLS12_OR_HIGHER", "app1", "CN=QM1")
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "not JSON"),
        ("{}", "channel: missing"),
        ('{"channel": {}}', "channel: not an array"),
        ('{"channel": [], "channel": []}', "channel: twice"),
        ('{"Channel": []}', "Channel: unknown key"),
        ('{"channel": [{"type": "clientConnection"}]}', "channel[0].name: missing"),
        ('{"channel": [{"name": "A"}]}', "channel[0].type: missing"),
        (table(type="ClientConnection"), "channel[0].type"),
        (table(sslCipherSpec="X"), "channel[0].sslCipherSpec: unknown key"),
        (table(clientConnection={"queueManagerName": "QM1"}), "queueManagerName: unknown key"),
        (table(clientConnection={"connection": [{"host": "h", "port": "1414"}]}), "port: not a number"),
        (table(clientConnection={"connection": [{"port": 1414}]}), "host missing"),
        (table(clientConnection={"connection": [{"host": "h", "port": 0}]}), "port out of range"),
        (table(name=True), "channel[0].name: not a text"),
        (table(connectionManagement={"localAddress": [{"portRange": {"low": 1}}]}), "low and high"),
    ],
)
def test_a_wrong_json_table_is_refused_naming_the_place(text: str, place: str) -> None:
    with pytest.raises(DefinitionError) as error:
        ccdt_json.read(text)
    assert place in str(error.value)


@given(st.text(max_size=60))
def test_any_text_is_a_table_or_is_refused(text: str) -> None:
    try:
        ccdt_json.read(text)
    except DefinitionError:
        return


def test_an_ini_file_knows_stanzas_keys_and_comments() -> None:
    text = "# head\nSSL:\n   AllowTLSV13=TRUE\n; note\n   AllowedCipherSpecs = A,B \nTCP:\n   KeepAlive=YES\nnonsense\n"
    assert ini.parse(text) == {
        "ssl": {"allowtlsv13": "TRUE", "allowedcipherspecs": "A,B"},
        "tcp": {"keepalive": "YES"},
    }


@given(st.text())
def test_any_text_is_an_ini_file(text: str) -> None:
    assert isinstance(ini.parse(text), dict)


def test_a_wrong_yes_or_no_is_silently_the_default() -> None:
    assert ini.flag("maybe", default=True) is True
    assert ini.flag("FALSE", default=True) is False


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9), max_size=4))
def test_a_frame_arrives_as_it_was_sent(frame: dict[str, Any]) -> None:
    buffer = Buffer()
    frames.send(buffer, frame)
    assert frames.receive(buffer) == frame


@given(st.binary(min_size=8, max_size=80))
def test_anything_else_is_no_frame(content: bytes) -> None:
    buffer = Buffer()
    buffer.write(content)
    with pytest.raises(frames.FrameError):
        frames.receive(buffer)


def test_a_first_frame_may_not_be_long() -> None:
    buffer = Buffer()
    frames.send(buffer, {"channel": "x" * frames.FIRST_LIMIT})
    with pytest.raises(frames.FrameError):
        frames.receive(buffer, frames.FIRST_LIMIT)


@given(st.text(max_size=40))
def test_a_password_without_tls_is_not_readable_on_the_way(password: str) -> None:
    sent = frames.obscured(password)
    assert frames.revealed(sent) == password
    assert len(password) < 4 or password not in sent


def test_a_claimed_address_is_told_from_what_follows() -> None:
    assert addresses.claimed(addresses.preface("10.20.30.40") + b"\x16\x03") == ("10.20.30.40", b"\x16\x03")
    assert addresses.claimed(b"\x16\x03\x01") is None
    assert addresses.claimed(b"FROM nowhere at all\n") is None


def sandbox(folder: Path, hosts: str) -> Path:
    state = State.create(folder)
    state.set_meta("address", "127.9.8.7")
    state.close()
    (folder / "hosts").write_text(hosts)
    return folder


def test_every_name_and_every_foreign_address_leads_into_the_sandbox(tmp_path: Path) -> None:
    folder = sandbox(tmp_path, "127.1.1.1 mqhost\n127.2.2.2 10.1.2.3\n127.9.8.7 *\n")
    assert addresses.destination(folder, "MQHOST") == "127.1.1.1"
    assert addresses.destination(folder, "10.1.2.3") == "127.2.2.2"
    assert addresses.destination(folder, "192.0.2.7") == "127.9.8.7"
    assert addresses.destination(folder, "elsewhere") == "127.9.8.7"


def test_without_a_wildcard_nothing_outside_the_sandbox_is_reached(tmp_path: Path) -> None:
    folder = sandbox(tmp_path, "127.1.1.1 mqhost\n")
    assert addresses.destination(folder, "192.0.2.7") is None
    assert addresses.destination(folder, "elsewhere") is None


def test_a_listener_on_all_addresses_binds_the_sandboxs_own(tmp_path: Path) -> None:
    folder = sandbox(tmp_path, "127.9.8.7 *\n")
    assert addresses.listening_address(folder, "*") == addresses.listening_address(folder, "") == "127.9.8.7"
    assert addresses.listening_address(folder, "127.4.4.4") == "127.4.4.4"
