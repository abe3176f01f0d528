"""What a power cut may leave half-made: made anew while nobody uses it, refused and left alone once somebody may."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_support import Place
from kill_jobs import OLD_STORES, OWN_CA, Job, Whole, goes_on
from kill_points import KillAt

from wizard.sandbox import creation
from wizard.sandbox.commands import crtmqm
from wizard.sandbox.options import parsed
from wizard.sandbox.state import State

SSL = "sb/var/mqm/qmgrs/QM1/ssl"
JUNK = b"half a key repository"


@pytest.mark.parametrize(
    ("job", "operation", "names"),
    [
        (OWN_CA, "create QM1/key-repository", (f"{SSL}/key.p12",)),
        (OWN_CA, "create QM1/key-repository", (f"{SSL}/key.sth",)),
        (OLD_STORES, "create QM1/key-repository", (f"{SSL}/key.rdb", f"{SSL}/key.crl")),
        (OLD_STORES, "create app1/certificate/app1", ("kits/app1/app1.kdb",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_half_made_key_repository_is_made_anew(
    tmp_path: Path, whole: Whole, job: Job, operation: str, names: tuple[str, ...]
) -> None:
    with job.place(tmp_path / "job") as place:
        assert place.run(disturbance=KillAt(operation, "begun")).status == -9
        for name in names:
            (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (place.folder / name).write_bytes(JUNK)
        goes_on(place, whole(job))
        kept = [path.read_bytes() for path in place.state.rglob("backups/**/*.0001")]
        main = [name for name in names if name.endswith((".p12", ".kdb"))]
        assert (JUNK in kept) is bool(main)


@pytest.mark.parametrize("name", [f"{SSL}/key.p12", "kits/app1.password"])
def test_a_key_repository_in_use_that_does_not_open_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        assert place.run().status == 0
        (place.folder / name).unlink()
        if name.endswith(".p12"):
            (place.folder / name).write_bytes(JUNK)
        before = _contents(place)
        ended = place.run()
        assert ended.status == 3, ended.said
        assert "move it away" in ended.err
        assert _contents(place) == before


def _contents(place: Place) -> dict[str, bytes]:
    kept = (place.folder / SSL, place.folder / "kits", place.folder / "ca", place.folder / "exchange")
    return {str(path): path.read_bytes() for folder in kept for path in folder.rglob("*") if path.is_file()}


def test_a_half_made_queue_manager_is_made_anew_where_that_is_allowed(tmp_path: Path, whole: Whole) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        assert place.run(disturbance=KillAt("create QM1/queue-manager", "begun")).status == -9
        _die_while_creating(place)
        ended = place.run()
        assert ended.status == 3, ended.said
        assert "crtmqm was ended before it was done" in ended.err
        assert "--allow delete" in ended.err
        goes_on(place, whole(OWN_CA), "--allow", "delete")


def _die_while_creating(place: Place) -> None:
    state = State(place.sandbox)
    wish = crtmqm._wish(parsed(["QM1"], crtmqm.FLAGS), "9.4.0.0", crtmqm.FLAGS)
    with pytest.raises(KeyboardInterrupt), creation.begun(state, wish):
        raise KeyboardInterrupt
    state.close()


def test_a_queue_manager_that_was_ended_is_started_and_looked_at_in_one_run(tmp_path: Path, whole: Whole) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        assert place.run(disturbance=KillAt("create QM1/authority/app1", "over")).status == -9
        place.command("endmqm", "-i", "QM1")
        went_on = goes_on(place, whole(OWN_CA))
        assert "queue manager" in went_on.out
