"""The driver against programs that behave, and against those that do not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from run_fakes import PLANTED, Fakes

from wizard.errors import CommandTimedOut, OperationFailed, Refused
from wizard.run import processes, terminal
from wizard.run.driver import Call, Finished

LIMIT = 30.0


def test_what_a_command_says_and_its_exit_status_come_back(fakes: Fakes) -> None:
    fakes.add("dspmq", "print('QMNAME(QM1)'); raise SystemExit(72)")
    finished = fakes.driver.run(["dspmq", "-m", "QM1"], timeout=LIMIT)
    assert (finished.output, finished.exit_status, finished.signal) == ("QMNAME(QM1)\n", 72, None)
    assert finished.argv == ("dspmq", "-m", "QM1")


def test_a_signal_is_told_from_an_exit_status(fakes: Fakes) -> None:
    fakes.add("crash", "import os; os.kill(os.getpid(), 9)")
    finished = fakes.driver.run(["crash"], timeout=LIMIT)
    assert (finished.exit_status, finished.signal) == (None, 9)


def test_a_command_speaks_english_in_utf8_without_a_prompt_of_its_own(fakes: Fakes) -> None:
    fakes.add("env", "import os; print(sorted((k, v) for k, v in os.environ.items() if k != 'PATH'))")
    output = fakes.driver.run(["env"], timeout=LIMIT, extra_environment={"EXTRA": "1"}).output
    assert "('LC_ALL', 'C.UTF-8')" in output
    assert "('EXTRA', '1')" in output
    assert "LANGUAGE" not in output
    assert "MQPROMPT" not in output


def test_a_command_has_the_systems_own_reaction_to_a_broken_pipe(fakes: Fakes) -> None:
    finished = fakes.driver.run(["sh", "-c", "trap - PIPE; kill -PIPE $$; echo survived"], timeout=LIMIT)
    assert finished.signal == signal.SIGPIPE


def test_a_command_that_hangs_is_stopped_and_named(fakes: Fakes) -> None:
    fakes.add("crtmqm", "import signal; print('Directory created.'); signal.pause()")
    with pytest.raises(CommandTimedOut) as caught:
        fakes.driver.run(["crtmqm", "QM1"], timeout=2)
    text = str(caught.value)
    assert "crtmqm QM1 did not end within 2 s" in text
    assert "Whether it did its work is unknown" in text
    assert "Directory created." in text
    assert str(fakes.transcript.path) in text
    assert not processes.alive(*fakes.started[0][:2])


def test_a_command_deaf_to_sigterm_is_killed(fakes: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "GRACE", 0.2)
    fakes.add("deaf", "import signal; signal.signal(15, signal.SIG_IGN); print('on')\nwhile True: signal.pause()")
    with pytest.raises(CommandTimedOut):
        fakes.driver.run(["deaf"], timeout=0.5)
    assert not processes.alive(*fakes.started[0][:2])


def test_garbage_bytes_are_taken_as_they_are(fakes: Fakes) -> None:
    fakes.add("garbage", "import os; os.write(1, bytes(range(256)) + b'\\nAMQ8006I: ok\\n')")
    finished = fakes.driver.run(["garbage"], timeout=LIMIT)
    assert "\nAMQ8006I: ok\n" in finished.output
    assert "AMQ8006I: ok" in fakes.told()
    for text in (finished.shown, fakes.told()):
        assert not set(text) & {"\x00", "\x07", "\x1b", "\x7f", "\x9b"}


def test_large_output_arrives_whole(fakes: Fakes) -> None:
    fakes.add("dmpmqcfg", "for n in range(60000): print(f'line {n}')")
    lines = fakes.driver.run(["dmpmqcfg"], timeout=LIMIT).output.splitlines()
    assert lines == [f"line {n}" for n in range(60000)]


def test_output_without_end_is_stopped(fakes: Fakes) -> None:
    fakes.add("wild", "while True: print('x' * 1000)")
    finished = fakes.driver.run(["wild"], timeout=LIMIT, output_limit=100_000)
    assert finished.truncated
    assert len(finished.output) <= 100_000
    assert finished.signal == signal.SIGTERM


def test_the_transcript_keeps_a_bounded_part_of_what_a_command_says(fakes: Fakes) -> None:
    fakes.transcript.kept = 10_000
    fakes.add("long", "for n in range(10000): print('x' * 50)")
    assert len(fakes.driver.run(["long"], timeout=LIMIT).output) == 510_000
    assert len(fakes.told()) < 40_000
    assert "the rest is not kept" in fakes.told()


def test_a_missing_command_is_refused_with_the_places_searched(fakes: Fakes) -> None:
    with pytest.raises(Refused) as caught:
        fakes.driver.run(["no-such-command"], timeout=LIMIT)
    assert "no-such-command" in str(caught.value)
    assert str(fakes.bin) in str(caught.value)
    assert "--sandbox" in str(caught.value)


def test_a_program_that_cannot_be_executed_is_refused(fakes: Fakes) -> None:
    path = Path(fakes.add("broken", ""))
    path.write_text("#!/no/such/interpreter\n", encoding="utf-8")
    with pytest.raises(Refused, match="could not be started"):
        fakes.driver.run(["broken", "x"], timeout=LIMIT)


def test_a_secret_in_an_argument_is_refused_before_the_start(fakes: Fakes) -> None:
    fakes.add("runmqakm", "print('started')")
    with pytest.raises(OperationFailed) as caught:
        fakes.driver.run(["runmqakm", "-pw", PLANTED], timeout=LIMIT)
    assert fakes.started == []
    assert PLANTED not in str(caught.value)


ASKS = """
import getpass
password = getpass.getpass("Enter password: ")
again = getpass.getpass("Again: ")
print("same" if password == again else "differ", len(password))
"""


def test_prompts_are_answered_when_they_come(fakes: Fakes) -> None:
    fakes.add("runmqicred", ASKS)
    finished = fakes.driver.run(
        ["runmqicred"], timeout=LIMIT, prompts=[("Enter password:", fakes.planted), ("Again:", fakes.planted)]
    )
    assert f"same {len(PLANTED)}" in finished.output
    assert PLANTED not in finished.output


KEYS = """
import os, termios, tty
settings = termios.tcgetattr(0)
os.write(1, b"Enter password:\\n")
tty.setraw(0)
typed = b""
while (key := os.read(0, 1)) != b"\\r":
    typed += key
    os.write(1, b"*")
