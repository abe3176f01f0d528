"""The app around all screens: theme, signals, what a crash prints, exit status, start of the flow. Nothing else.

The flow is one worker; the number it returns is the exit status.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.worker import WorkerFailed

from screens.ask import Answer, Ask
from screens.frame import Frame
from screens.leaving import Jump, Quit
from screens.log import Log
from screens.marks import ASCII, Marks, marks_for
from screens.palette import AsciiPalette
from screens.theme import DARK, LIGHT
from wizard.errors import MqWizardError

SIGNALS = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)

STAY, SAVE, LEAVE = "stay", "save", "leave"


class WizardApp(App[None], inherit_bindings=False):
    """Runs a flow of screens; `run()` it, then leave with its `return_code`."""

    TITLE = "mqwizard"
    CSS_PATH = "frame.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "command_palette", "palette", show=False, tooltip="Go to a step, save, see the log, theme."),
    ]

    def __init__(self, flow: Callable[[WizardApp], Awaitable[int]], *, marks: Marks | None = None) -> None:
        super().__init__()
        self.flow = flow
        self.marks = marks or marks_for(sys.stdout.encoding)
        self.keep: Callable[[], str] | None = None
        """Saves the recipe and says where, once there is one."""
        self.keep_draft: Callable[[], str] | None = None
        """Keeps a draft, also in the case that the terminal goes away; says why it could not."""
        self.farewell = ""
        """What is said at the prompt once the terminal is restored."""
        self.notes: list[str] = []
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            if not self.is_headless and signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                loop.add_signal_handler(number, self.leave_by, number)
        self.call_after_refresh(lambda: self.run_worker(self._walk(), name="flow"))

    async def _walk(self) -> None:
        self.exit(return_code=await self.flow(self))

    def leave_by(self, number: int) -> None:
        """Leave through the app, so that the terminal is restored, with the exit status of a signal."""
        if self.keep_draft is not None:
            self.keep_draft()
        self.exit(return_code=128 + number)

    def note(self, line: str) -> None:
        """Add a line to the log of this session."""
        self.notes.append(line)

    def save(self, frame: Frame) -> None:
        """Save the recipe and say where, or why not, in the help line of a frame."""
        try:
            said = self.keep() if self.keep is not None else "There is nothing to save yet."
        except MqWizardError as error:
            frame.explain(f"Not saved. {error}", wrong=True)
            return
        self.note(said)
        frame.explain(said)

    def ask_to_leave(self, frame: Frame) -> None:
        """Ask, and leave the frame accordingly; nothing to save means nothing is offered to be saved."""
        answers = [Answer(STAY, "Stay", "Go on where you are.")]
        if self.keep is not None:
            answers.append(Answer(SAVE, "Save and leave", "The recipe is saved as far as it is answered."))
        means = "A draft stays, and is offered next time." if self.keep_draft is not None else ""
        answers.append(Answer(LEAVE, "Leave", means))

        def leave(answer: str | None) -> None:
            if answer in {SAVE, LEAVE}:
                frame.dismiss(Quit(save=answer == SAVE))

        self.push_screen(Ask("Leave mqwizard?", frame.leaving_means, answers), leave)

    def action_command_palette(self) -> None:
        """Open the palette in the marks that this terminal can show."""
        if self.marks is ASCII and not isinstance(self.screen, CommandPalette):
            self.push_screen(AsciiPalette())
        else:
            super().action_command_palette()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: steps to go to, save, log, theme, leave."""
        frame = screen if isinstance(screen, Frame) else None
        if frame is not None:
            for stop in frame.heading.stops:
                if stop.seen and stop.id != frame.heading.here:
                    yield SystemCommand(
                        f"Go to {stop.title}", "Go to this step", lambda stop=stop: frame.dismiss(Jump(stop.id))
                    )
            yield SystemCommand("Save", "Save the recipe", frame.action_save)
        yield SystemCommand("Log", "See what was done so far", lambda: self.push_screen(Log(self.notes)))
        yield SystemCommand("Theme", "Choose other colours", self.search_themes)
        if frame is not None:
            yield SystemCommand("Help", "Say what fields and keys are for", frame.action_help)
            yield SystemCommand("Leave", "Leave mqwizard", frame.action_leave)

    def _handle_exception(self, error: Exception) -> None:
        known = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(error)
        if isinstance(known, MqWizardError):
            self._return_code = known.exit_status

    def _fatal_error(self) -> None:
        """Print what happened without any local variable: they may hold what nobody should read."""
        error = self._exception.error if isinstance(self._exception, WorkerFailed) else self._exception
        if self.keep_draft is not None:
            self.keep_draft()
        self.panic(Text(crash_text(error)))


def crash_text(error: BaseException | None) -> str:
    """What is printed once the terminal is restored: the sentences of a known error, else where mqwizard stopped."""
    import traceback

    if isinstance(error, MqWizardError):
        return f"mqwizard: {error}"
    lines = traceback.format_exception(error) if error else []
    return (
        "".join(lines)
        + "mqwizard: stopped by a mistake of its own, shown above.\n"
        + "Nothing more is done. Start mqwizard again to go on."
    )
