"""The listener as a process: when it shows itself, what it serves at once, and when it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from wire_support import CHANNEL, PATIENCE, QMGR, QUEUE, Site, authority, issue, make_site, until

from wizard.sandbox.wire.client import CallError, Connection

PORT = 1414
ANY = "ANY_TLS12_OR_HIGHER"


class Host:
    """A site whose listeners are processes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.started: list[subprocess.Popen[bytes]] = []
        site.port = PORT

    def start(self, *words: str, name: str = "L1") -> subprocess.Popen[bytes]:
        """Start runmqlsr as START LISTENER does, and wait for nothing."""
        named = {"SANDBOX_LISTENER": name} if name else {}
        program = [str(self.site.folder / "bin/runmqlsr"), "-t", "tcp", "-m", QMGR, *words]
        child = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **named})
        self.started.append(child)
        return child

    def running(self, *words: str, name: str = "L1") -> subprocess.Popen[bytes]:
        """Start a listener and wait until it is bound to its port."""
        before = len(self.rows())
        child = self.start(*words, name=name)
        until(lambda: len(self.rows()) > before or child.poll() is not None, "the listener's row")
        assert child.poll() is None
        return child

    def rows(self) -> dict[str, dict[str, Any]]:
        with self.site.state() as state:
            rows = state.db.execute("SELECT * FROM lsstatus").fetchall()
        return {row["listener"]: json.loads(row["attributes"]) for row in rows}

    def command(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        program = [str(self.site.folder / "bin" / words[0]), *words[1:]]
        return subprocess.run(program, input=stdin, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    made = Host(make_site(tmp_path / "sandbox"))
    yield made
    for child in made.started:
        with suppress(ProcessLookupError):
            child.kill()
        child.communicate()


def ended(child: subprocess.Popen[bytes]) -> int:
    """The exit status of a listener that must end by itself."""
    return child.wait(PATIENCE)


def cut(connection: Connection) -> bool:
    """Whether the queue manager has ended this connection."""
    try:
        connection.open(QUEUE, "put")
    except CallError as error:
        assert error.reason == 2009
        return True
    return False


def test_a_listener_shows_itself_once_it_is_bound(host: Host) -> None:
    child = host.running("-p", "1500")
    assert host.rows()["L1"] | {"STARTDA": "", "STARTTI": ""} == {
        "LISTENER": "L1",
        "STATUS": "RUNNING",
        "PID": str(child.pid),
        "STARTDA": "",
        "STARTTI": "",
        "DESCR": "",
        "TRPTYPE": "TCP",
        "CONTROL": "MANUAL",
        "IPADDR": "*",
        "PORT": "1500",
        "BACKLOG": "100",
    }
    socket.create_connection((host.site.address, 1500)).close()


def test_a_listener_ends_in_good_order_on_sigterm(host: Host) -> None:
    child = host.running()
    child.send_signal(signal.SIGTERM)
    assert ended(child) == 0
    assert host.rows() == {}


def test_a_port_in_use_stands_in_the_error_log(host: Host) -> None:
    with socket.create_server((host.site.address, PORT)):
        assert ended(host.start()) == 20
    assert host.rows() == {}
    assert host.site.messages() == ["AMQ9218E"]
    assert host.site.says(f"could not bind to port number {PORT}.")


def test_a_port_serves_again_at_once_after_its_listener_has_ended(host: Host) -> None:
    child = host.running()
    host.site.connect().disconnect()
    child.terminate()
    ended(child)
    host.running()
    host.site.connect().disconnect()


def test_a_listener_started_by_hand_has_a_name_that_no_object_has(host: Host) -> None:
    child = host.running(name="")
    assert list(host.rows()) == [f"#{child.pid}"]


def test_two_listeners_serve_two_ports(host: Host) -> None:
    host.running(name="L1")
    host.running("-p", "1415", name="L2")
    host.site.connect().disconnect()
    host.site.port = 1415
    host.site.connect().disconnect()


def test_many_clients_are_served_at_once(host: Host) -> None:
    host.running()
    connections = [host.site.connect() for _ in range(8)]
    handles = [connection.open(QUEUE, "put") for connection in connections]
    for number, (connection, handle) in enumerate(zip(connections, handles, strict=True)):
        connection.put(handle, str(number).encode())
    assert len(host.site.status()) == 8
    for connection in connections:
        connection.disconnect()
    assert sorted(host.site.bodies()) == [str(number).encode() for number in range(8)]


def test_a_listener_ends_with_its_queue_manager(host: Host) -> None:
    child = host.running()
    connection = host.site.connect()
    with host.site.state() as state:
        state.db.execute("UPDATE qmgr SET status = 'Quiescing'")
    assert ended(child) == 0
    assert cut(connection)
    assert host.site.status() == []


def test_a_listener_ends_when_its_row_goes(host: Host) -> None:
    child = host.running()
    with host.site.state() as state:
        state.db.execute("DELETE FROM lsstatus")
    assert ended(child) == 0


def test_a_listener_ends_when_the_sandbox_goes(host: Host) -> None:
    child = host.running()
    # A file of the database may go by itself in between: whoever deletes a sandbox tries again.
    until(lambda: shutil.rmtree(host.site.folder, ignore_errors=True) or not host.site.folder.exists(), "deletion")
    assert ended(child) == 0
    assert not host.site.folder.exists()


def test_no_listener_starts_for_a_queue_manager_that_is_not_running(host: Host) -> None:
    with host.site.state() as state:
        state.db.execute("UPDATE qmgr SET status = 'Ended normally'")
    assert ended(host.start()) == 20
    assert host.rows() == {}


@pytest.mark.parametrize("words", (["-p", "70000"], ["-p", "x"], ["-t", "lu62"], ["surplus"]))
def test_a_listener_that_is_called_wrongly_does_not_start(host: Host, words: list[str]) -> None:
    assert ended(host.start(*words)) == 20
    assert host.rows() == {}


def test_a_refresh_ends_tls_connections_and_no_others(host: Host) -> None:
    site = host.site
    site.define("CHANNEL", "PLAIN.SVRCONN", "SVRCONN", CHLTYPE="SVRCONN", MCAUSER="app1")
    site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    site.alter_qmgr(CERTLABL="qm1")
    site.channel(SSLCIPH=ANY)
    host.running()
    keys = site.client_store(authority(), app1=issue("CN=app1,O=Acme,C=GB", authority()))
    secure, plain = site.connect(ANY, keys), site.connect(channel="PLAIN.SVRCONN")
    site.refresh("SSL")
    until(lambda: len(site.status()) == 1, "the end of the TLS channel")
    assert cut(secure)
    assert not cut(plain)
    plain.disconnect()
    site.connect(ANY, keys).disconnect()


def test_a_listener_reads_the_key_repository_when_it_starts(host: Host) -> None:
    site = host.site
    site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    site.alter_qmgr(CERTLABL="qm1")
    site.channel(SSLCIPH=ANY)
    host.running()
    keys = site.client_store(authority(), app1=issue("CN=app1,O=Acme,C=GB", authority()))
    site.connect(ANY, keys).disconnect()
    site.trust(qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    site.connect(ANY, keys).disconnect()


def test_a_stopped_channel_cuts_its_clients_off_and_takes_no_new_ones(host: Host) -> None:
    host.running()
    connection = host.site.connect()
    assert host.command("runmqsc", QMGR, stdin=f"STOP CHANNEL({CHANNEL})\n").returncode == 0
    until(lambda: host.site.status() == [], "the end of the channel")
    assert cut(connection)
    with pytest.raises(CallError) as error:
        host.site.connect()
    assert error.value.reason == 2537
    assert host.site.messages() == ["AMQ9514E", "AMQ9999E"]
    assert host.command("runmqsc", QMGR, stdin=f"START CHANNEL({CHANNEL})\n").returncode == 0
    host.site.connect().disconnect()


def test_endmqlsr_ends_all_listeners_of_a_queue_manager(host: Host) -> None:
    first, second = host.running(name="L1"), host.running("-p", "1415", name="L2")
    assert host.command("endmqlsr", "-w", "-m", QMGR).returncode == 0
    assert (ended(first), ended(second)) == (0, 0)
    assert host.rows() == {}
    assert host.command("endmqlsr", "-m", QMGR).returncode == 10
