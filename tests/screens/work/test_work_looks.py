"""How the screens of the work look at 80 by 24; `pytest --snapshot-update` after a change that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from test_work_looking_on import HEADING, Told, check, moved
from textual.pilot import Pilot
from textual.screen import Screen
from work_plans import ASKING, FEW, planned, practised, real
from work_support import Alone, at

from screens.marks import UNICODE
from screens.parts.choices import Choice
from screens.work.finish import Finish, Result
from screens.work.plan import PlanScreen
from screens.work.proof import ProofScreen
from screens.work.run import RunScreen
from screens.work.trouble import Trouble
from wizard.engine.events import Checked, Proven, Transcribed
from wizard.errors import OperationFailed
from wizard.proof.values import Proof, Verdict


class Compare(Protocol):
    """Holds a screen against its picture."""

    def __call__(self, app: object, *, terminal_size: tuple[int, int], run_before: object) -> bool: ...


def looks_as_before(snap_compare: Compare, screen: Screen[object], *keys: str) -> bool:
    async def before(pilot: Pilot[None]) -> None:
        await at(pilot, type(screen))
        await pilot.press(*keys)
        await pilot.pause()

    return snap_compare(Alone(screen, marks=UNICODE), terminal_size=(80, 24), run_before=before)


def test_the_plan(snap_compare: Compare, tmp_path: Path) -> None:
    screen = PlanScreen(HEADING.at("plan"), planned(FEW), practised(tmp_path))
    assert looks_as_before(snap_compare, screen, "down", "space")


def test_a_consent(snap_compare: Compare, tmp_path: Path) -> None:
    screen = PlanScreen(HEADING.at("plan"), planned(ASKING), real(tmp_path))
    assert looks_as_before(snap_compare, screen, "enter")


def test_the_run(snap_compare: Compare, tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    said = ("12:00:01.120 [4711] > DEFINE QLOCAL(Q1)", "12:00:01.143 [4711] < AMQ8006I: IBM MQ queue created.")
    errand.tell(moved("begun", 0), Transcribed(said), moved("done", 0), moved("begun", 1))
    assert looks_as_before(snap_compare, RunScreen(HEADING.at("run"), errand, FEW))


def test_the_proof(snap_compare: Compare, tmp_path: Path) -> None:
    errand = Told(practised(tmp_path))
    made = (check("address"), check("rules", Verdict.FAILED), check("no TLS", reverse=True))
    errand.proof_title = "r on mqhost"
    errand.tell(*(Checked(one) for one in made), Proven(Proof("r", "mqhost", "now", made), Path("proof/r.md")))
    assert looks_as_before(snap_compare, ProofScreen(HEADING.at("proof"), errand))


def test_trouble(snap_compare: Compare) -> None:
    error = OperationFailed("QM1 refused: DEFINE QLOCAL(Q1)\nAMQ8150E", "It is there.", "Look at it. Journal: j.")
    ways = [Choice("again", "Try again", "Nothing is done twice."), Choice("back", "Go back")]
    assert looks_as_before(snap_compare, Trouble(HEADING.at("run"), "It did not go on", error, ways))


def test_the_end(snap_compare: Compare, tmp_path: Path) -> None:
    places = (("Recipe", "r.yaml"), ("Kits", "kits/app1\nkits/app2"), ("Report", "proof/r.md"))
    result = Result("Done, and proven: 41 of 41 as expected.", True, places, "mqwizard --recipe r.yaml", "Bye.")
    assert looks_as_before(snap_compare, Finish(HEADING.at("finish"), result, practised(tmp_path)))
