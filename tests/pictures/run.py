"""`make pictures`: the pictures of the README, taken of the real wizard while it does the main job in a sandbox.

    python tests/pictures/run.py [FOLDER]

Each is an SVG of 100 by 30 characters. They change with the time of day and the version; nothing else is made up.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from screens.app import WizardApp
from screens.flow import Flow
from screens.marks import UNICODE
from screens.work.finish import Finish
from screens.work.plan import PlanScreen
from screens.work.proof import ProofScreen
from screens.work.run import RunScreen
from wizard.engine.request import Request

ROOT = Path(__file__).parents[2]
PLACE = Path("/tmp/mqwizard")
"""Where the job is done; the pictures show it, so that it has a name that says what it is."""
SIZE = (100, 30)
LAST_STEP = 9
PATIENCE = 60.0
UNWANTED = re.compile(r"\s*(@font-face \{.*?\}|<!--.*?-->)", re.DOTALL)
"""Fonts from elsewhere and comments: a picture of a document loads nothing."""


@dataclass
class Photographer:
    """Takes pictures of an app under way."""

    pilot: Pilot[None]
    folder: Path

    def take(self, name: str) -> None:
        """A picture of what is on the screen."""
        svg = self.pilot.app.export_screenshot(title="mqwizard", simplify=True)
        (self.folder / f"{name}.svg").write_text(UNWANTED.sub("", svg), encoding="utf-8")

    async def when(self, ready: Callable[[], bool]) -> None:
        """Wait until something is to be seen."""
        async with asyncio.timeout(PATIENCE):
            while not ready():
                await self.pilot.pause(0.02)
        await self.pilot.pause(0.1)

    async def at(self, kind: type[object]) -> None:
        await self.when(lambda: isinstance(self.pilot.app.screen, kind))

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause(0.4)


async def pictures(folder: Path) -> None:
    """Go from the welcome to the end and take a picture of each kind of screen."""
    request = Request(recipe="", sandbox=PLACE / "sandbox", state=PLACE / "state", host="mqhost")
    app = WizardApp(lambda app: Flow(app, request).run(), marks=UNICODE)
    async with app.run_test(size=SIZE) as pilot:
        person = Photographer(pilot, folder)
        await person.when(lambda: bool(app.screen.focused))
        person.take("welcome")
        await person.press("enter", "enter", "enter", "enter")
        person.take("step")
        for _ in range(LAST_STEP):
            if isinstance(app.screen, PlanScreen):
                break
            await person.press("enter")
        await person.at(PlanScreen)
        await person.press("down", "down", "down", "down", "down", "down", "space")
        person.take("plan")
        await pilot.press("enter")
        await person.at(RunScreen)
        run = app.screen
        assert isinstance(run, RunScreen)
        await person.when(lambda: run.states.count("done") >= len(run.todo) // 2)
        person.take("run")
        await person.at(ProofScreen)
        proof = app.screen
        assert isinstance(proof, ProofScreen)
        await person.when(lambda: proof.errand.ended is not None)
        await person.press("home")
        person.take("proof")
        await person.press("enter")
        await person.at(Finish)
        person.take("finish")
        await person.press("enter")


def main() -> int:
    """Take the pictures, and leave no trace but them."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs/pictures").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(mode=0o700)
    os.chdir(PLACE)
    try:
        asyncio.run(pictures(folder))
    finally:
        os.chdir(ROOT)
        shutil.rmtree(PLACE, ignore_errors=True)
    sys.stdout.write("".join(f"{path}\n" for path in sorted(folder.glob("*.svg"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
