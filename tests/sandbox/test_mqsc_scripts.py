"""Scripts as administrators really write them, run whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mqsc_calls import QueueManager

from wizard.sandbox import launch
from wizard.sandbox.mqsc.verbs import HANDLERS

DEVELOPER = """
STOP LISTENER('SYSTEM.DEFAULT.LISTENER.TCP') IGNSTATE(YES)

* Queues
DEFINE QLOCAL('DEV.QUEUE.1') REPLACE
DEFINE QLOCAL('DEV.DEAD.LETTER.QUEUE') REPLACE
ALTER QMGR DEADQ('DEV.DEAD.LETTER.QUEUE')
DEFINE TOPIC('DEV.BASE.TOPIC') TOPICSTR('dev/') REPLACE
DEFINE AUTHINFO('DEV.AUTHINFO') AUTHTYPE(IDPWOS) CHCKCLNT(REQDADM) CHCKLOCL(OPTIONAL) ADOPTCTX(YES) REPLACE
ALTER QMGR CONNAUTH('DEV.AUTHINFO')
REFRESH SECURITY(*) TYPE(CONNAUTH)
DEFINE CHANNEL('DEV.ADMIN.SVRCONN') CHLTYPE(SVRCONN) REPLACE
DEFINE CHANNEL('DEV.APP.SVRCONN') CHLTYPE(SVRCONN) MCAUSER('app') REPLACE
SET CHLAUTH('*') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS) +
    DESCR('Back-stop rule - Blocks everyone') ACTION(REPLACE)
SET CHLAUTH('DEV.APP.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL) CHCKCLNT(REQUIRED) +
    DESCR('Allows connection via APP channel') ACTION(REPLACE)
SET CHLAUTH('DEV.ADMIN.SVRCONN') TYPE(BLOCKUSER) USERLIST('nobody') +
    DESCR('Allows admins on ADMIN channel') ACTION(REPLACE)
SET CHLAUTH('DEV.ADMIN.SVRCONN') TYPE(USERMAP) CLNTUSER('admin') USERSRC(MAP) MCAUSER ('mqm') +
    DESCR ('Allow admin as MQ-admin') ACTION(REPLACE)
SET AUTHREC PRINCIPAL('app') OBJTYPE(QMGR) AUTHADD(CONNECT,INQ)
SET AUTHREC PROFILE('DEV.**') PRINCIPAL('app') OBJTYPE(QUEUE) AUTHADD(BROWSE,GET,INQ,PUT)
SET AUTHREC PROFILE('DEV.**') PRINCIPAL('app') OBJTYPE(TOPIC) AUTHADD(PUB,SUB)
DEFINE LISTENER('DEV.LISTENER.TCP') TRPTYPE(TCP) PORT(1414) CONTROL(QMGR) REPLACE
START LISTENER('DEV.LISTENER.TCP') IGNSTATE(YES)
"""

TRANSFER = """
DEFINE TOPIC('SYSTEM.FTE') TOPICSTR('SYSTEM.FTE') REPLACE
ALTER TOPIC('SYSTEM.FTE') NPMSGDLV(ALLAVAIL) PMSGDLV(ALLAVAIL)
DEFINE QLOCAL(SYSTEM.FTE) LIKE(SYSTEM.BROKER.DEFAULT.STREAM) REPLACE
ALTER QLOCAL(SYSTEM.FTE) DESCR('Stream for MQMFT Pub/Sub interface')
* Altering namelist: SYSTEM.QPUBSUB.QUEUE.NAMELIST
DISPLAY NAMELIST(SYSTEM.QPUBSUB.QUEUE.NAMELIST)
ALTER NAMELIST(SYSTEM.QPUBSUB.QUEUE.NAMELIST) +
 NAMES(SYSTEM.BROKER.DEFAULT.STREAM+
 ,SYSTEM.BROKER.ADMIN.STREAM,SYSTEM.FTE)
DISPLAY QMGR PSMODE
ALTER QMGR PSMODE(ENABLED)
"""

SENDER = """
\tDEFINE QLOCAL (QMB) USAGE (XMITQ)
\tDEFINE QREMOTE (LOCAL.DEF.OF.REMOTE.QUEUE) RNAME (RECEIVER.Q) RQMNAME ('QMB') XMITQ (QMB)

\tDEFINE CHANNEL (QMA.QMB) CHLTYPE (SDR) CONNAME ('192.168.1.110(1414)') XMITQ (QMB) TRPTYPE (TCP)
\tSTART CHANNEL(QMA.QMB)
end
"""

CANONICAL = """
DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1414) CONTROL(QMGR)
START LISTENER(L1)
ALTER QMGR SSLKEYR('/var/mqm/qmgrs/QM1/ssl/key.p12') CERTLABL('qm1')
DEFINE QLOCAL(APP.Q)
DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP) SSLCIPH(ANY_TLS12_OR_HIGHER) SSLCAUTH(REQUIRED) MCAUSER('*NOACCESS')
SET CHLAUTH(APP1.SVRCONN) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)
SET CHLAUTH(APP1.SVRCONN) TYPE(SSLPEERMAP) SSLPEER('CN=app1,OU=Payments,O=Acme,C=GB') USERSRC(MAP) MCAUSER('app1') CHCKCLNT(ASQMGR)
SET AUTHREC OBJTYPE(QMGR) PRINCIPAL('app') AUTHADD(CONNECT,INQ)
SET AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE) PRINCIPAL('app') AUTHADD(PUT,GET,BROWSE,INQ)
REFRESH SECURITY TYPE(SSL)
"""  # noqa: E501 - as typed by hand

OLD = """
def listener(SYSTEM.DEFAULT.LISTENER.TCP) TRPTYPE(TCP) CONTROL(QMGR) PORT(1414) REPLACE
def chl(SYSTEM.ADMIN.SVRCONN) chltype(SVRCONN) MCAUSER(' ') replace
SET CHLAUTH ('*') TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)
SET CHLAUTH('SYSTEM.ADMIN.SVRCONN') TYPE(blockuser) +
DESCR('Rule to override *MQADMIN blockuser on this channel') +
USERLIST('nobody') ACTION(replace)
SET CHLAUTH('SYSTEM.ADMIN.SVRCONN') TYPE(USERMAP) +
CLNTUSER('ionut') USERSRC(MAP) MCAUSER('mqm') +
ADDRESS('10.31.181.1') +
DESCR('Allow ionut as mqm') ACTION(replace)
REFRESH SECURITY
DISPLAY CHLAUTH(SYSTEM.ADMIN.SVRCONN) MATCH(RUNCHECK) CLNTUSER('ionut') ADDRESS('10.31.181.1')
DISPLAY CHLAUTH(SYSTEM.ADMIN.SVRCONN) MATCH(RUNCHECK) CLNTUSER('alice') ADDRESS('10.31.181.1')
"""


COMMANDS = st.sampled_from([f"{verb} {noun}" for verb, noun in HANDLERS])
NAMES = st.sampled_from(
    ["", "(A)", "(*)", "(A*)", "('a b')", "(SYSTEM.DEF.SVRCONN)", "(SYSTEM.DEFAULT.LOCAL.QUEUE)", "(L1)"]
)
KEYWORDS = """
    REPLACE LIKE CHLTYPE AUTHTYPE TRPTYPE TYPE ADDRESS USERLIST SSLPEER CLNTUSER USERSRC MCAUSER ACTION MATCH ALL WHERE
    PROFILE OBJTYPE GROUP AUTHADD AUTHRMV CHLTABLE STATUS CURDEPTH CONNAME DESCR MAXDEPTH SHARE NOSHARE NAMES PORT
