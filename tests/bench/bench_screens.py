"""How fast the screens are: a plan of ten thousand operations beside one of a hundred, in the same run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench_process import median
from bench_row import Row, seconds

if TYPE_CHECKING:
    from screens.work.lines import Lines
    from wizard.plan.operations import Plan

MANY, FEW = 10_000, 100
OPENS, FINDS = 0.150, 0.100
"""Seconds in which a plan of ten thousand operations must open, and words in it be found."""


def screens(rounds: int) -> Iterator[Row]:
    """From the call that shows the plan, or the letter that is typed, to the screen that is drawn."""
    times = {number: [asyncio.run(_timed(number)) for _ in range(rounds)] for number in (FEW, MANY)}
    for what, place, most in (("opens", 0, OPENS), ("is found in", 1, FINDS)):
        few, many = (median([one[place] for one in times[number]]) for number in (FEW, MANY))
        name = f"plan of {MANY:,} / {FEW} operations {what}"
        target = f"≤ {seconds(most)}"
        yield Row(name, seconds(many), seconds(few), f"{many / few:.2f}", target, many <= most)


async def _timed(number: int) -> tuple[float, float]:
    """Seconds until a plan of so many operations is drawn, and until it is narrowed to the last one."""
    from textual.widgets import Input

    from screens.app import WizardApp
    from screens.heading import Heading
    from screens.work.lines import Lines
    from screens.work.plan import PlanScreen
    from wizard.engine.events import Planned, Site
    from wizard.engine.request import Request

    async def idle(_: WizardApp) -> int:
        await asyncio.Event().wait()
        return 0

    planned = Planned(_plan(number), frozenset(), Site("mqhost", "9.4", Path(), ()))
    app = WizardApp(idle)
    async with app.run_test(size=(120, 40)):
        begun = time.perf_counter()
        screen = PlanScreen(Heading("bench", "mqhost"), planned, Request("bench"))
        await app.push_screen(screen)
        listing = screen.query_one("#plan", Lines)
        opened = await _drawn(listing, lambda: bool(listing.lines)) - begun
        begun = time.perf_counter()
        screen.query_one("#find-words", Input).value = f"q{number - 1}"
        found = await _drawn(listing, lambda: len(listing.lines) < 10) - begun
    return opened, found


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
