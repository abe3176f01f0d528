"""Every answer in one list; Enter on a line goes to its step and comes back here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding

from screens.choice import Choice
from screens.heading import Heading
from screens.jobs import STEPS
from screens.leaving import Jump, Next
from screens.parts.choices import Choices
from screens.step import Seen, Step
from screens.view import View
from wizard.recipe.answers import answer, names, spelled
from wizard.recipe.nodes import Path as Place
from wizard.recipe.nodes import Plain

GO = ""
"""The line that goes on to the plan."""


@dataclass(frozen=True)
class Given:
    """An answer as the review shows it: the step it belongs to, the entry it is about, what is asked and answered."""

    step: str
    entry: str
    label: str
    value: str


class ReviewStep(Step):
    """Shows all answers; `about` is the entry that the line which was taken is about."""

    BINDINGS = [Binding("enter", "next", "go there", tooltip="Show the plan, or go to the step of the marked line.")]  # noqa: RUF012

    def __init__(self, heading: Heading, view: View) -> None:
        super().__init__(heading, view)
        derived = self._preview(view.text).derived
        self.given = answers(self.held, {stop.id for stop in heading.stops}, derived)
        self.about = view.entry

    @property
    def left_at(self) -> str:
        return self.about

    def questions(self) -> ComposeResult:
        width = max((len(one.label) for one in self.given), default=0)
        saved = f" The recipe is saved as {Path(self.view.file).name} first." if self.view.file else ""
        meaning = self.view.trouble or f"Nothing is changed on the machine yet.{saved}"
        options = [Choice(GO, "Show the plan", " ".join(meaning.split()))]
        step = ""
        for number, one in enumerate(self.given):
            title = STEPS[one.step].title if one.step != step else ""
            step = one.step
            options.append(Choice(str(number), f"{title:<14} {one.label:<{width}}  {one.value}"))
        yield Choices(options, chosen=GO, label="Answers", marks=self.marks, explanation=HELP, bullets=False)

    def on_choices_taken(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        """To the plan where nothing is wrong, or to the step of the marked answer."""
        chosen = self.query_one(Choices).chosen
        if chosen != GO:
            one = self.given[int(chosen)]
            self.about = one.entry or self.about
            self.dismiss(Jump(one.step))
            return
        seen = self._see([], {})
        if wrong := self.missing(seen):
            self.explain(wrong, wrong=True)
            return
        self.dismiss(Next())

    def missing(self, seen: Seen) -> str:
        problems = seen.preview.problems
        if not problems:
            return ""
        more = f" {len(problems) - 1} more." if len(problems) > 1 else ""
        return f"{problems[0].what} {problems[0].remedy}{more}"

    def summary(self, seen: Seen) -> str:
        return self.missing(seen) or super().summary(seen)


def answers(held: Plain, steps: set[str], derived: Mapping[Place, str]) -> list[Given]:
    """What the recipe says, and what follows from it, in the order of the steps."""

    def about(step: str, entry: str, path: Place, asked: Asking, suffix: str = "") -> list[Given]:
        found = []
        for keys, label, default in asked:
            where = (*path, *keys.split("."))
            if value := spelled(answer(held, where)) or derived.get(where, default):
                found.append(Given(step, entry, f"{label} {suffix}".rstrip(), value))
        return found

    found: list[Given] = []
    for name in names(held, "queue_managers"):
        path: Place = ("queue_managers", name)
        found += [Given("queue-manager", name, "Name", name), *about("queue-manager", name, path, MANAGER)]
        found += about("listener", name, path, LISTENER)
    for name in names(held, "clients"):
        found += [Given("applications", name, "Application", name)]
        found += about("applications", name, ("clients", name), CLIENT)
    for name in names(held, "clients"):
        found += about("security", name, ("clients", name), SECURITY, name)
    if names(held, "clients"):
        found += [*about("trust", "", (), TRUST), *about("names", "", (), NAMES)]
    return [one for one in found if one.step in steps]


Asking = tuple[tuple[str, str, str], ...]
"""For each line: the key below the entry, its label, and what an empty answer means."""

MANAGER = (("queues", "Queues", ""),)
LISTENER = (("listener.port", "Port", ""), ("address", "Address", "localhost"))
CLIENT = (
    ("connects_to", "Connects to", ""),
    ("queues", "May use", ""),
    ("channel", "Channel", ""),
    ("user", "User", ""),
    ("certificate.name", "Certificate", ""),
)
SECURITY = (("tls", "Security", "mutual"), ("address", "From", ""))
TRUST = (("trust.kind", "Trust", "ca"), ("trust.name", "Own CA", ""))
NAMES = (("organization", "Organization", ""), ("organizational_unit", "Unit", "MQ"), ("country", "Country", ""))

HELP = "Enter shows the plan; on a line below it goes to that answer, and comes back here afterwards."
