"""Which recipe to open: those in this folder, those that come with mqwizard, or any by its path."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from screens.choice import Choice
from screens.frame import Frame
from screens.heading import Heading
from screens.leaving import Next
from screens.parts.choices import Choices
from screens.parts.linefield import PlainLine

OTHER = ""
MANY = 30


class OpenRecipe(Frame):
    """Asks for a recipe; `wanted` is its path or the name of a shipped one."""

    def __init__(self, heading: Heading, folder: Path) -> None:
        super().__init__(heading)
        self.folder = folder
        self.wanted = ""

    def body(self) -> ComposeResult:
        import recipes

        options = [Choice(one.name, one.name, "in this folder") for one in recipe_files(self.folder)]
        options += [Choice(name, name, recipes.summary(name)) for name in recipes.names()]
        options.append(Choice(OTHER, "Another file", "Write its path below."))
        with VerticalScroll(can_focus=False):
            yield Static("Open a recipe", classes="title", markup=False)
            yield Choices(options, chosen=options[0].id, label="Recipe", marks=self.marks, explanation=HELP)
            with Horizontal(classes="path"):
                yield Static("  Path", classes="label")
                yield PlainLine("Path", PATH)

    def on_choices_taken(self) -> None:
        self.action_next()

    def action_next(self) -> None:
        """Open what is named below, else what is chosen; where it cannot be read, say why and stay."""
        from wizard.engine.source import find_source
        from wizard.errors import MqWizardError, RecipeError

        line = self.query_one(PlainLine)
        self.wanted = line.value.strip() or self.query_one(Choices).chosen
        if not self.wanted:
            line.focus()
            self.explain("Write the path of a recipe.", wrong=True)
            return
        if not line.value.strip() and (self.folder / self.wanted).is_file():
            self.wanted = str(self.folder / self.wanted)
        try:
            find_source(self.wanted).read()
        except RecipeError as error:
            first, more = error.problems[0], len(error.problems) - 1
            place = f"Line {first.line}: " if first.line else ""
            others = f" And {more} more." if more else ""
            self.explain(f"{place}{first.what} {first.remedy}{others}", wrong=True)
            return
        except MqWizardError as error:
            self.explain(" ".join(str(error).splitlines()), wrong=True)
            return
        self.dismiss(Next())


def recipe_files(folder: Path) -> list[Path]:
    """The files in a folder that begin as recipes do."""
    found = []
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])[: MANY * 4]:
        try:
            with path.open("rb") as file:
                start = file.read(4_000)
        except OSError:
            continue
        if any(line.startswith(b"mqwizard:") for line in start.splitlines()):
            found.append(path)
    return found[:MANY]


HELP = "A recipe is opened with its answers; nothing is changed in the file until you save."
PATH = "The path of a recipe file, or the name of one that comes with mqwizard."
