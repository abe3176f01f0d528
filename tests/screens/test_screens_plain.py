"""The same questions as plain prompts: answers, explanations, mistakes, and the recipe that comes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens_support import AROUND

from screens import plain
from screens.plain import Prompts
from wizard.engine.around import Around
from wizard.engine.drafts import kept
from wizard.engine.request import Request
from wizard.errors import Declined


class Person:
    """Answers by what is asked; whatever is not listed is taken as it stands. Notes everything that was shown."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = {label.replace("_", " "): lines for label, lines in answers.items()}
        self.shown: list[str] = []

    def hear(self, prompt: str) -> str:
        self.shown.append(prompt)
        label = prompt.split(" [", maxsplit=1)[0].removesuffix(": ").removesuffix("?")
        waiting = self.answers.get(label, [])
        line = waiting.pop(0) if waiting else ""
        if line == "EOF":
            raise EOFError
        return line

    @property
    def told(self) -> str:
        return "\n".join(self.shown)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, where only port 1999 is taken."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plain, "port_taken", lambda _request, _around, port: "process 7 (x)" if port == 1999 else "")
    return tmp_path


def prompts(person: Person, folder: Path, around: Around = AROUND) -> Prompts:
    return Prompts(person.shown.append, person.hear, Request(recipe="", state=folder / "st"), around)


def test_enter_alone_makes_the_recipe_that_the_full_screen_makes(folder: Path) -> None:
    from test_screens_flow import DEFAULT

    person = Person()
    assert prompts(person, folder).recipe() == str(folder / "qm1.yaml")
    assert (folder / "qm1.yaml").read_text() == DEFAULT
    assert kept(folder / "st") == []


def test_mistakes_are_told_and_asked_again(folder: Path) -> None:
    person = Person(
        Name=["Q" * 49, "SALES"],
        Port=["99999", "1999", "1420"],
        Application=["?", "web"],
        May_use_queues=["Q1 fly", "Q1 put, Q7"],
        Number=["9", "1"],
        Country=["Germany", "DE"],
    )
    text = Path(prompts(person, folder).recipe()).read_text()
    assert "SALES:" in text
    assert "listener: 1420" in text
    assert "queues: [Q1, Q7]" in text
    assert "country: DE" in text
    for words in ("at most 48", "at most 65,535", "taken by process 7 (x)", "called after it", "a number from 1 to 3"):
        assert words in person.told


def test_a_ca_elsewhere_can_be_chosen(folder: Path) -> None:
    person = Person(Number=["1", "1", "3"])
    assert "trust: external" in Path(prompts(person, folder).recipe()).read_text()


def test_a_second_application_is_asked_for(folder: Path) -> None:
    person = Person(Application=["web", "batch"], Another_application=["y", "n"])
    text = Path(prompts(person, folder).recipe()).read_text()
    assert text.index("  web:") < text.index("  batch:")


def test_leaving_keeps_a_draft(folder: Path) -> None:
    with pytest.raises(Declined):
        prompts(Person(Name=["SALES"], Port=["EOF"]), folder).recipe()
    (draft,) = kept(folder / "st")
    assert "SALES:" in draft.text
    assert draft.step == "listener"
    assert list(folder.glob("*.yaml")) == []
