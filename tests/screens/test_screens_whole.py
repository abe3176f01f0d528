"""The canonical job from the first screen to the proof, by keyboard alone: how little it takes, and that it works."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens_support import begun, settled
from work.work_support import at, sandboxed, seen, until

from screens.flow import Flow
from screens.parts.choices import QuestionChoices
from screens.parts.field import Line
from screens.steps.review import ReviewStep
from screens.work.finish import Finish
from screens.work.plan import PlanScreen
from screens.work.proof import ProofScreen
from screens.work.run import RunScreen
from wizard.engine.drafts import kept
from wizard.engine.request import Request

FIELDS = 8
KEYSTROKES = 40


async def test_the_canonical_job_takes_at_most_8_fields_and_40_keystrokes_to_the_proof(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keys, fields = 0, set()
    with sandboxed(tmp_path):
        request = Request(recipe="", sandbox=tmp_path / "sb", state=tmp_path / "st")
        async with begun(lambda app: Flow(app, request).run()) as pilot:
            await settled(pilot)
            while not isinstance(pilot.app.screen, PlanScreen):
                focused = pilot.app.screen.focused
                if isinstance(focused, Line | QuestionChoices):
                    fields.add(focused.asked.path)
                review = isinstance(pilot.app.screen, ReviewStep)
                before = pilot.app.screen
                await pilot.press("enter")
                keys += 1
                await until(pilot, lambda before=before: pilot.app.screen is not before, "the next screen")
                if review:
                    await at(pilot, PlanScreen)
                await settled(pilot)
            await pilot.press("enter")
            await at(pilot, RunScreen)
            proof = await at(pilot, ProofScreen)
            await until(pilot, lambda: proof.errand.ended is not None, "the end of the proof")
            assert "as expected" in seen(pilot)
            assert "FAILED" not in seen(pilot)
            await pilot.press("enter")
            keys += 2
            await at(pilot, Finish)
            assert "proven" in seen(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.return_code == 0, "the end")
    assert len(fields) <= FIELDS
    assert keys <= KEYSTROKES
    assert (tmp_path / "qm1.yaml").is_file()
    assert kept(tmp_path / "st") == []
