"""crtmqm, strmqm, endmqm, dltmqm: texts, exit statuses, what they leave on the machine."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from machine_calls import Machine

from wizard.sandbox import launch, qmgrs, users

QUIESCING = "Quiesce request accepted. The queue manager will stop when all outstanding work\nis complete.\n"
NOT_THERE = "AMQ8118E: IBM MQ queue manager does not exist.\n"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine with the queue managers QM1 and RUN; each test leaves QM1 ended and RUN running."""
    machine = Machine(tmp_path_factory.mktemp("lifecycle") / "box")
    assert machine.run("crtmqm", "QM1").status == 0
    assert machine.run("crtmqm", "-q", "RUN").status == 0
    assert machine.run("strmqm", "RUN").status == 0
    return machine


def status_of(machine: Machine, name: str) -> str:
    return machine.run("dspmq", "-m", name).out.partition("STATUS(")[2].rstrip(")\n")


def count_of_objects(machine: Machine, name: str) -> int:
    state = machine.state()
    count = state.db.execute("SELECT count(*) FROM object WHERE qmgr = ? AND space != 'QMGR'", (name,)).fetchone()[0]
    state.close()
    return int(count)


def test_a_queue_manager_from_creation_to_deletion(machine: Machine) -> None:
    created = machine.run("crtmqm", "NEW.QM")
    data = machine.folder / "var/mqm/qmgrs/NEW!QM"
    count = count_of_objects(machine, "NEW.QM")
    assert count > 50
    assert created == (
        0,
        "IBM MQ queue manager 'NEW.QM' created.\n"
        f"Directory '{data}' created.\n"
        "The queue manager is associated with installation 'Installation1'.\n"
        "Creating or replacing default objects for queue manager 'NEW.QM'.\n"
        f"Default objects statistics : {count} created. 0 replaced. 0 failed.\n"
        "Completing setup.\n"
        "Setup completed.\n",
        "",
    )
    assert status_of(machine, "NEW.QM") == "Ended immediately"
    started = machine.run("strmqm", "NEW.QM")
    assert (started.status, started.err) == (0, "")
    assert started.out == (
        "IBM MQ queue manager 'NEW.QM' starting.\n"
        "The queue manager is associated with installation 'Installation1'.\n"
        "5 log records accessed on queue manager 'NEW.QM' during the log replay phase.\n"
        "Log replay for queue manager 'NEW.QM' complete.\n"
        "Transaction manager state recovered for queue manager 'NEW.QM'.\n"
        "Plain text communication is enabled.\n"
        "IBM MQ queue manager 'NEW.QM' started using V9.4.0.0.\n"
    )
    assert status_of(machine, "NEW.QM") == "Running"
    log = (data / "errors/AMQERR01.LOG").read_text()
    assert "AMQ8003I: IBM MQ queue manager 'NEW.QM' started using V9.4.0.0." in log
    assert machine.run("endmqm", "-i", "NEW.QM") == (
        0,
        "IBM MQ queue manager 'NEW.QM' ending.\nIBM MQ queue manager 'NEW.QM' ended.\n",
        "",
    )
    assert machine.run("dltmqm", "NEW.QM") == (0, "IBM MQ queue manager 'NEW.QM' deleted.\n", "")
    assert machine.run("dspmq", "-m", "NEW.QM").status == 72
    assert not data.exists()
    assert not (machine.folder / "var/mqm/log/NEW!QM").exists()
    assert "NEW.QM" not in (machine.folder / "var/mqm/mqs.ini").read_text()
    assert count_of_objects(machine, "NEW.QM") == 0


