"""dspmq, dspmqver, dspmqinst, mqrc: layouts and exit statuses."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from machine_calls import Machine


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    machine = Machine(tmp_path_factory.mktemp("display") / "box")
    machine.add_qmgr("QM1", "Running", default=True)
    machine.add_qmgr("QM.2", "Ended immediately")
    machine.add_qmgr("X" * 48, "Ended normally")
    return machine


LONG = "X" * 48


def listed(name: str) -> str:
    return f"QMNAME({name})".ljust(58)


@pytest.mark.parametrize(
    ("arguments", "status", "lines"),
    [
        ("-m QM1", 0, [listed("QM1") + "STATUS(Running)"]),
        ("-s -m QM1", 0, [listed("QM1") + "STATUS(Running)"]),
        ("-mQM1 -o status", 0, [listed("QM1") + "STATUS(Running)"]),
        ("-n -m QM.2", 0, [listed("QM.2") + "STATUS(ENDED IMMEDIATELY)"]),
        ("-o default -m QM1", 0, [listed("QM1") + "DEFAULT(yes)"]),
        ("-o standby -m QM.2", 0, [listed("QM.2") + "STANDBY(Not applicable)"]),
        ("-o default -s -m QM1", 0, [listed("QM1") + "STATUS(Running) DEFAULT(yes)"]),
        ("-a", 5, [listed("QM1") + "STATUS(Running)"]),
        ("-m QM*", 0, [listed("QM.2") + "STATUS(Ended immediately)", listed("QM1") + "STATUS(Running)"]),
        ("-m X?*", 0, [listed(LONG) + "STATUS(Ended normally)"]),
    ],
)
def test_dspmq_shows(machine: Machine, arguments: str, status: int, lines: list[str]) -> None:
    assert machine.run("dspmq", *arguments.split()) == (status, "".join(f"{line}\n" for line in lines), "")


@pytest.mark.parametrize(
    ("arguments", "status", "begins"),
    [
        ("-m NONE", 72, "AMQ7048E: The queue manager name is either not valid or not known."),
        ("-m NONE*", 72, "AMQ8919E: There are no matching IBM MQ queue manager names."),
        ("-m", 36, "Usage: dspmq "),
        ("-o nonsense", 36, "Usage: dspmq "),
        ("-k", 36, "Usage: dspmq "),
        ("QM1", 36, "Usage: dspmq "),
        ("-c", 125, "mqwizard sandbox: The sandbox does not simulate the flag -c"),
    ],
)
def test_dspmq_refuses(machine: Machine, arguments: str, status: int, begins: str) -> None:
    answer = machine.run("dspmq", *arguments.split())
    assert (answer.status, answer.out) == (status, "")
    assert answer.err.startswith(begins)


def test_dspmq_with_instances_shows_where_the_active_one_runs(machine: Machine) -> None:
    out = machine.run("dspmq", "-x", "-o", "all", "-m", "QM1").out
    assert out == (
        listed("QM1") + "STATUS(Running) DEFAULT(yes) STANDBY(Not permitted) INSTNAME(Installation1)"
        f" INSTPATH({machine.folder}/opt/mqm) INSTVER(9.4.0.0) ROLE(Not configured) INSTANCE() INSYNC() QUORUM()\n"
        f"    INSTANCE({os.uname().nodename}) MODE(Active)\n"
    )


def test_dspmq_of_an_empty_machine_says_nothing(tmp_path: Path) -> None:
    assert Machine(tmp_path / "box").run("dspmq") == (0, "", "")


def test_dspmqver_labels_its_fields(machine: Machine) -> None:
    lines = machine.run("dspmqver").out.splitlines()
    assert [line[:13].rstrip() for line in lines] == [
        *("Name:", "Version:", "Level:", "BuildType:", "Platform:", "Mode:", "O/S:", "O/S Details:"),
        *("InstName:", "InstDesc:", "Primary:", "InstPath:", "DataPath:"),
        *("MaxCmdLevel:", "LicenseType:", "ReleaseType:"),
    ]
    assert "Level:       p940-L240605.1" in lines
    assert "MaxCmdLevel: 940" in lines
    assert "ReleaseType: Long Term Support (LTS) and Continuous Delivery (CD)" in lines


@pytest.mark.parametrize(
    ("version", "present", "absent"),
    [
        ("9.1", "MaxCmdLevel: 910", "ReleaseType"),
        ("9.4.4.1", "Level:       p944-001-", "Long Term"),
        ("10.0", "MaxCmdLevel: 1000", "9.4"),
    ],
)
def test_dspmqver_by_release(tmp_path: Path, version: str, present: str, absent: str) -> None:
    out = Machine(tmp_path / "box", version).run("dspmqver").out
    assert present in out
    assert absent not in out.replace(str(tmp_path), "")


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        ("-f 2", "Version:     9.4.0.0\n"),
        ("-f2", "Version:     9.4.0.0\n"),
        ("-b -f 2", "9.4.0.0\n"),
        ("-b -f 3", "IBM MQ\n9.4.0.0\n"),
    ],
)
def test_dspmqver_shows_the_fields_of_the_mask(machine: Machine, arguments: str, out: str) -> None:
    assert machine.run("dspmqver", *arguments.split()) == (0, out, "")


@pytest.mark.parametrize("arguments", ["-f x", "-f 0", "-f", "-q", "more"])
def test_dspmqver_refuses_what_it_does_not_know(machine: Machine, arguments: str) -> None:
    answer = machine.run("dspmqver", *arguments.split())
    assert answer.status == 20
    assert answer.err.startswith("Usage: dspmqver ")


def test_dspmqinst_shows_the_one_installation(machine: Machine) -> None:
    answer = machine.run("dspmqinst")
    assert answer == machine.run("dspmqinst", "-n", "Installation1")
    assert f"InstPath:      {machine.folder}/opt/mqm\n" in answer.out
    assert machine.run("dspmqinst", "-n", "Other").status == 44
    assert machine.run("dspmqinst", "-x").status == 36


@pytest.mark.parametrize("wanted", ["2035", "0x7f3", "0x000007F3", "MQRC_NOT_AUTHORIZED", "mqrc_not_authorized"])
def test_mqrc_names_a_reason(machine: Machine, wanted: str) -> None:
    assert machine.run("mqrc", wanted) == (0, "\n      2035  0x000007f3  MQRC_NOT_AUTHORIZED\n\n", "")


@pytest.mark.parametrize(("wanted", "status"), [("1", 1), ("AMQ9637", 125), ("-a", 125)])
def test_mqrc_refuses_what_it_does_not_know(machine: Machine, wanted: str, status: int) -> None:
    answer = machine.run("mqrc", wanted)
    assert (answer.status, answer.out) == (status, "")
