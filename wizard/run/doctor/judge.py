"""Turns everything that was seen into findings, area by area. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.run.doctor.findings import Finding, ok, problem
from wizard.run.doctor.judge_folders import data_path, space
from wizard.run.doctor.judge_installations import AREA, installations
from wizard.run.doctor.judge_memory import memory
from wizard.run.doctor.judge_queue_managers import error_log, listeners, shared_ports, status
from wizard.run.doctor.judge_recipe import recipe
from wizard.run.doctor.judge_security import security
from wizard.run.doctor.judge_session import session
from wizard.run.doctor.judge_stores import store
from wizard.run.doctor.seen import Seen, release_of


def judge(seen: Seen) -> list[Finding]:
    """The findings, those of an area beside one another."""
    return list(_judged(seen))


def _judged(seen: Seen) -> Iterator[Finding]:
    yield from session(seen)
    yield from installations(seen.mq)
    yield from data_path(seen.data, seen.user.mqm)
    yield from space(seen)
    yield from memory(seen.memory, seen.recipe.name if seen.recipe else "")
    yield from _queue_managers(seen)
    if seen.recipe is not None:
        yield from recipe(seen.recipe, frozenset(one.name for one in seen.queue_managers))


def _queue_managers(seen: Seen) -> Iterator[Finding]:
    chosen = seen.mq.chosen
    if seen.queue_managers_trouble:
        remedy = "Run `dspmq -x -o all` by hand; the reason it gives must go first."
        yield problem(AREA, "The queue managers could not be listed.", seen.queue_managers_trouble, remedy)
    elif chosen is not None and not seen.queue_managers and (seen.sandboxed or not seen.user.root):
        yield ok(AREA, "There are no queue managers.")
    wanted = seen.recipe.queue_managers if seen.recipe else ()
    shared = list(shared_ports(seen.queue_managers))
    for one in seen.queue_managers:
        release = release_of(one, chosen)
        name = chosen.name if chosen else ""
        yield from status(one, wanted=one.name in wanted, installation=name, may_ask=seen.may_ask)
        yield from listeners(one)
        yield from (found for found in shared if found.area.endswith(f" {one.name}"))
        yield from store(one, release, seen.user)
        yield from security(one, release)
        yield from error_log(one)
