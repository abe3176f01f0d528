"""Which messages of an error log count for an attempt: those written since, about its channel, queue or user."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.proof.errorlog import About, ErrorLog, entries

ENTRY = """\
11/20/26 14:10:10 - Process(29742.1) User({user}) Program(amqrmppa)
                    Host(vm) Installation(Installation1)
                    VRMF(9.4.0.0) QMgr(QM1)
                    Time(2026-11-20T14:10:10.895Z)
                    CommentInsert1({channel})
                    CommentInsert2({host})
{blank}
{message}

EXPLANATION:
The channel did not start.
ACTION:
None.
----- amqccisa.c : 3150 -------------------------------------------------------
"""
ABOUT = About(frozenset({"APP1.SVRCONN"}), "127.0.0.1")


def entry(
    message: str = "AMQ9637E: Channel is lacking a certificate.",
    *,
    channel: str = "APP1.SVRCONN",
    host: str = "127.0.0.1",
    user: str = "mqm",
) -> str:
    return ENTRY.format(blank=" " * 19, message=message, channel=channel, host=host, user=user)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "AMQERR01.LOG").write_text(entry(), encoding="utf-8")
    return tmp_path


def heard(folder: Path, *more: str, about: About = ABOUT) -> tuple[str, ...]:
    """What counts of the entries that are written while something is tried."""
    log = ErrorLog(folder, about)
    with (folder / "AMQERR01.LOG").open("a", encoding="utf-8") as file:
        file.write("".join(more))
    return log.messages(frozenset())


def test_what_was_there_before_does_not_count(folder: Path) -> None:
    assert heard(folder) == ()


def test_a_message_on_the_channel_counts(folder: Path) -> None:
    assert heard(folder, entry()) == ("AMQ9637",)


@pytest.mark.parametrize("channel", ["APP2.SVRCONN", "MYAPP1.SVRCONN", "APP1.SVRCONN.OLD", "X/APP1.SVRCONN"])
def test_the_same_message_on_another_channel_does_not_count(folder: Path, channel: str) -> None:
    assert heard(folder, entry(channel=channel)) == ()


def test_a_channel_that_mq_does_not_know_yet_counts_from_our_address_only(folder: Path) -> None:
    ours = entry(channel="????", host="vm (127.0.0.1)")
    assert heard(folder, ours) == ("AMQ9637",)
    assert heard(folder, entry(channel="????", host="192.0.2.7")) == ()
    assert heard(folder, entry(channel="????", host="127.0.0.11")) == ()


def test_the_user_of_the_process_that_writes_is_nobodys_attempt(folder: Path) -> None:
    about = About(frozenset({"app1"}))
    assert heard(folder, entry(channel="OTHER", user="app1"), about=about) == ()
    assert heard(folder, entry("AMQ5534E: User ID 'app1' authentication failed"), about=about) == ("AMQ5534",)


def test_a_name_that_ends_a_sentence_and_a_wrapped_line_are_found(folder: Path) -> None:
    wrapped = "AMQ9777E: Channel was blocked\nThe inbound channel\nAPP1.SVRCONN."
    assert heard(folder, entry(wrapped, channel="x")) == ("AMQ9777",)


def test_an_entry_that_is_still_being_written_is_waited_for() -> None:
    whole = entry()
    assert [number for number, _ in entries(whole + whole[:300])] == ["AMQ9637"]


def test_a_log_that_was_rotated_is_read_from_its_start(folder: Path) -> None:
    (folder / "AMQERR01.LOG").write_text(entry() * 3, encoding="utf-8")
    log = ErrorLog(folder, ABOUT)
    (folder / "AMQERR01.LOG").write_text(entry("AMQ9777E: Channel was blocked"), encoding="utf-8")
    assert log.messages(frozenset()) == ("AMQ9777",)
