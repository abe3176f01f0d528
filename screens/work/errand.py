"""One order, carried out by the engine in a thread of its own while screens look on.

The thread plans, waits for the answer about the plan, carries out and proves; it holds the locks and the sessions of
the order from its begin to its end. Everything it tells lies ready in `take` for the screen that listens; everything
that a person decides goes in by `answer`, `stop` and `leave`. Nothing but `over` waits for the thread.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections import deque
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from wizard.engine.events import Again, Checked, Event, Go, Planned, ProofBegun, Proven
from wizard.errors import Declined, MqWizardError

if TYPE_CHECKING:
    from wizard.engine.request import Request
    from wizard.plan.operations import Plan


@dataclass(frozen=True)
class Asked:
    """The engine needs a secret that only the person has."""

    question: str


@dataclass(frozen=True)
class Said:
    """Why nothing happens for a while."""

    text: str


@dataclass(frozen=True)
class Ended:
    """The order is over: carried out, or why not."""

    error: MqWizardError | None


News = Event | Asked | Said | Ended


class Listener(Protocol):
    """A screen that wants to know when there is news; called from the engine's thread."""

    def news_came(self) -> None:
        """Take the news, soon, in the screen's own thread."""


class Errand:
    """One order under way. What was told is summed up in its attributes once it was taken."""

    def __init__(self, request: Request, *, dry: bool = False, prove_refusals: bool = False) -> None:
        """With `dry` the plan is made and that is all; `prove_refusals` tries them where they leave traces too."""
        self._dry = dry
        self._prove_refusals = prove_refusals
        self.request = replace(request, ask=self._ask, tell=lambda text: self._tell(Said(text)))
        self.planned: Planned | None = None
        self.proof_title = ""
        self.checks: list[Checked] = []
        self.proven: Proven | None = None
        self.ended: Ended | None = None
        self.stopping = False
        self._news: deque[News] = deque()
        self._listener: Listener | None = None
        self._noticed = False
        self._answers: SimpleQueue[Go | Again | None] = SimpleQueue()
        self._secrets: SimpleQueue[str | None] = SimpleQueue()
        self._crash: BaseException | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._carry_out, name="engine", daemon=True)

    def start(self) -> None:
        """Begin; a thread that must not outlive mqwizard, as a killed run is gone on with by the next one."""
        self._thread.start()

    def listen(self, listener: Listener) -> None:
        """From now on this screen is told that there is news; what came before is news too."""
        self._listener = listener
        listener.news_came()

    def no_longer(self, listener: Listener) -> None:
        """This screen is told nothing more; the next one may listen already."""
        if self._listener is listener:
            self._listener = None

    def take(self) -> list[News]:
        """What was told since the last time. Raises what a mistake of ours has made the thread end with."""
        self._noticed = False
        taken = []
        while self._news:
            event = self._news.popleft()
            self._sum_up(event)
            taken.append(event)
        if self._crash is not None:
            raise self._crash
        return taken

    def answer(self, answer: Go | Again) -> None:
        """Say what is to become of the plan."""
        self.planned = None
        self._answers.put(answer)

    def secret(self, value: str | None) -> None:
        """The secret that was asked for; None where the person does not give it."""
        self._secrets.put(value)

    def stop(self) -> None:
        """End the operation at work and begin no other."""
        self.stopping = True

    def leave(self) -> None:
        """Come to an end soon: nothing new is begun, and every question is answered with no."""
        self.stop()
        self._answers.put(None)
        self._secrets.put(None)

    async def over(self, seconds: float) -> bool:
        """Whether the locks and the sessions are let go of within that time."""
        return await asyncio.to_thread(self._over.wait, seconds)

    def _carry_out(self) -> None:
        error: MqWizardError | None = None
        try:
            self._conduct()
        except MqWizardError as known:
            error = known
        finally:
            unknown = sys.exc_info()[1]
            self._crash = None if isinstance(unknown, MqWizardError) else unknown
            self._over.set()
            self._tell(Ended(error))

    def _conduct(self) -> None:
        from wizard.engine.conduct import Conduct, look  # loads the drivers of commands and keys

        if self._dry:
            self._tell(look(self.request))
            return
        Conduct(
            tell=self._tell,
            decide=self._decide,
            stop=lambda: self.stopping,
            prove_refusals=self._prove_refusals,
        ).order(self.request)

    def _decide(self, _plan: Plan) -> Go | Again:
        answer = self._answers.get()
        if answer is None:
            raise Declined("Nothing was done.")
        return answer

    def _ask(self, question: str) -> str:
        self._tell(Asked(question))
        value = self._secrets.get()
        if value is None:
            raise Declined(f"{question}: it was not given.", "Without it nothing more can be done.")
        return value

    def _tell(self, event: News) -> None:
        self._news.append(event)
        listener = self._listener
        if listener is not None and not self._noticed:
            self._noticed = True
            listener.news_came()

    def _sum_up(self, event: News) -> None:
        match event:
            case Planned():
                self.planned = event
            case ProofBegun(title):
                self.proof_title = title
            case Checked():
                self.checks.append(event)
            case Proven():
                self.proven = event
            case Ended():
                self.ended = event
