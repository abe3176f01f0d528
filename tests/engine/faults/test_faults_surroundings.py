"""The disk is full or read-only, the port is taken, others change things meanwhile: it is told, and goes on after."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from engine_support import Place
from engine_undo import run
from fault_runs import Record, meets
from kill_jobs import OWN_CA, Whole, goes_on
from kill_points import CHANGES

from wizard.run.journal import Journal

HELD: list[socket.socket] = []
"""Ports taken for as long as the process lives."""

DISKS = {"full disk": errno.ENOSPC, "read-only": errno.EROFS}


@dataclass(frozen=True)
class Unwritable:
    """Makes every change below a folder fail with an error of the system, as on a full or read-only disk."""

    folder: Path
    error: int

    def __call__(self) -> None:
        below = f"{self.folder}/"

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if event not in CHANGES or not f"{arguments[0]}/".startswith(below):
                return
            if event == "open" and not arguments[2] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                return
            raise OSError(self.error, os.strerror(self.error), str(arguments[0]))

        sys.addaudithook(hook)


@dataclass(frozen=True)
class JournalFull:
    """Lets the disk of the journal be full from an operation on."""

    operation: str

    def __call__(self) -> None:
        begin, write = Journal.begin, os.write

        def full(descriptor: int, data: Any) -> int:
            if Path(f"/proc/self/fd/{descriptor}").readlink().suffix == ".jsonl":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(descriptor, data)

        def begun(journal: Journal, batch: Any) -> None:
            if any(one.id == self.operation for one in batch):
                os.write = full
            begin(journal, batch)

        Journal.begin = begun  # type: ignore[method-assign]


@dataclass(frozen=True)
class Meddle:
    """Somebody else acts when an operation has begun: commands of the sandbox, and lines for the runmqsc among them."""

    operation: str
    commands: tuple[tuple[str, ...], ...]
    lines: str = ""
    takes_port: str = ""

    def __call__(self) -> None:
        begin = Journal.begin

        def begun(journal: Journal, batch: Any) -> None:
            begin(journal, batch)
            if any(one.resource == self.operation for one in batch):
                self._act()

        Journal.begin = begun  # type: ignore[method-assign]

    def _act(self) -> None:
        for words in self.commands:
            subprocess.run(words, input=self.lines, capture_output=True, text=True, check=False, timeout=60)
        if self.takes_port:
            HELD.append(held(self.takes_port))


def held(address: str) -> socket.socket:
    """The listener's port, taken by somebody else."""
    taken = socket.create_server((address, 1414))
    taken.listen()
    return taken


@pytest.mark.parametrize("what", DISKS)
def test_where_nothing_can_be_written_nothing_is_lost(
    tmp_path: Path, whole: Whole, record_property: Record, what: str
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        for name in ("st/transcripts", "st/journals", "ca", "exchange", "kits"):
            ended = meets(
                place, f"{name}: {what}", record_property, disturbance=Unwritable(place.folder / name, DISKS[what])
            )
            assert str(place.folder / name) in ended.err
        goes_on(place, whole(OWN_CA))


def test_a_change_without_a_backup_or_a_journal_is_not_made(
    tmp_path: Path, whole: Whole, record_property: Record
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        full = JournalFull("create QM1/queue/Q1")
        ended = meets(place, "journal: full disk in the middle", record_property, disturbance=full)
        assert "No space left on device" in ended.err
        assert "AMQ8147" in place.mqsc("DISPLAY QLOCAL(Q1)")
        for what, error in DISKS.items():
            backups = Unwritable(place.state / "backups", error)
            meets(place, f"st/backups: {what}", record_property, disturbance=backups)
            assert "AMQ8147" in place.mqsc("DISPLAY QLOCAL(Q1)")
        goes_on(place, whole(OWN_CA))


def test_what_others_do_between_plan_and_operation_is_told_and_left_to_them(
    tmp_path: Path, whole: Whole, record_property: Record
) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        place.make_sandbox()
        for what, meddle in meddling(place).items():
            meets(place, what, record_property, disturbance=meddle)
            if "defined by others" in what:
                place.mqsc("DELETE QLOCAL(Q1)", "DELETE CHANNEL(APP1.SVRCONN)")
        goes_on(place, whole(OWN_CA))


def meddling(place: Place) -> dict[str, Meddle]:
    """What others do, in the order in which a run comes to it."""
    commands = place.sandbox / "bin"
    runmqsc, store = (str(commands / "runmqsc"), "QM1"), f"{place.sandbox}/var/mqm/qmgrs/QM1/ssl/key.p12"
    return {
        "queue Q1: defined by others meanwhile": Meddle("QM1/queue/Q1", (runmqsc,), "DEFINE QLOCAL(Q1)\n"),
        "key repository: deleted meanwhile": Meddle("QM1/signer/example-mq-ca", (("rm", "-f", store),)),
        "channel: defined by others meanwhile": Meddle(
            "QM1/channel/APP1.SVRCONN", (runmqsc,), "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN)\n"
        ),
        "queue manager: ended meanwhile": Meddle(
            "QM1/channel/APP1.SVRCONN", ((str(commands / "endmqm"), "-i", "QM1"),)
        ),
        "port: taken meanwhile": Meddle("QM1/listener/LISTENER.TCP", (), takes_port=address(place)),
    }


def address(place: Place) -> str:
    """Where the sandbox's listeners listen."""
    from wizard.sandbox.install import prepare

    return prepare(place.sandbox).address


def test_a_taken_port_is_told_before_anything_is_touched(tmp_path: Path, record_property: Record) -> None:
    with OWN_CA.place(tmp_path / "job") as place:
        place.make_sandbox()
        with held(address(place)):
            ended = meets(place, "port: taken before the plan", record_property)
            assert "port 1414 is taken" in ended.err
            assert place.command("dspmq") == ""
        run(place)