def test_an_older_release_neither_names_the_new_queue_manager_nor_speaks_of_plain_text(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box", "9.1")
    assert machine.run("crtmqm", "QM1").out.startswith("IBM MQ queue manager created.\nDirectory '")
    started = machine.run("strmqm", "QM1").out
    assert "Plain text" not in started
    assert started.endswith("started using V9.1.0.0.\n")
    ini = (machine.folder / "var/mqm/qmgrs/QM1/qm.ini").read_text()
    assert "ChlauthEarlyAdopt=Y" in ini
    assert "AllowTLSV13" not in ini
    assert machine.run("endmqm", "-t", "5", "QM1").status == 39


@pytest.mark.parametrize(
    ("command", "status", "text"),
    [
        ("crtmqm QM1", 8, "AMQ8110E: IBM MQ queue manager already exists.\n"),
        ("strmqm RUN", 5, "IBM MQ queue manager running.\n"),
        ("strmqm", 5, "IBM MQ queue manager running.\n"),
        ("endmqm QM1", 40, "AMQ8146E: IBM MQ queue manager not available.\n"),
        ("dltmqm RUN", 5, "IBM MQ queue manager running.\n"),
        ("strmqm NONE", 16, NOT_THERE),
        ("endmqm -i NONE", 16, NOT_THERE),
        ("dltmqm NONE", 16, NOT_THERE),
        ("strmqm run", 16, NOT_THERE),
    ],
)
def test_what_does_not_fit_the_state_is_refused(machine: Machine, command: str, status: int, text: str) -> None:
    assert machine.run(*command.split()) == (status, "", text)


@pytest.mark.parametrize(
    "command",
    [
        "crtmqm",
        "crtmqm A B",
        "crtmqm A -q",
        "crtmqm -lc -ll A",
        "crtmqm -p 0 A",
        "crtmqm -p 65536 A",
        "crtmqm -p x A",
        "crtmqm -lf 63 A",
        "crtmqm -h 0 A",
        "crtmqm -u BAD-NAME A",
        "crtmqm -oa nobody A",
        "crtmqm -w A",
        "strmqm -d some QM1",
        "strmqm QM1 RUN",
        "strmqm -Q QM1",
        "endmqm",
        "endmqm -i -c RUN",
        "endmqm -t soon RUN",
        "endmqm -k RUN",
        "dltmqm",
        "dltmqm -f QM1",
        "dltmqm QM1 RUN",
    ],
)
def test_wrong_arguments_get_the_usage_text(machine: Machine, command: str) -> None:
    answer = machine.run(*command.split())
    assert (answer.status, answer.out) == (39, "")
    assert answer.err.startswith(f"Usage: {command.split(maxsplit=1)[0]} ")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("crtmqm BAD-NAME", 72),
        ("strmqm a:b", 72),
        (f"crtmqm {'X' * 49}", 72),
        ("crtmqm -lp 400 -ls 400 A", 115),
        ("crtmqm -ld /none/such A", 100),
        ("crtmqm -md relative A", 71),
        ("crtmqm -c " + "x" * 65 + " A", 39),
        ("crtmqm -lr me A", 125),
        ("crtmqm -ic /etc/mqm A", 125),
        ("strmqm -x QM1", 125),
        ("endmqm -s RUN", 125),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_made(machine: Machine, command: str, status: int) -> None:
    before = machine.run("dspmq").out
    answer = machine.run(*command.split())
    assert (answer.status, answer.out) == (status, "")
    assert answer.err
    assert machine.run("dspmq").out == before


@pytest.mark.parametrize(
    ("way", "out", "status"),
    [
        ("-c", QUIESCING, "Ended normally"),
        ("-w", QUIESCING + "IBM MQ queue manager 'QM1' ending.\nIBM MQ queue manager 'QM1' ended.\n", "Ended normally"),
        ("-p", "IBM MQ queue manager 'QM1' ending.\nIBM MQ queue manager 'QM1' ended.\n", "Ended pre-emptively"),
        ("-z", "", "Ended normally"),
        ("-r", QUIESCING, "Ended normally"),
    ],
)
def test_each_way_to_end(machine: Machine, way: str, out: str, status: str) -> None:
    assert machine.run("strmqm", "-z", "QM1") == (0, "", "")
    assert machine.run("endmqm", way, "QM1") == (0, out, "")
    assert status_of(machine, "QM1") == status


def test_the_flags_of_crtmqm_show_in_the_queue_manager(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "data").mkdir()
    arguments = (
        f"-u MY.DLQ -d MY.XMITQ -h 300 -x 400 -t 500 -ll -lf 128 -lp 4 -ls 5 -p 1999 -oa user"
        f" -ld {tmp_path}/logs -md {tmp_path}/data FULL"
    )
    created = machine.run("crtmqm", "-c", "A description", *arguments.split())
    assert created.status == 0
    assert f"Directory '{tmp_path}/data/FULL' created.\n" in created.out
    state = machine.state()
    found = state.object("FULL", "QMGR", "FULL")
    listener = state.object("FULL", "LISTENER", "SYSTEM.LISTENER.TCP.1")
    state.close()
    assert found is not None
    assert listener is not None
    expected = {"DEADQ": "MY.DLQ", "DEFXMITQ": "MY.XMITQ", "DESCR": "A description", "MAXHANDS": "300"}
    assert {key: found[1][key] for key in expected} == expected
    assert (found[1]["MAXUMSGS"], found[1]["TRIGINT"]) == ("400", "500")
    assert (listener[1]["PORT"], listener[1]["CONTROL"]) == ("1999", "QMGR")
    ini = (machine.folder / "var/mqm/qmgrs/FULL/qm.ini").read_text().splitlines()
    assert {"   LogType=LINEAR", "   LogFilePages=128", "   LogPrimaryFiles=4", "   LogSecondaryFiles=5"} <= set(ini)
    assert {f"   LogPath={tmp_path}/logs/FULL/", "   SecurityPolicy=user", "   AllowTLSV13=TRUE"} <= set(ini)
    assert f"   DataPath={tmp_path}/data/FULL\n" in (machine.folder / "var/mqm/mqs.ini").read_text()
    assert stat.S_IMODE((tmp_path / "data/FULL/ssl").stat().st_mode) == 0o2770
    (tmp_path / "data/key.p12").write_text("mine")
    assert machine.run("dltmqm", "FULL").status == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["data", "key.p12", "logs"]


def test_a_directory_that_holds_something_is_left_alone(machine: Machine) -> None:
    left = machine.folder / "var/mqm/qmgrs/LEFT"
    left.mkdir()
    (left / "old").write_text("from before")
    assert f"Directory '{left}.000' created." in machine.run("crtmqm", "LEFT").out
    assert machine.run("strmqm", "LEFT").status == 0
    assert "AMQ8003I" in left.with_name("LEFT.000").joinpath("errors/AMQERR01.LOG").read_text()
    assert machine.run("endmqm", "-i", "LEFT").status == 0
    assert machine.run("dltmqm", "LEFT").status == 0
    assert (left / "old").read_text() == "from before"


def test_the_default_queue_manager_is_the_last_one_made_so(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    for name in ("ONE", "TWO"):
        assert machine.run("crtmqm", "-z", "-q", name) == (0, "", "")
    assert machine.run("dspmq", "-o", "default").out.split() == [
        "QMNAME(ONE)",
        "DEFAULT(no)",
        "QMNAME(TWO)",
        "DEFAULT(yes)",
    ]
    assert "DefaultQueueManager:\n   Name=TWO\n" in (machine.folder / "var/mqm/mqs.ini").read_text()
    assert machine.run("strmqm").out.startswith("IBM MQ queue manager 'TWO' starting.")


def test_of_two_creations_at_once_one_wins(machine: Machine) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: machine.run("crtmqm", "RACE").status, range(3)))
    assert sorted(answers) == [0, 8, 8]
    assert not list((machine.folder / "var/mqm/qmgrs").glob("RACE.*"))
    assert machine.run("dltmqm", "RACE").status == 0


