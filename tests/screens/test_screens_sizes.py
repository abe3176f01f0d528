"""Every step at every size: each field reachable, nothing cut off, Esc leaves; and how the main ones look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from screens_support import AROUND, Session, begun, helped, one_frame, press, settled, shown, wizard
from textual.widget import Widget

import recipes
from screens.app import WizardApp
from screens.attributes import Attributes
from screens.flow import Flow
from screens.frame import Frame
from screens.heading import Heading, Stop
from screens.jobs import STEPS
from screens.leaving import Back, Leaving
from screens.marks import ASCII
from screens.parts.choices import Choices
from screens.parts.helpline import Explained, HelpLine
from screens.parts.keybar import KeyBar
from screens.steps.open_recipe import OpenRecipe
from screens.steps.start import Start, Welcome
from screens.steps.want import Want
from screens.view import View
from wizard.engine.around import Around, Found
from wizard.engine.request import Request

SIZES = [(60, 20), (80, 24), (120, 40)]
BUSY = Around(
    "mqhost", "Installation1 (/opt/mqm)", "9.4.0.0", tuple(Found(f"QM{number}", "Running") for number in range(2, 5))
)
STOPS = (*(Stop(id, kind.title, seen=True) for id, kind in STEPS.items()), Stop("plan", "Plan"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("screens.steps.applications.user_known", lambda _request, name: name != "nobody2")
    monkeypatch.setattr("screens.steps.listener.port_taken", lambda _request, _around, _port: "")
    return tmp_path


def frame(name: str, folder: Path, around: Around = AROUND) -> Frame:
    """A screen by its name, about the largest shipped recipe."""
    heading = Heading("secure client connection", "practice (sandbox)", STOPS, name)
    if name in STEPS:
        text = recipes.text("two-way-tls-own-ca")
        return STEPS[name].make(heading, View(text, text, folder, around, Request(recipe="")))
    if name == "start":
        return Start(Heading("welcome", "mqhost"), lambda: Welcome(around), practice=False)
    if name == "want":
        return Want(Heading("welcome", "mqhost"))
    if name == "open":
        return OpenRecipe(Heading("open a recipe", "mqhost"), folder)
    return Attributes(heading, recipes.text("two-way-tls-own-ca"))


SCREENS = [*STEPS, "start", "want", "open", "attributes"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
async def test_every_field_is_reached_nothing_is_cut_off_and_esc_leaves(
    name: str, size: tuple[int, int], folder: Path
) -> None:
    left: list[Leaving] = []
    screen = frame(name, folder, BUSY)
    async with one_frame(screen, left, size) as pilot:
        await settled(pilot)
        fields = [one for one in screen.query("*") if isinstance(one, Explained) and shows(one)]
        reached = set()
        for _ in range(len(fields) + 4):
            present = screen.focused
            assert present is not None
            reached.add(present)
            body = screen.query_one("#body").region
            assert body.contains_point(pilot.app.cursor_position), present
            if not isinstance(present, Choices):
                assert body.contains_region(present.region), present
            await press(pilot, "tab")
        assert reached >= set(fields)
        uncut(screen, size)
        if name != "start":
            await press(pilot, "escape")
    assert left == ([] if name == "start" else [Back()])


def shows(widget: Widget) -> bool:
    """Whether a widget is part of the screen as it is now."""
    return all(one.display for one in widget.ancestors_with_self if isinstance(one, Widget))


def uncut(screen: Frame, size: tuple[int, int]) -> None:
    """Header, help line and keys are there in whole, and the questions keep some room."""
    for kind in (HelpLine, KeyBar):
        region = screen.query_one(kind).region
        assert region.bottom <= size[1]
        assert region.height >= 1
    assert screen.query_one("#body").size.height >= 8
    for one in screen.query("*"):
        if isinstance(one, Explained) and shows(one):
            assert one.region.right <= size[0], one


@pytest.mark.parametrize("size", SIZES)
async def test_the_welcome_names_what_was_found(size: tuple[int, int], folder: Path) -> None:
    async with wizard(folder, size, around=BUSY) as pilot:
        text = shown(pilot)
        assert "QM3  running" in text
        assert "Practise in the sandbox" in text


async def test_what_cannot_be_done_here_is_said_and_practised(folder: Path) -> None:
    troubled = Around("mqhost", "Installation1 (/opt/mqm)", "9.4.0.0", trouble="anna is not in the group mqm.")
    async with wizard(folder, around=troubled) as pilot:
        text = shown(pilot)
        assert "anna is not in the group mqm." in text
        assert "In the sandbox" in text


async def test_f2_and_f3_take_turns_with_the_questions_where_room_is_short(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "enter", "enter", "enter", "enter", "f2")
        assert (
            "+     SET CHLAUTH('APP1.SVRCONN')" in shown(pilot)
            or "+   users" in shown(pilot)
            or "+ users" in shown(pilot)
        )
        assert "May use queues" not in shown(pilot)
        await press(pilot, "f3")
        assert "╔" in shown(pilot)
        assert "you are here: the application" in shown(pilot)
        await press(pilot, "escape")
        assert "May use queues" in shown(pilot)


async def test_a_wide_screen_shows_questions_commands_and_picture_at_once(folder: Path) -> None:
    async with wizard(folder, (120, 40)) as pilot:
        await press(pilot, "enter", "enter", "enter")
        text = shown(pilot)
    for words in ("Port", "DEFINE LISTENER(LISTENER.TCP)", "you are here: the listener", "║ QM1  :1414 ║"):
        assert words in text


def in_ascii(folder: Path) -> Callable[[WizardApp], Awaitable[int]]:
    async def flow(app: WizardApp) -> int:
        app.marks = ASCII
        return await Flow(app, Request(recipe="", state=folder / "st", host="h"), Welcome(AROUND)).run()

    return flow


async def test_in_ascii_the_palette_is_ascii(folder: Path) -> None:
    async with begun(in_ascii(folder), (80, 24)) as pilot:
        await press(pilot, "ctrl+p", "s", "a", "v")
        assert "Save the recipe" in shown(pilot)
        assert shown(pilot).isascii(), shown(pilot)


async def test_in_ascii_every_step_is_ascii(folder: Path) -> None:
    async with begun(in_ascii(folder), (120, 40)) as pilot:
        for _ in range(9):
            await settled(pilot)
            plain = "".join(one for one in shown(pilot) if one not in "│▁▂▃▄▅▆▇█▔▊▎")
            assert plain.isascii(), shown(pilot)
            await pilot.press("enter")


async def test_the_mouse_alone_leads_to_another_answer(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await _click(pilot, "Set up something new")
        await _click(pilot, "Queue manager only")
        await _click(pilot, "Queue manager only")
        await _click(pilot, "Enter next")
        assert "▸ Port" in shown(pilot)
        await _click(pilot, "1 Queue manager")
        assert "▸ Name" in shown(pilot)


async def _click(pilot: Session, words: str) -> None:
    lines = shown(pilot).splitlines()
    row = next(number for number, line in enumerate(lines) if words in line)
    await pilot.click(offset=(lines[row].index(words) + 1, row))
    await settled(pilot)


async def test_the_help_line_explains_each_field(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 4)
        said = set()
        for _ in range(5):
            said.add(helped(pilot))
            await pilot.press("tab")
            await pilot.pause()
    assert len(said) == 5
