"""Shows screens without a terminal, and reads what stands on them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from screens.app import WizardApp
from screens.frame import Frame
from screens.leaving import Leaving
from screens.marks import UNICODE

Session = Pilot[None]


def shown(pilot: Session) -> str:
    """The text on the screen, line by line; what is above it hides what is below."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in strips)


@asynccontextmanager
async def begun(
    flow: Callable[[WizardApp], Awaitable[int]], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Session]:
    """A wizard under way, its first screen shown."""
    app = WizardApp(flow, marks=UNICODE)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield pilot


@asynccontextmanager
async def one_frame(
    frame: Frame, left: list[Leaving], size: tuple[int, int] = (80, 24), *, saved: str = ""
) -> AsyncIterator[Session]:
    """One screen, shown once; how it was left is added to `left`."""

    async def flow(app: WizardApp) -> int:
        if saved:
            app.keep = lambda: saved
        left.append(await app.push_screen_wait(frame))
        return 0

    async with begun(flow, size) as pilot:
        yield pilot
