"""KEYRPWD, INITKEY and other passwords: kept, shown masked, never found in plain."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mqsc_calls import NAME, QueueManager

from wizard.sandbox.mqsc import ccdt, secrets

PASSWORD = "Very.Secret.Passw0rd"


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    return QueueManager(tmp_path)


def test_a_password_that_is_set_is_shown_as_stars_and_one_that_is_not_as_a_blank(qm: QueueManager) -> None:
    assert qm.lines("DISPLAY QMGR KEYRPWD")[1] == "   QMNAME(QM1)                             KEYRPWD( )"
    qm.done(f"ALTER QMGR KEYRPWD('{PASSWORD}')")
    assert qm.shown("DISPLAY QMGR KEYRPWD")["KEYRPWD"] == "********"


def test_no_password_stands_in_the_database(qm: QueueManager) -> None:
    qm.done(
        f"ALTER QMGR INITKEY('initial {PASSWORD}') KEYRPWD('{PASSWORD}')",
        f"DEFINE AUTHINFO(A) AUTHTYPE(CRLLDAP) CONNAME('h(389)') LDAPPWD('{PASSWORD}')",
        "DEFINE CHANNEL(C) CHLTYPE(CLNTCONN) CONNAME('h(1)') PASSWORD('Secret.12')",
    )
    qm.state.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(path.read_bytes() for path in qm.folder.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in content
    assert b"Secret.12" not in content


def test_the_listener_gets_the_password_back(qm: QueueManager) -> None:
    assert secrets.key_repository_password(qm.state, NAME) is None
    qm.done(f"ALTER QMGR KEYRPWD('{PASSWORD}')")
    assert secrets.key_repository_password(qm.state, NAME) == PASSWORD
    qm.done("ALTER QMGR KEYRPWD('')")
    assert secrets.key_repository_password(qm.state, NAME) is None


def test_a_new_initial_key_makes_the_older_password_useless(qm: QueueManager) -> None:
    qm.done(f"ALTER QMGR KEYRPWD('{PASSWORD}')", "ALTER QMGR INITKEY('another key')")
    assert secrets.key_repository_password(qm.state, NAME) is None
    qm.done(f"ALTER QMGR KEYRPWD('{PASSWORD}')")
    assert secrets.key_repository_password(qm.state, NAME) == PASSWORD


def test_both_in_one_command_work_in_either_order(qm: QueueManager) -> None:
    qm.done(f"ALTER QMGR KEYRPWD('{PASSWORD}') INITKEY('key')")
    assert secrets.key_repository_password(qm.state, NAME) == PASSWORD


@given(st.text(), st.text(), st.text())
def test_a_secret_is_read_with_its_own_key_and_no_other(text: str, key: str, other: str) -> None:
    stored = secrets.protect_with(key, text)
    assert secrets.reveal(key, stored) == text
    if (other or secrets.WELL_KNOWN_KEY) != (key or secrets.WELL_KNOWN_KEY):
        assert secrets.reveal(other, stored) is None


def test_a_client_channel_goes_into_the_table_of_the_queue_manager(qm: QueueManager) -> None:
    table = qm.context.data / "@ipcc" / "AMQCLCHL.TAB"
    qm.done("DEFINE CHANNEL(APP) CHLTYPE(CLNTCONN) CONNAME('h(1414)') QMNAME(QM1)")
    assert [(one["CHANNEL"], one["CONNAME"]) for one in ccdt.read(table)] == [("APP", "h(1414)")]
    qm.done("ALTER CHANNEL(APP) CHLTYPE(CLNTCONN) CONNAME('other(1414)')")
    assert ccdt.read(table)[0]["CONNAME"] == "other(1414)"
    qm.done("DELETE CHANNEL(APP) CHLTABLE(CLNTTBL)")
    assert ccdt.read(table) == []


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "AMQCLCHL.TAB"
    path.write_bytes(b"AMQR something real")
    with pytest.raises(ccdt.TableError):
        ccdt.read(path)
