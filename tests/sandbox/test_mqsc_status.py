"""Status displays and the commands that act: listeners, channels, queues, security."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mqsc_calls import NAME, QueueManager

from wizard.sandbox import launch
from wizard.sandbox.mqsc.actions_channels import is_stopped

GONE = 2**22 + 1
"""A process id that Linux never gives."""


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    return QueueManager(tmp_path)


def add_listener(qm: QueueManager, name: str = "L1", pid: int | None = None) -> None:
    qm.done(f"DEFINE LISTENER({name}) TRPTYPE(TCP) PORT(1414) CONTROL(QMGR) REPLACE")
    attributes = {"PORT": "1414", "CONTROL": "QMGR", "STARTDA": "2026-01-01", "STARTTI": "10.00.00", "DESCR": ""}
    qm.state.db.execute(
        "INSERT OR REPLACE INTO lsstatus VALUES (?, ?, ?, ?)",
        (NAME, name, pid or os.getpid(), json.dumps(attributes)),
    )


def add_instance(qm: QueueManager, channel: str, pid: int | None = None, **attributes: str) -> None:
    qm.state.db.execute(
        "INSERT INTO chstatus (qmgr, channel, pid, attributes) VALUES (?, ?, ?, ?)",
        (NAME, channel, pid or os.getpid(), json.dumps({"CHLTYPE": "SVRCONN", **attributes})),
    )


def add_handle(qm: QueueManager, queue: str, mode: str, pid: int | None = None) -> None:
    qm.state.db.execute("INSERT INTO handle VALUES (?, ?, ?, ?)", (NAME, queue, pid or os.getpid(), mode))


def add_message(qm: QueueManager, queue: str) -> None:
    qm.state.db.execute("INSERT INTO message (qmgr, queue, body) VALUES (?, ?, ?)", (NAME, queue, b"x"))


def test_a_running_listener_is_shown_as_seen(qm: QueueManager) -> None:
    add_listener(qm)
    assert qm.lines("DISPLAY LSSTATUS(L1) ALL") == [
        "AMQ8631I: Display listener status details.",
        "   LISTENER(L1)                            STATUS(RUNNING)",
        f"   {f'PID({os.getpid()})':<37}   STARTDA(2026-01-01)",
        "   STARTTI(10.00.00)                       DESCR( )",
        "   TRPTYPE(TCP)                            CONTROL(QMGR)",
        "   IPADDR(*)                               PORT(1414)",
        "   BACKLOG(100)",
    ]
    assert qm.shown("DISPLAY LSSTATUS(L1) PORT").keys() == {"LISTENER", "STATUS", "PORT"}


def test_a_listener_whose_process_is_gone_is_not_shown(qm: QueueManager) -> None:
    add_listener(qm, pid=GONE)
    assert qm.lines("DISPLAY LSSTATUS(L1)") == ["AMQ8147E: IBM MQ object L1 not found."]
    assert qm.state.db.execute("SELECT count(*) FROM lsstatus").fetchone()[0] == 0


def test_starting_a_listener_is_accepted_and_launches_it(qm: QueueManager, monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[Any] = []
    monkeypatch.setattr(launch, "listener", lambda *arguments: launched.append(arguments))
    qm.done("DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1500) IPADDR('127.0.0.1') BACKLOG(7)")
    assert qm.lines("START LISTENER(L1)") == ["AMQ8021I: Request to start IBM MQ listener accepted."]
    assert launched == [(qm.folder, NAME, "L1", 1500, "127.0.0.1", 7)]


def test_starting_a_listener_twice_is_refused(qm: QueueManager) -> None:
    add_listener(qm)
    assert qm.run("START LISTENER(L1)") == (["AMQ8730W: Listener already active."], True, False)
    assert qm.lines("START LISTENER(NOPE)") == ["AMQ8147E: IBM MQ object NOPE not found."]


def test_stopping_a_listener_ends_its_process(qm: QueueManager) -> None:
    with subprocess.Popen(["/bin/sh", "-c", "sleep 60; true", "runmqlsr"]) as process:
        add_listener(qm, pid=process.pid)
        assert qm.lines("STOP LISTENER(L1)") == ["AMQ8706I: Request to stop IBM MQ Listener accepted."]
        assert process.wait(20) == -15


def test_stopping_never_ends_a_process_that_is_no_listener(qm: QueueManager) -> None:
    add_listener(qm)
    qm.done("STOP LISTENER(L1)")


def test_stopping_a_listener_that_is_not_running_fails_unless_the_state_is_ignored(qm: QueueManager) -> None:
    assert qm.run("STOP LISTENER(SYSTEM.DEFAULT.LISTENER.TCP)").failed
    qm.done("STOP LISTENER('SYSTEM.DEFAULT.LISTENER.TCP') IGNSTATE(YES)")
    add_listener(qm)
    qm.done("START LISTENER(L1) IGNSTATE(YES)")


def test_a_running_listener_is_in_use(qm: QueueManager) -> None:
    add_listener(qm)
    assert qm.lines("DELETE LISTENER(L1)") == ["AMQ8148E: IBM MQ object in use."]


def test_channel_status_shows_the_first_attributes_as_seen(qm: QueueManager) -> None:
    add_instance(qm, "APP", CONNAME="10.0.0.9", STATUS="RUNNING", SUBSTATE="RECEIVE", SSLCIPH="TLS_X")
    assert qm.lines("DISPLAY CHSTATUS(APP)") == [
        "AMQ8417I: Display Channel Status details.",
        "   CHANNEL(APP)                            CHLTYPE(SVRCONN)",
        "   CONNAME(10.0.0.9)                       CURRENT",
        "   STATUS(RUNNING)                         SUBSTATE(RECEIVE)",
    ]


def test_asked_channel_attributes_join_the_first_ones_in_order(qm: QueueManager) -> None:
    subject = "SERIALNUMBER=78:40:26:54:E5:D4:80:E4,CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US"
    add_instance(qm, "APP", CONNAME="10.0.0.9", SUBSTATE="RECEIVE", SSLPEER=subject, SECPROT="TLSV13", MCAUSER="app1")
    assert qm.lines("DISPLAY CHSTATUS(APP) SSLPEER SECPROT MCAUSER SSLCIPH")[2:] == [
        "   CONNAME(10.0.0.9)                       CURRENT",
        "   MCAUSER(app1)                           SECPROT(TLSV13)",
        "   SSLCIPH( )                           ",
        f"   SSLPEER({subject})",
        "   STATUS(RUNNING)                         SUBSTATE(RECEIVE)",
    ]


def test_no_status_is_an_information_that_counts_as_failed(qm: QueueManager) -> None:
    add_instance(qm, "APP", pid=GONE)
    assert qm.run("DISPLAY CHSTATUS(*)") == (["AMQ8420I: Channel Status not found."], True, False)


def test_channel_status_can_be_selected(qm: QueueManager) -> None:
    add_instance(qm, "APP", CONNAME="10.0.0.9", MCAUSER="a")
    add_instance(qm, "APP", CONNAME="10.0.0.8", MCAUSER="b")
    assert qm.shown("DISPLAY CHSTATUS(APP) CONNAME('10.0.0.8') MCAUSER")["MCAUSER"] == "b"
    assert qm.shown("DISPLAY CHSTATUS(*) WHERE(MCAUSER EQ 'a') MCAUSER")["CONNAME"] == "10.0.0.9"


def test_starting_and_stopping_a_channel(qm: QueueManager) -> None:
    qm.done("DEFINE CHANNEL(APP) CHLTYPE(SVRCONN)")
    assert qm.lines("STOP CHANNEL(APP)") == ["AMQ9533W: Channel 'APP' is not currently active."]
    assert is_stopped(qm.state, NAME, "APP")
    assert qm.lines("START CHANNEL(APP)") == ["AMQ8018I: Start IBM MQ channel accepted."]
    assert not is_stopped(qm.state, NAME, "APP")
    add_instance(qm, "APP")
    assert qm.lines("STOP CHANNEL(APP) STATUS(INACTIVE)") == ["AMQ8019I: Stop IBM MQ channel accepted."]
    assert not is_stopped(qm.state, NAME, "APP")
    assert qm.shown("DISPLAY CHSTATUS(APP) STOPREQ")["STATUS"] == "STOPPING"


def test_a_stopped_channel_is_ready_again_after_a_restart_of_the_queue_manager(qm: QueueManager) -> None:
    qm.done("DEFINE CHANNEL(APP) CHLTYPE(SVRCONN)")
    qm.run("STOP CHANNEL(APP)")
    qm.state.db.execute("UPDATE qmgr SET started = '2026-02-02 00:00:00'")
    assert not is_stopped(qm.state, NAME, "APP")


def test_a_channel_with_running_instances_is_in_use(qm: QueueManager) -> None:
    qm.done("DEFINE CHANNEL(APP) CHLTYPE(SVRCONN)")
    add_instance(qm, "APP")
    assert qm.lines("DELETE CHANNEL(APP)") == ["AMQ9514E: Channel 'APP' is in use."]


def test_queue_status_counts_messages_and_programs(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    add_message(qm, "A")
    add_handle(qm, "A", "INPUT")
    add_handle(qm, "A", "BROWSE")
    add_handle(qm, "A", "OUTPUT")
    add_handle(qm, "A", "INPUT", pid=GONE)
    shown = qm.shown("DISPLAY QSTATUS(A)")
    assert (shown["CURDEPTH"], shown["IPPROCS"], shown["OPPROCS"]) == ("1", "2", "1")
    assert qm.shown("DISPLAY QLOCAL(A) CURDEPTH IPPROCS")["CURDEPTH"] == "1"
    assert "   QUEUE(A)                                TYPE(HANDLE)" in qm.lines("DISPLAY QSTATUS(A) TYPE(HANDLE)")
    assert qm.lines("DISPLAY QSTATUS(NOPE)") == ["AMQ8147E: IBM MQ object NOPE not found."]


def test_only_queues_with_messages_can_be_asked_for(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    add_message(qm, "A")
    assert qm.shown("DISPLAY QSTATUS(*) WHERE(CURDEPTH GT 0) CURDEPTH")["QUEUE"] == "A"


def test_clearing_a_queue_takes_its_messages_but_not_while_it_is_open(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    add_message(qm, "A")
    add_handle(qm, "A", "OUTPUT")
    assert qm.run("CLEAR QLOCAL(A)") == (["AMQ8148E: IBM MQ object in use."], True, False)
    qm.state.db.execute("DELETE FROM handle")
    assert qm.lines("CLEAR QLOCAL(A)") == ["AMQ8022I: IBM MQ queue cleared."]
    assert qm.shown("DISPLAY QLOCAL(A) CURDEPTH")["CURDEPTH"] == "0"


@pytest.mark.parametrize(
    "command", ["DELETE QLOCAL(A) PURGE", "ALTER QLOCAL(A) NOSHARE", "ALTER QLOCAL(A) USAGE(XMITQ)"]
)
def test_an_open_queue_is_in_use(qm: QueueManager, command: str) -> None:
    qm.done("DEFINE QLOCAL(A)")
    add_handle(qm, "A", "INPUT")
    assert qm.lines(command) == ["AMQ8148E: IBM MQ object in use."]


def test_other_changes_of_an_open_queue_and_forced_ones_are_fine(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    add_handle(qm, "A", "INPUT")
    qm.done("ALTER QLOCAL(A) MAXDEPTH(9)", "ALTER QLOCAL(A) NOSHARE FORCE")


@pytest.mark.parametrize(
    ("command", "ssl", "connauth"),
    [
        ("REFRESH SECURITY TYPE(SSL)", 1, 0),
        ("REFRESH SECURITY TYPE(CONNAUTH)", 0, 1),
        ("REFRESH SECURITY TYPE(AUTHSERV)", 0, 0),
        ("REFRESH SECURITY", 0, 0),
        ("REFRESH SECURITY(*)", 0, 0),
        ("REF SEC", 0, 0),
    ],
)
def test_refresh_security_reaches_what_its_type_says(qm: QueueManager, command: str, ssl: int, connauth: int) -> None:
    assert qm.lines(command) == ["AMQ8560I: IBM MQ security cache refreshed."]
    row = qm.state.qmgr(NAME)
    assert row is not None
    assert (row["ssl_generation"], row["connauth_generation"]) == (ssl, connauth)


@pytest.mark.parametrize("command", ["REFRESH SECURITY TYPE(TLS)", "REFRESH SECURITY(SSL)", "PING QMGR(QM1)"])
def test_malformed_actions_are_syntax_errors(qm: QueueManager, command: str) -> None:
    assert qm.run(command).syntax_error


def test_the_queue_managers_status(qm: QueueManager) -> None:
    assert qm.lines("DISPLAY QMSTATUS") == [
        "AMQ8705I: Display Queue Manager Status Details.",
        "   QMNAME(QM1)                             STATUS(RUNNING)",
    ]
    shown = qm.shown("DISPLAY QMSTATUS ALL")
    assert (shown["STARTDA"], shown["STARTTI"]) == ("2026-01-01", "00.00.00")
    assert shown["LOGPATH"] == str(qm.folder / "var/mqm/log/QM1/active") + "/"


def test_connections_show_clients_and_this_session(qm: QueueManager) -> None:
    add_instance(qm, "APP", CONNAME="10.0.0.9", MCAUSER="app1", RAPPLTAG="amqsputc")
    assert qm.shown("DISPLAY CONN(*) WHERE(CHANNEL EQ APP) ALL")["APPLTAG"] == "amqsputc"
    assert qm.shown("DISPLAY CONN(*) WHERE(APPLTAG EQ 'runmqsc') PID")["PID"] == str(os.getpid())
    assert qm.run("DISPLAY CONN(*) WHERE(APPLTAG EQ 'nothing')").failed