def test_of_two_starts_at_once_one_starts(machine: Machine) -> None:
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: machine.run("strmqm", "QM1").status, range(3)))
    assert sorted(answers) == [0, 5, 5]
    assert machine.run("endmqm", "-i", "QM1").status == 0


def test_one_outside_the_group_mqm_is_refused(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    with users.change(machine.folder) as accounts:
        name = users.invoker()
        accounts.groups["other"] = users.Group("other", 4711)
        accounts.groups["mqm"] = accounts.groups["mqm"]._replace(members=())
        accounts.users[name] = accounts.users[name]._replace(group="other")
    answer = machine.run("crtmqm", "QM1")
    assert answer == (119, "", "AMQ7077E: You are not authorized to perform the requested operation.\n")
    assert machine.run("dspmq").status == 0


def test_a_queue_manager_left_half_made_can_only_be_deleted(machine: Machine) -> None:
    assert machine.run("crtmqm", "HALF").status == 0
    state = machine.state()
    qmgrs.set_status(state, "HALF", qmgrs.BEING_CREATED)
    assert status_of(machine, "HALF") == "Status not available"
    assert machine.run("strmqm", "HALF") == (23, "", "AMQ7017S: Log not available.\n")
    assert machine.run("crtmqm", "HALF").status == 8
    row = state.qmgr("HALF")
    assert row is not None
    with qmgrs.installation.locked(qmgrs.data_directory(state, row)):
        assert machine.run("dltmqm", "HALF").status == 3
    assert machine.run("dltmqm", "HALF").status == 0
    state.close()


def test_messages_that_are_not_persistent_end_with_the_queue_manager(machine: Machine) -> None:
    state = machine.state()
    state.db.executemany(
        "INSERT INTO message (qmgr, queue, body, persistent) VALUES ('QM1', 'Q', ?, ?)", [(b"gone", 0), (b"kept", 1)]
    )
    assert machine.run("strmqm", "QM1").status == 0
    assert [row["body"] for row in state.db.execute("SELECT body FROM message WHERE qmgr = 'QM1'")] == [b"kept"]
    assert machine.run("endmqm", "-i", "QM1").status == 0
    state.close()


LISTENER = """#!/bin/sh
echo "$$ $SANDBOX_LISTENER $*" > {fifo}
while :; do sleep 1; done
"""


@pytest.fixture
def listening(tmp_path: Path) -> tuple[Machine, Path]:
    """A machine whose listener program tells what it was started with and then runs on."""
    machine = Machine(tmp_path / "box")
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (machine.sandbox.bin / "runmqlsr").write_text(LISTENER.format(fifo=fifo))
    return machine, fifo


def test_listeners_under_the_queue_manager_start_and_end_with_it(listening: tuple[Machine, Path]) -> None:
    machine, fifo = listening
    assert machine.run("crtmqm", "-z", "-p", "1999", "QM1").status == 0
    assert machine.run("strmqm", "QM1").status == 0
    pid, name, *arguments = fifo.read_text().split()
    assert (name, arguments[:6]) == ("SYSTEM.LISTENER.TCP.1", ["-t", "tcp", "-m", "QM1", "-p", "1999"])
    assert os.getsid(int(pid)) not in (0, os.getsid(0))
    state = machine.state()
    state.db.execute("INSERT INTO lsstatus VALUES ('QM1', ?, ?, '{}')", (name, int(pid)))
    state.db.execute(
        "INSERT INTO chstatus (qmgr, channel, pid, attributes) VALUES ('QM1', 'C', ?, '{}')", (os.getpid(),)
    )
    assert launch.alive(int(pid))
    assert machine.run("endmqm", "-i", "QM1").status == 0
    assert not launch.alive(int(pid))
    assert not state.db.execute("SELECT 1 FROM lsstatus UNION SELECT 1 FROM chstatus").fetchall()
    state.close()


def test_strmqm_without_services_starts_no_listener(machine: Machine) -> None:
    assert machine.run("strmqm", "-ns", "QM1").status == 0
    state = machine.state()
    assert not state.db.execute("SELECT 1 FROM lsstatus WHERE qmgr = 'QM1'").fetchall()
    state.close()
    assert machine.run("endmqm", "-i", "QM1").status == 0
