"""What is refused before anything is touched: the exit status, the words a person reads, and that all is as it was."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from engine_reports import ONE_CLIENT, MakePlace, definitions, files
from engine_support import Ended, Place

from wizard.sandbox.install import prepare

BROKEN = """\
mqwizard: 1
organisation: Example
queue_managers:
  QM1: {listner: 1414, queues: [Q 1]}
clients:
  app1:
    connects_to: QM2
    tls: mutal
"""

NO_MQ = {"PATH": "/usr/bin:/bin", "MQ_INSTALLATION_PATH": ""}

PLAIN = """\
mqwizard: 1
queue_managers:
  QM1: {listener: {port: 31414, address: 127.0.0.1}, queues: [Q1]}
clients:
  app1:
    connects_to: QM1
    tls: none
    address: 127.*
    queues: {Q1: [put]}
"""


class Bare(Place):
    """A place whose runs get no arguments but those of the test, and so no sandbox unless it says so."""

    def command_line(self, *more: str) -> tuple[str, ...]:
        return more

    def as_installed(self) -> dict[str, str]:
        """The environment in which the sandbox's commands are those of an IBM MQ that is installed."""
        return {**prepare(self.sandbox).environment(os.environ), "USER": "somebody"}


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    return Bare(tmp_path / "work", ONE_CLIENT)


def be_root() -> None:
    os.geteuid = lambda: 0


def be_somebody() -> None:
    os.geteuid = lambda: 4711


def assert_says(ended: Ended, status: int, *texts: str) -> None:
    assert ended.status == status, ended.said
    for text in texts:
        assert text in ended.err
    assert "Traceback" not in ended.said


def test_an_unknown_recipe_names_the_nearest_shipped_one(bare: Bare) -> None:
    ended = bare.run("--recipe", "two-way-tls-own-cas", "--dry-run")
    assert_says(ended, 2, "two-way-tls-own-cas", "Did you mean the shipped recipe two-way-tls-own-ca?")
    assert_says(bare.run("recipes", "plain"), 2, "no shipped recipe 'plain'", "plain-client")


def test_a_broken_recipe_shows_every_problem_with_line_and_column(bare: Bare) -> None:
    (bare.folder / "r.yaml").write_text(BROKEN, encoding="utf-8")
    ended = bare.run("--recipe", "r.yaml", "--sandbox", "sb", "--yes")
    assert_says(
        ended,
        2,
        "r.yaml:2:1: Unknown key 'organisation'. Was organization meant?",
        "r.yaml:4:9: Unknown key 'listner'. Was listener meant?",
        "r.yaml:4:33: 'Q 1' cannot be used",
        "r.yaml:7:18: connects_to: 'QM2' does not stand under queue_managers. Was QM1 meant?",
        "r.yaml:8:10: tls: 'mutal' is not known. Was mutual meant?",
    )
    assert not bare.sandbox.exists()


def test_without_mq_a_run_names_the_dry_run_and_the_sandbox(bare: Bare) -> None:
    ended = bare.run("--recipe", "r.yaml", "--state", "st", "--yes", environment=NO_MQ)
    assert_says(ended, 3, "IBM MQ was not found on this machine.", "--dry-run", "--sandbox")
    assert list(bare.folder.glob("kits")) == []


def test_root_is_refused_with_the_command_to_use_instead_but_not_in_the_sandbox(bare: Bare) -> None:
    words = ("--recipe", "r.yaml", "--state", "st", "--yes")
    ended = bare.run(*words, environment=bare.as_installed(), disturbance=be_root)
    assert_says(ended, 3, "does not run as root", "sudo -u mqm -- mqwizard --recipe r.yaml --state st --yes")
    assert bare.command("dspmq") == ""
    assert bare.run(*words, "--sandbox", "sb", "--dry-run", disturbance=be_root).status == 0


def test_what_root_must_do_first_is_waited_for_and_then_the_same_command_goes_on(bare: Bare) -> None:
    (bare.folder / "r.yaml").write_text(PLAIN, encoding="utf-8")
    words, mq = ("--recipe", "r.yaml", "--state", "st"), bare.as_installed()
    ended = bare.run(*words, environment=mq, disturbance=be_somebody)
    assert_says(
        ended, 6, "Waiting for root, and nothing was touched", "root# useradd -r app1", "the same command again"
    )
    assert bare.command("dspmq") == ""

    bare.command("useradd", "-r", "app1")
    again = bare.run(*words, "--no-proof", environment=mq, disturbance=be_somebody)
    assert again.status == 0, again.said
    assert "keep     user app1" in again.out
    assert "QMNAME(QM1)" in bare.command("dspmq")
    bare.clean_up()


def test_a_port_that_is_taken_is_refused_naming_its_holder(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    sandbox = prepare(place.sandbox)
    with socket.create_server((sandbox.address, 1414)):
        ended = place.run()
    assert_says(ended, 3, "nothing was touched", "LISTENER.TCP: port 1414 is taken by", "choose another port")
    if shutil.which("ss"):
        assert f"process {os.getpid()} (" in ended.err
    assert place.command("dspmq") == ""
    assert list(place.folder.glob("kits")) == []


def test_a_user_whose_group_has_other_members_is_refused_naming_them(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    prepare(place.sandbox)
    place.command("groupadd", "app1")
    place.command("useradd", "-G", "app1", "bob")
    place.command("useradd", "-g", "app1", "eve")
    ended = place.run()
    assert_says(ended, 3, "nothing was touched", "group app1 has other members (bob, eve)")
    assert place.command("dspmq") == ""


def test_a_queue_manager_of_the_same_name_that_is_not_ours_is_left_as_it_is(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT)
    prepare(place.sandbox)
    place.command("crtmqm", "QM1")
    place.command("strmqm", "QM1")
    place.mqsc("DEFINE QLOCAL(Q1) MAXDEPTH(3)", "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN)")
    place.mqsc("ALTER QMGR DEADQ(SYSTEM.DEAD.LETTER.QUEUE) CERTLABL('theirs')")
    before = definitions(place), files(place.sandbox / "var/mqm/qmgrs/QM1/ssl")
    ended = place.run()
    assert_says(ended, 3, "nothing was touched", "needs --allow takeover", "MCAUSER (blank) → *NOACCESS")
    assert (definitions(place), files(place.sandbox / "var/mqm/qmgrs/QM1/ssl")) == before
    assert list(place.folder.glob("kits")) == []


def test_a_secret_that_is_not_given_is_missed_before_anything_is_touched(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT.replace("trust: {", "trust: {passphrase: env:NOT_GIVEN, "))
    assert_says(place.run(), 3, "The environment variable NOT_GIVEN is not set")
    assert place.command("dspmq") == ""
    assert not (place.folder / "ca").exists()


def test_a_recipe_goes_to_a_program_that_stops_reading_without_a_traceback(bare: Bare) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    script = Path(sys.executable).parent / "mqwizard"
    done = subprocess.run(
        [script, "recipes", "plain-client"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")