"""
VALUES = """
    A '' 'app' 1 '10.0.0.1' 'CN=a' SVRCONN TCP IDPWOS ADDRESSMAP BLOCKUSER NOACCESS REMOVE RUNCHECK QUEUE PUT,GET
    CURDEPTH,GT,0 'x''y'
"""
WORDS = st.builds(
    lambda keyword, value: f"{keyword}({value})" if value else keyword,
    st.sampled_from(KEYWORDS.split()),
    st.sampled_from(["", *VALUES.split()]),
)


@pytest.fixture
def qm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QueueManager:
    monkeypatch.setattr(launch, "listener", lambda *_: None)
    found = QueueManager(tmp_path)
    found.add_user("app")
    return found


@pytest.mark.parametrize("script", [DEVELOPER, TRANSFER, SENDER, CANONICAL, OLD])
def test_scripts_that_work_on_real_queue_managers_work_here(qm: QueueManager, script: str) -> None:
    done = qm.script(script)
    assert done.status == 0, done.text
    assert done.lines[-2:] == ["No commands have a syntax error.", "All valid MQSC commands were processed."]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COMMANDS, NAMES, st.lists(WORDS, max_size=5))
def test_every_command_gets_an_answer(qm: QueueManager, command: str, name: str, words: list[str]) -> None:
    reply = qm.run(f"{command}{name} {' '.join(words)}")
    assert reply.lines
    assert reply.lines[0].startswith(("AMQ", "SANDBOX: "))


def test_a_script_can_be_run_twice_when_every_definition_replaces(qm: QueueManager) -> None:
    qm.script(DEVELOPER)
    assert qm.script(DEVELOPER).status == 0


def test_run_time_checks_print_what_was_seen(qm: QueueManager) -> None:
    lines = qm.script(OLD, is_echoing=False).lines
    at = lines.index("AMQ8878I: Display channel authentication record details.")
    assert lines[at : at + 4] == [
        "AMQ8878I: Display channel authentication record details.",
        "   CHLAUTH(SYSTEM.ADMIN.SVRCONN)           TYPE(USERMAP)",
        "   ADDRESS(10.31.181.1)                    CLNTUSER(ionut)",
        "   MCAUSER(mqm)",
    ]
