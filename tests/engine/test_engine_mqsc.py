"""Recipes that take MQSC scripts in, from the file beside the recipe to the queue manager and back."""

from __future__ import annotations

from pathlib import Path

from engine_reports import QUICK, MakePlace, assert_nothing_to_do, assert_proven, operations
from engine_support import Place

from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build

RECIPE = f"""\
{QUICK}
queue_managers:
  QM1:
    queues: [Q1]
clients:
  app1:
    connects_to: QM1
    queues: {{Q1: [put, get], PAY.IN: [put]}}
mqsc: [mq/payments.mqsc, partners.mqsc]
"""

PAYMENTS = """\
* The payment system's objects
def listener(lsr1) trptype(tcp) port(1414) +
   control(qmgr) replace
start listener(lsr1)

DEFINE QLOCAL ( PAY.IN ) DEFPSIST(YES) MAXDEPTH(50000) +
* in the middle of a command
  DESCR('It''s for pay-
ments, and + more') REPLACE ;
DEFINE QALIAS(PAY) TARGQ(PAY.IN) REPLACE
ALTER QLOCAL(PAY.IN) MAXMSGL(100000) NOSHARE
DEFINE NAMELIST(PAY.ALL) NAMES(PAY.IN PAY) REPLACE
DEFINE PROCESS(PAY.PROCESS) APPLTYPE(UNIX) APPLICID('/opt/pay') REPLACE
DEFINE SERVICE(PAY.SERVICE) CONTROL(MANUAL) SERVTYPE(COMMAND) STARTCMD('/bin/true') STARTARG(+QMNAME+) REPLACE
DEFINE TOPIC(PAY.NEWS) TOPICSTR('pay/news') REPLACE
DEFINE SUB('pay news') TOPICOBJ(PAY.NEWS) DEST(PAY.IN) REPLACE
DEFINE AUTHINFO(PAY.LOGIN) AUTHTYPE(IDPWOS) CHCKCLNT(REQDADM) ADOPTCTX(YES) REPLACE
ALTER QMGR CONNAUTH(PAY.LOGIN) CHLEV(EXCEPTION)
REFRESH SECURITY TYPE(CONNAUTH)
SET AUTHREC PROFILE('PAY.**') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(ALLMQI)
DISPLAY QLOCAL(PAY.*) CURDEPTH
END
DELETE QLOCAL(PAY.IN)"""

PARTNERS = """\
ALTER CHANNEL(SYSTEM.DEF.SVRCONN) CHLTYPE(SVRCONN) MCAUSER('*NOACCESS')
DEFINE QLOCAL(QM2) USAGE(XMITQ) TRIGGER TRIGTYPE(FIRST) INITQ(SYSTEM.CHANNEL.INITQ)
DEFINE CHANNEL(QM1.TO.QM2) CHLTYPE(SDR) CONNAME('localhost(1499)') XMITQ(QM2) SSLCIPH(ANY_TLS12_OR_HIGHER)
DEFINE CHANNEL(QM2.TO.QM1) CHLTYPE(RCVR) MCAUSER('*NOACCESS') SSLCIPH(ANY_TLS12_OR_HIGHER)
SET CHLAUTH('QM2.TO.QM1') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) ACTION(ADD)
SET CHLAUTH('QM2.TO.QM1') TYPE(SSLPEERMAP) SSLPEER('CN=QM2,O=Example') SSLCERTI('CN=CA,O=Other') MCAUSER('qm2')
START CHANNEL(QM1.TO.QM2)
"""


def with_scripts(place: Place, **texts: str) -> Place:
    for name, text in texts.items():
        path = place.folder / f"{name.replace('__', '/')}.mqsc"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.replace("\n", "\r\n").encode())
    return place


