"""The main job where runmqakm takes no password but on its command line (SANDBOX_NO_PW_STDIN)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from engine_reports import ONE_CLIENT, MakePlace, assert_nothing_to_do, assert_proven, topology_of
from engine_support import Place

SELF_SIGNED = ONE_CLIENT.replace("trust: ca", "trust: self-signed")


NO_PASSWORD = {"SANDBOX_NO_PW_STDIN": "1"}


@pytest.mark.parametrize("recipe", [ONE_CLIENT, SELF_SIGNED], ids=["ca", "self-signed"])
def test_the_key_repository_is_written_by_hand_proven_and_kept(recipe: str, make_place: MakePlace) -> None:
    place = make_place(recipe)
    assert_proven(place, place.run(environment=NO_PASSWORD), topology_of(recipe, "9.4"))

    store = place.sandbox / "var/mqm/qmgrs/QM1/ssl/key.p12"
    assert {path.name for path in store.parent.iterdir()} == {"key.p12"}
    assert f"{store.stat().st_mode:o}".endswith("640")
    kept = place.folder / "key-repositories" / "QM1.password"
    assert f"{kept.stat().st_mode:o}".endswith("600")
    judged = subprocess.run(
        ["openssl", "pkcs12", "-in", str(store), "-passin", f"file:{kept}", "-noenc", "-info"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "friendlyName: qm1" in judged.stdout
    assert kept.read_text(encoding="ascii").strip() not in transcripts(place)

    assert_nothing_to_do(place)


def test_a_release_that_reads_cms_only_is_refused_before_anything_is_made(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT, "--mq-version", "9.2")
    ended = place.run(environment=NO_PASSWORD)
    assert ended.status == 3
    assert "runmqakm takes a password only on its command line here" in ended.err
    assert place.command("dspmq") == ""
    assert not (place.folder / "kits").exists()


def transcripts(place: Place) -> str:
    return "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in Path(place.state).rglob("*") if path.is_file()
    )
