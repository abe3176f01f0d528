"""The manners that all screens share: keys, help, leaving, and what the frame shows at each size."""

from __future__ import annotations

import pytest
from screens_support import one_frame, shown
from textual.app import ComposeResult

from screens.choice import Choice
from screens.frame import Frame
from screens.heading import Heading, Stop, rail
from screens.leaving import Back, Jump, Leaving, Next, Quit
from screens.marks import ASCII, UNICODE
from screens.parts.choices import Choices

STOPS = tuple(
    Stop(word.lower(), word, seen=index < 3)
    for index, word in enumerate(("Queue manager", "Listener", "Applications", "Security", "Trust", "Names", "Review"))
)
HEADING = Heading("secure client connection", "practice (sandbox)", STOPS, "applications")


class Colours(Frame):
    """A screen with one choice."""

    def body(self) -> ComposeResult:
        options = [Choice("red", "Red", "Like a brick."), Choice("blue", "Blue [bold]")]
        yield Choices(options, chosen="red", label="Colour", marks=self.marks, explanation="What it looks like.")


@pytest.mark.parametrize(
    ("keys", "how"),
    [
        (("enter",), Next()),
        (("escape",), Back()),
        (("ctrl+q", "escape", "enter"), Next()),
        (("ctrl+q", "down", "enter"), Quit(save=True)),
        (("ctrl+q", "end", "enter"), Quit()),
        (("ctrl+c", "ctrl+c"), Quit()),
    ],
)
async def test_a_screen_is_left_by_its_keys(keys: tuple[str, ...], how: Leaving) -> None:
    left: list[Leaving] = []
    async with one_frame(Colours(HEADING), left, saved="Saved in r.yaml.") as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
    assert left == [how]


async def test_only_a_step_that_was_seen_can_be_gone_to() -> None:
    left: list[Leaving] = []
    frame = Colours(HEADING)
    async with one_frame(frame, left) as pilot:
        frame.action_go("trust")
        await pilot.pause()
        assert left == []
        frame.action_go("listener")
        await pilot.pause()
    assert left == [Jump("listener")]


async def test_the_frame_names_title_mode_step_help_and_keys() -> None:
    async with one_frame(Colours(HEADING), []) as pilot:
        text = shown(pilot)
    for words in (
        "secure client connection",
        "practice (sandbox)",
        "▸ 3 Applications",
        "What it looks like.",
        "Esc back  Enter next  F1 help  ^S save  ^Q quit",
    ):
        assert words in text


async def test_text_is_never_taken_for_markup() -> None:
    async with one_frame(Colours(HEADING), []) as pilot:
        assert "Blue [bold]" in shown(pilot)


async def test_help_speaks_of_the_field_and_of_every_key() -> None:
    async with one_frame(Colours(HEADING), []) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        text = shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Colours)
    assert text.index("Colour") < text.index("What it looks like.") < text.index("Go back to what was seen before")


async def test_saving_says_where() -> None:
    async with one_frame(Colours(HEADING), [], saved="Saved in [r].yaml.") as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Saved in [r].yaml." in shown(pilot)


@pytest.mark.parametrize("width", [58, 78, 118])
@pytest.mark.parametrize("marks", [UNICODE, ASCII])
def test_the_rail_fits_and_spells_out_the_present_step(width: int, marks: object) -> None:
    for stop in STOPS:
        line = rail(HEADING.at(stop.id), UNICODE if marks is UNICODE else ASCII, width)
        assert line.cell_length <= width
        assert stop.title in line.plain
