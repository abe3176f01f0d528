"""Undo of a recipe that takes in MQSC scripts: every kind of object, rule and right that they make or change."""

from __future__ import annotations

from engine_reports import MakePlace
from engine_undo import QUICK, facts, left, run, undo

RECIPE = f"""\
{QUICK}
queue_managers:
  QM1: {{queues: []}}
mqsc: [s.mqsc]
"""

SCRIPT = """\
DEFINE QLOCAL(S.Q) MAXDEPTH(10) TRIGGER INITQ(SYSTEM.DEFAULT.INITIATION.QUEUE) PROCESS(S.P) SHARE
DEFINE PROCESS(S.P) APPLICID('/bin/true')
DEFINE NAMELIST(S.N) NAMES(A,B,'c')
DEFINE TOPIC(S.T) TOPICSTR('a/b')
DEFINE SERVICE(S.S) CONTROL(MANUAL) SERVTYPE(COMMAND) STARTCMD('/bin/true')
DEFINE QREMOTE(S.R) RNAME(X) RQMNAME(QM2) XMITQ(S.X)
DEFINE QLOCAL(S.X) USAGE(XMITQ)
DEFINE CHANNEL(QM1.QM2) CHLTYPE(SDR) CONNAME('127.0.0.9(1414)') XMITQ(S.X)
DEFINE CHANNEL(S.C) CHLTYPE(CLNTCONN) CONNAME('127.0.0.9(1414)') QMNAME(QM1)
ALTER NAMELIST(THEIR.N) NAMES(X,Y)
ALTER QMGR MAXMSGL(5000000)
SET AUTHREC PROFILE(S.Q) OBJTYPE(QUEUE) GROUP('them') AUTHADD(GET,PUT)
SET AUTHREC PROFILE(THEIR.N) OBJTYPE(NAMELIST) GROUP('them') AUTHADD(INQ,DSP)
SET CHLAUTH('QM1.QM2') TYPE(QMGRMAP) QMNAME(QM2) USERSRC(NOACCESS)
"""


def test_whatever_a_script_defined_goes_and_what_it_changed_comes_back(make_place: MakePlace) -> None:
    place = make_place(RECIPE, "--allow", "takeover")
    (place.folder / "s.mqsc").write_text(SCRIPT, encoding="utf-8")
    place.make_sandbox()
    for command in (
        ("groupadd", "them"),
        ("useradd", "-r", "-g", "them", "them"),
        ("crtmqm", "QM1"),
        ("strmqm", "QM1"),
    ):
        place.command(*command)
    place.mqsc(
        "DEFINE NAMELIST(THEIR.N) NAMES(K,L,M)",
        "SET AUTHREC PROFILE(THEIR.N) OBJTYPE(NAMELIST) GROUP('them') AUTHADD(INQ)",
        "DEFINE CHANNEL(THEIR.C) CHLTYPE(CLNTCONN) CONNAME('127.0.0.9(1414)') QMNAME(QM1)",
    )
    before = facts(place)
    run(place)
    assert "NAMES(X" in place.mqsc("DISPLAY NAMELIST(THEIR.N) NAMES")
    ended = undo(place)
    assert "NAMES X,Y → K,L,M" in ended.out
    assert "THEIR.N -dsp" in ended.out
    assert facts(place) == before
    assert left(ended).keys() <= {"certificate authority"}
