"""Undo on a queue manager that others made: what mqwizard added goes, everything else stays as it is."""

from __future__ import annotations

import pytest
from engine_reports import MakePlace
from engine_support import Place
from engine_undo import QUICK, facts, left, run, undo

RECIPE = f"""\
{QUICK}
queue_managers:
  QM1:
    listener: 1415
    queues: {{Q1: {{}}, THEIR.Q: {{MAXDEPTH: 7}}}}
    attributes: {{DESCR: ours for a while}}
clients:
  app1:
    connects_to: QM1
    tls: TLS
    address: 127.*
    queues: {{Q1: [put, get], THEIR.Q: [browse]}}
"""

THEIRS = (
    "ALTER QMGR DESCR('their own')",
    "DEFINE QLOCAL(THEIR.Q) MAXDEPTH(99) DESCR('holds things')",
    "DEFINE CHANNEL(THEIR.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP) MCAUSER('them')",
    "DEFINE LISTENER(THEIR.LISTENER) TRPTYPE(TCP) PORT(1414) CONTROL(QMGR)",
    "START LISTENER(THEIR.LISTENER)",
    "SET CHLAUTH('THEIR.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('10.*') USERSRC(CHANNEL) DESCR('let them in')",
    "SET AUTHREC PROFILE('THEIR.Q') OBJTYPE(QUEUE) GROUP('them') AUTHADD(GET,INQ)",
)


def theirs(place: Place) -> None:
    """A queue manager made and used by others, with a message on one of its queues."""
    place.make_sandbox()
    for command in (
        ("groupadd", "them"),
        ("useradd", "-r", "-g", "them", "them"),
        ("crtmqm", "QM1"),
        ("strmqm", "QM1"),
    ):
        place.command(*command)
    place.mqsc(*THEIRS)


@pytest.mark.parametrize("tls", ["mutual", "server", "none"])
def test_a_queue_manager_of_others_is_as_it_was(tls: str, make_place: MakePlace) -> None:
    place = make_place(RECIPE.replace("TLS", tls), "--allow", "takeover")
    theirs(place)
    before = facts(place)
    run(place)
    assert "MAXDEPTH(7)" in place.mqsc("DISPLAY QLOCAL(THEIR.Q) MAXDEPTH")
    assert "DESCR(ours for a while)" in place.mqsc("DISPLAY QMGR DESCR")

    ended = undo(place)
    assert "MAXDEPTH 7 → 99" in ended.out
    assert "DESCR ours for a while → their own" in ended.out
    assert facts(place) == before
    assert set(left(ended)) <= {"user app1", "certificate authority"}
    assert "LISTENER(THEIR.LISTENER)" in place.mqsc("DISPLAY LSSTATUS(*)")


TAKEN_OVER = (
    "DEFINE QALIAS(Q1) TARGET(THEIR.Q) DESCR('points there') PUT(DISABLED)",
    "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP) MCAUSER('them') DESCR('was here before')",
    "SET CHLAUTH('APP1.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL) DESCR('everybody')",
)


def test_what_was_taken_over_or_replaced_is_given_back(make_place: MakePlace) -> None:
    place = make_place(RECIPE.replace("TLS", "mutual"), "--allow", "takeover,replace,delete")
    theirs(place)
    place.mqsc(*TAKEN_OVER)
    before = facts(place)
    run(place)
    assert "QLOCAL" in place.mqsc("DISPLAY QUEUE(Q1)")
    assert "NOACCESS" in place.mqsc("DISPLAY CHLAUTH('APP1.SVRCONN') TYPE(ADDRESSMAP) ALL")
    ended = undo(place)
    assert "the former QALIAS" in ended.out
    assert "the former rule" in ended.out
    assert facts(place) == before


def test_a_key_repository_of_others_gets_its_former_content_back(make_place: MakePlace) -> None:
    place = make_place(RECIPE.replace("TLS", "mutual"), "--allow", "takeover")
    theirs(place)
    own_store(place)
    before = facts(place)
    run(place)
    after = facts(place)
    assert after != before
    undo(place)
    assert facts(place) == before


def test_from_a_key_repository_that_others_changed_since_only_our_entries_go(make_place: MakePlace) -> None:
    place = make_place(RECIPE.replace("TLS", "mutual"), "--allow", "takeover")
    theirs(place)
    store = own_store(place)
    before = labels(place, store)
    run(place)
    words = ("-dn", "CN=later", "-size", "2048", "-expire", "9")
    place.command("runmqakm", "-cert", "-create", "-db", store, "-stashed", "-label", "later", *words)
    assert len(labels(place, store)) == len(before) + 2
    undo(place)
    assert labels(place, store) == before | {"later"}


def own_store(place: Place) -> str:
    """A store with a certificate that others made."""
    store = str(place.sandbox / "var/mqm/qmgrs/QM1/ssl/theirs.p12")
    place.command("runmqakm", "-keydb", "-create", "-db", store, "-type", "pkcs12", "-pw", "Long-Passw0rd-1", "-stash")
    words = ("-dn", "CN=theirs,O=Other", "-size", "2048", "-expire", "300")
    place.command("runmqakm", "-cert", "-create", "-db", store, "-stashed", "-label", "theirs", *words)
    for name in ("theirs.p12", "theirs.sth"):
        (place.sandbox / "var/mqm/qmgrs/QM1/ssl" / name).chmod(0o640)
    place.mqsc(f"ALTER QMGR SSLKEYR('{store}') CERTLABL('theirs')", "REFRESH SECURITY TYPE(SSL)")
    return store


def labels(place: Place, store: str) -> set[str]:
    listed = place.command("runmqakm", "-cert", "-list", "-db", store, "-stashed").splitlines()
    return {line.split("\t")[1].strip('"') for line in listed if "\t" in line}
