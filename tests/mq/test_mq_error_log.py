"""Error logs in every layout, told by message ids and inserts."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.error_log import entries
from wizard.mq.gotchas import GOTCHAS, named_in
from wizard.mq.messages import meaning
from wizard.mq.reason_table import REASONS

NEW = """\
11/20/26 14:02:01 - Process(4711.5) User(mqm) Program(amqrmppa)
                    Host(mqhost) Installation(Installation1)
                    VRMF(9.4.0.0) QMgr(QM1)
                    Time(2026-11-20T14:02:01.227Z)
                    ArithInsert1(0) ArithInsert2(575010)
                    CommentInsert1(APP1.SVRCONN)
                    CommentInsert2([Class=]GSKVALMethod::X509[Issuer=]CN=CA (one),O=E[#=]05[Subject=]CN=app1)
                    CommentInsert3(apphost (10.1.2.3))

AMQ9633E: Bad SSL certificate for channel 'APP1.SVRCONN'.

EXPLANATION:
A certificate encountered during SSL handshaking is regarded as bad.
ACTION:
Check it.
----- amqccisa.c : 3150 -------------------------------------------------------
11/20/26 14:02:01 - Process(4711.5) User(mqm) Program(amqrmppa)
                    Host(mqhost) Installation(Installation1)
                    VRMF(9.4.0.0) QMgr(QM1)
                    Time(2026-11-20T14:02:01.228Z)
                    CommentInsert1(APP1.SVRCONN)

AMQ9999E: Channel 'APP1.SVRCONN' to host '10.1.2.3' ended abnormally.

EXPLANATION:
x
ACTION:
y
----- amqrmrsa.c : 925 --------------------------------------------------------
"""
OLD = """\
17/11/2013 10:00:00 - Process(123.4) User(MUSR_MQADMIN) Program(amqrmppa.exe)
                      Host(WIN) Installation(Installation1)
                      VRMF(7.5.0.2) QMgr (QM1)

AMQ9637: Kanal 'APP1.SVRCONN': Es fehlt ein Zertifikat.

ERKLÄRUNG:
Der ferne Rechner ist 'host (10.1.2.3)'.
AKTION:
...
----- amqccisa.c : 800 --------------------------------------------------------
"""
JSON = json.dumps(
    {
        "ibm_messageId": "AMQ9636E",
        "ibm_serverName": "QM1",
        "ibm_commentInsert1": "APP1.SVRCONN",
        "ibm_commentInsert2": "CN=x",
        "ibm_arithInsert1": 5,
        "ibm_datetime": "2026-11-20T14:02:01.227Z",
        "message": "AMQ9636E: SSL distinguished name does not match peer name",
    }
)
CONSOLE = (
    "2026-11-20T14:02:01.227Z AMQ9777E: Channel was blocked [CommentInsert1(APP1.SVRCONN), CommentInsert2(10.1.2.3)]\n"
)


def test_the_text_layout_gives_ids_inserts_numbers_and_the_queue_manager() -> None:
    first, second = entries(NEW)
    assert (first.message_id, first.queue_manager, first.numbers) == ("AMQ9633", "QM1", (0, 575010))
    assert first.inserts[0] == "APP1.SVRCONN"
    assert "CN=CA (one)" in first.inserts[1]
    assert first.inserts[2] == "apphost (10.1.2.3)"
    assert (second.message_id, second.time) == ("AMQ9999", "2026-11-20T14:02:01.228Z")


def test_the_old_layout_in_another_language_is_read_by_its_id_and_quotes() -> None:
    (found,) = entries(OLD.replace("\n", "\r\n"))
    assert (found.message_id, found.queue_manager) == ("AMQ9637", "QM1")
    assert found.values == ("APP1.SVRCONN", "host (10.1.2.3)")


@pytest.mark.parametrize(("text", "message", "insert"), [(JSON, "AMQ9636", "CN=x"), (CONSOLE, "AMQ9777", "10.1.2.3")])
def test_json_and_console_say_the_same(text: str, message: str, insert: str) -> None:
    (found,) = entries(text)
    assert (found.message_id, found.inserts) == (message, ("APP1.SVRCONN", insert))


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    entries(text)
    entries(NEW + text)


MESSAGES = [
    *(9616, 9620, 9631, 9633, *range(9635, 9646), 9650, 9652, 9654, 9656, *range(9657, 9664), 9665, *range(9668, 9672)),
    *(9673, 9674, 9690, 9692, 9699, 9716, 9719, 9720, 9771, 9776, 9777, 9783, 9787, 9788, 9791, 8242, 9722, 9795, 9202),
    *(9204, 9208, 9503, 9999, 5534, 5540, 5541, 5542, 9557, 8077, 9790),
]
ZOS = [620, 625, 629, 630, 631, 632, *range(633, 646), 658, *range(684, 690)]


@pytest.mark.parametrize("message", [*(f"AMQ{one}" for one in MESSAGES), *(f"CSQX{one}" for one in ZOS)])
def test_every_message_of_tls_and_rules_has_its_meaning(message: str) -> None:
    assert "does not know" not in meaning(message).what
    assert meaning(f"{message}E").what == meaning(message).what


def test_every_reason_code_of_a_connection_has_its_meaning() -> None:
    wanted = {2009, 2035, 2058, 2059, 2063, 2381, 2382, 2391, 2392, 2393, 2396, 2397, 2398, 2399, 2400, 2401, 2402}
    wanted |= {2371, 2409, 2537, 2538, 2539, 2540, 2552, 2591, 2592, 2593, 2594, 2595, 2596, 2600, 2603, 2604}
    assert wanted <= set(REASONS)


@pytest.mark.parametrize("gotcha", GOTCHAS, ids=lambda one: one.name)
def test_a_mistake_is_found_by_its_words(gotcha: object) -> None:
    from wizard.mq.gotchas import Gotcha

    assert isinstance(gotcha, Gotcha)
    assert gotcha in named_in(f"They say: {gotcha.words[0].upper()}.")
    assert gotcha.meaning.remedy
