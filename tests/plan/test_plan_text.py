from __future__ import annotations

import json

import pytest
from plan_cases import carried_out, plan_of, topology_of
from plan_machine import Machine

from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.plan.operations import Change, Consent, Operation, Plan, State
from wizard.plan.records import plan_records
from wizard.plan.steps import Check, Command, FileSecured, Later, ListenerRuns, Mqsc, StoreHolds, Wait, WriteFile
from wizard.plan.text import counted, plan_text, totals

NEWEST = Release(9, 4)


def plan(*states: State, consent: Consent | None = None) -> Plan:
    operations = tuple(
        Operation("QM1", state, f"thing {number}", f"QM1/{number}", consent=consent)
        for number, state in enumerate(states)
    )
    return Plan("a plan", operations)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (plan(), "Nothing to do: 0 as wanted."),
        (plan(State.KEEP, State.KEEP), "Nothing to do: 2 as wanted."),
        (
            plan(State.CREATE, State.KEEP),
            "1 to create, 1 kept. Nothing is replaced, deleted, taken over or interrupted.",
        ),
        (plan(State.REPLACE), "1 to replace. Nothing is deleted, taken over or interrupted."),
        (
            plan(State.REPLACE, State.DELETE, consent=Consent.TAKEOVER),
            "1 to replace, 1 to delete. Nothing is interrupted.",
        ),
        (plan(State.RUN, consent=Consent.INTERRUPT), "1 to run. Nothing is replaced, deleted or taken over."),
        (
            plan(State.REFUSE, State.WAIT),
            "1 to wait for, 1 refused. Nothing is replaced, deleted, taken over or interrupted.",
        ),
    ],
)
def test_the_totals_say_what_happens_and_what_does_not(made: Plan, sentence: str) -> None:
    assert totals(made) == sentence


def test_an_assumed_machine_and_a_real_one_are_told_apart_in_the_title() -> None:
    topology = topology_of("plain-client", NEWEST)
    machine = Machine()
    assert plan_text(plan_of(topology, machine)).splitlines()[0] == (
        "Plan: case on mqhost, IBM MQ 9.4.0.0 (Installation1), facts of 10:12"
    )


@pytest.mark.parametrize(("ours", "word"), [(True, "ours"), (False, "existing")])
def test_the_heading_says_whose_a_queue_manager_is(ours: bool, word: str) -> None:
    topology = topology_of("plain-client", NEWEST)
    machine = Machine()
    assert "\nQM1 (new)\n" in plan_text(plan_of(topology, machine))

    carried_out(machine, topology)
    if not ours:
        machine.set_values.clear()
    assert f"\nQM1 ({word})\n" in plan_text(plan_of(topology, machine))


def test_records_are_one_json_object_a_line_and_the_last_is_a_summary() -> None:
    made = plan_of(topology_of("two-way-tls-own-ca", NEWEST), Machine())
    records = [json.loads(line) for line in plan_records(made)]

    assert [record["type"] for record in records] == ["operation"] * len(made.operations) + ["summary"]
    assert {record["v"] for record in records} == {1}
    assert records[-1]["totals"] == made.totals
    assert records[-1]["pending"] == len(made.pending)


SECRET = SecretRef("env:WORD")
FOLDER = Later("QM1", "ssl_folder", "/var/mqm/qmgrs/QM1/ssl", "/it's key.p12")


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        (Mqsc("QM1", ("ALTER QMGR KEYRPWD(", SECRET, ")")), ["ALTER QMGR KEYRPWD('********')"]),
        (
            Mqsc("QM1", ("ALTER QMGR SSLKEYR(", FOLDER, ")")),
            ["ALTER QMGR SSLKEYR('/var/mqm/qmgrs/QM1/ssl/it''s key.p12')"],
        ),
        (Command(("rm", FOLDER)), ["rm '/var/mqm/qmgrs/QM1/ssl/it'\"'\"'s key.p12'"]),
        (Command(("tool", "-pw", "-"), answers=(SECRET, "END")), ["tool -pw -", "  > ********", "  > END"]),
        (Command(("tool",), environment={"A": "b c"}), ["A='b c' tool"]),
        (WriteFile("kits/a", "ä\n", mode=0o640), ["write kits/a, 3 bytes, mode 0640"]),
        (Wait("root", "a user", ("useradd a", "id a")), ["root# useradd a", "root# id a"]),
        (Check(ListenerRuns("QM1", "L")), ["check DISPLAY LSSTATUS(L) says RUNNING"]),
        (Check(FileSecured("a", 0o640, "mqm")), ["check a is 0640, group mqm"]),
        (Check(StoreHolds("a", SECRET, "l", personal=False)), ["check a lists l as signer"]),
    ],
)
def test_a_step_is_shown_as_it_is_done_but_for_secrets(step: Mqsc | Command, lines: list[str]) -> None:
    assert list(step.lines()) == lines


def test_a_session_is_named_once_for_the_commands_in_it() -> None:
    steps = (Mqsc("QM1", ("A",)), Mqsc("QM1", ("B",)), Command(("c",)), Mqsc("QM1", ("D",)))
    operation = Operation("QM1", State.CHANGE, "it", "QM1/it", steps=steps, changes=(Change("X", "1", "2"),))
    shown = plan_text(Plan("a plan", (operation,)), commands=True)

    assert [line.removeprefix(" " * 11) for line in shown.splitlines()[4:10]] == [
        "runmqsc QM1",
        "  A",
        "  B",
        "c",
        "runmqsc QM1",
        "  D",
    ]


@pytest.mark.parametrize(("number", "words"), [(0, "0 operations"), (1, "1 operation"), (2, "2 operations")])
def test_one_is_singular(number: int, words: str) -> None:
    assert counted(number, "operation") == words