termios.tcsetattr(0, termios.TCSANOW, settings)
print(len(typed))
"""


def test_a_program_that_reads_single_keys_gets_its_answer(fakes: Fakes) -> None:
    fakes.add("runmqicred", KEYS)
    finished = fakes.driver.run(["runmqicred"], timeout=LIMIT, prompts=[("Enter password:", fakes.planted)])
    assert finished.output.split() == ["Enter", "password:", "*" * len(PLANTED) + str(len(PLANTED))]


def test_lines_reach_standard_input_followed_by_its_end(fakes: Fakes) -> None:
    fakes.add("chpasswd", "import sys; print(repr(sys.stdin.read()))")
    finished = fakes.driver.run(["chpasswd"], timeout=LIMIT, stdin_lines=["app1:", "app2:"])
    assert finished.output == "'app1:\\napp2:\\n'\n"


def test_more_lines_than_a_terminal_holds_arrive_whole(fakes: Fakes) -> None:
    fakes.add("count", "import sys; print([len(line) for line in sys.stdin])")
    lines = ["x" * (n % 500) for n in range(600)]
    finished = fakes.driver.run(["count"], timeout=LIMIT, stdin_lines=lines)
    assert finished.output.strip() == str([len(line) + 1 for line in lines])


def test_a_command_that_asks_unexpectedly_finds_the_end_of_input(fakes: Fakes) -> None:
    fakes.add("asks", "import sys; print('Really?'); print('answer', repr(sys.stdin.readline()))")
    assert "answer ''" in fakes.driver.run(["asks"], timeout=LIMIT).output


@pytest.mark.parametrize("line", ["two\nlines", "escape\x03", "x" * 5000])
def test_a_line_that_a_terminal_would_spoil_is_not_sent(fakes: Fakes, line: str) -> None:
    fakes.add("cat", "")
    with pytest.raises(OperationFailed):
        fakes.driver.run(["cat"], timeout=LIMIT, stdin_lines=[line])
    assert fakes.started == []


def test_a_secret_is_in_no_transcript_result_or_error(fakes: Fakes) -> None:
    fakes.add("repeats", "import sys, signal; print('got', sys.stdin.readline()); signal.pause()")
    with pytest.raises(CommandTimedOut) as caught:
        fakes.driver.run(["repeats"], timeout=0.5, stdin_lines=[fakes.planted])
    fakes.add("echoes", "import sys; print('got', sys.stdin.readline())")
    finished = fakes.driver.run(["echoes"], timeout=LIMIT, stdin_lines=[fakes.planted])
    assert PLANTED in finished.output
    for text in (str(caught.value), repr(caught.value), finished.shown, repr(finished), fakes.told()):
        assert PLANTED not in text
    assert "got ********" in fakes.told()


def test_a_process_left_behind_does_not_keep_the_driver_waiting(fakes: Fakes, pipe: Callable[[str], Path]) -> None:
    end = pipe("end")
    fakes.add("strmqm", f"import os; print('started')\nif os.fork() == 0: open({str(end)!r}).read()")
    finished = fakes.driver.run(["strmqm", "QM1"], timeout=LIMIT)
    assert (finished.output, finished.exit_status) == ("started\n", 0)
    end.write_text("")


def test_each_process_is_announced_with_its_start_time(fakes: Fakes) -> None:
    fakes.add("dspmq", "import os; print(open(f'/proc/{os.getpid()}/stat').read().rpartition(')')[2].split()[19])")
    finished = fakes.driver.run(["dspmq"], timeout=LIMIT)
    ((pid, started, argv),) = fakes.started
    assert str(started) == finished.output.strip()
    assert argv == ("dspmq",)
    assert not processes.alive(pid, started)


def test_files_a_command_makes_can_be_kept_narrow(fakes: Fakes) -> None:
    fakes.add("runmqakm", "open('key.kdb', 'w').close()")
    fakes.driver.run(["runmqakm"], timeout=LIMIT, cwd=fakes.folder, umask=0o077)
    assert (fakes.folder / "key.kdb").stat().st_mode & 0o777 == 0o600


def test_commands_run_side_by_side_and_answer_in_order(fakes: Fakes, pipe: Callable[[str], Path]) -> None:
    meeting = pipe("meeting")
    fakes.add("first", f"print(open({str(meeting)!r}).read())")
    fakes.add("second", f"open({str(meeting)!r}, 'w').write('met'); raise SystemExit(5)")
    first, missing, second = fakes.driver.run_all(
        [Call(["first"], LIMIT), Call(["missing"], LIMIT), Call(["second"], LIMIT)]
    )
    assert isinstance(first, Finished) and first.output == "met\n"
    assert isinstance(missing, Refused)
    assert isinstance(second, Finished) and second.exit_status == 5


WAITS = """
import sys
with open(sys.argv[1]) as told:
    word = told.read()
