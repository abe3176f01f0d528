"""Shows screens without a terminal, and reads what stands on them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import WizardApp
from screens.flow import Flow
from screens.frame import Frame
from screens.leaving import Leaving
from screens.marks import UNICODE
from screens.parts.helpline import HelpLine
from screens.step import Step
from screens.steps.start import Welcome
from wizard.engine.around import Around
from wizard.engine.drafts import Draft
from wizard.engine.request import Request

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


AROUND = Around("mqhost", "Installation1 (/opt/mqm)", "9.4.0.0")
"""A machine with IBM MQ and no queue managers."""


@asynccontextmanager
async def wizard(
    folder: Path, size: tuple[int, int] = (80, 24), *, around: Around = AROUND, drafts: tuple[Draft, ...] = ()
) -> AsyncIterator[Session]:
    """The whole wizard in a folder, on a machine that is only told of; the welcome is shown."""
    request = Request(recipe="", state=folder / "st", host=around.host)
    welcome = Welcome(around, drafts)
    async with begun(lambda app: Flow(app, request, welcome).run(), size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Session) -> None:
    """Wait until nothing is being looked at any more and everything is painted."""
    for _ in range(50):
        await pilot.pause()
        busy = [worker for worker in pilot.app.workers if worker.group == "look" and not worker.is_finished]
        if not busy:
            break
        await pilot.app.workers.wait_for_complete(busy)
    await pilot.pause()


async def press(pilot: Session, *keys: str) -> None:
    """Press keys, one after the other; after each everything settles."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def write(pilot: Session, text: str) -> None:
    """Put a text, as from a clipboard, in the place of the one that stands in the present field."""
    field = pilot.app.screen.focused
    assert isinstance(field, Input), field
    field.value = ""
    field.insert_text_at_cursor(text)
    await settled(pilot)


async def go(pilot: Session, label: str) -> None:
    """Go to the field of that label with Tab."""
    for _ in range(30):
        if getattr(pilot.app.screen.focused, "label", "") == label:
            return
        await pilot.press("tab")
    raise AssertionError(f"no field {label!r} can be reached")


def step(pilot: Session) -> Step:
    """The step that is shown."""
    assert isinstance(pilot.app.screen, Step), pilot.app.screen
    return pilot.app.screen


def helped(pilot: Session) -> str:
    """What the help line says."""
    return pilot.app.screen.query_one(HelpLine).said
