"""The same questions as plain prompts, line by line: for screen readers, dumb terminals and narrow ones.

Nothing is drawn over; each prompt says what is asked and what Enter takes. What comes out is a recipe in a file, which
then runs as `--recipe` does, with its plan and its question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from screens import asked
from screens.asked import Asked, spliced
from screens.choice import Choice
from screens.grants import with_queues
from screens.jobs import JOBS, applies
from screens.session import Session
from screens.steps.found import found_lines
from wizard.engine.around import Around, port_taken
from wizard.engine.preview import preview
from wizard.errors import Declined, RecipeError
from wizard.recipe.answers import Judged, answer, as_grants, names, written
from wizard.recipe.editor import set_value

if TYPE_CHECKING:
    from wizard.engine.request import Request
    from wizard.recipe.nodes import Path, Plain

Say = Callable[[str], None]
Hear = Callable[[str], str]
"""Shows a prompt and returns the line; EOFError where there is no more."""

MANNERS = "Enter takes what stands in brackets, ? explains, - empties an answer, Ctrl+D leaves and keeps a draft."


@dataclass
class Prompts:
    """Asks for a recipe line by line."""

    say: Say
    hear: Hear
    request: Request
    around: Around
    session: Session = field(init=False)

    def recipe(self) -> str:
        """Ask everything, save, and return the recipe's file. Declined where the person leaves."""
        self.say("\n".join(found_lines(self.around)))
        self.say(MANNERS)
        try:
            job = self._chosen(
                "What do you want?", [Choice(one.id, one.title, one.sentence) for one in JOBS], JOBS[0].id
            )
            self.session = Session.fresh(next(one for one in JOBS if one.id == job), self.request, self.around)
            for step in self.session.job.steps:
                if applies(step, written(self.session.text)):
                    self._step(step)
            return self._saved()
        except EOFError:
            if hasattr(self, "session"):
                self.session.keep_draft()
            raise Declined("Nothing was done.") from None

    def _step(self, step: str) -> None:
        self.session.view(step)
        self.session.step = step
        held = written(self.session.text)
        if step in MANAGERS:
            for name in names(held, "queue_managers"):
                self._ask_all(MANAGERS[step](held, name))
        elif step == "applications":
            self._applications()
        elif step == "security":
            for name in names(held, "clients"):
                self.say(f"Application {name}")
                self._ask_all(asked.security(held, name))
        elif step in WHOLE:
            self._ask_all(WHOLE[step](held, ""))

    def _applications(self) -> None:
        """One application after the other, until no further one is wanted."""
        for number in range(1, 100):
            held = written(self.session.text)
            name = names(held, "clients")[-1]
            self._ask_all(asked.application(held, name))
            if self._line("Another application?", "n", "y for yes, n for no.").lower() not in {"y", "yes"}:
                return
            first = answer(held, ("clients", name))
            entry: Plain = {
                key: value
                for key, value in (first.items() if isinstance(first, dict) else ())
                if key in {"connects_to", "tls", "queues"}
            }
            taken = names(written(self.session.text), "clients")
            fresh = next(f"app{n}" for n in range(number + 1, 1000) if f"app{n}" not in taken)
            self.session.text = set_value(self.session.text, ("clients", fresh), entry)

    def _ask_all(self, questions: Iterable[Asked]) -> None:
        """Each question in turn; a new name of the entry is that of the questions that follow."""
        old: Path = ()
        new: Path = ()
        for one in questions:
            question = replace(one, path=(*new, *one.path[len(old) :])) if old and one.path[: len(old)] == old else one
            said = self._ask(question)
            if question.names:
                old, new = question.path, (*question.path[:-1], said)

    def _ask(self, question: Asked) -> str:
        """Ask until the answer is right; the answer."""
        while True:
            held = written(self.session.text)
            present = question.read(held) or question.usual
            if question.options:
                line = self._chosen(question.label, question.options, present)
            else:
                derived = preview(self.session.text, base=self.session.base).derived.get(question.path, "")
                line = self._line(question.label, present or derived, question.explanation)
                line = present if line == derived and not present else line
            if not (wrong := self._taken_over(question, line, present)):
                return line
            self.say(f"  Wrong: {wrong}")

    def _taken_over(self, question: Asked, line: str, present: str) -> str:
        """Put an answer into the recipe; what is wrong with it, where something is."""
        if line == present:
            text = self.session.text
        else:
            try:
                text = spliced(self.session.text, question, line)
                if question.path[0] == "clients" and question.path[-1] == "queues":
                    text = with_queues(text, str(question.path[1]), as_grants(line))
            except RecipeError as error:
                return error.problems[0].what
        path = (*question.path[:-1], line) if question.names else question.path
        found = preview(text, base=self.session.base)
        wrong = Judged(text, found.problems).problem_of(path, name=question.names)
        if not wrong and path[-1] == "port" and line.isdigit() and self._is_new(str(path[1])):
            holder = port_taken(self.request, self.around, int(line))
            wrong = f"Port {line} is taken by {holder}. Choose another port." if holder else ""
        if not wrong:
            self.session.text = text
        return wrong

    def _is_new(self, name: str) -> bool:
        return name not in {one.name for one in self.around.queue_managers}

    def _line(self, label: str, present: str, explanation: str) -> str:
        """One line; `?` explains and asks again, `-` stands for an empty answer."""
        while True:
            line = self.hear(f"{label} [{present}]: " if present else f"{label}: ").strip()
            if line == "?":
                self.say(f"  {explanation}")
                continue
            return "" if line == "-" else line or present

    def _chosen(self, label: str, options: Iterable[Choice], present: str) -> str:
        """One of several, by its number."""
        listed = list(options)
        self.say(label)
        for number, one in enumerate(listed, 1):
            self.say(f"  {number} {one.label[:1].upper()}{one.label[1:]}. {one.meaning}")
        usual = next(str(number) for number, one in enumerate(listed, 1) if one.id == present)
        while True:
            line = self._line("Number", usual, f"A number from 1 to {len(listed)}.")
            if line.isdigit() and 1 <= int(line) <= len(listed):
                return listed[int(line) - 1].id
            self.say(f"  Wrong: write a number from 1 to {len(listed)}.")

    def _saved(self) -> str:
        said = self.session.save()
        self.session.done()
        self.say(said)
        return str(self.session.file)


MANAGERS = {"queue-manager": asked.queue_manager, "listener": asked.listener}
WHOLE = {"trust": asked.trust, "names": asked.certificate_names}
"""Which questions the steps about a queue manager, and about the recipe as a whole, have."""
