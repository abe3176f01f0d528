"""The headless face: reads the command line, calls the engine, writes the result, returns the exit status.

The console script in `screens` hands in how the full screen is opened, so that nothing here knows about it. Heavy
modules are loaded where they are used: `--version` and `--help` load none of them.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType

from wizard.cli.arguments import parser
from wizard.cli.output import result, say
from wizard.errors import MqWizardError, UsageError

BROKEN_PIPE = 141

OpenScreens = Callable[[argparse.Namespace, tuple[str, ...]], int]
"""Opens the wizard for the options and words of a command line that names no recipe; returns the exit status."""


def main(arguments: Sequence[str], open_screens: OpenScreens) -> int:
    """Carry out one command line; the exit status is what design and `--help` list."""
    options = parser().parse_args(arguments)
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, _leave)
    try:
        return _dispatch(options, tuple(arguments), open_screens)
    except MqWizardError as error:
        say(f"mqwizard: {error}")
        return error.exit_status
    except _Leaving as leaving:
        with suppress(OSError):  # after a hang-up there is nobody to tell
            say(f"mqwizard: {leaving}; run the same command to go on.")
        return 128 + leaving.signal
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


class _Leaving(BaseException):
    """A signal asks mqwizard to end; what is under way is let go of in order."""

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.signal = number


def _leave(number: int, _frame: FrameType | None) -> None:
    raise _Leaving(number)


def _dispatch(options: argparse.Namespace, arguments: tuple[str, ...], open_screens: OpenScreens) -> int:
    alone = _without_order(options, arguments)
    if alone is not None:
        return alone
    if options.recipe is None and not getattr(options, "apply", None):
        if options.command in {"prove", "undo"} or options.dry_run:
            raise UsageError("No recipe was named.", remedy="Name one with --recipe; `mqwizard recipes` lists some.")
        return open_screens(options, arguments)
    if getattr(options, "plan_out", None) and not options.dry_run:
        raise UsageError("--plan-out writes the plan of a dry run.", remedy="Add --dry-run.")
    if options.command == "undo":
        from wizard.cli.undo import undo

        return undo(options, arguments)
    # What is loaded stays: looking through it for garbage would take an eighth of a dry run.
    gc.disable()
    from wizard.cli import headless

    gc.freeze()
    gc.enable()
    if options.command == "prove":
        return headless.prove_only(options, arguments)
    if options.command == "check":
        return headless.check_only(options, arguments)
    if options.dry_run:
        return headless.dry_run(options, arguments)
    return headless.run(options, arguments)


def _without_order(options: argparse.Namespace, arguments: tuple[str, ...]) -> int | None:
    """Carries out a command that is no order for a recipe; None where it is one."""
    if options.command == "recipes":
        return _recipes(options.name)
    if options.command == "schema":
        return _schema()
    if options.command == "sandbox":
        return _sandbox(options)
    if options.command == "lint":
        from wizard.cli.lint import lint

        return lint(options)
    if options.command == "certs":
        return _certs(options, arguments)
    if options.command == "ca":
        from wizard.cli.authority import authority

        return authority(options)
    if options.command == "renew":
        from wizard.cli.renew import renew

        return renew(options)
    if options.command == "doctor":
        from wizard.cli.doctor import doctor

        return doctor(options, arguments)
    return _asking(options, arguments)


def _asking(options: argparse.Namespace, arguments: tuple[str, ...]) -> int | None:
    """The commands that ask who gets in and why; None where it is none of them."""
    if options.command == "explain":
        from wizard.cli.explain import explain

        return explain(options, arguments)
    if options.command == "audit":
        from wizard.cli.audit import audit

        return audit(options, arguments)
    if options.command == "diagnose":
        from wizard.cli.diagnose import diagnose

        return diagnose(options, arguments)
    return None


def _certs(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    if options.certs == "lint":
        from wizard.cli.certs import lint

        return lint(options)
    from wizard.cli.certs_held import show

    return show(options, arguments)


def _recipes(name: str | None) -> int:
    import recipes

    if name is not None:
        result(recipes.text(name))
        return 0
    for each in recipes.names():
        result(f"{each:<28} {recipes.summary(each)}")
    return 0


def _schema() -> int:
    import json

    from wizard.recipe.schema import json_schema

    result(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0


def _sandbox(options: argparse.Namespace) -> int:
    from wizard.engine.practice import prepare_sandbox

    made = prepare_sandbox(options.folder, options.mq_version)
    say(f"The sandbox in {made.folder} listens on {made.address}. To use its commands in this shell:")
    for name in ("PATH", "MQ_INSTALLATION_PATH", "MQ_DATA_PATH"):
        value = made.environment[name]
        if name == "PATH":
            value = f"{made.folder / 'bin'}:$PATH"
        result(f'export {name}="{value}"')
    return 0
