"""Why a connection got in that should not have: the rule that let it in, the flaws, and what closes the door."""

from __future__ import annotations

from dataclasses import dataclass

from wizard.access.admission import end_of
from wizard.access.audit import audit
from wizard.access.flaws import Flaw, Gravity
from wizard.access.values import Answer, Connection
from wizard.engine.audit import mending
from wizard.engine.explain import Scene, explained
from wizard.engine.observe import removal
from wizard.plan.text import command_lines


@dataclass(frozen=True)
class LetIn:
    """The answer, the flaws of its door, and the repair in lines; `plan` where running the recipe closes the door."""

    answer: Answer
    flaws: tuple[Flaw, ...]
    repair: tuple[str, ...]
    plan: bool


def let_in(found: Scene, connection: Connection) -> LetIn:
    """Why this connection gets in at the queue manager as it is, or as it is planned where it does not run.

    No repair but taking away: what the recipe does not want, and rules that are not its own.
    """
    now = found.seen.guard if found.seen else found.guard
    answer = explained(Scene(now, machine=found.machine, seen=found.seen), connection)
    rule = answer.rule
    about = {connection.channel, "queue manager", rule.profile if rule else connection.channel}
    flaws = tuple(one for one in audit(now) if one.about in about and one.gravity is not Gravity.NOTE)
    if not answer.end.inside:
        return LetIn(answer, (), (), plan=False)
    if found.seen and not end_of(found.guard, connection).inside:
        return LetIn(answer, flaws, _drifted(found, connection.channel), plan=True)
    mend = removal(found, rule) if rule else ""
    commands = (mend,) if mend else tuple(command for one in flaws for command in one.commands)
    return LetIn(answer, flaws, commands, plan=False)


def _drifted(found: Scene, channel: str) -> tuple[str, ...]:
    """What running the recipe changes about the channel, its rules, or the queue manager's own attributes."""
    if found.ready is None:
        return ()
    name = found.guard.name
    near = (f"{name}/channel/{channel}", f"{name}/rule/{channel}/", f"{name}/rule/*/", f"{name}/attributes")
    changing = [one for one in mending(found.ready.plan, name) if one.steps and one.resource.startswith(near)]
    return tuple(line for one in changing for line in command_lines(one))
