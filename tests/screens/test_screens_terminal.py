"""The wizard in a true terminal: what it says where none is, and how it ends by signals and mistakes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

CODE = "import sys; sys.argv[0] = 'mqwizard'; from screens.main import main; main()"
RESTORED = "\x1b[?1049l"
"""What leaves the alternate screen."""


def spawn(folder: Path, *words: str, code: str = CODE, size: tuple[int, int] = (24, 80), **more: str) -> pexpect.spawn:
    """The wizard under a terminal, in a folder, without IBM MQ."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MQ", "NO_COLOR"))}
    environment |= {"PATH": "/nonexistent", "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **more}
    argv = ["-c", code, "--state", str(folder / "st"), *words]
    return pexpect.spawn(
        sys.executable, argv, cwd=folder, env=environment, dimensions=size, timeout=60, encoding="utf-8", echo=False
    )


def ended(child: pexpect.spawn) -> tuple[int | None, str]:
    """The exit status, and everything that was still written."""
    rest = child.read()
    child.close()
    return child.exitstatus, rest


def test_without_a_terminal_one_line_names_the_headless_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "mqwizard --recipe" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(
    ("size", "term", "words"), [((24, 80), "dumb", "cannot show"), ((19, 60), "xterm", "60x19, and 60x20 are needed")]
)
def test_a_terminal_that_cannot_show_it_is_told_in_one_line(
    size: tuple[int, int], term: str, words: str, tmp_path: Path
) -> None:
    status, said = ended(spawn(tmp_path, size=size, TERM=term))
    assert status == 2
    assert words in said
    assert "--plain" in said
    assert "\x1b" not in said
    assert said.strip().count("\n") == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_restores_the_terminal_and_is_told_by_the_exit_status(
    number: signal.Signals, status: int, tmp_path: Path
) -> None:
    child = spawn(tmp_path)
    child.expect_exact("Set up something new")
    child.kill(number)
    left, rest = ended(child)
    assert RESTORED in rest
    assert left == status


def test_a_crash_restores_the_terminal_and_shows_no_local_variable(tmp_path: Path) -> None:
    broken = (
        "import sys; sys.argv[0] = 'mqwizard'\n"
        "import screens.flow\n"
        "async def run(self):\n"
        "    password = 'planted-' + 'hunter2'\n"
        "    raise RuntimeError('boom [bold]')\n"
        "screens.flow.Flow.run = run\n"
        "from screens.main import main; main()"
    )
    status, said = ended(spawn(tmp_path, code=broken))
    assert status == 1
    after = said[said.rindex(RESTORED) :]
    assert "boom [bold]" in after
    assert "planted-hunter2" not in said


def test_ctrl_c_twice_leaves(tmp_path: Path) -> None:
    child = spawn(tmp_path)
    child.expect_exact("Set up something new")
    child.send("\x03")
    child.expect_exact("Leave mqwizard?")
    child.send("\x03")
    assert ended(child)[0] == 0


def test_without_colour_and_in_ascii_nothing_is_coloured_or_drawn(tmp_path: Path) -> None:
    child = spawn(tmp_path, "--ascii", NO_COLOR="1")
    child.expect_exact("Set up something new")
    before = child.before or ""
    child.send("\x03\x03")
    assert ended(child)[0] == 0
    assert before.isascii()


def test_the_first_screen_loads_nothing_heavy_but_textual() -> None:
    heavy = ("cryptography", "pydantic", "pexpect", "ruamel", "wizard.recipe", "wizard.run", "wizard.plan")
    code = f"import sys, screens.app, screens.flow; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_keys_typed_in_one_go_are_taken_in_their_order(tmp_path: Path) -> None:
    child = spawn(tmp_path)
    child.expect_exact("Set up something new")
    child.send("\x11")
    child.expect_exact("Leave mqwizard?")
    child.send("\x1b[F\r")  # End chooses the last answer, Enter takes it
    assert ended(child)[0] == 0
