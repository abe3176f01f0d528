"""A dry run shows the plan and touches nothing, with MQ and without."""

from __future__ import annotations

from pathlib import Path

from engine_reports import ONE_CLIENT, MakePlace, definitions, files, records
from engine_support import Place

MACHINE = {"sb", "sb/sandbox.db", "sb/sandbox.db-wal", "sb/sandbox.db-shm"}
"""What the simulated machine writes when it is only looked at, as a database does."""


class WithoutMq(Place):
    """A place where no IBM MQ is found and no sandbox stands in."""

    def command_line(self, *more: str) -> tuple[str, ...]:
        return ("--recipe", "r.yaml", *more)


def around(place: Place) -> dict[str, str]:
    """Everything below the place's folder, with its times; what the process says is not mqwizard's doing."""
    seen = files(place.folder, times=True)
    return {name: what for name, what in seen.items() if not name.startswith("said-")}


def test_a_dry_run_without_mq_assumes_an_empty_machine_and_touches_nothing(tmp_path: Path) -> None:
    place = WithoutMq(tmp_path / "work", ONE_CLIENT)
    home = {"HOME": str(place.folder), "PATH": "/usr/bin:/bin", "XDG_STATE_HOME": ""}
    before = around(place)
    ended = place.run("--dry-run", "--commands", environment=home)
    assert ended.status == 0, ended.said
    assert "IBM MQ 9.4.0.0 assumed, an empty machine assumed" in ended.out
    assert "crtmqm -u QM1.DLQ QM1" in ended.out
    assert around(place) == before


def test_a_dry_run_without_mq_assumes_the_release_that_is_named(tmp_path: Path) -> None:
    place = WithoutMq(tmp_path / "work", ONE_CLIENT)
    ended = place.run("--dry-run", "--mq-version", "9.1", environment={"PATH": "/usr/bin:/bin"})
    assert "IBM MQ 9.1.0.0 assumed" in ended.out
    assert "/var/mqm/qmgrs/QM1/ssl/key.kdb" in ended.out


def test_a_release_that_was_never_looked_at_is_refused(tmp_path: Path) -> None:
    place = WithoutMq(tmp_path / "work", ONE_CLIENT)
    ended = place.run("--dry-run", "--mq-version", "8.0", environment={"PATH": "/usr/bin:/bin"})
    assert ended.status == 2
    assert "IBM MQ 8.0 is older than mqwizard knows" in ended.err


def test_a_dry_run_of_a_finished_set_up_touches_nothing_and_says_whether_changes_are_pending(
    make_place: MakePlace,
) -> None:
    place = make_place(ONE_CLIENT)
    fresh = place.run("--dry-run", "--exit-code")
    assert fresh.status == 10, fresh.said
    assert not place.state.exists()
    assert not place.sandbox.exists()
    assert "The sandbox is not there yet" in fresh.out
    assert list(place.folder.glob("kits")) == []

    assert place.run("--no-proof").status == 0
    assert_a_dry_run_leaves(place, status=0)
    (place.folder / "r.yaml").write_text(ONE_CLIENT.replace("[Q1]", "[Q1, Q2]"), encoding="utf-8")
    assert_a_dry_run_leaves(place, status=10)


def assert_a_dry_run_leaves(place: Place, *, status: int) -> None:
    """It ends with the status, and all is as it was."""
    before, defined = around(place), definitions(place)
    ended = place.run("--dry-run", "--exit-code")
    assert ended.status == status, ended.said
    after = around(place)
    assert {name for name in before | after if before.get(name) != after.get(name)} <= MACHINE
    assert definitions(place) == defined


def test_the_plan_as_json_is_what_the_plan_as_text_says(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    text = place.run("--dry-run").out
    *found, summary = records(place.run("--dry-run", "--json").out)
    operations = [one for one in found if one["type"] == "operation"]
    assert {one["type"] for one in found} == {"operation", "access", "difference"}
    assert [(one["effect"], one["who"], one["channel"]) for one in found if one["type"] == "difference"] == [
        ("opens", "app1", "APP1.SVRCONN")
    ]
    assert "opens: app1 by APP1.SVRCONN" in text
    assert {one["v"] for one in operations} == {summary["v"]} == {1}
    for one in operations:
        assert any(one["what"] in line and one["state"] in line for line in text.splitlines())
    assert summary["pending"] == len(operations)
    assert sum(summary["totals"].values()) == len(operations)
