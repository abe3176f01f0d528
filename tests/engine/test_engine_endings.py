"""How a run ends: declined at the terminal, done without one, or done and not proven."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pexpect
from engine_reports import ONE_CLIENT, MakePlace, assert_proven, definitions, operations, report, topology_of
from engine_support import Place

import recipes

COMMAND = Path(sys.executable).parent / "mqwizard"


class Unasked(Place):
    """A place whose runs are told nothing about questions."""

    def command_line(self, *more: str) -> tuple[str, ...]:
        return ("--recipe", "r.yaml", "--sandbox", "sb", "--state", "st", *more)


def answered(place: Place, answer: str) -> tuple[int | None, str]:
    """Exit status and words of a run at a terminal, where the question of the plan is answered."""
    words = ["--recipe", "r.yaml", "--sandbox", "sb", "--state", "st", "--no-proof"]
    spawned = pexpect.spawn(str(COMMAND), words, cwd=str(place.folder), encoding="utf-8", timeout=60)
    spawned.expect_exact("Do it? [y/N]")
    before = spawned.before or ""
    spawned.send(answer)
    spawned.expect(pexpect.EOF)
    spawned.close()
    return spawned.exitstatus, before + (spawned.before or "")


def test_a_plan_declined_at_the_terminal_is_not_carried_out(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    for answer in ("n\n", "\x04"):
        status, said = answered(place, answer)
        assert status == 5, said
        assert "create   queue manager" in said
        assert "Nothing was done." in said
    assert place.command("dspmq") == ""
    assert {path.name for path in place.folder.iterdir()} == {"r.yaml", "sb", "st"}
    assert not (place.state / "journals").exists()


def test_a_plan_agreed_to_at_the_terminal_is_carried_out(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    status, said = answered(place, "y\n")
    assert status == 0, said
    assert "QMNAME(QM1)" in place.command("dspmq")


def test_without_a_terminal_nobody_is_asked(tmp_path: Path) -> None:
    place = Unasked(tmp_path / "work", ONE_CLIENT)
    try:
        ended = place.run("--no-proof")
        assert ended.status == 0, ended.said
        assert "Do it?" not in ended.said
        assert "QMNAME(QM1)" in place.command("dspmq")
    finally:
        place.clean_up()


def test_a_proof_that_fails_is_an_exit_status_of_its_own_and_names_the_cause(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    assert place.run("--no-proof").status == 0
    names = "SSLPEER('CN=app1,OU=MQ,O=Example') SSLCERTI('CN=Example MQ CA,OU=MQ,O=Example') ADDRESS('127.*')"
    block = f"CHLAUTH(APP1.SVRCONN) TYPE(SSLPEERMAP) {names}"
    place.mqsc(f"SET {block} USERSRC(NOACCESS) ACTION(ADD)")
    ended = place.run("prove")
    assert ended.status == 4, ended.said
    assert "app1: rules: it is refused" in ended.err
    assert "a rule added by hand may stand before ours" in ended.err
    checks, summary = report(place)
    assert [check["name"] for check in checks if check["verdict"] == "FAILED"] == ["rules"]
    assert summary["failed"] == 1
    assert "**FAILED**" in next((place.folder / "proof").glob("*.md")).read_text(encoding="utf-8")
    assert "MQWIZARD.PROOF" not in definitions(place)

    place.mqsc(f"SET {block} ACTION(REMOVE)")
    assert_proven(place, place.run("prove"), topology_of(ONE_CLIENT))
    assert operations(place) == []

    place.mqsc("ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLCAUTH(OPTIONAL)")
    ended = place.run("prove")
    assert ended.status == 3, ended.said
    assert "1 operation pending" in ended.err


def test_a_sandbox_made_by_hand_is_used_as_the_command_says(tmp_path: Path) -> None:
    place = Place(tmp_path / "work")
    script = f'eval "$({COMMAND} sandbox box --mq-version 9.3)" && dspmqver -b -f 2 && crtmqm QM7 && dspmq'
    done = subprocess.run(
        ["sh", "-c", script], cwd=place.folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("9.3.0.0\n")
    assert "QMNAME(QM7)" in done.stdout
    again = subprocess.run([COMMAND, "sandbox", "/etc"], capture_output=True, text=True, check=False, timeout=60)
    assert again.returncode == 2
    assert "/etc is not empty and is no sandbox." in again.stderr


def test_recipes_and_schema_are_printed_for_people_and_programs() -> None:
    listed = printed("recipes").splitlines()
    assert [line.split()[0] for line in listed] == recipes.names()
    for name in recipes.names():
        assert printed("recipes", name) == recipes.text(name)
    schema = json.loads(printed("schema"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) >= {"mqwizard", "queue_managers", "clients", "trust"}
    references = re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(schema))
    assert references and set(references) <= set(schema["$defs"])


def printed(*words: str) -> str:
    done = subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