def test_scripts_are_carried_out_proven_and_found_as_wanted_by_the_next_run(make_place: MakePlace) -> None:
    place = with_scripts(make_place(RECIPE), mq__payments=PAYMENTS, partners=PARTNERS)
    texts = {"mq/payments.mqsc": PAYMENTS, "partners.mqsc": PARTNERS}
    ended = place.run()
    assert_proven(place, ended, build(read_recipe(RECIPE, source="r.yaml"), Release(9, 4), texts))
    assert "keep     DISPLAY QLOCAL PAY.*" in ended.out
    assert "run      start channel QM1.TO.QM2" in ended.out
    shown = place.mqsc(
        "DISPLAY QLOCAL(PAY.IN) DESCR MAXDEPTH MAXMSGL SHARE",
        "DISPLAY QMGR CONNAUTH CHLEV",
        "DISPLAY CHANNEL(SYSTEM.DEF.SVRCONN) MCAUSER",
        "DISPLAY SERVICE(PAY.SERVICE) STARTARG",
        "DISPLAY LSSTATUS(LSR1)",
    )
    for part in (
        "DESCR(It's for payments, and + more)",
        "MAXDEPTH(50000)",
        "MAXMSGL(100000)",
        "NOSHARE",
        "CONNAUTH(PAY.LOGIN)",
        "CHLEV(EXCEPTION)",
        "MCAUSER(*NOACCESS)",
        "STARTARG(+QMNAME+)",
        "STATUS(RUNNING)",
    ):
        assert part in shown, shown
    assert_nothing_to_do(place)


def test_a_changed_script_changes_what_it_is_about_and_nothing_else(make_place: MakePlace) -> None:
    recipe = f"{QUICK}\nqueue_managers: {{QM1: {{listener: 1414}}}}\nmqsc: app.mqsc\n"
    place = with_scripts(make_place(recipe), app="DEFINE QLOCAL(A) MAXDEPTH(7)\nDEFINE QLOCAL(B)\n")
    assert place.run("--no-proof").status == 0
    with_scripts(place, app="DEFINE QLOCAL(A) MAXDEPTH(8)\nDEFINE QLOCAL(B)\nDEFINE QLOCAL(C)\n")
    ended = place.run("--no-proof")
    assert ended.status == 0, ended.said
    assert operations(place) == ["change QM1/queue/A", "create QM1/queue/C"]
    assert "MAXDEPTH 7 → 8 (app.mqsc:1)" in ended.out


def test_bad_commands_are_told_with_file_and_line_before_anything_is_touched(make_place: MakePlace) -> None:
    recipe = f"{QUICK}\nqueue_managers: {{QM1: {{listener: 1414}}}}\nmqsc: app.mqsc\n"
    script = "* ours\nDEFINE QLOCAL(A) MAXDEPHT(7)\n\nDELETE QLOCAL(B)\nALTER QMGR KEYRPWD('hunter2')\n"
    place = with_scripts(make_place(recipe), app=script)
    ended = place.run()
    assert ended.status == 2
    told = [line for line in ended.err.splitlines() if "app.mqsc:" in line]
    assert [line.split("app.mqsc:")[1].split(":")[0] for line in told] == ["2", "4", "5"]
    assert "hunter2" not in ended.said
    assert not place.command("dspmq").strip()


def test_a_script_must_be_a_file_below_the_recipe(make_place: MakePlace, tmp_path: Path) -> None:
    recipe = f"{QUICK}\nqueue_managers: {{QM1: {{listener: 1414}}}}\nmqsc: [a.mqsc, b.mqsc, c.mqsc, d.mqsc]\n"
    place = make_place(recipe)
    (tmp_path / "outside.mqsc").write_text("DEFINE QLOCAL(A)\n", encoding="utf-8")
    (place.folder / "a.mqsc").symlink_to(tmp_path / "outside.mqsc")
    (place.folder / "b.mqsc").mkdir()
    (place.folder / "c.mqsc").write_bytes(b"*" * 1_000_001)
    ended = place.run("--dry-run")
    assert ended.status == 2
    for part in (
        "r.yaml:7:8: a.mqsc lies outside the recipe's folder",
        "b.mqsc is no file",
        "c.mqsc is larger than 1,000,000 bytes",
        "d.mqsc is not there",
    ):
        assert part in ended.err, ended.err


def test_what_dmpmqcfg_writes_of_a_queue_manager_is_taken_in_and_found_as_wanted(make_place: MakePlace) -> None:
    place = with_scripts(make_place(RECIPE), mq__payments=PAYMENTS, partners=PARTNERS)
    assert place.run("--no-proof").status == 0
    dumped = place.command("dmpmqcfg", "-m", "QM1")
    assert "DEFINE QLOCAL('PAY.IN')" in dumped
    other = "mqwizard: 1\nqueue_managers: {QM1: {}}\nmqsc: dump.mqsc\n"
    (place.folder / "other.yaml").write_text(other, encoding="utf-8")
    with_scripts(place, dump=dumped)
    ended = place.run("--recipe", "other.yaml", "--no-proof")
    assert ended.status == 0, ended.said
    assert "Nothing to do" in ended.out
