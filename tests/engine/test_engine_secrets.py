"""Secrets given and secrets made: they work, and they are nowhere but where they belong."""

from __future__ import annotations

import stat
import sys
from functools import partial
from pathlib import Path

import pexpect
from engine_reports import ONE_CLIENT, MakePlace, assert_proven, operations, topology_of
from engine_secrets import ARGUMENTS, assert_hidden, kept, places_of, record_arguments
from engine_support import Place

GIVEN = {
    "STORE_PW": "Planted-Secr3t-0123 of 'the' store",
    "INITIAL_KEY": "Planted-Secr3t-4567-initial-key",
    "CA_PASS": "Planted-Secr3t-89ab $(CA) `x`",
    "APP_PW": "Planted-Secr3t-cdef;app2",
}

RECIPE = """\
mqwizard: 1
organization: Example
trust: {kind: ca, key: ec-p256, passphrase: env:CA_PASS}
certificates: {key: ec-p256}
queue_managers:
  QM1:
    listener: 1414
    queues: [Q1]
    key_repository: {password: env:STORE_PW, initial_key: env:INITIAL_KEY}
clients:
  app1:
    connects_to: QM1
    queues: {Q1: [put, get]}
  app2:
    connects_to: QM1
    tls: server
    password: env:APP_PW
    queues: {Q1: [put]}
"""


def test_a_store_password_in_keyrpwd_works_and_no_secret_shows_anywhere(make_place: MakePlace) -> None:
    place = make_place(RECIPE)
    disturbance = partial(record_arguments, place.folder / ARGUMENTS)
    assert place.run("--dry-run", "--commands", "--plan-out", "plan.json", environment=GIVEN).status == 0
    ended = place.run("--json", disturbance=disturbance, environment=GIVEN)
    assert_proven(place, ended, topology_of(RECIPE))
    assert_keyrpwd_holds_the_password(place)

    again = place.run("--commands", "--no-proof", disturbance=disturbance, environment=GIVEN)
    assert again.status == 0, again.said
    assert operations(place) == []

    refused = place.run("--json", disturbance=disturbance, environment={**GIVEN, "STORE_PW": "Planted-Secr3t-wrong"})
    assert refused.status == 3, refused.said

    assert {stat.S_IMODE(path.stat().st_mode) for path in place.state.rglob("*") if path.is_file()} == {0o600}
    assert_every_process_was_seen(place)
    assert_hidden(place, {**GIVEN, "wrong": "Planted-Secr3t-wrong", **kept(place)})


def assert_keyrpwd_holds_the_password(place: Place) -> None:
    """No stash file is made; INITKEY is set before KEYRPWD, which the queue manager itself then shows as stars."""
    stores = place.sandbox / "var/mqm/qmgrs/QM1/ssl"
    assert [path.name for path in stores.iterdir()] == ["key.p12"]
    assert "KEYRPWD(********)" in place.mqsc("DISPLAY QMGR KEYRPWD")
    (transcript,) = (place.state / "transcripts").glob("*.txt")
    sent = transcript.read_text(encoding="utf-8")
    assert 0 < sent.index("ALTER QMGR INITKEY(") < sent.index("ALTER QMGR KEYRPWD(")


def assert_every_process_was_seen(place: Place) -> None:
    """The record of argument lists has those of mqwizard's own processes and of those that the sandbox starts."""
    lines = (place.folder / ARGUMENTS).read_text(encoding="utf-8").splitlines()
    programs = {line.split("\x1f")[0].rpartition("/")[2] for line in lines}
    assert programs >= {"runmqakm", "runmqsc", "crtmqm", "chmod", "sh", "amqsputc", "chpasswd", "runmqlsr"}


def test_a_secret_typed_at_the_terminal_is_asked_for_once_and_shows_nowhere(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT.replace("trust: {", "trust: {passphrase: prompt, "))
    words = ["--recipe", "r.yaml", "--sandbox", "sb", "--state", "st", "--yes", "--no-proof"]
    command = str(Path(sys.executable).parent / "mqwizard")
    with (place.folder / "terminal").open("w", encoding="utf-8") as seen:
        spawned = pexpect.spawn(command, words, cwd=str(place.folder), encoding="utf-8", timeout=60)
        spawned.logfile_read = seen
        spawned.expect("(?i)pass")
        spawned.waitnoecho()
        spawned.sendline(GIVEN["CA_PASS"])
        spawned.expect(pexpect.EOF)
        spawned.close()
    assert spawned.exitstatus == 0
    assert len(list((place.folder / "ca" / "issued").iterdir())) == 2
    assert_hidden(place, {"typed": GIVEN["CA_PASS"], **kept(place)})


def test_the_search_finds_what_is_there(make_place: MakePlace) -> None:
    place = make_place(RECIPE)
    (place.folder / "deep").mkdir()
    (place.folder / "deep" / "log").write_text("before it''s a secret after", encoding="utf-8")
    assert places_of("it's a secret", place.folder) == {"deep/log"}
