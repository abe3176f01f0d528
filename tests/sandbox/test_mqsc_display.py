"""DISPLAY: the layout of the facts, what is shown when, and WHERE."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mqsc_calls import NAME, QueueManager

from wizard.sandbox.mqsc.layout import block


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    return QueueManager(tmp_path)


def without_dates(lines: list[str]) -> list[str]:
    return [re.sub(r"(ALT|CR)(DATE|TIME)\([^)]*\)", r"\1\2(...)", line) for line in lines]


def test_the_second_attribute_starts_at_column_44(qm: QueueManager) -> None:
    lines = qm.lines("DISPLAY LISTENER(SYSTEM.DEFAULT.LISTENER.TCP) ALL")
    assert lines[0] == "AMQ8630I: Display listener information details."
    assert lines[1] == "   LISTENER(SYSTEM.DEFAULT.LISTENER.TCP)   CONTROL(MANUAL)"
    assert lines[2] == "   TRPTYPE(TCP)                            PORT(0)"
    assert lines[2].index("PORT") == 43
    assert lines[3] == "   IPADDR( )                               BACKLOG(0)"


def test_a_svrconn_is_shown_as_seen_on_a_real_queue_manager(qm: QueueManager) -> None:
    shown = without_dates(qm.lines("DISPLAY CHANNEL(SYSTEM.DEF.SVRCONN)"))
    assert [line.split() for line in shown[1:]] == [
        ["CHANNEL(SYSTEM.DEF.SVRCONN)", "CHLTYPE(SVRCONN)"],
        ["ALTDATE(...)", "ALTTIME(...)"],
        ["CERTLABL(", ")", "COMPHDR(NONE)"],
        ["COMPMSG(NONE)", "DESCR(", ")"],
        ["DISCINT(0)", "HBINT(300)"],
        ["KAINT(AUTO)", "MAXINST(999999999)"],
        ["MAXINSTC(999999999)", "MAXMSGL(4194304)"],
        ["MCAUSER(", ")", "MONCHL(QMGR)"],
        ["RCVDATA(", ")", "RCVEXIT(", ")"],
        ["SCYDATA(", ")", "SCYEXIT(", ")"],
        ["SENDDATA(", ")", "SENDEXIT(", ")"],
        ["SHARECNV(10)", "SSLCAUTH(REQUIRED)"],
        ["SSLCIPH(", ")", "SSLPEER(", ")"],
        ["TRPTYPE(TCP)"],
    ]


SEEN = {
    "SYSTEM.DEF.SENDER": """
        ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CERTLABL COMPHDR COMPMSG CONNAME CONVERT DESCR DISCINT
        HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME MCATYPE MCAUSER MODENAME MONCHL MSGDATA MSGEXIT
        NPMSPEED PASSWORD PROPCTL RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT SEQWRAP SHORTRTY
        SHORTTMR SSLCIPH SSLPEER STATCHL TPNAME TRPTYPE USEDLQ USERID XMITQ
    """,
    "SYSTEM.DEF.RECEIVER": """
        ALTDATE ALTTIME BATCHSZ CERTLABL COMPHDR COMPMSG DESCR HBINT KAINT MAXMSGL MCAUSER MONCHL MRDATA MREXIT
        MRRTY MRTMR MSGDATA MSGEXIT NPMSPEED PUTAUT RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT
        SEQWRAP SSLCAUTH SSLCIPH SSLPEER STATCHL TRPTYPE USEDLQ
    """,
    "SYSTEM.DEF.REQUESTER": """
        ALTDATE ALTTIME BATCHSZ CERTLABL COMPHDR COMPMSG CONNAME DESCR HBINT KAINT LOCLADDR MAXMSGL MCANAME MCATYPE
        MCAUSER MODENAME MONCHL MRDATA MREXIT MRRTY MRTMR MSGDATA MSGEXIT NPMSPEED PASSWORD PUTAUT RCVDATA RCVEXIT
        RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT SEQWRAP SSLCAUTH SSLCIPH SSLPEER STATCHL TPNAME TRPTYPE USEDLQ
        USERID
    """,
    "SYSTEM.DEF.SERVER": """
        ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CERTLABL COMPHDR COMPMSG CONNAME CONVERT DESCR DISCINT
        HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME MCATYPE MCAUSER MODENAME MONCHL MSGDATA MSGEXIT
        NPMSPEED PASSWORD PROPCTL RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT SEQWRAP SHORTRTY
        SHORTTMR SSLCAUTH SSLCIPH SSLPEER STATCHL TPNAME TRPTYPE USEDLQ USERID XMITQ
    """,
    "SYSTEM.DEF.CLUSSDR": """
        ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CLUSNL CLUSTER CLWLPRTY CLWLRANK CLWLWGHT COMPHDR COMPMSG
        CONNAME CONVERT DESCR DISCINT HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME MCATYPE MCAUSER MODENAME
        MONCHL MSGDATA MSGEXIT NPMSPEED PASSWORD PROPCTL RCVDATA RCVEXIT RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT
        SEQWRAP SHORTRTY SHORTTMR SSLCIPH SSLPEER STATCHL TPNAME TRPTYPE USEDLQ USERID
    """,
    "SYSTEM.DEF.CLUSRCVR": """
        ALTDATE ALTTIME BATCHHB BATCHINT BATCHLIM BATCHSZ CERTLABL CLUSNL CLUSTER CLWLPRTY CLWLRANK CLWLWGHT COMPHDR
        COMPMSG CONNAME CONVERT DESCR DISCINT HBINT KAINT LOCLADDR LONGRTY LONGTMR MAXMSGL MCANAME MCATYPE MCAUSER
        MODENAME MONCHL MRDATA MREXIT MRRTY MRTMR MSGDATA MSGEXIT NETPRTY NPMSPEED PROPCTL PUTAUT RCVDATA RCVEXIT
        RESETSEQ SCYDATA SCYEXIT SENDDATA SENDEXIT SEQWRAP SHORTRTY SHORTTMR SSLCAUTH SSLCIPH SSLPEER STATCHL TPNAME
        TRPTYPE USEDLQ
    """,
    "SYSTEM.DEF.CLNTCONN": """
        AFFINITY ALTDATE ALTTIME CERTLABL CLNTWGHT COMPHDR COMPMSG CONNAME DEFRECON DESCR HBINT KAINT LOCLADDR
        MAXMSGL MODENAME PASSWORD QMNAME RCVDATA RCVEXIT SCYDATA SCYEXIT SENDDATA SENDEXIT SHARECNV SSLCIPH SSLPEER
        TPNAME TRPTYPE USERID
    """,
    "SYSTEM.DEF.AMQP": """
        ALTDATE ALTTIME CERTLABL DESCR AMQPKA LOCLADDR MAXINST MAXMSGL MCAUSER PORT SSLCAUTH SSLCIPH SSLPEER TPROOT
        TMPMODEL TMPQPRFX USECLTID
    """,
}
"""The attributes that a 9.4.2 queue manager showed, in its order."""


@pytest.mark.parametrize("name", SEEN)
def test_each_channel_type_shows_what_a_real_queue_manager_showed(qm: QueueManager, name: str) -> None:
    assert list(qm.shown(f"DISPLAY CHANNEL({name})"))[2:] == SEEN[name].split()


def test_a_local_queue_shows_its_attributes_in_the_order_seen(qm: QueueManager) -> None:
    text = """
        ACCTQ ALTDATE ALTTIME BOQNAME BOTHRESH CLUSNL CLUSTER CLCHNAME CLWLPRTY CLWLRANK CLWLUSEQ CRDATE CRTIME
        CURDEPTH CUSTOM DEFBIND DEFPRTY DEFPSIST DEFPRESP DEFREADA DEFSOPT DEFTYPE DESCR DISTL GET HARDENBO INITQ
        IPPROCS MAXDEPTH MAXMSGL MONQ MSGDLVSQ NOTRIGGER NPMCLASS OPPROCS PROCESS PUT PROPCTL QDEPTHHI QDEPTHLO
        QDPHIEV QDPLOEV QDPMAXEV QSVCIEV QSVCINT RETINTVL SCOPE SHARE STATQ TRIGDATA TRIGDPTH TRIGMPRI TRIGTYPE
        USAGE
    """
    seen = text.split()
    shown = qm.shown("DISPLAY QLOCAL(SYSTEM.DEFAULT.LOCAL.QUEUE)")
    assert [keyword for keyword in shown if keyword in seen] == seen


def test_values_are_not_quoted_and_empty_ones_are_one_blank(qm: QueueManager) -> None:
    qm.done("DEFINE CHANNEL(C) CHLTYPE(CLUSRCVR) CONNAME('10.0.0.1(1414)') DESCR('Back-stop (it''s) x')")
    lines = qm.lines("DISPLAY CHANNEL(C) CONNAME DESCR MCAUSER")
    assert lines[1:] == [
        "   CHANNEL(C)                              CHLTYPE(CLUSRCVR)",
        "   CONNAME(10.0.0.1(1414))                 DESCR(Back-stop (it's) x)",
        "   MCAUSER( )",
    ]


def test_flags_are_bare_words_in_their_form(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A) NOSHARE TRIGGER NOHARDENBO")
    shown = qm.shown("DISPLAY QLOCAL(A)")
    assert {"NOSHARE", "TRIGGER", "NOHARDENBO"} <= set(shown)
    assert not {"SHARE", "NOTRIGGER", "HARDENBO"} & set(shown)
    assert qm.lines("DISPLAY QLOCAL(A) TRIGGER")[-1] == "   TRIGGER"


def test_asked_attributes_come_in_mqs_order(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(A)")
    assert qm.lines("DISPLAY QL(A) MAXDEPTH CURDEPTH")[1:] == [
        "   QUEUE(A)                                TYPE(QLOCAL)",
        "   CURDEPTH(0)                             MAXDEPTH(5000)",
    ]


def test_a_generic_name_shows_the_first_attributes_of_each_object(qm: QueueManager) -> None:
    qm.done("DEFINE QLOCAL(Z.1)", "DEFINE QALIAS(Z.2) TARGET(Z.1)", "DEFINE QREMOTE(Z.3) RNAME(X)")
    assert qm.lines("DISPLAY QUEUE(Z.*)") == [
        "AMQ8409I: Display Queue details.",
        "   QUEUE(Z.1)                              TYPE(QLOCAL)",
        "AMQ8409I: Display Queue details.",
        "   QUEUE(Z.2)                              TYPE(QALIAS)",
        "AMQ8409I: Display Queue details.",
        "   QUEUE(Z.3)                              TYPE(QREMOTE)",
    ]
    assert len(qm.lines("DISPLAY QALIAS(Z.*)")) == 2
    assert len(qm.lines("DISPLAY QUEUE(Z.*) TYPE(QREMOTE)")) == 2


def test_a_full_name_shows_everything(qm: QueueManager) -> None:
    assert len(qm.shown("DISPLAY QLOCAL(SYSTEM.DEFAULT.LOCAL.QUEUE)")) > 50


def test_client_channels_come_after_all_others(qm: QueueManager) -> None:
    types = re.findall(r"CHLTYPE\((\w+)\)", "\n".join(qm.lines("DISPLAY CHANNEL(*)")))
    assert types[-1] == "CLNTCONN"
    assert types.count("CLNTCONN") == 1


def test_a_list_has_its_commas_under_the_parenthesis(qm: QueueManager) -> None:
    lines = without_dates(qm.lines("DISPLAY NAMELIST(SYSTEM.QPUBSUB.QUEUE.NAMELIST)"))
    assert lines == [
        "AMQ8550I: Display namelist details.",
        "   NAMELIST(SYSTEM.QPUBSUB.QUEUE.NAMELIST)",
        "   NAMCOUNT(2)                          ",
        "   NAMES(SYSTEM.BROKER.DEFAULT.STREAM   ",
        "        ,SYSTEM.BROKER.ADMIN.STREAM)    ",
        "   DESCR(A list of queues for the queued Pub/Sub interface to monitor)",
        "   ALTDATE(...)                     ALTTIME(...)",
    ]


def test_the_queue_manager_is_shown_as_seen(qm: QueueManager) -> None:
    lines = qm.lines("DISPLAY QMGR ALL")
    assert lines[0] == "AMQ8408I: Display Queue Manager details."
    assert lines[1] == "   QMNAME(QM1)                             ACCTCONO(DISABLED)"
    assert "   COMMANDQ(SYSTEM.ADMIN.COMMAND.QUEUE)    CONFIGEV(DISABLED)" in lines
    shown = qm.shown("DISPLAY QMGR")
    assert (shown["CMDLEVEL"], shown["VERSION"], shown["PLATFORM"]) == ("940", "09040000", "UNIX")
    assert shown["SSLKEYR"] == str(qm.folder / "var/mqm/qmgrs/QM1/ssl/key")
    assert (shown["CHLAUTH"], shown["CONNAUTH"]) == ("ENABLED", "SYSTEM.DEFAULT.AUTHINFO.IDPWOS")
    assert shown["SYNCPT"] == ""
    assert list(shown).index("KEYRPWD") == list(shown).index("SSLKEYR") - 1


def test_connauth_defaults_are_those_of_the_facts(qm: QueueManager) -> None:
    lines = without_dates(qm.lines("DISPLAY AUTHINFO(SYSTEM.DEFAULT.AUTHINFO.IDPWOS)"))
    assert lines == [
        "AMQ8566I: Display authentication information details.",
        "   AUTHINFO(SYSTEM.DEFAULT.AUTHINFO.IDPWOS)",
        "   AUTHTYPE(IDPWOS)                        ADOPTCTX(YES)",
        "   DESCR( )                                CHCKCLNT(REQDADM)",
        "   CHCKLOCL(OPTIONAL)                      FAILDLAY(1)",
        "   AUTHENMD(OS)                            ALTDATE(...)",
        "   ALTTIME(...)",
    ]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("MAXDEPTH GT 100", ["W.2"]),
        ("MAXDEPTH LE 100", ["W.1", "W.3"]),
        ("DESCR EQ 'two'", ["W.2"]),
        ("DESCR NE 'two'", ["W.1", "W.3"]),
        ("DESCR LK 'o*'", ["W.1"]),
        ("DESCR NL 'o*'", ["W.2", "W.3"]),
        ("USAGE EQ XMITQ", ["W.3"]),
        ("CURDEPTH NE 0", ["W.1"]),
    ],
)
def test_where_selects(qm: QueueManager, condition: str, names: list[str]) -> None:
    qm.done(
        "DEFINE QLOCAL(W.1) MAXDEPTH(9) DESCR('one')",
        "DEFINE QLOCAL(W.2) MAXDEPTH(101) DESCR('two')",
        "DEFINE QLOCAL(W.3) MAXDEPTH(100) USAGE(XMITQ)",
    )
    qm.state.db.execute("INSERT INTO message (qmgr, queue, body) VALUES (?, 'W.1', ?)", (NAME, b"x"))
    text = "\n".join(qm.lines(f"DISPLAY QLOCAL(W.*) WHERE({condition})"))
    assert re.findall(r"QUEUE\(([^)]*)\)", text) == names


def test_where_looks_into_lists(qm: QueueManager) -> None:
    qm.done("DEFINE NAMELIST(N1) NAMES(A,B)", "DEFINE NAMELIST(N2) NAMES(C)")
    assert qm.lines("DIS NL(N*) WHERE(NAMES CT B)")[1:] == ["   NAMELIST(N1)"]
    assert qm.lines("DIS NL(N*) WHERE(NAMES EX B)")[1:] == ["   NAMELIST(N2)"]
    assert qm.run("DIS NL(N*) WHERE(NAMES IS B)").lines == ["AMQ8569E: Error in filter specification"]


def test_where_without_a_match_is_a_failure(qm: QueueManager) -> None:
    assert qm.run("DISPLAY QLOCAL(*) WHERE(DESCR EQ 'none such')").failed


words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)


@given(st.lists(st.tuples(words, st.text("abc ()',=*", max_size=60)), min_size=1, max_size=12))
def test_every_attribute_is_found_again_and_no_pair_of_them_is_wider_than_a_line(
    pairs: list[tuple[str, str]],
) -> None:
    lines = block("AMQ0000I: x", pairs)[1:]
    place = 0
    text = "\n".join(lines)
    for keyword, value in pairs:
        item = f"{keyword}({value or ' '})"
        place = text.index(item, place) + len(item)
    for line in lines:
        assert line.startswith("   ")
        if len(line) > 79:
            assert line.strip() in {f"{keyword}({value or ' '})".strip() for keyword, value in pairs}
