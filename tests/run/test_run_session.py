"""One runmqsc session: every command gets its own reply, and a session that breaks says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_fakes import PLANTED, Fakes

from wizard.errors import ConnectionLost, OperationFailed, Refused
from wizard.mq.secret_text import SecretRef
from wizard.run import processes
from wizard.run.secrets import SecretStore
from wizard.run.session import Command, MqscSession
from wizard.run.transcript import Transcript


def test_each_command_gets_its_own_reply(fakes: Fakes) -> None:
    fakes.add_runmqsc()
    commands = [f"DEFINE QLOCAL(Q{number})" for number in range(300)]
    with MqscSession(fakes.driver, "QM1") as session:
        replies = list(session.send_all(commands))
    assert [reply.text for reply in replies] == [f"AMQ8006I: {command}\n" for command in commands]
    assert [reply.command for reply in replies] == commands
    assert replies[0].ids == ("AMQ8006",)


def test_a_session_ends_in_order(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: 'AMQ8147E: IBM MQ object Q not found.\\n')")
    session = MqscSession(fakes.driver, "QM1")
    assert session.send("DISPLAY QLOCAL(Q)").ids == ("AMQ8147",)
    assert session.close().status == 0
    assert "No commands have a syntax error." in fakes.told()


def test_a_session_is_started_for_its_queue_manager_without_echo(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: ' '.join(sys.argv[1:]) + '\\n')")
    with MqscSession(fakes.driver, "QM.1") as session:
        assert session.send("PING QMGR").text == "-e QM.1\n"


def test_a_command_too_long_for_a_terminal_arrives_whole(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: f'AMQ8006I: {command}\\n')")
    command = "ALTER QLOCAL(Q) DESCR('" + "a b'' é+-" * 2000 + "')"
    with MqscSession(fakes.driver, "QM1") as session:
        replies = list(session.send_all([command, "PING QMGR", command]))
    assert [reply.text for reply in replies] == [f"AMQ8006I: {each}\n" for each in (command, "PING QMGR", command)]


LINE_PROMPTS = """
say("banner\\n" + PROMPT)
command = ""
for line in iter(sys.stdin.readline, ""):
    line = line.rstrip("\\n")
    if line == "END":
        ended()
    command += line[:-1] if line[-1] in "+-" else line
    if line[-1] not in "+-":
        say(f"AMQ8006I: {len(command)}\\n")
        command = ""
    say(PROMPT)
