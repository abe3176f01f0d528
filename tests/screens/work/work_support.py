"""The real app around the screens of the work alone, a folder with a recipe and a sandbox; and what a person sees."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen

import screens.app
from screens.app import WizardApp
from screens.leaving import Leaving
from screens.marks import Marks
from screens.work.flow import work
from wizard.engine.practice import prepare_sandbox
from wizard.engine.request import Request

LOOKS = Path(screens.app.__file__).with_name("frame.tcss")
SIZES = [(60, 20), (80, 24), (120, 40)]
ROUNDS = 30_000

ONE_CLIENT = """\
mqwizard: 1
organization: Example
trust: {kind: ca, key: ec-p256}
certificates: {key: ec-p256}
queue_managers:
  QM1: {listener: 1414, queues: [Q1]}
clients:
  app1:
    connects_to: QM1
    queues: {Q1: [put, get]}
"""
NO_CLIENT = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1: {queues: [Q1, Q2, Q3]}
"""

S = TypeVar("S", bound=Screen[Any])


class Host(WizardApp):
    """Runs the work of one order and keeps how it was left."""

    CSS_PATH = LOOKS

    def __init__(self, request: Request, *, marks: Marks | None = None) -> None:
        super().__init__(self._work, marks=marks)
        self.request = request
        self.left: Leaving | None = None

    async def _work(self, app: WizardApp) -> int:
        self.left = await work(app.push_screen_wait, self.request)
        return 0


class Alone(WizardApp):
    """Shows one screen and keeps how it was left."""

    CSS_PATH = LOOKS

    def __init__(self, screen: Screen[Any], *, marks: Marks | None = None) -> None:
        super().__init__(self._show, marks=marks)
        self.alone = screen
        self.left: Leaving | None = None

    async def _show(self, app: WizardApp) -> int:
        self.left = await app.push_screen_wait(self.alone)
        return 0


async def until(pilot: Pilot[None], condition: Callable[[], bool], what: str = "") -> None:
    """Let the app work until a condition holds."""
    for _ in range(ROUNDS):
        if condition():
            await pilot.pause()
            return
        await pilot.pause(0.001)
    raise AssertionError(f"{what or 'what was waited for'} did not come; there is {pilot.app.screen}:\n{seen(pilot)}")


async def at(pilot: Pilot[None], kind: type[S]) -> S:
    """The screen of that kind, as soon as it is the one in front."""
    await until(pilot, lambda: type(pilot.app.screen) is kind and pilot.app.screen.is_mounted, kind.__name__)
    screen = pilot.app.screen
    assert isinstance(screen, kind)
    return screen


def rows(pilot: Pilot[None]) -> list[str]:
    """The lines on the terminal."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def seen(pilot: Pilot[None]) -> str:
    """What is on the terminal, without trailing blanks."""
    return "\n".join(row.rstrip() for row in rows(pilot))


def ordered(folder: Path, recipe: str = ONE_CLIENT, *, name: str = "r.yaml") -> Request:
    """An order in a folder of its own, in its sandbox."""
    (folder / name).write_text(recipe, encoding="utf-8")
    return Request(str(folder / name), sandbox=folder / "sb", state=folder / "st")


@contextmanager
def sandboxed(folder: Path) -> Iterator[Callable[..., str]]:
    """A sandbox, and what runs a command of it; its queue managers are ended afterwards."""
    made = prepare_sandbox(folder / "sb", None)

    def run(*words: str, stdin: str = "") -> str:
        program = folder / "sb" / "bin" / words[0]
        environment = {**os.environ, **made.environment}
        done = subprocess.run(
            [program, *words[1:]], input=stdin, capture_output=True, text=True, env=environment, check=False, timeout=60
        )
        return done.stdout

    try:
        yield run
    finally:
        for line in run("dspmq").splitlines():
            if "QMNAME(" in line:
                run("endmqm", "-i", line.partition("QMNAME(")[2].partition(")")[0])
