"""Several queue managers at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from run_fakes import Fakes

from wizard.errors import ConnectionLost, OperationFailed
from wizard.run.session import MqscSession
from wizard.run.sessions import ask, converse

NAMES = [f"QM{number}" for number in range(1, 6)]


def test_five_queue_managers_answer_each_for_itself(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: f'AMQ8006I: {NAME} {command}\\n')")
    sessions = {name: MqscSession(fakes.driver, name) for name in NAMES}
    replies = ask(sessions, {name: [f"C{n}" for n in range(50)] for name in NAMES})
    for name, session in sessions.items():
        assert [reply.text for reply in replies[name]] == [f"AMQ8006I: {name} C{n}\n" for n in range(50)]
        session.close()


RENDEZVOUS = """
if NAME == "QM1":
    open("meeting").read()
    serve(lambda number, command: open("second").read())
open("meeting", "w").write("here")
serve(lambda number, command: str(open("second", "w").write("AMQ8415I: met\\n")))
"""


def test_sessions_come_up_and_answer_side_by_side(fakes: Fakes, pipe: Callable[[str], Path]) -> None:
    folder = pipe("meeting").parent
    pipe("second")
    fakes.add_runmqsc(f"os.chdir({str(folder)!r})\n{RENDEZVOUS}")
    sessions = {name: MqscSession(fakes.driver, name) for name in ("QM1", "QM2")}
    replies = ask(sessions, {"QM1": ["PING QMGR"], "QM2": ["PING QMGR"]})
    assert replies["QM1"][0].text == "AMQ8415I: met\n"
    for session in sessions.values():
        session.close()


def test_where_one_breaks_the_others_answer_what_was_sent_and_get_no_more(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda n, command: sys.exit(1) if NAME == 'QM1' and n == 2 else f'AMQ8006I: {n}\\n')")
    with MqscSession(fakes.driver, "QM1") as broken, MqscSession(fakes.driver, "QM2") as healthy:
        without_end = {name: (f"C{n}" for n in count()) for name in ("QM1", "QM2")}
        came = {"QM1": 0, "QM2": 0}
        with pytest.raises(ConnectionLost, match="QM1"):
            for name, _ in converse({"QM1": broken, "QM2": healthy}, without_end):
                came[name] += 1
        assert came["QM1"] == 1
        assert healthy.unanswered == 0
        assert healthy.send("PING QMGR").text == f"AMQ8006I: {came['QM2'] + 1}\n"


def test_a_failed_reply_stops_only_its_own_queue_manager(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda n, command: 'AMQ8147E: no\\n' if NAME == 'QM1' and n == 1 else 'AMQ8006I: ok\\n')")
    sessions = {name: MqscSession(fakes.driver, name) for name in ("QM1", "QM2")}
    came: dict[str, int] = {"QM1": 0, "QM2": 0}
    commands = {name: [f"C{n}" for n in range(100)] for name in sessions}
    for name, _ in converse(sessions, commands, until=lambda _, reply: "AMQ8147" in reply.ids):
        came[name] += 1
    assert came["QM1"] < 40
    assert came["QM2"] == 100
    for session in sessions.values():
        session.close()


def test_a_queue_manager_that_does_not_come_up_is_named(fakes: Fakes) -> None:
    fakes.add_runmqsc(
        "if NAME == 'QM2': say('AMQ8146E: IBM MQ queue manager not available.\\n'); sys.exit(20)\n"
        "serve(lambda number, command: 'AMQ8415I: ok\\n')"
    )
    sessions = {name: MqscSession(fakes.driver, name) for name in ("QM1", "QM2")}
    with pytest.raises(OperationFailed, match="Queue manager QM2 is not running"):
        ask(sessions, {name: ["PING QMGR"] for name in sessions})
    for session in sessions.values():
        session.close()
