"""One order on its way through the screens, with the thread in which the engine works on it.

However the screens are left, the errand is told to end; the order waits for that, so that the locks are free again
for what comes next.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from textual.screen import Screen

from screens.frame import Frame
from screens.heading import Heading
from screens.leaving import Back, Leaving, Next, Quit
from screens.work.ending import Ending
from screens.work.errand import Errand
from screens.work.finish import Finish
from screens.work.looking import Looking
from screens.work.plan import Choice, PlanScreen
from screens.work.proof import ProofScreen
from screens.work.result import result_of
from screens.work.run import RunScreen
from screens.work.trouble import Trouble, Way, headline, ways_on
from screens.work.words import covers
from wizard.engine.events import Again, Go, Planned
from wizard.engine.request import Request
from wizard.errors import MqWizardError
from wizard.plan.operations import Plan

BLINK = 0.3
"""Seconds that pass without a word before the person is told what is waited for."""

Show = Callable[[Screen[Any]], Awaitable[Any]]


@dataclass(frozen=True)
class Repeat:
    """Begin an order anew.

    It goes on by itself where the plan does nothing but what was agreed to in `approved`; `dry` only shows the plan;
    `rehearses` says that the real order comes afterwards; `prove_refusals` is what the person allowed the proof.
    """

    request: Request
    approved: Plan | None = None
    dry: bool = False
    rehearses: bool = False
    prove_refusals: bool = False


@dataclass(frozen=True)
class Rehearse:
    """Practise an order in an empty sandbox of that release, then come back to it."""

    request: Request
    release: str = ""


Turn = Leaving | Rehearse | Repeat


class Order:
    """Shows one screen after the other until the order is over or left."""

    def __init__(self, show: Show, wanted: Repeat, heading: Heading) -> None:
        self._show = show
        self._wanted = wanted
        self._request = wanted.request
        self._heading = heading
        self._errand = Errand(wanted.request, dry=wanted.dry, prove_refusals=wanted.prove_refusals)
        self._planned: Planned | None = None
        self._begun = False

    async def carry_out(self) -> Turn:
        """Everything from the first look to the end, and what comes next."""
        self._errand.start()
        try:
            turn = await self._walk()
        finally:
            self._errand.leave()
        if not await self._errand.over(BLINK):
            await self._show(Ending(self._heading, self._errand))
        return turn

    async def _walk(self) -> Turn:
        errand = self._errand
        screen: Frame = Looking(self._heading.at("plan"), errand)
        proof_seen = False
        while True:
            left: Leaving = await self._show(screen)
            if not isinstance(left, Next):
                return left
            if isinstance(screen, ProofScreen) and screen.wants_refusals and self._planned:
                return Repeat(self._request, self._planned.plan, prove_refusals=True)
            if errand.planned is not None:
                answered = await self._agree(errand.planned)
                if not isinstance(answered, Frame):
                    return answered
                screen = answered
            elif errand.proof_title and not proof_seen:
                proof_seen = True
                screen = ProofScreen(self._heading.at("proof"), errand)
            else:
                return await self._end()

    async def _agree(self, planned: Planned) -> Turn | Frame:
        """Ask about the plan, unless it was agreed to before; the screen that looks on at what follows."""
        self._planned = planned
        if not self._agreed_before(planned.plan):
            screen = PlanScreen(self._heading.at("plan"), planned, self._request, only_look=self._wanted.dry)
            left: Leaving = await self._show(screen)
            if not isinstance(left, Next):
                return left
            if screen.choice is Choice.PRACTISE:
                return Rehearse(self._wanted.request, planned.site.release)
            self._request = replace(self._request, allowed=screen.allowed)
            if screen.choice is Choice.LOOK_AGAIN:
                self._errand.answer(Again(screen.allowed))
                return Looking(self._heading.at("plan"), self._errand)
        self._begun = True
        self._errand.answer(Go())
        return RunScreen(self._heading.at("run"), self._errand, planned.plan)

    def _agreed_before(self, plan: Plan) -> bool:
        approved = self._wanted.approved
        return approved is not None and not self._begun and covers(approved, plan)

    async def _end(self) -> Turn:
        ended = self._errand.ended
        if ended is not None and ended.error is not None:
            return await self._trouble(ended.error)
        return await self._finish()

    async def _finish(self) -> Turn:
        assert self._planned is not None  # noqa: S101 - without a plan the order ended with an error
        result = result_of(
            self._request,
            self._planned,
            self._errand.proven,
            rehearses=self._wanted.rehearses,
            prove_refusals=self._wanted.prove_refusals,
        )
        screen = Finish(self._heading.at("finish"), result, self._request)
        left: Leaving = await self._show(screen)
        return Repeat(self._request) if isinstance(left, Back) else left

    async def _trouble(self, error: MqWizardError) -> Turn:
        """What went wrong and the ways on; trying again goes straight on with what was agreed to."""
        practice = self._request.sandbox is not None
        ways = ways_on(error, begun=self._begun, practice=practice, dry=self._wanted.dry)
        here = self._heading.at("run" if self._begun else "plan")
        screen = Trouble(here, headline(error, begun=self._begun), error, ways)
        left: Leaving = await self._show(screen)
        if not isinstance(left, Next):
            return left
        approved = self._planned.plan if self._begun and self._planned else None
        match screen.chosen:
            case Way.AGAIN:
                return Repeat(self._request, approved)
            case Way.PRACTISE:
                return Rehearse(self._wanted.request)
            case Way.LOOK:
                return Repeat(self._request, dry=True)
            case Way.LATER:
                return Quit()
            case _:
                return Back()
