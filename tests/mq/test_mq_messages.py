from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.message_table import ALREADY, DONE, FAILED, MEANINGS
from wizard.mq.messages import Outcome, ids, judge, meaning, mentioned


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("AMQ8006I: IBM MQ queue created.", Outcome.DONE),
        ("AMQ8006: WebSphere MQ queue created.", Outcome.DONE),
        ("AMQ8006I: IBM MQ Appliance queue created.", Outcome.DONE),
        ("AMQ8147E: IBM MQ object NOPE not found.", Outcome.NOT_FOUND),
        ("AMQ8420I: Channel Status not found.", Outcome.NOT_FOUND),
        ("AMQ8884E: Channel authentication record not found.", Outcome.NOT_FOUND),
        ("AMQ8227E: Channel C not found.", Outcome.NOT_FOUND),
        ("AMQ8150E: IBM MQ object already exists.", Outcome.EXISTS),
        (
            "AMQ8405I: Syntax error detected at or near end of command segment below:-\nDEF\n\nAMQ8427I: x",
            Outcome.SYNTAX,
        ),
        ("AMQ8242E: SSLCIPH definition wrong.", Outcome.WRONG_VALUE),
        ("AMQ8135E: Not authorized.", Outcome.NOT_AUTHORISED),
        ("AMQ8148E: IBM MQ object in use.", Outcome.IN_USE),
        ("AMQ8145E: Connection broken.", Outcome.LOST),
        ("AMQ8146E: IBM MQ queue manager not available.", Outcome.NOT_RUNNING),
        ("AMQ8730W: Listener already active.", Outcome.ALREADY),
        ("AMQ9533W: Channel 'C' is not currently active.", Outcome.ALREADY),
        ("AMQ9783I: Channel will run using MCAUSER('app').", Outcome.DONE),
        ("AMQ4711I: Something new.", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
        ("No id at all", Outcome.UNKNOWN),
    ],
)
def test_a_reply_is_judged_by_its_message_ids(reply: str, outcome: Outcome) -> None:
    assert judge(reply) is outcome


def test_the_worst_message_of_a_reply_decides() -> None:
    reply = "AMQ8149S: IBM MQ object damaged.\r\nAMQ8409I: Display Queue details.\r\n   QUEUE(A)\r\n"
    assert ids(reply) == ["AMQ8149", "AMQ8409"]
    assert judge(reply) is Outcome.FAILED
    assert judge("AMQ8006I: x\nAMQ8145E: Connection broken.") is Outcome.LOST


def test_an_id_inside_a_description_decides_nothing() -> None:
    assert judge("AMQ8409I: Display Queue details.\n   DESCR(AMQ8145E: Connection broken)") is Outcome.DONE
    assert mentioned("x AMQ9637E y AMQ9642") == ["AMQ9637", "AMQ9642"]


def test_only_done_and_already_so_count_as_success() -> None:
    assert {outcome for outcome in Outcome if outcome.succeeded} == {Outcome.DONE, Outcome.ALREADY}


def test_no_message_is_in_two_tables() -> None:
    assert not DONE & ALREADY
    assert not (DONE | ALREADY) & set(FAILED)
    assert set(FAILED.values()) <= {outcome.value for outcome in Outcome}


def test_every_failure_says_what_to_do() -> None:
    for message_id in FAILED:
        assert MEANINGS[message_id].what and MEANINGS[message_id].remedy, message_id


def test_a_meaning_is_found_with_and_without_its_severity_letter() -> None:
    assert meaning("AMQ8242E") == meaning("AMQ8242")
    assert "9.1.4" in meaning("AMQ8242E").remedy


def test_a_message_that_is_not_known_names_the_command_that_explains_it() -> None:
    assert "mqrc AMQ4711" in meaning("AMQ4711E").remedy


@given(st.text())
def test_any_reply_is_judged(reply: str) -> None:
    assert judge(reply) in Outcome
    assert meaning(reply).what
