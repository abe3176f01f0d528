"""What an undo took back is told no longer, and counts as ours no longer; what it left still does."""

from __future__ import annotations

from pathlib import Path

from wizard.engine.memory import memory_of
from wizard.engine.undo_past import past_of
from wizard.plan.effects import FileSet
from wizard.plan.effects_json import effect_record
from wizard.run import history
from wizard.run.history import History
from wizard.run.journal import FINISHED, Begun, Done, Journal
from wizard.run.secrets import SecretStore

KEY = "app-0123"


def begun(folder: Path, **about: object) -> Journal:
    return Journal.open(folder, KEY, redact=SecretStore(environment={}).redact, digests={}, about=about)


def told(folder: Path) -> History:
    return history.read(folder, KEY)


def did(journal: Journal, *resources: str, change: str = "create", end: str = FINISHED) -> None:
    """A run that did something with these resources."""
    for resource in resources:
        journal.begin([Begun(f"{change} {resource}", resource, change)])
        journal.done([Done(f"{change} {resource}", {"values": {"A": change}})])
    journal.end(end)


def test_what_was_undone_is_ours_no_longer(tmp_path: Path) -> None:
    did(begun(tmp_path), "QM1/queue/A", "QM1/queue/B")
    assert memory_of(told(tmp_path)).ours("QM1/queue/A")
    did(begun(tmp_path, undoes=[1], leaves=[]), "QM1/queue/A", change="delete")
    assert told(tmp_path).operations == ()
    assert not memory_of(told(tmp_path)).ours("QM1/queue/A")
    assert [one.resource for one in told(tmp_path).taken_back] == ["QM1/queue/A", "QM1/queue/B"]


def test_what_an_undo_left_stays_ours(tmp_path: Path) -> None:
    did(begun(tmp_path), "QM1/queue/A", "QM1/queue/B")
    did(begun(tmp_path, undoes=[1], leaves=["QM1/queue/B"]), "QM1/queue/A", change="delete")
    assert told(tmp_path).resources() == {"QM1/queue/B"}


def test_an_undo_that_was_killed_has_taken_back_what_it_had_done(tmp_path: Path) -> None:
    did(begun(tmp_path), "QM1/queue/A", "QM1/queue/B", "QM1/queue/C")
    undo = begun(tmp_path, undoes=[1], leaves=["QM1/queue/C"])
    for resource in ("QM1/queue/A", "QM1/queue/C"):
        undo.begin([Begun(f"delete {resource}", resource, "delete")])
        undo.done([Done(f"delete {resource}")])
    undo.begin([Begun("delete QM1/queue/B", "QM1/queue/B", "delete")])
    assert told(tmp_path).resources() == {"QM1/queue/B", "QM1/queue/C"}


def test_an_undo_of_one_run_brings_the_memory_of_the_one_before_back(tmp_path: Path) -> None:
    did(begun(tmp_path), "QM1/queue/A")
    did(begun(tmp_path), "QM1/queue/A", change="change")
    assert memory_of(told(tmp_path)).set_values == {"QM1/queue/A": {"A": "change"}}
    did(begun(tmp_path, undoes=[2], leaves=[]), "QM1/queue/A", change="change")
    assert memory_of(told(tmp_path)).set_values == {"QM1/queue/A": {"A": "create"}}


def test_a_run_after_an_undo_is_told_again(tmp_path: Path) -> None:
    did(begun(tmp_path), "QM1/queue/A")
    did(begun(tmp_path, undoes=[1], leaves=[]), "QM1/queue/A", change="delete")
    did(begun(tmp_path), "QM1/queue/A")
    assert told(tmp_path).resources() == {"QM1/queue/A"}


def test_a_run_that_did_less_than_it_planned_is_half_done(tmp_path: Path) -> None:
    did(begun(tmp_path, planned=2), "QM1/queue/A", end="failed")
    did(begun(tmp_path, planned=1), "QM1/queue/B")
    assert told(tmp_path).half_done == {1}


def test_a_folder_that_a_run_made_is_known_when_all_else_of_that_run_is_taken_back(tmp_path: Path) -> None:
    made = effect_record(FileSet("exchange/a.pem", folders=("exchange",)))
    for resource, former in (("a/certificate", [made]), ("b/certificate", [effect_record(FileSet("exchange/b.pem"))])):
        journal = begun(tmp_path)
        journal.begin([Begun(f"create {resource}", resource, "create", former=former)])
        journal.done([Done(f"create {resource}")])
        journal.end(FINISHED)
    undo = begun(tmp_path, undoes=[1, 2], leaves=[])
    undo.begin([Begun("delete a/certificate", "a/certificate", "delete")])
    undo.done([Done("delete a/certificate")])
    assert "exchange" in past_of(told(tmp_path), [2]).folders
