"""One recipe on its way through the steps: its text, where it belongs, and what was seen of it."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import recipes
from screens.jobs import RECIPE, Job, applies, job_of
from screens.view import View
from wizard.engine import drafts
from wizard.engine.around import Around
from wizard.engine.places import state_folder
from wizard.engine.request import Request
from wizard.engine.source import find_source
from wizard.errors import MqWizardError
from wizard.recipe.answers import names, written
from wizard.run.files import write_file

if TYPE_CHECKING:
    from screens.step import Step


@dataclass
class Session:
    """The recipe's text and everything that the flow remembers about it.

    `file` is where it is saved; `shipped` the name of the shipped recipe that it is, as long as nothing was changed.
    """

    text: str
    title: str
    job: Job
    request: Request
    around: Around
    step: str
    file: Path | None = None
    shipped: str = ""
    opened: str = ""
    """The text as it stands in the file, or as it is shipped."""
    offering: bool = False
    """Whether steps that were not seen yet put their defaults into the text."""
    history: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    entry: str = ""
    draft: str = ""
    trouble: str = ""
    """Why the recipe could not be saved, until it is tried again."""
    present: Step | None = None
    """The step on the screen, whose answers count as soon as they are typed."""

    @classmethod
    def fresh(cls, job: Job, request: Request, around: Around) -> Session:
        """A recipe from scratch."""
        text = job.begin(around)
        made = cls(text, job.title, job, request, around, job.steps[0], offering=True)
        return made._with_draft()

    @classmethod
    def open(cls, wanted: str, request: Request, around: Around) -> Session:
        """A recipe that is there: a file, or a shipped one. It begins with the review of its answers."""
        source = find_source(wanted)
        shipped = "" if "/" in source.identity else source.name
        file = None if shipped else Path(source.identity)
        title = shipped or Path(source.name).name
        made = cls(source.text, title, RECIPE, request, around, "review", file, shipped, source.text)
        made.seen = set(RECIPE.steps)
        return made._with_draft()

    @classmethod
    def of_draft(cls, draft: drafts.Draft, request: Request, around: Around) -> Session:
        """A recipe that was left under way, at the step where that was."""
        job = job_of(draft.job)
        step = draft.step if draft.step in job.steps else job.steps[0]
        file = Path(draft.file) if draft.file else None
        made = cls(
            draft.text, draft.title, job, request, around, step, file, draft.shipped, _text_of(file, draft.shipped)
        )
        made.draft = draft.id
        made.offering = not made.opened
        made.seen = set(job.steps[: job.steps.index(step)])
        made.history = [one for one in job.steps if one in made.seen]
        return made

    def _with_draft(self) -> Session:
        self.draft = drafts.draft_id(f"{self.file or self.shipped} {os.getpid()} {time.time_ns()}")
        return self

    @property
    def base(self) -> Path:
        """The folder beside which kits and exchange files go."""
        return self.file.parent if self.file else Path.cwd()

    # Steps.

    def view(self, step: str) -> View:
        """What a step is given; one that was not seen yet first puts its defaults into the text."""
        before = self.text
        offer = self.job.offers.get(step)
        if self.offering and offer and step not in self.seen:
            self.text = offer(self.text)
        self.seen.add(step)
        return View(
            text=self.text,
            before=before,
            base=self.base,
            around=self.around,
            release=self.request.mq_version,
            request=self.request,
            entry=self.entry,
            file="" if self.unchanged else str(self.place()),
            trouble=self.trouble,
        )

    def take(self, screen: Step) -> None:
        """Take over what was answered, however the step was left."""
        self.present = None
        self.text, self.entry = screen.text, screen.left_at

    def catch_up(self) -> None:
        """Take over what stands on the screen right now."""
        if self.present is not None:
            self.text = self.present.text

    def following(self, step: str) -> str:
        """The step after one, without those that have nothing to ask."""
        held = written(self.text)
        rest = self.job.steps[self.job.steps.index(step) + 1 :]
        return next(one for one in rest if applies(one, held))

    # Keeping.

    @property
    def unchanged(self) -> bool:
        """Whether it is a shipped recipe as it is shipped."""
        return bool(self.shipped) and self.text == recipes.text(self.shipped)

    def place(self) -> Path:
        """Where the recipe is saved: its file, or the next free name after its queue manager."""
        if self.file is not None:
            return self.file
        stem = self.shipped or next(iter(names(written(self.text), "queue_managers")), "recipe").lower()
        stem = "".join(one if one.isalnum() or one in "-_." else "-" for one in stem)
        folder = Path.cwd()
        free = (folder / f"{stem}{number}.yaml" for number in ["", *(f"-{count}" for count in range(2, 1000))])
        return next(path for path in free if not path.exists())

    def save(self) -> str:
        """Write the recipe, and say where. OperationFailed where that cannot be done."""
        self.catch_up()
        path = self.place()
        if self.text != self.opened or self.file is None:
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
            write_file(path, self.text.encode(), mode=mode, replace=self.file is not None)
            self.file, self.opened, self.shipped = path, self.text, ""
            return f"Saved in {path}."
        return f"Nothing has changed since {path} was saved."

    def ready(self) -> str:
        """The recipe as an order names it: its file, or the name of a shipped one that was left as it is."""
        self.trouble = ""
        if self.unchanged:
            return self.shipped
        if self.file is None or self.text != self.opened:
            self.save()
        return str(self.file)

    def keep_draft(self) -> str:
        """Keep the answers as a draft; where nothing was changed there is nothing to keep. Says why it could not."""
        self.catch_up()
        if self.text == self.opened:
            return ""
        draft = drafts.Draft(
            id=self.draft,
            text=self.text,
            title=self.title,
            job=self.job.id,
            step=self.step,
            file=str(self.file or ""),
            shipped=self.shipped,
        )
        try:
            drafts.keep(draft, state_folder(self.request.state))
        except MqWizardError as error:
            return f"No draft was kept: {error.what}"
        return ""

    def done(self) -> None:
        """Forget the draft: the recipe is saved."""
        drafts.drop(self.draft, state_folder(self.request.state))

    def farewell(self, *, saved: bool) -> str:
        """What is said at the prompt after leaving: where the answers are."""
        if saved and self.file:
            self.done()
            return f"Saved in {self.file}. To go on: mqwizard, or mqwizard --recipe {self.file}"
        return "" if self.text == self.opened else "Your answers are kept as a draft; mqwizard offers it."


def _text_of(file: Path | None, shipped: str) -> str:
    """The text as it stands in its file or is shipped; empty where that is not there any more."""
    try:
        return find_source(str(file) if file else shipped).text if file or shipped else ""
    except MqWizardError:
        return ""