with open(sys.argv[2], "w") as tell:
    tell.write(word + " and finished")
"""


def test_an_interrupt_leaves_the_command_to_finish(fakes: Fakes, pipe: Callable[[str], Path]) -> None:
    tell, told = pipe("tell"), pipe("told")
    fakes.add("crtmqm", WAITS)

    def interrupt(*process: object) -> None:
        raise KeyboardInterrupt

    fakes.driver.started = interrupt
    with pytest.raises(KeyboardInterrupt):
        fakes.driver.run(["crtmqm", str(tell), str(told)], timeout=LIMIT)
    tell.write_text("went on")
    assert told.read_text() == "went on and finished"


KILLED = """
import os, sys
from wizard.run.driver import Driver
from wizard.run.secrets import SecretStore
from wizard.run.transcript import Transcript
store = SecretStore(environment={})
driver = Driver(os.environ, transcript=Transcript(None, redact=store.redact), secrets=store)
driver.started = lambda *process: print("started", flush=True)
driver.run(sys.argv[1:], timeout=600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_killed_mqwizard_leaves_the_command_to_finish(
    fakes: Fakes, pipe: Callable[[str], Path], how: signal.Signals
) -> None:
    tell, told = pipe("tell"), pipe("told")
    path = fakes.add("crtmqm", WAITS)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, path, str(tell), str(told)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as mqwizard:
        assert mqwizard.stdout is not None
        assert mqwizard.stdout.readline() == b"started\n"
        mqwizard.send_signal(how)
        mqwizard.wait(LIMIT)
    tell.write_text("went on")
    assert told.read_text() == "went on and finished"
