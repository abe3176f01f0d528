"""The walk through the screens: which one comes next, and what each of them leaves behind.

One worker runs it. Screens are given values and return how they were left; what was answered is the recipe's text,
which the flow carries from step to step and keeps as a draft after each.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from screens.heading import Heading, Stop, mode_word
from screens.leaving import Back, Jump, Leaving, Next, Quit
from screens.steps.start import DRAFT, OPEN, PRACTICE, Start, Welcome

if TYPE_CHECKING:
    from screens.app import WizardApp
    from screens.session import Session
    from wizard.engine.around import Around
    from wizard.engine.drafts import Draft
    from wizard.engine.request import Request


@dataclass
class Flow:
    """Runs the wizard for one order; its recipe is what the screens are about."""

    app: WizardApp
    request: Request
    welcome: Welcome | None = None
    looking: asyncio.Task[Welcome] | None = None

    async def run(self) -> int:
        """Walk from the welcome to the end; the exit status."""
        order = self.request
        while True:
            if self.request is not order:
                self.request, self.welcome = order, None
            start = Start(Heading("welcome", self._mode()), self._look, practice=self.request.sandbox is not None)
            left = await self.app.push_screen_wait(start)
            if not isinstance(left, Next):
                return 0
            if start.chosen == PRACTICE or (self.welcome and not self._usable(self.welcome)):
                self._practise()
            over = await self._begun(start.chosen)
            if not isinstance(over, Back):
                return 0

    def _mode(self) -> str:
        return mode_word(self.request)

    def _look(self, drafts: tuple[Draft, ...] = ()) -> Welcome:
        """What is here; it is looked at in a thread."""
        if self.welcome is None:
            from wizard.engine.around import look_around
            from wizard.engine.drafts import kept
            from wizard.engine.places import state_folder

            found = drafts or tuple(kept(state_folder(self.request.state)))
            self.welcome = Welcome(look_around(self.request), found)
        return self.welcome

    def _usable(self, welcome: Welcome) -> bool:
        return welcome.around.usable or self.request.sandbox is not None

    def _practise(self) -> None:
        """Go on in a sandbox of our own, which is made while the next question is answered."""
        from wizard.engine.practice import fresh_folder

        self.request = replace(self.request, sandbox=fresh_folder())
        self.app.note(f"Sandbox: {self.request.sandbox}")
        drafts = self.welcome.drafts if self.welcome else ()
        self.welcome = None
        self.looking = asyncio.create_task(asyncio.to_thread(self._look, drafts))

    async def _around(self) -> Around:
        """What is here, once the look that is under way is over; without IBM MQ it is a sandbox."""
        if self.looking is not None:
            self.welcome, self.looking = await self.looking, None
        if self.welcome is None:
            self.welcome = await asyncio.to_thread(self._look)
        if not self._usable(self.welcome):
            self._practise()
            return await self._around()
        around = self.welcome.around
        self.app.note(f"Looked at {around.host}: {around.installation or 'no IBM MQ'}.")
        return around

    async def _begun(self, chosen: str) -> Leaving:
        """What the welcome led to: a draft, a recipe, or a job."""
        from screens.session import Session

        if chosen.startswith(DRAFT):
            around = await self._around()
            drafts = self.welcome.drafts if self.welcome else ()
            draft = next(one for one in drafts if f"{DRAFT}{one.id}" == chosen)
            return await self._walk(Session.of_draft(draft, self.request, around))
        if chosen == OPEN:
            return await self._opened()
        from screens.jobs import job_of
        from screens.steps.want import OPEN as WANTS_RECIPE
        from screens.steps.want import Want

        wanted = ""
        while True:
            want = Want(Heading("welcome", self._mode()), wanted)
            left = await self.app.push_screen_wait(want)
            if not isinstance(left, Next):
                return left
            wanted = want.chosen
            if wanted == WANTS_RECIPE:
                left = await self._opened()
            else:
                around = await self._around()
                left = await self._walk(Session.fresh(job_of(wanted), self.request, around))
            if not isinstance(left, Back):
                return left

    async def _opened(self) -> Leaving:
        """Ask for a recipe, and go through its answers."""
        from screens.session import Session
        from screens.steps.open_recipe import OpenRecipe

        while True:
            screen = OpenRecipe(Heading("open a recipe", self._mode()), Path.cwd())
            left = await self.app.push_screen_wait(screen)
            if not isinstance(left, Next):
                return left
            around = await self._around()
            left = await self._walk(Session.open(screen.wanted, self.request, around))
            if not isinstance(left, Back):
                return left

    async def _walk(self, session: Session) -> Leaving:
        """From step to step of a session, to the end of the work or back out of its first step."""
        self.app.keep, self.app.keep_draft = session.save, session.keep_draft
        try:
            left = await Walk(self.app, session, self.request).go()
        finally:
            self.app.keep = self.app.keep_draft = None
        if isinstance(left, Quit):
            self.app.farewell = session.farewell(saved=left.save)
        self.welcome = None
        return left


@dataclass
class Walk:
    """The way through the steps of one session: which is present, which were seen before it."""

    app: WizardApp
    session: Session
    request: Request
    returning: bool = False
    """The present step was gone to from the review, which comes next whatever the step returns."""

    async def go(self) -> Leaving:
        """Show step after step until the person leaves, goes back out of the first one, or the work is over."""
        from screens.jobs import STEPS

        session = self.session
        while True:
            here = session.step
            heading = self._heading().at(here)
            session.present = screen = STEPS[here].make(heading, session.view(here))
            left = await self.app.push_screen_wait(screen)
            session.take(screen)
            if isinstance(left, Quit) and left.save:
                session.save()
                return left
            if said := await asyncio.to_thread(session.keep_draft):
                self.app.note(said)
            if isinstance(left, Quit):
                return left
            if here == "review" and isinstance(left, Next):
                left = await self._work()
                if isinstance(left, Next | Quit):
                    return left
                if isinstance(left, Back):
                    continue
            if not self._moved(here, left):
                return Back()

    def _moved(self, here: str, left: Leaving) -> bool:
        """Go where a step leads; False where it leads back out of the first one."""
        session = self.session
        if isinstance(left, Jump):
            if left.step != here:
                self.returning = self.returning or here == "review"
                if left.step == "review":
                    self.returning = False
                session.history.append(here)
                session.step = left.step
            return True
        if self.returning and here != "review":
            self.returning = False
            while session.history and session.history.pop() != "review":
                continue
            session.step = "review"
            return True
        if isinstance(left, Next):
            session.history.append(here)
            session.step = session.following(here)
            return True
        if not session.history:
            return False
        session.step = session.history.pop()
        return True

    async def _work(self) -> Leaving:
        """Hand the recipe over to plan, run and proof; back to the review where it cannot be saved."""
        from wizard.errors import MqWizardError

        session = self.session
        try:
            recipe = session.ready()
        except MqWizardError as error:
            self.app.note(str(error))
            session.trouble = str(error)
            return Back()
        from screens.work.flow import work

        left = await work(self.app.push_screen_wait, replace(self.request, recipe=recipe), title=session.title)
        if isinstance(left, Next):
            session.done()
        return left

    def _heading(self) -> Heading:
        from screens.jobs import STEPS, applies
        from wizard.recipe.answers import written

        session = self.session
        held = written(session.text)
        stops = [Stop(one, STEPS[one].title, one in session.seen) for one in session.job.steps if applies(one, held)]
        return Heading(session.title, mode_word(self.request), (*stops, Stop("plan", "Plan")))
