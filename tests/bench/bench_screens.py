"""How fast the screens are: a plan of ten thousand operations beside one of a hundred, in the same run."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench_place import Place, place
from bench_process import BenchError, median
from bench_row import Row, seconds

import recipes
from screens.app import WizardApp
from screens.heading import Heading

if TYPE_CHECKING:
    from screens.work.lines import Lines
    from wizard.plan.operations import Plan

MANY, FEW = 10_000, 100
OPENS, FINDS, STILL = 0.150, 0.100, 0.100
"""Seconds in which a plan of ten thousand operations must open and words in it be found; how long nothing may move."""
BEAT = 0.005


def screens(rounds: int) -> Iterator[Row]:
    """From the call that shows the plan, or the letter that is typed, to the screen that is drawn."""
    times = {number: [asyncio.run(_timed(number)) for _ in range(rounds)] for number in (FEW, MANY)}
    for what, side, most in (("opens", 0, OPENS), ("is found in", 1, FINDS)):
        few, many = (median([one[side] for one in times[number]]) for number in (FEW, MANY))
        name = f"plan of {MANY:,} / {FEW} operations {what}"
        target = f"≤ {seconds(most)}"
        yield Row(name, seconds(many), seconds(few), f"{many / few:.2f}", target, many <= most)
    yield _standstill()


def _standstill() -> Row:
    """The longest time in which the screen could not be drawn while the canonical recipe is carried out and proven."""
    with place() as here:
        shipped = here.write("canonical.yaml", recipes.text("two-way-tls-own-ca"))
        longest = asyncio.run(_longest_pause(here, shipped))
    target = f"≤ {seconds(STILL)}"
    return Row("screen stands still in a run at most", seconds(longest), "", "", target, longest <= STILL)


async def _longest_pause(here: Place, recipe: Path) -> float:
    """Beats while the engine works in its thread; the longest time between two beats beyond the wanted one."""
    from screens.work.errand import Errand
    from screens.work.run import RunScreen
    from wizard.engine.events import Go
    from wizard.engine.request import Request

    errand = Errand(Request(str(recipe), sandbox=here.sandbox, state=here.folder / "state"))
    async with WizardApp(_idle).run_test(size=(120, 40)) as pilot:
        errand.start()
        while errand.planned is None:
            errand.take()
            await asyncio.sleep(BEAT)
        plan = errand.planned.plan
        await pilot.app.push_screen(RunScreen(Heading("bench", "bench"), errand, plan))
        errand.answer(Go())
        longest, before = 0.0, time.perf_counter()
        while errand.ended is None:
            errand.take()
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            longest, before = max(longest, now - before - BEAT), now
    if errand.ended.error is not None:
        raise BenchError(str(errand.ended.error))
    return longest


async def _timed(number: int) -> tuple[float, float]:
    """Seconds until a plan of so many operations is drawn, and until it is narrowed to the last one."""
    from textual.widgets import Input

    from screens.work.lines import Lines
    from screens.work.plan import PlanScreen
    from wizard.engine.events import Planned, Site
    from wizard.engine.request import Request

    def screen_of(plan: Plan) -> PlanScreen:
        planned = Planned(plan, frozenset(), Site("mqhost", "9.4", Path(), ()))
        return PlanScreen(Heading("bench", "mqhost"), planned, Request("bench"))

    app = WizardApp(_idle)
    async with app.run_test(size=(120, 40)):
        # The style sheet is read with the screen that comes before the plan.
        await app.push_screen(screen_of(_plan(1)))
        plan = _plan(number)
        # As when mqwizard starts: what is there already, here also of earlier rounds, is no garbage to look through.
        gc.collect()
        gc.freeze()
        begun = time.perf_counter()
        screen = screen_of(plan)
        await app.push_screen(screen)
        listing = screen.query_one("#plan", Lines)
        opened = await _drawn(listing, lambda: bool(listing.lines)) - begun
        begun = time.perf_counter()
        screen.query_one("#find-words", Input).value = f"q{number - 1}"
        found = await _drawn(listing, lambda: len(listing.lines) < 10) - begun
    return opened, found


async def _idle(_: WizardApp) -> int:
    await asyncio.Event().wait()
    return 0


async def _drawn(listing: Lines, ready: Callable[[], bool]) -> float:
    """The moment at which a list that has become ready is on the screen."""
    while not ready():
        await asyncio.sleep(0)
    drawn = asyncio.Event()
    listing.call_after_refresh(drawn.set)
    await drawn.wait()
    return time.perf_counter()


def _plan(number: int) -> Plan:
    """A plan for queue managers with a thousand queues each."""
    from wizard.plan.operations import Operation, Plan, State
    from wizard.plan.steps import Mqsc

    def operation(one: int) -> Operation:
        owner = f"QM{one // 1000 + 1}"
        steps = (Mqsc(owner, (f"DEFINE QLOCAL(Q{one})",)),)
        return Operation(
            owner, State.CREATE, f"queue Q{one}", f"{owner}/queue/Q{one}", "for an application", steps=steps
        )

    return Plan("bench", tuple(operation(one) for one in range(number)))
