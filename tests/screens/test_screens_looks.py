"""How the main screens look, kept as pictures; host, folder and release are told, not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screens_support import AROUND, Session, settled

from screens.app import WizardApp
from screens.flow import Flow
from screens.marks import UNICODE
from screens.steps.start import Welcome
from wizard.engine.around import Around, Found
from wizard.engine.request import Request

Snap = Callable[..., bool]

BUSY = Around(
    "mqhost", AROUND.installation, AROUND.release, (Found("PROD", "Running"), Found("TEST", "Ended normally"))
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("screens.steps.applications.user_known", lambda _request, name: name != "nobody2")
    monkeypatch.setattr("screens.steps.listener.port_taken", lambda _request, _around, _port: "")
    return tmp_path


def looks(
    compare: Snap, folder: Path, *keys: str, size: tuple[int, int] = (80, 24), around: Around = AROUND, typed: str = ""
) -> bool:
    """Whether the wizard, after some keys, looks as it did."""

    async def run_before(pilot: Session) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        if typed:
            pilot.app.screen.focused.value = typed
            await settled(pilot)
        for line in pilot.app.screen.query("Input"):
            line.cursor_blink = False

    request = Request(recipe="", state=folder / "st", host="mqhost")
    app = WizardApp(lambda app: Flow(app, request, Welcome(around)).run(), marks=UNICODE)
    return compare(app, terminal_size=size, run_before=run_before)


def test_the_welcome(snap_compare: Snap, folder: Path) -> None:
    assert looks(snap_compare, folder, around=BUSY)


def test_what_do_you_want(snap_compare: Snap, folder: Path) -> None:
    assert looks(snap_compare, folder, "enter")


def test_a_step_with_something_wrong(snap_compare: Snap, folder: Path) -> None:
    assert looks(snap_compare, folder, "enter", "enter", "enter", typed="99999")


def test_the_applications_on_a_wide_screen(snap_compare: Snap, folder: Path) -> None:
    assert looks(snap_compare, folder, *["enter"] * 4, size=(120, 40))


def test_the_security(snap_compare: Snap, folder: Path) -> None:
    assert looks(snap_compare, folder, *["enter"] * 5)


def test_the_review(snap_compare: Snap, folder: Path) -> None:
    assert looks(snap_compare, folder, *["enter"] * 8)
