"""Plans made by hand, for tests of how they are shown; some with what a hostile name would hold."""

from __future__ import annotations

from pathlib import Path

from wizard.engine.events import Planned, Site
from wizard.engine.request import Request
from wizard.plan.operations import Change, Consent, Operation, Plan, State
from wizard.plan.steps import Mqsc, Wait

HOSTILE = "[red]x[/red] $accent [@click=app.quit()]y[/] \x1b[2J\u202e [/nothing"
MARKUP = "[red]x[/red] $accent [@click=app.quit()]y[/]"


def operation(number: int, state: State = State.CREATE, **more: object) -> Operation:
    """One queue on one of the queue managers QM1, QM2, …; a thousand each."""
    owner = f"QM{number // 1000 + 1}"
    shown = {
        "section": owner,
        "state": state,
        "what": f"queue Q{number}",
        "resource": f"{owner}/queue/Q{number}",
        "reason": f"for application {number}, as the recipe names it",
        "steps": (Mqsc(owner, (f"DEFINE QLOCAL(Q{number})",)),),
        "undo": "delete it",
    }
    return Operation(**(shown | more))  # type: ignore[arg-type] - the fields of an operation


def plan_of(*operations: Operation) -> Plan:
    sections = {one.section: "new" for one in operations}
    return Plan("r on mqhost, IBM MQ 9.4.0.0 (Installation1), facts of 10:12", operations, ("A note.",), sections)


def many(number: int) -> Plan:
    """A plan of so many operations."""
    return plan_of(*(operation(one) for one in range(number)))


FEW = plan_of(
    operation(1),
    operation(2, State.CHANGE, changes=(Change("MAXDEPTH", "7", "9"),), drift=True),
    operation(3, State.KEEP, reason="as it is"),
    operation(1004, what=f"queue {MARKUP}", reason=f"{HOSTILE} 漢字 😀"),
)
REFUSING = plan_of(
    operation(1, State.REFUSE, reason="port 1414 is taken by process 4711 (runmqlsr)"),
    operation(2, State.REFUSE, reason="would run: ends TO.QM2; needs --allow interrupt", consent=Consent.INTERRUPT),
)
ASKING = plan_of(
    operation(1, State.REFUSE, reason="would run: ends TO.QM2; needs --allow interrupt", consent=Consent.INTERRUPT),
    operation(2, State.REFUSE, reason="would delete: shuts app2 out; needs --allow delete", consent=Consent.DELETE),
    operation(3, State.REFUSE, reason="would delete: shuts app3 out; needs --allow delete", consent=Consent.DELETE),
)
WAITING = plan_of(operation(1, State.WAIT, steps=(Wait("root", "user", ("useradd -r app1",)),)), operation(2))
ELSEWHERE = plan_of(operation(1, State.WAIT, steps=(Wait("ca", "certificate qm1"),)), operation(2))
"""What a CA has to answer keeps the rest of a plan waiting for nothing."""
KEPT = plan_of(operation(1, State.KEEP))


def planned(plan: Plan) -> Planned:
    """As the engine tells of it."""
    return Planned(plan, frozenset(), Site("mqhost", "9.4", Path("/orders"), (Path("/orders/kits/app1"),)))


def real(folder: Path) -> Request:
    """An order without a sandbox."""
    return Request(str(folder / "r.yaml"), state=folder / "st")


def practised(folder: Path) -> Request:
    """An order in a sandbox."""
    return Request(str(folder / "r.yaml"), sandbox=folder / "sb", state=folder / "st")
