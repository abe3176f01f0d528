"""SANDBOX_FAULTS and SANDBOX_LATENCY: what is read, what is refused, what happens when."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine_calls import Machine

from wizard.sandbox import faults
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.state import State

ACTIONS = ["hang", "kill", "garbage", "full", "refuse", "AMQ8145E", "exit:71", "slow:5"]


@given(
    st.from_regex(r"[a-z][a-z0-9]{0,10}", fullmatch=True),
    st.text(st.characters(blacklist_characters=";\n\r", blacklist_categories=["Cs", "Zl", "Zp", "Cc"])),
    st.one_of(st.just("*"), st.integers(1, 99).map(str)),
    st.sampled_from(ACTIONS),
)
def test_every_well_formed_item_is_read(command: str, text: str, occurrence: str, action: str) -> None:
    (fault,) = faults.listed(f" {command}:{text}:{occurrence}={action} ;\n")
    assert (fault.command, fault.occurrence, fault.action) == (command, occurrence, action)
    assert fault.text == " ".join(text.split()).casefold()


def test_a_text_may_hold_colons_equals_signs_and_commas() -> None:
    (fault,) = faults.listed("runmqsc:SSLPEER('CN=a,O=b:c'):2=kill")
    assert fault.text == "sslpeer('cn=a,o=b:c')"


@pytest.mark.parametrize(
    "value",
    ["x", "dspmq::1", "dspmq:1=kill", "dspmq::0=kill", "dspmq::x=kill", "dspmq::1=explode", "dspmq::1=exit:256"],
)
def test_a_malformed_item_is_refused(value: str) -> None:
    with pytest.raises(SandboxError, match="malformed"):
        faults.listed(f"dspmq::1=kill;{value}")


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State.create(tmp_path / "box")


def test_the_third_occurrence_is_the_third_in_any_case_and_spacing(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDBOX_FAULTS", "runmqsc:DEFINE QLOCAL:3=kill")
    texts = ["DEFINE QLOCAL(A)", "ALTER QMGR", "define  qlocal(B)", "DEFINE QREMOTE(C)", "Define Qlocal(D)"]
    assert [faults.at(state, "runmqsc", text) for text in texts] == [None, None, None, None, "kill"]
    assert faults.at(state, "dmpmqcfg", "DEFINE QLOCAL(A)") is None
    assert faults.at(state, "runmqsc", "DEFINE QLOCAL(E)") is None


def test_a_star_is_every_occurrence_and_items_count_apart(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_FAULTS", "runmqsc:STOP:2=AMQ8145E\nrunmqsc::*=slow:1")
    assert [faults.at(state, "runmqsc", "STOP") for _ in range(3)] == ["slow:1", "AMQ8145E", "slow:1"]


def test_without_the_variable_nothing_happens(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SANDBOX_FAULTS", raising=False)
    assert faults.at(state, "runmqsc", "STOP") is None


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("faults") / "box")


@pytest.mark.parametrize(
    ("action", "status", "said"),
    [
        ("exit:71", 71, ""),
        ("AMQ8145E", 71, "AMQ8145E: Connection broken.\n"),
        ("full", 71, "AMQ6119S: An internal IBM MQ error has occurred ('28 - No space left on device' from write.)\n"),
        ("refuse", 119, "AMQ7077E: You are not authorized to perform the requested operation.\n"),
        ("kill", -signal.SIGKILL, ""),
        ("slow:1", 0, "IBM MQ\n"),
    ],
)
def test_an_action_takes_the_place_of_a_command(machine: Machine, action: str, status: int, said: str) -> None:
    answer = machine.run("dspmqver", "-b", "-f", "1", SANDBOX_FAULTS=f"dspmqver:-f 1:1={action}")
    assert answer == (status, said, "")


def test_garbage_is_no_text_and_no_failure(machine: Machine) -> None:
    answer = machine.run("dspmq", SANDBOX_FAULTS="dspmq::*=garbage")
    assert answer.status == 0
    with pytest.raises(UnicodeDecodeError):
        answer.out.encode("utf-8", "surrogateescape").decode("utf-8")


def test_occurrences_are_counted_across_processes(machine: Machine) -> None:
    statuses = [machine.run("mqrc", "0", SANDBOX_FAULTS="mqrc::2=exit:9").status for _ in range(3)]
    assert statuses == [0, 9, 0]


@pytest.mark.parametrize(
    "environment", [{"SANDBOX_FAULTS": "nonsense"}, {"SANDBOX_LATENCY": "soon"}, {"SANDBOX_LATENCY": "-1"}]
)
def test_every_command_refuses_a_malformed_setting(machine: Machine, environment: dict[str, str]) -> None:
    answer = machine.run("id", **environment)
    assert (answer.status, answer.out) == (125, "")
    assert "is malformed" in answer.err


def test_latency_is_slept_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(faults.time, "sleep", slept.append)
    monkeypatch.setenv("SANDBOX_LATENCY", "250")
    faults.pause()
    assert faults.act("slow:40") is None
    assert slept == [0.25, 0.04]


def test_a_hanging_command_sleeps_until_it_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    naps = iter([None, None])

    def nap(_: float) -> None:
        if next(naps, "killed") == "killed":
            raise KeyboardInterrupt

    monkeypatch.setattr(faults.time, "sleep", nap)
    with pytest.raises(KeyboardInterrupt):
        faults.act("hang")
