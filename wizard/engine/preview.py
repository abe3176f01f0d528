"""What a recipe's text would come to on an empty machine, while it is still being written.

The wizard's steps show it beside the questions. It is the same pure chain as that of a plan: text → recipe → topology →
operations → their commands. Nothing is read from the machine and nothing is written.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.prepare import ASSUMED_RELEASE
from wizard.engine.scripts import recipe_scripts
from wizard.errors import Problem, RecipeError
from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.plan.build import build_plan
from wizard.plan.facts import Facts
from wizard.plan.operations import Plan
from wizard.plan.text import command_lines
from wizard.recipe import derived
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Topology

if TYPE_CHECKING:
    from wizard.recipe.nodes import Path as Place
    from wizard.recipe.schema import Recipe


@dataclass(frozen=True)
class Preview:
    """A text, what is wrong with it, and, where nothing is, what it comes to."""

    text: str
    problems: tuple[Problem, ...] = ()
    topology: Topology | None = None
    lines: tuple[str, ...] = ()
    """The commands, those of one queue manager or client below its heading, those of one session below one runmqsc."""
    derived: Mapping[Place, str] = field(default_factory=dict)
    """The names that follow from others where the recipe does not give them, by the path that would."""

    @property
    def commands(self) -> int:
        """How many lines of commands there are."""
        return sum(line.startswith(" ") for line in self.lines)


def preview(text: str, *, base: Path, release: str | None = None, host: str = "") -> Preview:
    """Everything about a text; what is wrong with it is part of the answer, nothing is raised for it."""
    level = Release.parse(release or ASSUMED_RELEASE)
    try:
        recipe = read_recipe(text, source="recipe")
        topology = build(recipe, level, recipe_scripts(recipe, base))
    except RecipeError as error:
        return Preview(text, error.problems)
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    facts = Facts(taken="", host=host or socket.gethostname(), release=level, installation="", assumed=True)
    plan = build_plan(topology, facts, kits, name="")
    return Preview(text, (), topology, tuple(_lines(plan)), _derived(recipe, topology))


def _lines(plan: Plan) -> list[str]:
    lines: list[str] = []
    for section, operations in groupby(plan.operations, key=lambda operation: operation.section):
        word = plan.sections.get(section, "")
        lines.append(f"{section} ({word})" if word else section)
        session = ""
        for line in (line for operation in operations for line in command_lines(operation)):
            if line.startswith("runmqsc ") and line == session:
                continue
            if not line.startswith(" "):
                session = line if line.startswith("runmqsc ") else ""
            lines.append(f"  {line}")
    return lines


def _derived(recipe: Recipe, topology: Topology) -> dict[Place, str]:
    """Names by the path that would give them."""
    found: dict[Place, str] = {("organizational_unit",): recipe.organizational_unit}
    if topology.authority:
        found["trust", "name"] = topology.authority.name
    for name in recipe.queue_managers:
        at: Place = ("queue_managers", name)
        found[*at, "address"] = topology.queue_manager(name).address
        found[*at, "dead_letter_queue"] = derived.dead_letter_queue_of(recipe, name)
        found[*at, "certificate", "name"] = derived.certificate_of(recipe, name)
        if listener := derived.listener_of(recipe, name):
            found[*at, "listener", "name"] = listener
    for name, client in recipe.clients.items():
        at = ("clients", name)
        found[*at, "channel"] = derived.channel_of(recipe, name, client)
        found[*at, "user"] = user = derived.user_of(recipe, name, client)
        found[*at, "group"] = user
        found[*at, "certificate", "name"] = derived.client_certificate_of(recipe, name, client)
    return found
