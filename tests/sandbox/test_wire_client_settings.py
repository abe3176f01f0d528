"""Where a client finds its channel and its keys: environment, mqclient.ini, tables, in MQ's order."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from wizard.sandbox import credentials
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.install import prepare
from wizard.sandbox.mqsc import ccdt
from wizard.sandbox.wire.client_settings import ClientSettings, KeySettings
from wizard.sandbox.wire.definitions import Definition
from wizard.sandbox.wire.failure import FailureError
from wizard.sandbox.wire.verdicts import Event


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sandbox's folder; the working directory is an empty one."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    (tmp_path / "sandbox/var/mqm").mkdir(parents=True)
    return tmp_path / "sandbox"


def settings(folder: Path, version: str = "9.4.0.0", **environment: str) -> ClientSettings:
    return ClientSettings(folder, version, {"HOME": str(folder.parent / "home"), **environment})


def json_table(path: Path, channel: str = "JSON.CH") -> Path:
    whole = {"name": channel, "type": "clientConnection", "clientConnection": {"connection": [{"host": "h"}]}}
    path.write_text(json.dumps({"channel": [whole]}))
    return path


def binary_table(path: Path) -> Path:
    channel = {
        "CHANNEL": "BINARY.CH",
        "CONNAME": "h(1415)",
        "QMNAME": "QM1",
        "SSLCIPH": "ANY_TLS12",
        "CERTLABL": "app1",
        "SSLPEER": "CN=QM1",
        "CLNTWGHT": "3",
    }
    ccdt.write(path, [channel])
    return path


def failure(found: ClientSettings) -> FailureError:
    with pytest.raises(FailureError) as error:
        found.definitions()
    return error.value


def test_mqserver_goes_before_every_table(folder: Path) -> None:
    url = str(json_table(folder / "ccdt.json"))
    found = settings(folder, MQSERVER="A/TCP/h(1)", MQCCDTURL=url)
    assert [definition.channel for definition in found.definitions()] == ["A"]
    assert found.any_queue_manager()


@pytest.mark.parametrize("form", ("{}", "file://{}", "file:{}", "FILE://{}"))
def test_a_table_is_named_by_path_or_by_url(folder: Path, form: str) -> None:
    path = json_table(folder / "a table.json")
    (definition,) = settings(folder, MQCCDTURL=form.format(path)).definitions()
    assert definition.channel == "JSON.CH"
    assert definition.connections == (("h", 1414),)


def test_a_table_url_goes_before_the_binary_table(folder: Path) -> None:
    json_table(folder / "ccdt.json")
    binary_table(folder / "AMQCLCHL.TAB")
    found = settings(folder, MQCCDTURL=str(folder / "ccdt.json"), MQCHLLIB=str(folder))
    assert [definition.channel for definition in found.definitions()] == ["JSON.CH"]


def test_a_binary_table_gives_what_tls_needs(folder: Path) -> None:
    binary_table(folder / "MY.TAB")
    expected = Definition("BINARY.CH", (("h", 1415),), "QM1", "ANY_TLS12", "app1", "CN=QM1", weight=3)
    assert settings(folder, MQCHLLIB=str(folder), MQCHLTAB="MY.TAB").definitions() == [expected]


def test_without_anything_the_table_in_the_data_directory_counts(folder: Path) -> None:
    error = failure(settings(folder))
    assert (error.event, error.values["code"]) == (Event.TABLE_UNREADABLE, "103")
    binary_table(folder / "var/mqm/AMQCLCHL.TAB")
    assert len(settings(folder).definitions()) == 1


def test_json_is_read_from_9_1_2_on_and_a_binary_table_always(folder: Path) -> None:
    url = str(json_table(folder / "ccdt.json"))
    assert failure(settings(folder, "9.1.0.0", MQCCDTURL=url)).event is Event.TABLE_UNREADABLE
    assert settings(folder, "9.1.2.0", MQCCDTURL=url).definitions()
    binary = str(binary_table(folder / "AMQCLCHL.TAB"))
    assert settings(folder, "9.1.0.0", MQCCDTURL=binary).definitions()


@pytest.mark.parametrize("content", (b"", b"\x00AMQR", b'{"Channel": []}', b"\xff\xfe{", b'{"channel": ['))
def test_a_damaged_table_is_2058(folder: Path, content: bytes) -> None:
    (folder / "ccdt.json").write_bytes(content)
    assert failure(settings(folder, MQCCDTURL=str(folder / "ccdt.json"))).event is Event.TABLE_UNREADABLE


def test_a_table_over_the_network_is_refused_loudly(folder: Path) -> None:
    with pytest.raises(SandboxError, match="https"):
        settings(folder, MQCCDTURL="https://example.com/ccdt.json").definitions()


def test_the_environment_goes_before_the_ini_file(folder: Path) -> None:
    ini = (
        "SSL:\n  SSLKeyRepository=/ini/key.p12\n  SSLKeyRepositoryPassword=inipassword\n"
        "  CertificateLabel=inilabel\n  AllowTLSV13=FALSE\n  SSLFipsRequired=YES\n"
    )
    (folder / "var/mqm/mqclient.ini").write_text(ini)
    assert settings(folder).keys() == KeySettings("/ini/key.p12", "inipassword", "inilabel", fips=True, tls13=False)
    environment = {"MQSSLKEYR": "/env/key.p12", "MQKEYRPWD": "envpassword", "MQCERTLABL": "envlabel", "MQSSLFIPS": "NO"}
    expected = KeySettings("/env/key.p12", "envpassword", "envlabel", fips=False, tls13=False)
    assert settings(folder, **environment).keys() == expected


def test_the_ini_file_is_looked_for_in_mqs_order(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    places = [tmp_path / "home/mqclient.ini", folder / "var/mqm/mqclient.ini", Path("mqclient.ini"), tmp_path / "x.ini"]
    for place in places:
        place.write_text(f"SSL:\n SSLKeyRepository={place.resolve()}\n")
        environment = {"MQCLNTCF": str(place)} if place.name == "x.ini" else {}
        assert settings(folder, **environment).keys().repository == str(place.resolve())


def test_an_encrypted_password_needs_its_initial_key(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "initial.key").write_text("our own key\n")
    encrypted = credentials.encode("secret", "our own key")
    assert (
        settings(folder, MQKEYRPWD=encrypted, MQS_MQI_KEYFILE=str(tmp_path / "initial.key")).keys().password == "secret"
    )
    assert settings(folder, MQKEYRPWD=encrypted).keys().password == ""
    assert settings(folder, MQKEYRPWD=credentials.encode("secret")).keys().password == "secret"


def test_before_9_3_only_the_stash_serves(folder: Path) -> None:
    assert settings(folder, "9.2.0.0", MQKEYRPWD="secret").keys().password is None


def test_settings_do_not_show_passwords(folder: Path) -> None:
    found = settings(folder, MQKEYRPWD="secret")
    assert "secret" not in repr(found) + repr(found.keys())


def test_a_sample_prints_why_its_table_cannot_be_read(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "sandbox", "9.4")
    environment = {**os.environ, "MQCCDTURL": "/nowhere/ccdt.json"}
    words = [str(sandbox.bin / "amqsputc"), "APP.Q", "QM1"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.stdout.splitlines() == [
        "Sample AMQSPUT0 start",
        "AMQ9795E: The client channel definition could not be retrieved from its URL,",
        "error code (103).",
        "MQCONNX ended with reason code 2058",
    ]
    assert done.returncode == 2058 & 255
    assert "AMQ9795E" in (sandbox.folder / "var/mqm/errors/AMQERR01.LOG").read_text()


def test_a_sample_without_queue_says_what_is_missing(tmp_path: Path) -> None:
    sandbox = prepare(tmp_path / "sandbox", "9.4")
    done = subprocess.run([str(sandbox.bin / "amqsgetc")], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (
        99,
        "Sample AMQSGET0 start\nRequired parameter missing - queue name\n",
    )
