"""What the wizard can set up: each job registers itself here, in one place, with the steps it walks through.

A further job is one more entry in `JOBS`; a further step one more in `STEPS`. Steps are loaded when they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from screens.heading import Heading
    from screens.step import Step
    from screens.view import View
    from wizard.engine.around import Around
    from wizard.recipe.nodes import Plain

Offer = Callable[[str], str]
"""The text with the defaults of a step, from the text before it."""


@dataclass(frozen=True)
class StepKind:
    """A step: its title in the rail, and where it is found."""

    title: str
    module: str
    name: str
    needs_tls: bool = False

    def make(self, heading: Heading, view: View) -> Step:
        """The screen of this step."""
        return cast("Step", getattr(import_module(f"screens.steps.{self.module}"), self.name)(heading, view))


@dataclass(frozen=True)
class Job:
    """Something to set up: a title, a sentence, the text it begins with, its steps, and what each of them offers."""

    id: str
    title: str
    sentence: str
    steps: tuple[str, ...]
    begin: Callable[[Around], str]
    offers: Mapping[str, Offer] = field(default_factory=dict)


STEPS: Mapping[str, StepKind] = {
    "queue-manager": StepKind("Queue manager", "queue_manager", "QueueManagerStep"),
    "listener": StepKind("Listener", "listener", "ListenerStep"),
    "applications": StepKind("Applications", "applications", "ApplicationsStep"),
    "security": StepKind("Security", "security", "SecurityStep"),
    "trust": StepKind("Trust", "trust", "TrustStep", needs_tls=True),
    "names": StepKind("Names", "names", "NamesStep", needs_tls=True),
    "review": StepKind("Review", "review", "ReviewStep"),
}


def applies(step: str, held: Plain) -> bool:
    """Whether a step has anything to ask about a recipe: certificates need an application that uses TLS."""
    from wizard.recipe.answers import answer, names

    if not STEPS[step].needs_tls:
        return True
    clients = names(held, "clients")
    return not clients or any(answer(held, ("clients", name, "tls")) != "none" for name in clients)


def _manager(held: Plain) -> str:
    from wizard.recipe.answers import names

    return next(iter(names(held, "queue_managers")), "QM1")


def _new_queue_manager(around: Around) -> str:
    taken = {one.name for one in around.queue_managers}
    name = next(f"QM{number}" for number in range(1, len(taken) + 2) if f"QM{number}" not in taken)
    return f"mqwizard: 1\norganization: Example\ntrust: ca\nqueue_managers:\n  {name}:\n    queues: [Q1]\n"


def _only_queue_manager(around: Around) -> str:
    return _new_queue_manager(around).replace("organization: Example\ntrust: ca\n", "")


def _existing_queue_manager(around: Around) -> str:
    running = next((one.name for one in around.queue_managers if one.running), "QM1")
    return f"mqwizard: 1\norganization: Example\ntrust: ca\nqueue_managers:\n  {running}:\n"


def _offer_listener(text: str) -> str:
    from wizard.recipe.answers import answer, give, written

    path = ("queue_managers", _manager(written(text)), "listener")
    return text if answer(written(text), path) else give(text, (*path, "port"), "1414")


def _offer_application(text: str) -> str:
    from wizard.recipe.answers import answer, names, spelled, written
    from wizard.recipe.editor import set_value

    held = written(text)
    if names(held, "clients"):
        return text
    manager = _manager(held)
    queues = spelled(answer(held, ("queue_managers", manager, "queues"))).split(", ")
    entry: dict[str, Plain] = {"connects_to": manager, "tls": "mutual"}
    if queues != [""]:
        entry["queues"] = {queues[0]: ["put", "get"]}
    return set_value(text, ("clients", "app1"), entry)


def _offer_channel(text: str) -> str:
    """The channel is there already: its name is an answer, not derived."""
    from wizard.recipe.answers import give

    return give(_offer_application(text), ("clients", "app1", "channel"), "APP1.SVRCONN")


_CERTIFICATES = ("security", "trust", "names")

CLIENT = Job(
    "client",
    "secure client connection",
    "A queue manager that applications reach over TLS, and nobody else.",
    ("queue-manager", "listener", "applications", *_CERTIFICATES, "review"),
    _new_queue_manager,
    {"listener": _offer_listener, "applications": _offer_application},
)
QUEUE_MANAGER = Job(
    "queue-manager",
    "queue manager only",
    "A queue manager with its queues and a listener; who may connect comes later.",
    ("queue-manager", "listener", "review"),
    _only_queue_manager,
    {"listener": _offer_listener},
)
CHANNEL = Job(
    "channel",
    "more security on a channel",
    "TLS, certificates and rules for a channel that applications use already.",
    ("queue-manager", "applications", *_CERTIFICATES, "review"),
    _existing_queue_manager,
    {"applications": _offer_channel},
)
RECIPE = Job(
    "recipe",
    "recipe",
    "Go through a recipe's answers, change what you like, see what it comes to.",
    ("queue-manager", "listener", "applications", *_CERTIFICATES, "review"),
    lambda _around: "",
)

JOBS: tuple[Job, ...] = (CLIENT, QUEUE_MANAGER, CHANNEL)
"""What is offered, the usual one first; opening a recipe is offered besides."""


def job_of(id: str) -> Job:
    """The job of that id; for an unknown one that of a recipe, which can ask everything."""
    return next((job for job in JOBS if job.id == id), RECIPE)
