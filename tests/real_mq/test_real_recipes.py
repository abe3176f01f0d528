"""The shipped recipes on a real IBM MQ: made, proven, unchanged by a second run, deleted again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import recipes

QUEUE_MANAGER = "MQWIZARD.TEST"
PORT = 31414
SECONDS = 600


@pytest.fixture
def place(request: pytest.FixtureRequest) -> list[str]:
    """The arguments that say where: nothing for the real MQ, the sandbox where the suite itself is tried."""
    practice = request.config.getoption("--practice")
    return ["--sandbox", str(Path(practice).absolute())] if practice else []


@pytest.fixture
def commands(request: pytest.FixtureRequest) -> str:
    """Where endmqm and dltmqm are: on PATH, or in the sandbox."""
    practice = request.config.getoption("--practice")
    return f"{Path(practice).absolute()}/bin/" if practice else ""


@pytest.fixture(autouse=True)
def nothing_left(commands: str) -> Iterator[None]:
    """The queue manager of the test is gone before and after it."""
    _delete(commands)
    yield
    _delete(commands)


def _delete(commands: str) -> None:
    for argv in ([f"{commands}endmqm", "-i", QUEUE_MANAGER], [f"{commands}dltmqm", QUEUE_MANAGER]):
        try:
            subprocess.run(argv, capture_output=True, timeout=SECONDS, check=False)
        except FileNotFoundError:
            return


def renamed(name: str) -> str:
    """A shipped recipe with the test's queue manager and port."""
    text = re.sub(r"\bQM1\b", QUEUE_MANAGER, recipes.text(name))
    return re.sub(r"listener: \d+", f"listener: {PORT}", text)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "mqwizard"), *arguments, "--state", str(folder / "state")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)


@pytest.mark.parametrize("name", recipes.names())
def test_a_shipped_recipe_is_made_proven_and_then_left_alone(name: str, place: list[str], tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.yaml"
    recipe.write_text(renamed(name), encoding="utf-8")

    first = run("--recipe", str(recipe), "--yes", *place, folder=tmp_path)
    second = run("--recipe", str(recipe), "--dry-run", "--exit-code", *place, folder=tmp_path)

    assert first.returncode == 0, first.stdout + first.stderr
    assert second.returncode == 0, second.stdout + second.stderr
