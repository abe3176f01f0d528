"""A runmqsc session: banner, echo, prompt, summary, exit status; as a real process on a pipe and a terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pexpect
import pytest
from mqsc_calls import Machine, QueueManager

from wizard.sandbox.mqsc.prompt import Prompt
from wizard.sandbox.recalled import RECALLED, Recalled
from wizard.sandbox.state import State

BANNER = "5724-H72 (C) Copyright IBM Corp. 1994, 2024."
GOOD = ["No commands have a syntax error.", "All valid MQSC commands were processed."]


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    return QueueManager(tmp_path)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("session") / "box")


def test_the_facts_example_is_printed_to_the_letter(machine: Machine) -> None:
    script = "define listener(LSR1) trptype(tcp) +\n  port(15001) control(qmgr)\n\ndefine ql(A.B)\ndis ql(NOPE)\n"
    done = machine.run("runmqsc", "QM1", stdin=script)
    assert done.lines == [
        BANNER,
        "Starting MQSC for queue manager QM1.",
        "",
        "",
        "     1 : define listener(LSR1) trptype(tcp) +",
        "       :   port(15001) control(qmgr)",
        "AMQ8626I: IBM MQ listener created.",
        "       : ",
        "     2 : define ql(A.B)",
        "AMQ8006I: IBM MQ queue created.",
        "     3 : dis ql(NOPE)",
        "AMQ8147E: IBM MQ object NOPE not found.",
        "3 MQSC commands read.",
        "No commands have a syntax error.",
        "One valid MQSC command could not be processed.",
    ]
    assert done.status == 10


def test_end_is_echoed_and_numbered_but_not_counted(qm: QueueManager) -> None:
    assert qm.script("ping qmgr\nend\nping qmgr\n").lines == [
        "     1 : ping qmgr",
        "AMQ8415I: Ping IBM MQ Queue Manager command complete.",
        "     2 : end",
        "One MQSC command read.",
        *GOOD,
    ]


@pytest.mark.parametrize("word", ["end", "QUIT", "Exit", "end;"])
def test_each_word_for_the_end_ends_the_session(qm: QueueManager, word: str) -> None:
    assert qm.script(f"{word}\nping qmgr\n").lines[1:] == ["No MQSC commands read.", *GOOD]


def test_comments_are_echoed_and_not_numbered(qm: QueueManager) -> None:
    assert qm.script("* first\n  * second\nping qmgr\n").lines[:3] == [
        "       : * first",
        "       :   * second",
        "     1 : ping qmgr",
    ]


def test_a_command_that_the_end_of_the_input_cuts_off_is_run(qm: QueueManager) -> None:
    assert qm.script("ping qmgr +").lines == [
        "     1 : ping qmgr +",
        "AMQ8415I: Ping IBM MQ Queue Manager command complete.",
        "One MQSC command read.",
        *GOOD,
    ]


def test_without_echo_only_replies_are_left(qm: QueueManager) -> None:
    assert qm.script("* x\n\nping +\nqmgr\n", is_echoing=False).lines == [
        "AMQ8415I: Ping IBM MQ Queue Manager command complete.",
        "One MQSC command read.",
        *GOOD,
    ]


@pytest.mark.parametrize(
    ("script", "summary", "status"),
    [
        ("", ["No MQSC commands read.", *GOOD], 0),
        ("ping qmgr\nping qmgr", ["2 MQSC commands read.", *GOOD], 0),
        (
            "dis ql(A)\ndis ql(B)",
            [
                "2 MQSC commands read.",
                "No commands have a syntax error.",
                "2 valid MQSC commands could not be processed.",
            ],
            10,
        ),
        (
            "nonsense\nping qmgr",
            [
                "2 MQSC commands read.",
                "One command has a syntax error.",
                "All valid MQSC commands were processed.",
            ],
            10,
        ),
        (
            "nonsense\nnonsense\ndis ql(A)",
            [
                "3 MQSC commands read.",
                "2 commands have a syntax error.",
                "One valid MQSC command could not be processed.",
            ],
            10,
        ),
    ],
)
def test_the_summary_counts(qm: QueueManager, script: str, summary: list[str], status: int) -> None:
    done = qm.script(script)
    assert done.lines[-3:] == summary
    assert done.status == status


def test_a_syntax_error_is_laid_out_as_seen(qm: QueueManager) -> None:
    command = "DEFINE QREMOTE (LOCAL.DEF) RNAME (RECEIVER.Q) RQMNAME (QMB') XMITQ (QMB)"
    assert qm.script(command).lines[1:5] == [
        "AMQ8405I: Syntax error detected at or near end of command segment below:-",
        "DEFINE QREMOTE (LOCAL.DEF) RNAME (RECEIVER.Q) RQMNAME (QMB'",
        "",
        "One MQSC command read.",
    ]


def test_a_line_that_is_too_long_is_a_syntax_error_and_the_next_command_runs(qm: QueueManager) -> None:
    done = qm.script(f"ALTER QMGR DESCR('{'x' * 2050}')\nping qmgr\n")
    assert "One command has a syntax error." in done.lines
    assert "AMQ8415I: Ping IBM MQ Queue Manager command complete." in done.lines


def test_verifying_finds_syntax_errors_and_changes_nothing(qm: QueueManager) -> None:
    done = qm.script("DEFINE QLOCAL(A)\nDEFINE QLOCAL(B) MAXDEPT(5)\n", is_rehearsal=True)
    assert done.lines[-3:] == [
        "2 MQSC commands read.",
        "One command has a syntax error.",
        "All valid MQSC commands were processed.",
    ]


def test_the_verify_flag_leaves_the_queue_manager_as_it_was(machine: Machine) -> None:
    done = machine.run("runmqsc", "-v", "QM1", stdin="DEFINE QLOCAL(VERIFIED)\nDISPLAY QLOCAL(VERIFIED)\n")
    assert done.status == 0
    state = machine.state()
    assert state.object("QM1", "QUEUE", "VERIFIED") is None
    state.close()


def test_a_queue_manager_that_does_not_exist(machine: Machine) -> None:
    done = machine.run("runmqsc", "NOPE", stdin="ping qmgr\n")
    assert done.status == 20
    assert done.lines[:2] == [BANNER, "AMQ8118E: IBM MQ queue manager does not exist."]


def test_a_queue_manager_that_is_not_running(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    state = machine.state()
    state.db.execute("UPDATE qmgr SET status = 'Ended normally'")
    state.close()
    done = machine.run("runmqsc", "QM1", stdin="ping qmgr\n")
    assert done.status == 20
    assert done.lines == [
        BANNER,
        "Starting MQSC for queue manager QM1.",
        "",
        "",
        "AMQ8146E: IBM MQ queue manager not available.",
        "",
        "No MQSC commands read.",
        *GOOD,
    ]


def test_the_default_queue_manager_needs_no_name(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    assert machine.run("runmqsc", stdin="").status == 20
    state = machine.state()
    state.db.execute("UPDATE qmgr SET is_default = 1")
    state.close()
    assert machine.run("runmqsc", stdin="").lines[1] == "Starting MQSC for queue manager QM1."


def test_a_queue_manager_that_ends_in_the_middle_breaks_the_connection(qm: QueueManager) -> None:
    qm.state.db.execute("UPDATE qmgr SET status = 'Ended immediately'")
    done = qm.script("ping qmgr\nping qmgr\n")
    assert done.status == 20
    assert done.lines[1:3] == ["AMQ8145E: Connection broken.", "One MQSC command read."]


def test_someone_outside_mqm_may_not_connect(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    (machine.folder / "users").write_text("group mqm 1\nuser mqm 1 mqm\n", encoding="utf-8")
    done = machine.run("runmqsc", "QM1", stdin="ping qmgr\n")
    assert done.status == 20
    assert "AMQ8135E: Not authorized." in done.lines


@pytest.mark.parametrize("flag", ["-c", "-w5", "-mQM2"])
def test_remote_administration_is_refused_loudly(machine: Machine, flag: str) -> None:
    done = machine.run("runmqsc", flag, "QM1", stdin="ping qmgr\n")
    assert done.status == 125
    assert "sandbox" in done.text


def test_wrong_flags_show_the_usage(machine: Machine) -> None:
    for arguments in (("-q",), ("-n", "QM1"), ("QM1", "QM2"), ("-w", "0", "QM1")):
        done = machine.run("runmqsc", *arguments)
        assert done.status == 20
        assert "Usage: runmqsc" in done.text


def test_commands_come_from_a_file(machine: Machine, tmp_path: Path) -> None:
    script = tmp_path / "one.mqsc"
    script.write_text("DEFINE QLOCAL(FROM.FILE)\r\nDIS QL(FROM.FILE) MAXDEPTH\r\n", encoding="utf-8")
    done = machine.run("runmqsc", "-e", "-f", str(script), "QM1")
    assert done.status == 0
    assert "   MAXDEPTH(5000)" in done.lines


def test_the_password_for_u_is_the_first_line_of_the_input(machine: Machine) -> None:
    machine.run("useradd", "-G", "mqm", "boss")
    machine.run("chpasswd", stdin="boss:right\n")
    good = machine.run("runmqsc", "-u", "boss", "QM1", stdin="right\nping qmgr\n")
    assert (good.status, good.lines[-3]) == (0, "One MQSC command read.")
    bad = machine.run("runmqsc", "-u", "boss", "QM1", stdin="wrong\nping qmgr\n")
    assert bad.status == 20
    assert "AMQ8135E: Not authorized." in bad.lines


@pytest.mark.parametrize(
    ("text", "environment", "shown"),
    [
        ("", {}, ""),
        ("MQWZ>", {}, "MQWZ>"),
        ("+QMNAME+> ", {}, "QM1> "),
        ("+WHO+@+QMNAME+", {"WHO": "me"}, "me@QM1"),
        ("+UNKNOWN+>", {}, "+UNKNOWN+>"),
        ("+MQ_FILE_SEP++MQ_PATH_SEP+", {}, "/:"),
        ("x" * 300, {}, "x" * 256),
        ("+LONG+" + "y" * 100, {"LONG": "x" * 200}, "+LONG+" + "y" * 100),
    ],
)
def test_the_prompt_inserts_what_it_names_up_to_256_characters(
    text: str, environment: dict[str, str], shown: str
) -> None:
    assert str(Prompt("QM1", {**environment, **({"MQPROMPT": text} if text else {})})) == shown


def test_the_prompt_is_printed_also_when_the_input_is_redirected(machine: Machine) -> None:
    done = machine.run("runmqsc", "-e", "QM1", stdin="ping qmgr\nping +\nqmgr\n", MQPROMPT="[+QMNAME+]")
    reply = "AMQ8415I: Ping IBM MQ Queue Manager command complete."
    assert done.lines[2:] == ["", f"[QM1]{reply}", f"[QM1][QM1]{reply}", "[QM1]2 MQSC commands read.", *GOOD]


def test_the_prompt_before_continuation_lines_can_be_switched_off_in_the_recalled_table(
    qm: QueueManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MQPROMPT", ">")
    script = "ping +\nqmgr\n"
    assert qm.script(script, is_echoing=False).text.startswith(">>AMQ8415I")
    monkeypatch.setitem(RECALLED, "runmqsc.prompt", Recalled("each command", ""))
    assert qm.script(script, is_echoing=False).text.startswith(">AMQ8415I")


def test_a_session_on_a_terminal_answers_each_command_as_it_is_typed(machine: Machine) -> None:
    environment = {**machine.sandbox.environment(os.environ), "MQPROMPT": "QMX>", "LC_ALL": "C"}
    child = pexpect.spawn(
        str(machine.sandbox.bin / "runmqsc"), ["-e", "QM1"], env=environment, encoding="utf-8", timeout=20, echo=False
    )
    child.expect_exact("QMX>")
    child.sendline("define qlocal(TYPED)")
    child.expect_exact("QMX>")
    assert child.before == "AMQ8006I: IBM MQ queue created.\r\n"
    child.sendline("display qlocal(TYPED) curdepth")
    child.expect_exact("QMX>")
    assert "CURDEPTH(0)" in str(child.before)
    child.sendline("end")
    child.expect(pexpect.EOF)
    assert "2 MQSC commands read." in str(child.before)
    child.close()
    assert child.exitstatus == 0


def test_sixteen_commands_may_be_written_ahead_on_a_terminal(machine: Machine) -> None:
    environment = {**machine.sandbox.environment(os.environ), "MQPROMPT": "QMX>"}
    child = pexpect.spawn(
        str(machine.sandbox.bin / "runmqsc"), ["-e", "QM1"], env=environment, encoding="utf-8", timeout=20, echo=False
    )
    child.expect_exact("QMX>")
    child.send("".join(f"define qlocal(AHEAD.{number}) replace\n" for number in range(16)))
    for _ in range(16):
        child.expect_exact("QMX>")
        assert child.before == "AMQ8006I: IBM MQ queue created.\r\n"
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_two_sessions_write_to_one_queue_manager_at_once(machine: Machine) -> None:
    environment = machine.sandbox.environment(os.environ)
    children = [
        pexpect.spawn(str(machine.sandbox.bin / "runmqsc"), ["QM1"], env=environment, timeout=30, echo=False)
        for _ in range(2)
    ]
    for number, child in enumerate(children):
        child.send("".join(f"def ql(TWO.{number}.{count})\n" for count in range(30)) + "end\n")
    for child in children:
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
    state = State(machine.folder)
    assert len([name for name, _, _ in state.objects("QM1", "QUEUE") if name.startswith("TWO.")]) == 60
    state.close()


@pytest.mark.parametrize(
    ("action", "lines", "status"),
    [
        ("AMQ8145E", ["AMQ8145E: Connection broken.", "2 MQSC commands read."], 20),
        ("refuse", ["AMQ8135E: Not authorized.", "AMQ8006I: IBM MQ queue created."], 10),
        ("exit:71", [], 71),
        ("kill", [], -9),
    ],
)
def test_a_fault_strikes_at_its_command_and_not_before(
    tmp_path: Path, action: str, lines: list[str], status: int
) -> None:
    machine = Machine(tmp_path / "box")
    script = "define ql(F.1)\ndefine ql(F.2)\ndefine ql(F.3)\n"
    done = machine.run("runmqsc", "-e", "QM1", stdin=script, SANDBOX_FAULTS=f"runmqsc:DEFINE QL:2={action}")
    assert done.status == status
    assert done.lines[2 : 4 + len(lines)] == ["", "AMQ8006I: IBM MQ queue created.", *lines]
    state = machine.state()
    assert state.object("QM1", "QUEUE", "F.1") is not None
    assert state.object("QM1", "QUEUE", "F.2") is None
    assert (state.object("QM1", "QUEUE", "F.3") is not None) is (action == "refuse")
    state.close()


def test_garbage_takes_the_place_of_a_reply(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    fault = "runmqsc:PING QMGR:1=garbage"
    done = machine.run("runmqsc", "-e", "QM1", stdin="ping qmgr\nping qmgr\n", SANDBOX_FAULTS=fault)
    assert done.status == 0
    assert done.text.count("AMQ8415I") == 1
    assert "\x00" in done.text


def test_client_channels_can_be_defined_without_a_queue_manager(machine: Machine, tmp_path: Path) -> None:
    from wizard.sandbox.mqsc import ccdt

    script = (
        "DEFINE CHANNEL(APP) CHLTYPE(CLNTCONN) CONNAME('h(1414)') QMNAME(QM1) SSLCIPH(ANY_TLS12_OR_HIGHER)\n"
        "DEFINE CHANNEL(APP) CHLTYPE(SVRCONN)\nDISPLAY CHANNEL(APP) CONNAME\n"
    )
    done = machine.run("runmqsc", "-n", stdin=script, MQCHLLIB=str(tmp_path), MQCHLTAB="MINE.TAB")
    assert done.status == 10
    assert "   CONNAME(h(1414))" in done.lines
    [channel] = ccdt.read(tmp_path / "MINE.TAB")
    assert (channel["CHANNEL"], channel["QMNAME"]) == ("APP", "QM1")
    delete = "DELETE CHANNEL(APP) CHLTABLE(CLNTTBL)\n"
    assert machine.run("runmqsc", "-n", stdin=delete, MQCHLLIB=str(tmp_path), MQCHLTAB="MINE.TAB").status == 0
    assert ccdt.read(tmp_path / "MINE.TAB") == []
