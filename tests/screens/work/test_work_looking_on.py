"""The screens that look on while the engine works, fed with what it would tell; no engine runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key
from work_plans import FEW, HOSTILE, MARKUP, practised
from work_support import SIZES, Alone, at, rows, seen, until

from screens.ask import Ask
from screens.heading import Heading
from screens.leaving import Next
from screens.work.errand import Asked, Ended, Errand, News
from screens.work.flow import STOPS
from screens.work.lines import Lines
from screens.work.looking import Looking
from screens.work.proof import ProofScreen
from screens.work.run import MOST_LINES, RunScreen
from screens.work.secret import SecretQuestion
from wizard.engine.events import Checked, Moved, ProofBegun, Proven, Transcribed
from wizard.proof.values import HELD_BACK, Check, How, Proof, Verdict
from wizard.run.execute import Progress

HEADING = Heading("r", "mqhost", STOPS)
PENDING = FEW.pending


class Told(Errand):
    """An errand of which a test tells the news."""

    def tell(self, *news: News) -> None:
        for one in news:
            self._tell(one)


def moved(word: str, place: int) -> Moved:
    return Moved(Progress(word, PENDING[place], place + 1, len(PENDING)))


def check(name: str, verdict: Verdict = Verdict.OK, *, reverse: bool = False) -> Check:
    why = {"cause": "a rule stands before ours", "remedy": "Remove it."} if verdict is Verdict.FAILED else {}
    return Check("app1", "QM1", name, f"found {name}", How.WIRE, verdict, reverse, "2035", **why)


@pytest.mark.parametrize("size", SIZES)
async def test_a_run_shows_how_far_it_is_what_is_at_work_and_what_is_said(
    size: tuple[int, int], tmp_path: Path
) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(RunScreen(HEADING.at("run"), errand, FEW))
    async with app.run_test(size=size) as pilot:
        screen = await at(pilot, RunScreen)
        errand.tell(moved("begun", 0), Transcribed((f"12:00:01.120 [4711] < {HOSTILE}",)))
        await until(pilot, lambda: "0 of 3" in seen(pilot))
        assert "QM1: create queue Q1" in seen(pilot)
        assert MARKUP[:30] in seen(pilot)
        assert "4711" not in seen(pilot)
        errand.tell(moved("done", 0), moved("begun", 1), moved("failed", 1))
        await until(pilot, lambda: "1 of 3" in seen(pilot))
        await pilot.press("f2")
        assert "✓ QM1: create queue Q1" in seen(pilot)
        assert "✗ QM1: change queue Q2" in seen(pilot)
        assert all(len(row) <= size[0] for row in rows(pilot))
        await pilot.press("f2")
        assert screen.query_one("#transcript", Lines).has_focus
        errand.tell(ProofBegun("r on mqhost"))
        await until(pilot, lambda: app.left == Next())


async def test_a_long_transcript_keeps_its_end_and_follows_it(tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(RunScreen(HEADING.at("run"), errand, FEW))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at(pilot, RunScreen)
        for part in range(5):
            errand.tell(Transcribed(tuple(f"line {part * 10_000 + number}" for number in range(10_000))))
            await until(pilot, lambda part=part: f"line {part * 10_000 + 9_999}" in seen(pilot))
        assert len(screen.query_one("#transcript", Lines).lines) <= MOST_LINES
        await pilot.press("home")
        errand.tell(Transcribed(("a line that comes later",)))
        await pilot.pause()
        await pilot.pause()
        assert "a line that comes later" not in seen(pilot)


async def test_stopping_is_asked_for_and_going_on_is_the_default(tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(RunScreen(HEADING.at("run"), errand, FEW))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, RunScreen)
        await pilot.press("escape")
        await at(pilot, Ask)
        await pilot.press("enter")
        await at(pilot, RunScreen)
        assert not errand.stopping
        await pilot.press("escape", "down", "enter")
        await at(pilot, RunScreen)
        assert errand.stopping
        assert "Stopping after the operation at work" in seen(pilot)


async def test_a_pasted_secret_with_enter_behind_it_arrives_whole(tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(RunScreen(HEADING.at("run"), errand, FEW))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, RunScreen)
        errand.tell(Asked("Passphrase"))
        await at(pilot, SecretQuestion)
        for typed in "s3cret":
            app.post_message(Key(typed, typed))
        app.post_message(Key("enter", None))
        await at(pilot, RunScreen)
    assert errand._secrets.get_nowait() == "s3cret"


async def test_a_secret_that_is_not_given_is_told_to_the_engine(tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(RunScreen(HEADING.at("run"), errand, FEW))
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, RunScreen)
        errand.tell(Asked(f"Passphrase {MARKUP}"))
        await at(pilot, SecretQuestion)
        assert MARKUP in seen(pilot)
        await pilot.press("enter")
        await at(pilot, SecretQuestion)
        await pilot.press("s", "3", "c")
        assert "s3c" not in seen(pilot)
        await pilot.press("escape")
        await at(pilot, RunScreen)
    assert errand._secrets.get_nowait() is None


@pytest.mark.parametrize("size", SIZES)
async def test_the_proof_fills_in_opens_and_stays_until_it_was_read(size: tuple[int, int], tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(ProofScreen(HEADING.at("proof"), errand))
    made = [check("address"), check("rules", Verdict.FAILED), check("no TLS", reverse=True)]
    async with app.run_test(size=size) as pilot:
        screen = await at(pilot, ProofScreen)
        errand.tell(ProofBegun("r on mqhost"), *(Checked(one) for one in made))
        await until(pilot, lambda: "3 checks so far, 2 as expected" in seen(pilot))
        await pilot.press("enter")
        assert app.left is None
        errand.tell(Proven(Proof("r", "mqhost", "now", tuple(made)), Path("proof/r.md")), Ended(None))
        await until(pilot, lambda: "1 of 3 NOT as expected." in seen(pilot))
        assert "proof/r.md" in seen(pilot)
        said = "\n".join(line.text for line in screen.query_one("#checks", Lines).lines)
        assert "a rule stands before ours" in said
        await pilot.press("home", "space")
        assert "expected" in "\n".join(line.text for line in screen.query_one("#checks", Lines).lines[:6])
        assert all(len(row) <= size[0] for row in rows(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: app.left == Next())


async def test_refusals_that_were_held_back_are_tried_when_the_person_wants_it(tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    errand.proof_title = "r on mqhost"
    made = (check("address"), replace(check("no TLS", Verdict.NOT_TRIED, reverse=True), detail=HELD_BACK))
    app = Alone(ProofScreen(HEADING.at("proof"), errand))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at(pilot, ProofScreen)
        assert "try more" not in seen(pilot)
        errand.tell(*map(Checked, made), Proven(Proof("r", "mqhost", "now", made), Path("proof/r.md")), Ended(None))
        await until(pilot, lambda: "try more" in seen(pilot))
        await pilot.press("t")
        await at(pilot, Ask)
        assert "error log" in seen(pilot)
        await pilot.press("enter")
        await at(pilot, ProofScreen)
        assert not screen.wants_refusals
        await pilot.press("t", "down", "enter")
        await until(pilot, lambda: app.left == Next())
    assert screen.wants_refusals


async def test_looking_is_left_at_once_and_nothing_is_asked(tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    app = Alone(Looking(HEADING.at("plan"), errand))
    async with app.run_test(size=(60, 20)) as pilot:
        await at(pilot, Looking)
        await pilot.press("escape")
        await until(pilot, lambda: app.left is not None)
    assert errand.stopping


async def test_a_mistake_in_the_engine_is_no_quiet_end(tmp_path: Path) -> None:
    errand = Told(replace(practised(tmp_path), recipe="\0"))
    errand._crash = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        errand.take()
