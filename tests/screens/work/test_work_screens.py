"""Each screen of the work by itself, with plain values: what it shows, how it is left, at every size."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input
from work_plans import ASKING, FEW, HOSTILE, KEPT, MARKUP, REFUSING, WAITING, many, planned, practised, real
from work_support import SIZES, Alone, at, rows, seen, until

from screens.ask import Ask
from screens.heading import Heading
from screens.leaving import Back, Next
from screens.marks import ASCII
from screens.work.finish import Finish, Result
from screens.work.flow import STOPS
from screens.work.lines import Lines
from screens.work.plan import Choice, PlanScreen
from screens.work.trouble import Trouble, ways_on
from wizard.engine.request import Request
from wizard.errors import OperationFailed, Refused
from wizard.plan.operations import Consent, Plan

HEADING = Heading("r", "mqhost", STOPS)
RESULT = Result(
    "Done, and proven.", True, (("Recipe", "r.yaml"), ("Kits", "kits/app1")), f"mqwizard {MARKUP}", "After."
)


def plan_screen(plan: Plan, request: Request) -> PlanScreen:
    return PlanScreen(HEADING.at("plan"), planned(plan), request)


def trouble() -> Trouble:
    error = OperationFailed(
        f"QM1 refused: DEFINE {HOSTILE}\n" + "more\n" * 30, "It means this.", "Do that. Last words."
    )
    return Trouble(HEADING.at("run"), "It did not go on", error, ways_on(error, begun=True, practice=True, dry=False))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("marks", [None, ASCII])
async def test_every_line_of_a_plan_can_be_reached_opened_and_left(
    size: tuple[int, int], marks: object, tmp_path: Path
) -> None:
    app = Alone(plan_screen(FEW, practised(tmp_path)), marks=marks)  # type: ignore[arg-type] - marks or none
    async with app.run_test(size=size) as pilot:
        screen = await at(pilot, PlanScreen)
        listing = screen.query_one("#plan", Lines)
        met = set()
        for _ in range(len(FEW.operations)):
            met.add(listing.lines[listing.place].thing)
            assert any(row.lstrip().startswith(screen.marks.here) for row in rows(pilot)[3:])
            await pilot.press("space")
            said = "\n".join(line.text for line in listing.lines)
            assert "undo" in said
            await pilot.press("space", "down")
        assert met == {0, 1, 2, 3}
        await pilot.press("end")
        assert "A note." in seen(pilot)
        assert all(len(row) <= size[0] for row in rows(pilot))
        assert "Esc" in seen(pilot)
        if marks is ASCII:
            assert not {"▸", "─", "…", "✓", "→"} & set(seen(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: app.left == Back())


async def test_a_click_opens_a_line_and_all_that_it_says_comes_into_view(tmp_path: Path) -> None:
    app = Alone(plan_screen(FEW, practised(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at(pilot, PlanScreen)
        assert await pilot.click("#plan", offset=(10, 6))
        await until(pilot, lambda: screen.opened == {3})
        assert "DEFINE QLOCAL(Q1004)" in seen(pilot)
        assert "delete it" in seen(pilot)
        assert await pilot.click("#plan", offset=(10, 6))
        await until(pilot, lambda: not screen.opened)


async def test_text_of_people_and_mq_is_drawn_as_it_is(tmp_path: Path) -> None:
    app = Alone(plan_screen(FEW, practised(tmp_path)))
    async with app.run_test(size=(120, 40)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("end", "space")
        assert MARKUP in seen(pilot)
        assert "\x1b" not in seen(pilot)


async def test_what_is_looked_for_is_shown_and_esc_ends_the_search_first(tmp_path: Path) -> None:
    app = Alone(plan_screen(many(10_000), practised(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at(pilot, PlanScreen)
        await pilot.press("slash", *"q9876")
        assert screen.query_one("#find-words", Input).value == "q9876"
        assert "queue Q9876" in seen(pilot)
        assert "queue Q1 " not in seen(pilot)
        await pilot.press("enter", "space")
        assert "DEFINE QLOCAL(Q9876)" in seen(pilot)
        await pilot.press("escape")
        assert app.left is None
        assert len([line for line in screen.query_one("#plan", Lines).lines if line.thing >= 0]) > 10_000
        assert "queue Q9876" in seen(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.left == Back())


async def test_a_copy_lies_in_a_file_too_whose_path_is_shown(tmp_path: Path) -> None:
    app = Alone(plan_screen(FEW, practised(tmp_path)))
    async with app.run_test(size=(120, 24)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("c")
        path = tmp_path / "st/copies/plan.txt"
        assert str(path)[:60] in seen(pilot)
        assert "DEFINE QLOCAL(Q2)" in path.read_text(encoding="utf-8")
        assert path.stat().st_mode & 0o777 == 0o600
        assert "DEFINE QLOCAL(Q2)" in app.clipboard


async def test_for_real_it_asks_first_and_not_yet_is_the_default(tmp_path: Path) -> None:
    screen = plan_screen(FEW, real(tmp_path))
    app = Alone(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("enter")
        await at(pilot, Ask)
        for words in ("Not yet", "Practise first", "Do it on mqhost"):
            assert words in seen(pilot)
        await pilot.press("enter")
        await at(pilot, PlanScreen)
        assert app.left is None
        await pilot.press("enter", "down", "down", "enter")
        await until(pilot, lambda: app.left == Next())
    assert screen.choice is Choice.DO_IT


@pytest.mark.parametrize("plan", [REFUSING, KEPT, WAITING])
async def test_what_cannot_be_carried_out_is_not(plan: Plan, tmp_path: Path) -> None:
    screen = plan_screen(plan, practised(tmp_path))
    app = Alone(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("enter")
        await pilot.pause()
        if plan is KEPT:
            await until(pilot, lambda: app.left == Next())
            return
        if plan is WAITING:
            assert "useradd -r app1" in seen(pilot)
            assert "for-root.sh" in seen(pilot).replace("\n", "")
            await pilot.press("escape")
        else:
            assert "open it to see why" in seen(pilot)
        assert app.left is None
        await pilot.press("r")
        await until(pilot, lambda: app.left == Next())
    assert screen.choice is (Choice.DO_IT if plan is KEPT else Choice.LOOK_AGAIN)


async def test_one_no_among_the_consents_allows_nothing(tmp_path: Path) -> None:
    screen = plan_screen(ASKING, real(tmp_path))
    app = Alone(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("enter")
        await at(pilot, Ask)
        assert "(1 of 2)" in seen(pilot)
        assert "ends TO.QM2" in seen(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "(2 of 2)" in seen(pilot))
        await pilot.press("escape")
        await at(pilot, PlanScreen)
        assert "nothing was touched" in seen(pilot)
        assert screen.allowed == frozenset()
        await pilot.press("enter", "down", "enter")
        await until(pilot, lambda: "(2 of 2)" in seen(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.left == Next())
    assert screen.allowed == {Consent.INTERRUPT, Consent.DELETE}
    assert screen.choice is Choice.LOOK_AGAIN


async def test_a_dry_run_can_be_looked_at_and_not_carried_out(tmp_path: Path) -> None:
    screen = PlanScreen(HEADING.at("plan"), planned(FEW), real(tmp_path), only_look=True)
    app = Alone(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("enter", "r")
        assert "dry run" in seen(pilot)
        assert app.left is None
        await pilot.press("escape")
        await until(pilot, lambda: app.left == Back())


@pytest.mark.parametrize("size", SIZES)
async def test_why_it_did_not_go_on_can_be_read_to_the_end_and_the_way_on_is_chosen(size: tuple[int, int]) -> None:
    screen = trouble()
    app = Alone(screen)
    async with app.run_test(size=size) as pilot:
        await at(pilot, Trouble)
        for words in ("Try again", "Go back", "Stop, and go on later"):
            assert words in seen(pilot)
        await pilot.press("shift+tab", "end")
        assert "Last words." in seen(pilot)
        await pilot.press("tab", "down", "enter")
        await until(pilot, lambda: app.left == Next())
    assert screen.chosen == "back"


async def test_without_mq_practising_is_the_first_way_on_and_the_plan_can_be_looked_at() -> None:
    ways = ways_on(Refused("No IBM MQ."), begun=False, practice=False, dry=False)
    assert [way.id for way in ways] == ["practise", "again", "look", "back", "later"]
    assert ways_on(Refused("No IBM MQ."), begun=False, practice=True, dry=False)[0].id == "again"


@pytest.mark.parametrize("size", SIZES)
async def test_the_end_shows_every_place_and_the_command(size: tuple[int, int], tmp_path: Path) -> None:
    app = Alone(Finish(HEADING.at("finish"), RESULT, practised(tmp_path)))
    async with app.run_test(size=size) as pilot:
        await at(pilot, Finish)
        found = seen(pilot)
        await pilot.press("end")
        found += seen(pilot)
        for words in ("Done, and proven.", "r.yaml", "kits/app1", "mqwizard [red]x[/red]", "After."):
            assert words in found
        await pilot.press("c")
        assert app.clipboard == f"{RESULT.command}\n"
        await pilot.press("escape")
        await until(pilot, lambda: app.left == Back())
