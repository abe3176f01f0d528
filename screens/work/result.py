"""What the last screen says of an order that came to its end. Pure but for what it is given."""

from __future__ import annotations

from screens.work.finish import Result
from screens.work.words import command_again, near
from wizard.engine.events import Planned, Proven
from wizard.engine.request import Request
from wizard.proof.report import count


def result_of(
    request: Request, planned: Planned, proven: Proven | None, *, rehearses: bool, prove_refusals: bool = False
) -> Result:
    """The sentence, the places, the command, and what Enter leads to."""
    folder = planned.site.folder
    kits = "\n".join(near(kit, folder) for kit in planned.site.kits)
    places = [("Recipe", request.recipe), ("Folder", str(folder))]
    if kits:
        places.append(("Kits", kits))
    if proven is not None:
        places.append(("Report", near(proven.report, folder)))
    failed = proven is not None and bool(proven.proof.failed)
    return Result(
        title=_title(proven, rehearses=rehearses),
        well=not failed,
        places=tuple(places),
        command=command_again(request, planned.allowed, prove_refusals=prove_refusals),
        after="Enter: now the plan for real. The practice is put away."
        if rehearses
        else "It changes nothing where everything is as the recipe wants it. mqwizard undo takes it back.",
    )


def _title(proven: Proven | None, *, rehearses: bool) -> str:
    done = "Practised" if rehearses else "Done"
    if proven is None:
        return f"{done}. There was no client to prove it with."
    if proven.proof.failed:
        return f"{done}, and not proven: {count(proven.proof)}"
    return f"{done}, and proven: {count(proven.proof)}"