"""


def test_a_runmqsc_that_prompts_for_each_line_is_understood_too(fakes: Fakes) -> None:
    fakes.add_runmqsc(LINE_PROMPTS)
    commands = ["DEFINE QLOCAL(Q) DESCR('" + "x" * size + "')" for size in (10, 5000, 20, 9000, 1)]
    with MqscSession(fakes.driver, "QM1") as session:
        replies = list(session.send_all(commands))
    assert [reply.text for reply in replies] == [f"AMQ8006I: {len(command)}\n" for command in commands]


def test_a_reply_of_several_megabytes_arrives_whole(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: 'AMQ8409I: Display Queue details.\\n' * 100000)")
    with MqscSession(fakes.driver, "QM1") as session:
        assert len(session.send("DISPLAY QUEUE(*)").ids) == 100_000


def test_commands_and_replies_that_fill_the_terminal_do_not_deadlock(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: f'AMQ8006I: {number}\\n' + 'x' * 20000 + '\\n')")
    commands = ["DEFINE QLOCAL(Q) DESCR('" + "y" * 1900 + "')"] * 100
    with MqscSession(fakes.driver, "QM1") as session:
        replies = list(session.send_all(commands, ahead=100))
    assert [reply.text.splitlines()[0] for reply in replies] == [f"AMQ8006I: {n}" for n in range(1, 101)]


def test_garbage_in_a_reply_stays_in_that_reply(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: os.write(1, bytes(range(128, 256))) and f'AMQ8006I: {number}\\n')")
    with MqscSession(fakes.driver, "QM1") as session:
        assert [reply.text[-12:] for reply in session.send_all(["A", "B"])] == ["AMQ8006I: 1\n", "AMQ8006I: 2\n"]


def test_after_a_failure_nothing_more_is_sent_but_what_was_sent_is_answered(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda number, command: f'AMQ8147E: {number}\\n' if number == 3 else 'AMQ8006I: ok\\n')")
    with MqscSession(fakes.driver, "QM1") as session:
        replies = list(
            session.send_all((f"DEFINE QLOCAL(Q{n})" for n in range(500)), until=lambda r: "AMQ8147" in r.ids)
        )
        assert 3 <= len(replies) < 40
        assert fakes.told().count("> DEFINE") == len(replies)
        assert session.send("PING QMGR").command == "PING QMGR"


def test_a_conversation_left_early_does_not_disturb_the_next(fakes: Fakes) -> None:
    fakes.add_runmqsc()
    with MqscSession(fakes.driver, "QM1") as session:
        for reply in session.send_all(f"DEFINE QLOCAL(Q{n})" for n in range(50)):
            assert reply.text == "AMQ8006I: DEFINE QLOCAL(Q0)\n"
            break
        assert session.send("PING QMGR").text == "AMQ8006I: PING QMGR\n"


@pytest.mark.parametrize("command", ["", "  ", "* a comment", "PING QMGR\nDELETE QLOCAL(Q)", "PING\x03"])
def test_a_text_that_is_no_single_command_is_never_sent(fakes: Fakes, command: str) -> None:
    fakes.add_runmqsc()
    with MqscSession(fakes.driver, "QM1") as session, pytest.raises(OperationFailed):
        session.send(command)
    assert "AMQ8006I" not in fakes.told()


# Sessions that break.

STARTS = {
    "AMQ8118E: IBM MQ queue manager does not exist.": "does not exist",
    "AMQ8146E: IBM MQ queue manager not available.": "strmqm QM1",
    "AMQ8146: IBM MQ queue manager not available.": "strmqm QM1",
    "AMQ8135E: Not authorized.": "Join the group mqm",
    "Segmentation fault": "Segmentation fault",
}


@pytest.mark.parametrize("message", STARTS)
def test_a_session_that_does_not_begin_says_why(fakes: Fakes, message: str) -> None:
    fakes.add_runmqsc(f"say('Starting MQSC for queue manager QM1.\\n\\n{message}\\n'); sys.exit(20)")
    with MqscSession(fakes.driver, "QM1") as session, pytest.raises(OperationFailed) as caught:
        session.ready()
    assert STARTS[message] in str(caught.value)
    assert message in str(caught.value)


def test_a_missing_runmqsc_is_refused(fakes: Fakes) -> None:
    with pytest.raises(Refused):
        MqscSession(fakes.driver, "QM1", runmqsc="/no/such/runmqsc")


def broken_at(fakes: Fakes, answer: str, silence: float = 60.0) -> tuple[list[str], str]:
    """Sends five commands to a session that breaks; the replies that came, and the error."""
    fakes.add_runmqsc(answer)
    came = []
    with MqscSession(fakes.driver, "QM1") as session, pytest.raises(ConnectionLost) as caught:
        session.ready()
        session.silence = silence
        for reply in session.send_all(["PING QMGR", *(f"DEFINE QLOCAL(Q{n})" for n in range(4))]):
            came.append(reply.command)
    return came, str(caught.value)


def test_a_broken_connection_in_the_middle_is_told_with_its_command(fakes: Fakes) -> None:
    came, error = broken_at(
        fakes, "serve(lambda n, command: 'AMQ8145E: Connection broken.\\n' if n == 3 else 'AMQ8006I: ok\\n')"
    )
    assert came == ["PING QMGR", "DEFINE QLOCAL(Q0)"]
    assert "AMQ8145E" in error
    assert "DEFINE QLOCAL(Q1)" in error
    assert "the 2 sent behind it" in error


def test_a_connection_broken_before_the_end_of_runmqsc_is_told_as_such(fakes: Fakes) -> None:
    _, error = broken_at(fakes, "serve(lambda n, c: (say('AMQ8145E: Connection broken.\\n'), ended(20)))")
    assert "lost its connection to the queue manager (AMQ8145E) while it answered: PING QMGR" in error


def test_an_end_in_the_middle_of_a_reply_is_told_with_what_was_received(fakes: Fakes) -> None:
    came, error = broken_at(
        fakes, "serve(lambda n, command: (say('AMQ8006I: half'), sys.exit(71)) if n == 2 else 'AMQ8415I: ok\\n')"
    )
    assert came == ["PING QMGR"]
    assert "ended (exit 71) while it answered: DEFINE QLOCAL(Q0)" in error
    assert "AMQ8006I: half" in error
    assert "AMQ8006I: half" in fakes.told()
    assert "sent, not answered: DEFINE QLOCAL(Q3)" in fakes.told()


def test_a_killed_runmqsc_is_told_by_its_signal(fakes: Fakes) -> None:
    _, error = broken_at(fakes, "serve(lambda n, command: os.kill(os.getpid(), 9))")
    assert "ended (signal 9)" in error


def test_silence_in_the_middle_is_told_and_the_session_stopped(fakes: Fakes) -> None:
    came, error = broken_at(
        fakes,
        "import signal\nserve(lambda n, command: signal.pause() if n == 2 else 'AMQ8415I: ok\\n')",
        silence=0.5,
    )
    assert came == ["PING QMGR"]
    assert "silent for 0.5 s while it answered: DEFINE QLOCAL(Q0)" in error
    assert not processes.alive(*fakes.started[0][:2])


def test_a_session_that_said_its_last_word_gives_the_same_error_again(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda n, command: sys.exit(1))")
    with MqscSession(fakes.driver, "QM1") as session:
        for _ in range(2):
            with pytest.raises(ConnectionLost):
                session.send("PING QMGR")


# Secrets.

REPEATS = """
def answer(number, command):
    say(f"AMQ8405I: Syntax error detected at or near end of command segment below:-\\n{command[:-8]}\\n\\n")
    return f"AMQ8427I: Valid syntax for the MQSC command is:\\n  {command}\\n"
