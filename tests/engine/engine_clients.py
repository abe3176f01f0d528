"""Applications that are connected while mqwizard works: IBM's own sample program with a kit as it was given out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine_support import Place

PASSWORD = "Word-of-app1"


def given_out(place: Place, client: str, name: str) -> Path:
    """A copy of a client's kit and of the password that goes with it, as its application has them."""
    folder = place.folder / "given-out" / name
    shutil.copytree(place.folder / "kits" / client, folder / client)
    password = place.folder / f"kits/{client}.password"
    if password.exists():
        shutil.copy(password, folder)
    return folder / client


def _start(place: Place, kit: Path, queue: str, queue_manager: str) -> subprocess.Popen[str]:
    program = str(place.sandbox / "bin/amqsputc")
    return subprocess.Popen(
        ["sh", "-c", '. ./settings.sh && exec "$0" "$@"', program, queue, queue_manager],
        cwd=kit,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PATH": f"{place.sandbox / 'bin'}{os.pathsep}{os.environ['PATH']}"},
    )


def _log_in(place: Place, application: subprocess.Popen[str], kit: Path) -> None:
    """The samples ask for a password where the kit names a user; a proof gives the user another one each time."""
    assert application.stdin is not None
    if "MQSAMP_USER_ID" in (kit / "settings.sh").read_text(encoding="utf-8"):
        place.command(str(place.sandbox / "bin/chpasswd"), stdin=f"{kit.name}:{PASSWORD}\n")
        application.stdin.write(f"{PASSWORD}\n")
        application.stdin.flush()


def puts(place: Place, kit: Path, queue: str = "Q1", queue_manager: str = "QM1") -> str:
    """What the sample says that connects anew with a kit, puts one message and ends."""
    with _start(place, kit, queue, queue_manager) as application:
        _log_in(place, application, kit)
        said, _ = application.communicate("a message\n\n", timeout=60)
        return said


def gets_in(place: Place, kit: Path) -> bool:
    """Whether an application with this kit can connect and put."""
    said = puts(place, kit)
    assert " end" in said or "reason code" in said, said
    return "reason code" not in said


@contextmanager
def held(place: Place, kit: Path, queue: str = "Q1", queue_manager: str = "QM1") -> Iterator[None]:
    """An application that stays connected through the block, and can put a message on the same connection after it."""
    with _start(place, kit, queue, queue_manager) as application:
        try:
            assert application.stdout is not None
            _log_in(place, application, kit)
            assert any("target queue is" in line for line in application.stdout)
            yield
            said, _ = application.communicate("still there\n\n", timeout=60)
            assert "Sample AMQSPUT0 end" in said, said
            assert "reason code" not in said, said
            assert application.returncode == 0
        finally:
            application.kill()
