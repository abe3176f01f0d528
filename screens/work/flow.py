"""From an order to its end: look, plan, consents, run, proof, finish, and the ways back.

Called by the flow of the whole wizard once the answers are complete; used with a recipe as it is, too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from screens.heading import Heading, Stop, mode_word
from screens.leaving import Leaving, Quit
from screens.work.order import Order, Rehearse, Repeat, Show, Turn
from wizard.engine.rehearsal import rehearsal
from wizard.engine.request import Request

STOPS = (Stop("plan", "Plan"), Stop("run", "Run"), Stop("proof", "Proof"), Stop("finish", "Finish"))


async def work(show: Show, request: Request, *, title: str = "") -> Leaving:
    """Carry one order through all its screens; `show` is `push_screen_wait` of the app.

    `Next` when it was done and seen, `Back` to change its answers, `Quit` to leave mqwizard. The engine has let go of
    its locks and sessions by then, unless the person would not wait for it.
    """
    name = title or Path(request.recipe).stem
    turn: Turn = Repeat(request)
    while True:
        if isinstance(turn, Repeat):
            word = mode_word(turn.request, dry=turn.dry)
            turn = await Order(show, turn, Heading(name, word, STOPS)).carry_out()
        elif isinstance(turn, Rehearse):
            turn = await _rehearse(show, turn, name)
        else:
            return turn


async def _rehearse(show: Show, wanted: Rehearse, name: str) -> Turn:
    """The same order in an empty sandbox; then the real one again, whatever came of it."""
    with rehearsal(wanted.request, wanted.release) as practised:
        turn: Turn = Repeat(practised)
        heading = Heading(name, mode_word(practised), STOPS)
        while isinstance(turn, Repeat):
            turn = await Order(show, replace(turn, rehearses=True), heading).carry_out()
    return turn if isinstance(turn, Quit) else Repeat(wanted.request)
