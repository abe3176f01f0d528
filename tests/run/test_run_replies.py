"""What the replies to the questions of facts are taken for."""

from __future__ import annotations

import pytest

from wizard.errors import OperationFailed
from wizard.mq.messages import judge
from wizard.mq.objects import Kind
from wizard.mq.releases import Release
from wizard.run.mqfacts import Asked, Question, Topic, read_replies
from wizard.run.mqsc_command import Reply
from wizard.topology.values import Creation, QueueManager

WANTED = QueueManager("QM1", "", "localhost", Release(9, 4), Creation(), "QM1.DLQ", None)
SHOWN = "AMQ8999I: Display Queue details, newly worded.\n   QUEUE(Q1)                               TYPE(QLOCAL)\n"
NOTHING = "AMQ8999E: Something that no table knows.\n"


def asked(text: str) -> Asked:
    question = Question(Topic.OBJECT, "DISPLAY QUEUE(Q1) DESCR", Kind.QLOCAL)
    return Asked(question, Reply(question.command, text, text, judge(text)))


def test_a_message_that_no_table_knows_does_not_hide_what_is_shown() -> None:
    fact = read_replies(WANTED, "Running", [asked(SHOWN)])
    assert [one.name for one in fact.objects.values()] == ["Q1"]


def test_a_reply_that_shows_nothing_and_is_not_understood_ends_the_plan_with_where_to_ask() -> None:
    with pytest.raises(OperationFailed, match="did not answer DISPLAY QUEUE") as caught:
        read_replies(WANTED, "Running", [asked(NOTHING)])
    assert "mqrc AMQ8999" in caught.value.remedy
