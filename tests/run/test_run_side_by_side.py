"""Many commands at once, and many queues asked about at once."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from run_fakes import Fakes

from wizard.errors import CommandTimedOut, MqWizardError
from wizard.mq.messages import judge
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.run.call import Call, Finished
from wizard.run.driver import AT_ONCE
from wizard.run.machine import Machine, Request
from wizard.run.mqfacts import MANY, Known, many_queues, questions, queue_names
from wizard.run.session import Reply
from wizard.topology.values import Creation, QueueManager


class Answers(Machine):
    """A machine whose commands say their last word, each round being noted."""

    def __init__(self, **ends: MqWizardError) -> None:
        self.rounds: list[list[str]] = []
        self.ends = ends

    def run_all(self, requests: Any) -> list[Finished | MqWizardError]:
        self.rounds.append([request.argv[-1] for request in requests])
        return [
            self.ends.get(request.argv[-1]) or Finished(request.argv, 0, None, request.argv[-1], "")
            for request in requests
        ]


def talk(*words: str) -> Generator[Request, Finished, str]:
    said = []
    for word in words:
        said.append((yield Request(("echo", word))).output)
    return "+".join(said)


def managed(number: int, attributes: dict[str, str] | None = None) -> QueueManager:
    queues = tuple(MqObject(Kind.QLOCAL, f"Q{one}", attributes or {}) for one in range(number))
    return QueueManager("QM1", "", "localhost", Release.parse("9.4"), Creation(), "QM1.DLQ", None, queues)


def asked(wanted: QueueManager, listed: set[str] | None) -> list[str]:
    return [one.command for one in questions(wanted, Known(), listed)][1:]


def test_more_commands_than_run_at_once_all_end_and_answer_in_their_order(fakes: Fakes) -> None:
    numbers = [str(number) for number in range(2 * AT_ONCE + 3)]
    ends = fakes.driver.run_all([Call(["echo", number], timeout=30) for number in numbers])
    assert [end.output.strip() for end in ends if isinstance(end, Finished)] == numbers


def test_what_several_talks_ask_for_next_runs_in_one_round() -> None:
    machine = Answers()
    assert machine.together([talk("a", "b"), talk("c"), talk()]) == ["a+b", "c", ""]
    assert [one for one in machine.rounds if one] == [["a", "c"], ["b"]]


def test_a_command_of_a_talk_that_comes_to_no_end_is_told() -> None:
    with pytest.raises(CommandTimedOut):
        Answers(c=CommandTimedOut("c did not end")).together([talk("a", "b"), talk("c")])


def test_few_queues_are_asked_about_one_by_one() -> None:
    assert not many_queues(managed(MANY - 1))
    assert asked(managed(2), None) == ["DISPLAY QUEUE(Q0) DESCR", "DISPLAY QUEUE(Q1) DESCR"]


def test_queues_that_are_not_listed_are_not_asked_about() -> None:
    assert many_queues(managed(MANY))
    assert asked(managed(MANY), {"Q7", *(f"OTHER{one}" for one in range(5))}) == ["DISPLAY QUEUE(Q7) DESCR"]
    assert asked(managed(MANY), {"OTHER"}) == []


def test_where_most_listed_queues_are_wanted_one_command_shows_them_all() -> None:
    wanted = managed(MANY, {"MAXDEPTH": "5", "DESCR": "one"})
    assert asked(wanted, {one.name for one in wanted.queues} | {"OTHER"}) == ["DISPLAY QUEUE(*) MAXDEPTH DESCR"]


def test_the_names_in_a_list_of_queues_are_read() -> None:
    text = (
        "AMQ8409I: Display Queue details.\n   QUEUE(A.B)                              TYPE(QLOCAL)\n"
        "AMQ8409I: Display Queue details.\n   QUEUE(c)                                TYPE(QALIAS)\n"
    )
    assert queue_names("QM1", Reply("DISPLAY QUEUE(*)", text, text, judge(text))) == {"A.B", "c"}
