"""Undo never deletes messages, what others changed since, or what somebody uses: it leaves that and says why."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from engine_reports import MakePlace
from engine_support import Place
from engine_undo import TWO_CLIENTS, facts, journaled, left, put, run, undo

from wizard.sandbox.state import State


def test_a_queue_with_messages_and_its_queue_manager_stay_until_they_are_gone(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    before = facts(place)
    run(place)
    put(place, "Q1", 3)
    kept = left(undo(place))
    assert kept["queue Q1"] == "holds 3 messages"
    assert kept["queue manager"] == "queue Q1 holds 3 messages"
    needed = ("attributes", "key repository", "certificate qm1", "queue QM1.DLQ", "rule *")
    assert {kept[one] for one in needed} == {"stays with QM1"}
    assert not (place.folder / "exchange").exists()
    assert "CURDEPTH(3)" in place.mqsc("DISPLAY QLOCAL(Q1) CURDEPTH")
    for gone in ("QLOCAL(Q2)", "CHANNEL(APP1.SVRCONN)", "LISTENER(LISTENER.TCP)"):
        assert "AMQ8147" in place.mqsc(f"DISPLAY {gone}")
    assert "SSLPEERMAP" not in place.mqsc("DISPLAY CHLAUTH(*)")
    assert "PROFILE" not in place.mqsc("DISPLAY AUTHREC GROUP('app1')")
    assert "ADDRESS(*)" in place.mqsc("DISPLAY CHLAUTH('*') TYPE(ADDRESSMAP)")
    assert not (place.folder / "kits").exists()

    assert "holds 3 messages" in undo(place).out
    place.mqsc("CLEAR QLOCAL(Q1)")
    undo(place)
    assert facts(place) == before
    assert "Nothing to do" in undo(place).out


def test_messages_on_the_dead_letter_queue_keep_the_queue_manager(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    put(place, "QM1.DLQ")
    assert left(undo(place))["queue QM1.DLQ"] == "holds 1 message"
    assert "QMNAME(QM1)" in place.command("dspmq")


def test_what_was_changed_by_hand_since_stays_and_is_named(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    place.mqsc("ALTER QLOCAL(Q2) DESCR('mine now')", "ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) MAXMSGL(1000)")
    (place.folder / "kits/app1/README.md").write_text("my notes\n", encoding="utf-8")
    kept = left(undo(place))
    assert kept["queue Q2"] == "changed since by somebody: DESCR mine now (was (blank))"
    assert kept["channel APP1.SVRCONN"].startswith("changed since by somebody: MAXMSGL 1000")
    assert "README.md was changed since" in kept["kit"]
    assert "stays with" in kept["certificate app1"]
    assert (place.folder / "kits/app1/README.md").read_text(encoding="utf-8") == "my notes\n"
    assert {path.name for path in (place.folder / "kits/app1").iterdir()} == {"README.md", "app1.p12"}
    assert (place.folder / "kits/app1.password").exists()
    assert "DESCR(mine now)" in place.mqsc("DISPLAY QLOCAL(Q2) DESCR")
    assert "AMQ8147" in place.mqsc("DISPLAY QLOCAL(Q1)")


def test_what_others_defined_keeps_the_queue_manager(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    place.mqsc("DEFINE QLOCAL(THEIRS)", "SET CHLAUTH('THEIRS.*') TYPE(ADDRESSMAP) ADDRESS('10.*') USERSRC(CHANNEL)")
    assert left(undo(place))["queue manager"] == "others defined on it: queue THEIRS, rule THEIRS.*"
    assert "QUEUE(THEIRS)" in place.mqsc("DISPLAY QLOCAL(THEIRS)")
    assert "THEIRS.*" in place.mqsc("DISPLAY CHLAUTH('THEIRS.*')")


def test_a_key_repository_that_others_changed_keeps_the_queue_manager(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    store = str(place.sandbox / "var/mqm/qmgrs/QM1/ssl/key.p12")
    words = ("-dn", "CN=theirs", "-size", "2048", "-expire", "9")
    place.command("runmqakm", "-cert", "-create", "-db", store, "-stashed", "-label", "theirs", *words)
    ended = undo(place)
    assert "key.p12 was changed since by somebody" in ended.out
    assert "others changed on it" in left(ended)["queue manager"]
    assert "theirs" in place.command("runmqakm", "-cert", "-list", "-db", store, "-stashed")


def test_a_queue_manager_that_others_make_after_an_undo_is_theirs(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    assert "QM1 (ours)" in run(place).out
    undo(place)
    place.command("crtmqm", "QM1")
    place.command("strmqm", "QM1")
    assert "QM1 (existing)" in place.run("--dry-run").out
    assert "Nothing to do" in undo(place).out
    assert "QMNAME(QM1)" in place.command("dspmq")


@contextmanager
def connected(place: Place, channel: str) -> Iterator[None]:
    """An application that is connected over a channel meanwhile."""
    state = State(place.sandbox)
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as application:
        try:
            state.db.execute(
                "INSERT INTO chstatus (qmgr, channel, pid, attributes) VALUES (?, ?, ?, ?)",
                ("QM1", channel, application.pid, '{"CONNAME": "10.0.0.7", "RAPPLTAG": "payroll", "MCAUSER": "app1"}'),
            )
            yield
        finally:
            state.close()
            application.kill()


def test_who_is_connected_is_interrupted_only_with_consent(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    before = facts(place)
    run(place)
    after = facts(place)
    with connected(place, "APP1.SVRCONN"):
        ended = place.run("undo")
        assert ended.status == 3, ended.said
        assert "channel APP1.SVRCONN from 10.0.0.7" in ended.err
        assert "--allow interrupt" in ended.err
        assert facts(place) == after
        assert len(journaled(place)) == 1
        undo(place, "--allow", "interrupt")
    assert facts(place) == before


def test_a_queue_manager_that_stands_still_is_started_to_be_looked_at(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    before = facts(place)
    run(place)
    place.command("endmqm", "-i", "QM1")
    ended = undo(place)
    assert "start it, to see whether it holds messages" in ended.out
    assert facts(place) == before
    assert "Nothing to do" in undo(place).out


def test_a_queue_manager_that_is_gone_leaves_only_the_files_to_be_undone(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    place.make_sandbox()
    before = facts(place)
    run(place)
    place.command("endmqm", "-i", "QM1")
    place.command("dltmqm", "QM1")
    assert "QM1 is there no longer" in undo(place).out
    assert facts(place) == before
    assert "Nothing to do" in undo(place).out
