"""The console script `mqwizard`: the command line, and the wizard where no recipe is named."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from wizard import __version__

if TYPE_CHECKING:
    import argparse

    from wizard.engine.request import Request

SMALLEST = (60, 20)
"""Columns and lines that every screen fits into."""

HEADLESS = "mqwizard --recipe FILE|NAME [--dry-run]; `mqwizard recipes` lists some"


def main() -> None:
    """Run mqwizard and leave with its exit status."""
    if sys.argv[1:] == ["--version"]:
        # Scripts ask this often; the parser, which takes it too, loads for longer than all the rest.
        sys.stdout.write(f"mqwizard {__version__}\n")
        return
    from wizard.cli.main import main as command_line

    sys.exit(command_line(sys.argv[1:], open_screens))


def open_screens(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Run the wizard; the exit status. Where no full screen can be shown, one line says what to use instead."""
    if refusal := why_not(plain=options.plain):
        sys.stderr.write(f"mqwizard: {refusal}\n")
        return 2
    from wizard.cli.order import request_of

    request = request_of(options, arguments)
    if options.plain:
        return ask_plainly(options, arguments, request)
    from screens.app import WizardApp
    from screens.flow import Flow
    from screens.marks import marks_for

    app = WizardApp(
        lambda app: Flow(app, request).run(), marks=marks_for(sys.stdout.encoding, ascii_wanted=options.ascii)
    )
    app.run()
    if app.farewell:
        sys.stderr.write(f"{app.farewell}\n")
    return app.return_code or 0


def ask_plainly(options: argparse.Namespace, arguments: tuple[str, ...], request: Request) -> int:
    """Ask line by line, then run the recipe as the command line would, with its plan and its question."""
    from dataclasses import replace

    from screens.plain import Prompts
    from wizard.cli import headless
    from wizard.cli.output import result
    from wizard.engine.around import look_around
    from wizard.engine.practice import fresh_folder

    around = look_around(request)
    if not around.usable:
        result(around.trouble or "No IBM MQ was found here.")
        options.sandbox = fresh_folder()
        request = replace(request, sandbox=options.sandbox)
        around = look_around(request)
        result(f"Practising in the sandbox {options.sandbox}: nothing on this machine is touched.")
    options.recipe = Prompts(result, input, request, around).recipe()
    return headless.run(options, arguments)


def why_not(*, plain: bool) -> str:
    """Why the wizard cannot be shown here, with what to use instead; empty where it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return f"There is no terminal to ask at. Use: {HEADLESS}"
    if plain:
        return ""
    if os.environ.get("TERM", "dumb") in {"dumb", ""}:
        return f"This terminal cannot show a full screen. Use: mqwizard --plain, or {HEADLESS}"
    size = os.get_terminal_size(sys.stdout.fileno())
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        return (
            f"This terminal has {size.columns}x{size.lines}, and {SMALLEST[0]}x{SMALLEST[1]} are needed. "
            f"Use: mqwizard --plain, or {HEADLESS}"
        )
    return ""