serve(answer)
"""


def test_a_secret_goes_to_runmqsc_and_nowhere_else(fakes: Fakes) -> None:
    fakes.add_runmqsc(REPEATS)
    command = ("ALTER QMGR KEYRPWD(", SecretRef("env:STORE_PW"), ")")
    with MqscSession(fakes.driver, "QM1") as session:
        reply = session.send(command)
    assert PLANTED.replace("'", "''") in reply.text
    shown = "\n".join((reply.shown, reply.command, repr(reply), fakes.told()))
    assert "AMQ8427I" in shown
    assert "ALTER QMGR KEYRPWD('********')" in shown
    assert PLANTED[:10] not in shown


def test_a_session_that_breaks_on_a_secret_does_not_tell_it(fakes: Fakes) -> None:
    fakes.add_runmqsc("serve(lambda n, command: (say(f'AMQ8405I: no\\n{command[:30]}'), sys.exit(1)))")
    session = MqscSession(fakes.driver, "QM1")
    with pytest.raises(ConnectionLost) as caught:
        session.send(("ALTER QMGR KEYRPWD(", SecretRef("env:STORE_PW"), ")"))
    session.close()
    assert PLANTED[:5] not in str(caught.value) + fakes.told()


def test_a_secret_that_is_missing_stops_before_its_command(fakes: Fakes) -> None:
    fakes.add_runmqsc()
    came = []
    secret = ("ALTER QMGR KEYRPWD(", SecretRef("env:NONE"), ")")
    commands: list[Command] = ["PING QMGR", secret, "PING QMGR"]
    with MqscSession(fakes.driver, "QM1") as session, pytest.raises(Refused, match="NONE"):
        for reply in session.send_all(commands):
            came.append(reply.command)
    assert came == ["PING QMGR"]


# However the bytes are cut, the replies are the same.


class ScriptedTerminal:
    """A terminal that gives prepared pieces, one for each look."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.ended = False
        self.sending = False
        self.pid = 0

    def receive(self) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""

    def queue(self, data: bytes) -> None:
        pass

    def push(self) -> None:
        pass

    def exited(self) -> None:
        return None


class ScriptedDriver:
    """Starts nothing."""

    def __init__(self) -> None:
        self.secrets = SecretStore(environment={})
        self.transcript = Transcript(None, redact=self.secrets.redact)
        self.terminal = ScriptedTerminal()
        self.prompt = b""

    def start(self, argv: list[str], extra_environment: dict[str, str]) -> object:
        self.prompt = extra_environment["MQPROMPT"].encode()
        return self.terminal, self.transcript.command(argv, 0)


@given(
    texts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r")), min_size=1, max_size=8),
    cuts=st.lists(st.integers(1, 40), max_size=60),
)
def test_replies_do_not_depend_on_how_their_bytes_are_cut(texts: list[str], cuts: list[int]) -> None:
    driver = ScriptedDriver()
    session = MqscSession(driver, "QM1")  # type: ignore[arg-type]  # only what a session uses of it
    stream = b"banner" + driver.prompt + b"".join(text.encode() + driver.prompt for text in texts)
    first, rest = stream[: len(b"banner" + driver.prompt)], stream[len(b"banner" + driver.prompt) :]
    driver.terminal.pieces = [first]
    session.serve()
    for number in range(len(texts)):
        session.begin(session.prepare(f"C{number}"))
    for cut in [*cuts, len(rest) + 1]:
        driver.terminal.pieces.append(rest[:cut])
        rest = rest[cut:]
    while driver.terminal.pieces:
        session.serve()
    assert [reply.text for reply in session.answered()] == texts
